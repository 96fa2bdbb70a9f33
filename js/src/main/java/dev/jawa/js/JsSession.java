package dev.jawa.js;

import dev.jawa.js.graal.FileUrls;
import dev.jawa.js.graal.Sources;
import java.nio.file.Path;

/**
 * A JavaScript program that Java talks to: it stays until it is closed, with its global object, its event loop and its
 * thread. Timers, promises and requests go on between the calls.
 *
 * {@snippet class="dev.jawa.js.JsSessionTest" region="session"}
 *
 * <p>It may be used by any thread; its work is done one after the other. What nobody catches in a timer or a promise is
 * reported to the error stream, and the session goes on.
 */
public final class JsSession implements AutoCloseable {
    private final Program program;
    private final JsThread thread;
    private final Path folder;

    JsSession(Program program, JsThread thread, Path folder) {
        this.program = program;
        this.thread = thread;
        this.folder = folder;
    }

    /** The global object. */
    public JsValue global() {
        return new JsValue(thread, thread.realm().globalObject());
    }

    /**
     * Runs a classic script, whose declarations are global.
     *
     * @return what its last expression gives
     * @throws JsException what it throws; a {@code SyntaxError} if it is none
     * @throws IllegalStateException if the session is closed
     */
    public JsValue evaluate(String script) {
        return evaluate("script.js", script);
    }

    /**
     * Runs a classic script.
     *
     * @param name what stack traces call it; what it imports by a relative path is found beside this file in the session's
     *     folder
     */
    public JsValue evaluate(String name, String script) {
        return thread.call(() -> new JsValue(thread, Sources.runScript(thread.realm(), folder.resolve(name), script)));
    }

    /**
     * Imports a module and waits until it has run.
     *
     * @param specifier as in an {@code import} of a file in the session's folder: a relative path with {@code ./}, or the
     *     name of a package in {@code node_modules} or above
     * @return its namespace, with what it exports as properties
     */
    public JsValue importModule(String specifier) {
        String quoted = "'" + specifier.replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n") + "'";
        return thread.await(evaluate("import(" + quoted + ")").toFuture());
    }

    /** Imports a module, be it in JavaScript or WebAssembly, and waits until it has run. */
    public JsValue importModule(Path file) {
        return importModule(FileUrls.of(folder.resolve(file)).toString());
    }

    /**
     * Waits for what a promise gives, on any thread but the session's own.
     *
     * @throws JsException if it is rejected
     */
    public JsValue await(JsValue promise) {
        return thread.await(promise.toFuture());
    }

    /**
     * Stops what JavaScript or WebAssembly does now, from another thread; its caller gets an {@code IllegalStateException}.
     * The session goes on.
     */
    public void interrupt() {
        thread.interrupt();
    }

    /** Ends the program at once, with its timers and workers, even in the middle of something. */
    @Override
    public void close() {
        thread.end();
        program.terminate();
    }
}
