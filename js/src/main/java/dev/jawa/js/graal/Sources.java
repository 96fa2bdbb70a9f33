package dev.jawa.js.graal;

import com.oracle.truffle.api.source.Source;
import com.oracle.truffle.js.nodes.ScriptNode;
import com.oracle.truffle.js.runtime.JSContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** JavaScript source code to functions and results. */
public final class Sources {
    private Sources() {
    }

    /**
     * Runs a classic script in the global scope.
     *
     * @throws IOException if the file cannot be read
     */
    public static Object runScript(Realm realm, Path file) throws IOException {
        return script(realm, of(realm, file), "", "").run(realm.realm());
    }

    /**
     * Runs a text as a classic script in the global scope.
     *
     * @param file what stack traces and relative imports take it for
     */
    public static Object runScript(Realm realm, Path file, String text) {
        return script(realm, of(realm, file, text), "", "").run(realm.realm());
    }

    /** Runs a text that comes from a URL which stands for no file, as a classic script in the global scope. */
    public static Object runScript(Realm realm, String url, String text) {
        return script(realm, Source.newBuilder("js", text, url).build(), "", "").run(realm.realm());
    }

    /**
     * Compiles a file as the body of a function.
     *
     * @param parameters as written between the parentheses
     * @throws IOException if the file cannot be read
     */
    public static Object function(Realm realm, Path file, String parameters) throws IOException {
        return script(realm, of(realm, file), "(function (" + parameters + ") {", "\n})").run(realm.realm());
    }

    /**
     * Compiles a text as the body of a function.
     *
     * @param file what stack traces and relative imports take it for
     * @param parameters as written between the parentheses
     */
    public static Object function(Realm realm, Path file, String parameters, String text) {
        return script(realm, of(realm, file, text), "(function (" + parameters + ") {", "\n})").run(realm.realm());
    }

    /**
     * Runs a script that is part of the host. Its functions do not appear in stack traces.
     *
     * @param anchor the class beside which the script is
     * @return what the script's last expression gives
     */
    public static Object runResource(Realm realm, Class<?> anchor, String name) {
        try (InputStream in = anchor.getResourceAsStream(name)) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            Source source = Source.newBuilder("js", text, "jawa:" + name).internal(true).build();
            return script(realm, source, "", "").run(realm.realm());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The text of a file; what is not UTF-8 in it becomes U+FFFD. */
    public static String readText(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }

    private static Source of(Realm realm, Path file) throws IOException {
        // Read here for a plain IOException; the file makes relative imports and stack traces work.
        return of(realm, file, readText(file));
    }

    private static Source of(Realm realm, Path file, String text) {
        // Inside a function the first line is not the first; as a comment it keeps its length.
        String content = text.startsWith("#!") ? "//" + text.substring(2) : text;
        return Source.newBuilder("js", realm.realm().getEnv().getPublicTruffleFile(file.toString()))
                .content(content).build();
    }

    private static ScriptNode script(Realm realm, Source source, String before, String after) {
        JSContext context = realm.context();
        return context.getEvaluator().parseScript(context, source, before, after, false);
    }
}
