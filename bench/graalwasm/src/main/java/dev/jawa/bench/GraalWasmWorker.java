package dev.jawa.bench;

import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.io.ByteSequence;

/** GraalWasm, interpreted or compiled as the JVM's options say. */
public final class GraalWasmWorker {
    private GraalWasmWorker() {
    }

    /** Runs the worker. */
    public static void main(String... arguments) {
        Context context = Context.newBuilder("wasm").option("engine.WarnInterpreterOnly", "false").build();
        Worker.run(wasm -> {
            Source source = Source.newBuilder("wasm", ByteSequence.create(wasm), "kernel").build();
            Value module = context.eval(source);
            Value exports = module.newInstance().getMember("exports");
            return new Worker.Kernel() {
                @Override
                public int call(String export, int argument) {
                    return exports.invokeMember(export, argument).asInt();
                }

                @Override
                public void instantiate() {
                    module.newInstance();
                }
            };
        }, arguments);
        context.close();
    }
}
