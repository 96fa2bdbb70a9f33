package dev.jawa.bench;

import com.dylibso.chicory.compiler.MachineFactoryCompiler;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.wasm.Parser;
import com.dylibso.chicory.wasm.WasmModule;

/** Endive's bytecode compiler, or its interpreter with {@code -Dinterpreter=true}; as Chicory before its fork. */
public final class EndiveWorker {
    private EndiveWorker() {
    }

    /** Runs the worker. */
    public static void main(String... arguments) {
        boolean interpreter = Boolean.getBoolean("interpreter");
        Worker.run(wasm -> {
            WasmModule module = Parser.parse(wasm);
            Instance.Builder builder = Instance.builder(module);
            if (!interpreter) {
                builder.withMachineFactory(MachineFactoryCompiler.compile(module));
            }
            Instance instance = builder.build();
            return new Worker.Kernel() {
                @Override
                public int call(String export, int argument) {
                    return (int) instance.export(export).apply(argument)[0];
                }

                @Override
                public void instantiate() {
                    builder.build();
                }
            };
        }, arguments);
    }
}
