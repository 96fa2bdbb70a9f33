package dev.jawa.bench;

import com.dylibso.chicory.compiler.MachineFactoryCompiler;
import com.dylibso.chicory.runtime.HostFunction;
import com.dylibso.chicory.runtime.ImportValues;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Machine;
import com.dylibso.chicory.wasi.WasiExitException;
import com.dylibso.chicory.wasi.WasiOptions;
import com.dylibso.chicory.wasi.WasiPreview1;
import com.dylibso.chicory.wasm.Parser;
import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.FunctionType;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Endive's bytecode compiler, or its interpreter with {@code -Dinterpreter=true}; as Chicory before its fork. */
public final class EndiveWorker implements Worker.Engine {
    /**
     * A module that is compiled once.
     *
     * @param machine what the compiler makes, nothing for the interpreter
     */
    private record Compiled(WasmModule module, Optional<Function<Instance, Machine>> machine) {
        static Compiled of(byte[] wasm) {
            WasmModule module = Parser.parse(wasm);
            return new Compiled(module, Boolean.getBoolean("interpreter") ? Optional.empty()
                    : Optional.of(MachineFactoryCompiler.compile(module)));
        }

        Instance instantiate(ImportValues imports) {
            Instance.Builder builder = Instance.builder(module).withImportValues(imports).withStart(false);
            machine.ifPresent(builder::withMachineFactory);
            return builder.build();
        }
    }

    private EndiveWorker() {
    }

    /** Runs the worker. */
    public static void main(String... arguments) {
        Worker.run(new EndiveWorker(), arguments);
    }

    @Override
    public Worker.Kernel load(byte[] wasm) {
        Compiled compiled = Compiled.of(wasm);
        Instance instance = compiled.instantiate(ImportValues.empty());
        return new Worker.Kernel() {
            @Override
            public int call(String export, int argument) {
                return (int) instance.export(export).apply(argument)[0];
            }

            @Override
            public void instantiate() {
                compiled.instantiate(ImportValues.empty());
            }
        };
    }

    @Override
    public CommandRun.Command command(byte[] wasm) {
        Compiled compiled = Compiled.of(wasm);
        return surroundings -> {
            WasiPreview1 wasi = WasiPreview1.builder().withOptions(WasiOptions.builder()
                    .withArguments(List.of(surroundings.name())).withDirectory(".", surroundings.folder())
                    .withStdout(surroundings.output()).withStderr(surroundings.error()).build()).build();
            CommandRun.Stopwatch stopwatch = surroundings.stopwatch();
            Instance instance = compiled.instantiate(ImportValues.builder().addFunction(wasi.toHostFunctions())
                    .addFunction(mark("start", stopwatch::start), mark("end", stopwatch::end)).build());
            return () -> {
                try (wasi) {
                    instance.export("_start").apply();
                    return 0;
                } catch (WasiExitException exit) {
                    return exit.exitCode();
                }
            };
        };
    }

    private static HostFunction mark(String name, Runnable action) {
        return new HostFunction("bench", name, FunctionType.empty(), (_, _) -> {
            action.run();
            return new long[0];
        });
    }
}
