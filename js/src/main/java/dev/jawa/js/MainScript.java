package dev.jawa.js;

import dev.jawa.js.JsHost.Mode;
import dev.jawa.js.graal.FileUrls;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a program begins with.
 *
 * @param file from which relative names are found; it need not exist if there is a text
 * @param mode how it runs
 * @param text to be run in place of the file's
 * @param location the URL that the text comes from, {@code blob:} or {@code data:}
 */
record MainScript(Path file, Mode mode, Optional<String> text, Optional<String> location) {
    static MainScript of(Path file, Mode mode) {
        return new MainScript(file, mode, Optional.empty(), Optional.empty());
    }

    /** Its URL. */
    String url() {
        return location.orElseGet(() -> FileUrls.of(file).toString());
    }
}
