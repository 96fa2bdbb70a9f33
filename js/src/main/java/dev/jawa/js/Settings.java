package dev.jawa.js;

import java.io.InputStream;
import java.io.PrintStream;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a host gives to each of its programs. */
record Settings(InputStream input, PrintStream output, PrintStream error, List<String> arguments,
        Permissions permissions, Map<String, Object> globals) {
    Settings {
        arguments = List.copyOf(arguments);
        globals = Collections.unmodifiableMap(new LinkedHashMap<>(globals));
    }
}
