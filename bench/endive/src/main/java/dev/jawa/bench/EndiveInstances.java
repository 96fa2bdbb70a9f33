package dev.jawa.bench;

import com.dylibso.chicory.compiler.MachineFactoryCompiler;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.wasm.Parser;
import com.dylibso.chicory.wasm.WasmModule;
import java.util.Map;

/** Instances of Endive, compiled once. */
public final class EndiveInstances {
    private EndiveInstances() {
    }

    /** Runs the worker. */
    public static void main(String... arguments) throws Exception {
        InstanceWorker.run(wasm -> {
            WasmModule module = Parser.parse(wasm);
            var machines = MachineFactoryCompiler.compile(module);
            return Map.of("plain", argument -> (int) Instance.builder(module).withMachineFactory(machines).build()
                    .export("use").apply(argument)[0]);
        }, arguments);
    }
}
