package dev.jawa.js.graal;

import com.oracle.truffle.js.runtime.JSRealm;
import java.io.OutputStream;
import java.lang.reflect.Field;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Engine;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.PolyglotAccess;
import org.graalvm.polyglot.io.IOAccess;

/** A GraalJS context that is entered on the current thread. */
final class GraalContext implements AutoCloseable {
    private static final Duration INTERRUPTION = Duration.ofSeconds(1);

    /** Shared by all contexts, with what GraalJS has parsed and compiled. */
    private static final class SharedEngine {
        static final Engine ENGINE = create();

        private static Engine create() {
            silenceUnsafeWarning();
            return Engine.newBuilder("js")
                    .allowExperimentalOptions(true)
                    // JavaScript is the glue here and may be interpreted; the user need not be told.
                    .option("engine.WarnInterpreterOnly", "false")
                    .in(java.io.InputStream.nullInputStream())
                    .out(OutputStream.nullOutputStream())
                    .err(OutputStream.nullOutputStream())
                    .build();
        }

        /**
         * Truffle uses methods of sun.misc.Unsafe that make JDK 24 and newer print a warning, once for each JVM. There
         * is a command line flag against it, but nothing that a library could do, except to say that the warning has
         * been given already. Where that does not work, the warning appears.
         */
        private static void silenceUnsafeWarning() {
            try {
                Field warned = Class.forName("sun.misc.Unsafe").getDeclaredField("memoryAccessWarned");
                warned.setAccessible(true);
                warned.setBoolean(null, true);
            } catch (ReflectiveOperationException | RuntimeException _) {
                // Another JDK than those known.
            }
        }
    }

    private final Context context;
    private final JSRealm realm;

    private GraalContext(Context context) {
        this.context = context;
        this.realm = JSRealm.get(null);
    }

    /** A context that has been entered. */
    static GraalContext current(Context context) {
        return new GraalContext(context);
    }

    static GraalContext enter() {
        Context context = Context.newBuilder("js")
                .engine(SharedEngine.ENGINE)
                .allowExperimentalOptions(true)
                .allowHostAccess(HostAccess.NONE)
                .allowPolyglotAccess(PolyglotAccess.NONE)
                // For the module loader; JavaScript itself has no way to it.
                .allowIO(IOAccess.ALL)
                .option("js.text-encoding", "true")
                .option("js.json-modules", "true")
                .option("js.shebang", "true")
                .option("js.source-phase-imports", "true")
                .option("js.async-context", "true")
                // As in V8.
                .option("js.explicit-resource-management", "true")
                .option("js.stack-trace-api", "true")
                // What belongs to GraalJS's own shell and not to a browser or Node.js.
                .option("js.java-package-globals", "false")
                .option("js.polyglot-builtin", "false")
                .option("js.graal-builtin", "false")
                .option("js.global-arguments", "false")
                .option("js.load", "false")
                .option("js.print", "false")
                .option("js.console", "false")
                .build();
        context.initialize("js");
        context.enter();
        return current(context);
    }

    static String version() {
        return SharedEngine.ENGINE.getVersion();
    }

    /** Interrupts what runs in it, from another thread; it can be used afterwards. */
    void interrupt() {
        try {
            context.interrupt(INTERRUPTION);
        } catch (TimeoutException _) {
            // It is in code of the host, which goes on.
        }
    }

    /** Stops what runs in it, from another thread. */
    void cancel() {
        context.close(true);
    }

    JSRealm realm() {
        return realm;
    }

    @Override
    public void close() {
        context.leave();
        context.close(true);
    }
}
