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
            Instance instance = interpreter ? builder.build()
                    : builder.withMachineFactory(MachineFactoryCompiler.compile(module)).build();
            return (export, argument) -> (int) instance.export(export).apply(argument)[0];
        }, arguments);
    }
}
