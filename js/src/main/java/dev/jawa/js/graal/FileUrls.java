package dev.jawa.js.graal;

import java.net.URI;
import java.nio.file.Path;

/** URLs of files, as browsers and Node.js write them: {@code file:///a/b}. */
public final class FileUrls {
    private FileUrls() {
    }

    /** The URL of a file or folder; never with a slash at the end. */
    public static URI of(Path path) {
        String url = path.toUri().toString();
        return URI.create(url.endsWith("/") && url.length() > "file:///".length()
                ? url.substring(0, url.length() - 1) : url);
    }
}
