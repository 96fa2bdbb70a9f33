package dev.jawa.bench;

import java.io.IOException;
import java.util.Map;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Engine;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.io.ByteSequence;
import org.graalvm.polyglot.io.IOAccess;
import org.graalvm.polyglot.proxy.ProxyExecutable;
import org.graalvm.polyglot.proxy.ProxyObject;

/** GraalWasm, interpreted or compiled as the JVM's options say. */
public final class GraalWasmWorker implements Worker.Engine {
    private static final String LANGUAGE = "wasm";

    // Contexts that share it share what is compiled.
    private final Engine engine = Engine.newBuilder(LANGUAGE).option("engine.WarnInterpreterOnly", "false").build();

    private GraalWasmWorker() {
    }

    /** Runs the worker. */
    public static void main(String... arguments) {
        Worker.run(new GraalWasmWorker(), arguments);
    }

    private static Source source(byte[] wasm) throws IOException {
        return Source.newBuilder(LANGUAGE, ByteSequence.create(wasm), "program").build();
    }

    @Override
    public Worker.Kernel load(byte[] wasm) throws Exception {
        Value module = Context.newBuilder(LANGUAGE).engine(engine).build().eval(source(wasm));
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
    }

    @Override
    public CommandRun.Command command(byte[] wasm) throws Exception {
        Source source = source(wasm);
        return surroundings -> {
            // The streams and folders of WASI are those of a context, so each run has one.
            Context context = Context.newBuilder(LANGUAGE).engine(engine).arguments(LANGUAGE, new String[] {surroundings.name()})
                    .out(surroundings.output()).err(surroundings.error()).allowIO(IOAccess.ALL)
                    .option("wasm.Builtins", "wasi_snapshot_preview1")
                    .option("wasm.WasiMapDirs", ".::" + surroundings.folder()).build();
            CommandRun.Stopwatch stopwatch = surroundings.stopwatch();
            Value exports = context.eval(source).newInstance(ProxyObject.fromMap(Map.of("bench", ProxyObject.fromMap(
                    Map.of("start", mark(stopwatch::start), "end", mark(stopwatch::end)))))).getMember("exports");
            return () -> {
                try (context) {
                    exports.invokeMember("_start");
                    return 0;
                } catch (PolyglotException exit) {
                    if (exit.isExit()) {
                        return exit.getExitStatus();
                    }
                    throw exit;
                }
            };
        };
    }

    private static ProxyExecutable mark(Runnable action) {
        return _ -> {
            action.run();
            return 0;
        };
    }
}
