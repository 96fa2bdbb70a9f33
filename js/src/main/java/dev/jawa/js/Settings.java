package dev.jawa.js;

import java.io.InputStream;
import java.io.PrintStream;
import java.util.List;

/** What a host gives to each of its programs. */
record Settings(InputStream input, PrintStream output, PrintStream error, List<String> arguments,
        Permissions permissions) {
    Settings {
        arguments = List.copyOf(arguments);
    }
}
