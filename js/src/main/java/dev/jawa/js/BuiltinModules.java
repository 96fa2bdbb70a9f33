package dev.jawa.js;

import java.util.List;
import java.util.Set;

/** The modules of Node.js that programs may import without a file, with or without {@code node:}. */
final class BuiltinModules {
    /** Those with a script of their own; the others are in one. */
    private static final Set<String> OWN_SCRIPT = Set.of("assert", "async_hooks", "buffer", "crypto", "diagnostics_channel", "events", "fs", "path",
            "perf_hooks", "punycode", "readline", "stream", "test", "tty", "url", "util", "v8", "vm", "wasi", "worker_threads", "zlib");

    /** Those that are only there with {@code node:}, since packages have these names. */
    private static final Set<String> WITH_PREFIX = Set.of("sea", "sqlite", "test", "test/reporters");

    static final List<String> NAMES = List.of("assert", "assert/strict", "async_hooks", "buffer", "child_process",
            "cluster", "console", "constants", "crypto", "dgram", "diagnostics_channel", "dns", "dns/promises", "domain",
            "events", "fs", "fs/promises", "http", "http2", "https", "inspector", "module", "net", "os", "path",
            "path/posix", "path/win32", "perf_hooks", "process", "punycode", "querystring", "readline",
            "readline/promises", "repl", "sea", "sqlite", "stream", "stream/consumers", "stream/promises", "stream/web", "string_decoder",
            "sys", "test", "test/reporters", "timers", "timers/promises", "tls", "trace_events", "tty", "url", "util", "util/types", "v8", "vm", "wasi",
            "worker_threads", "zlib");

    private static final Set<String> ALL = Set.copyOf(NAMES);

    private BuiltinModules() {
    }

    static boolean contains(String specifier) {
        return specifier.startsWith("node:") ? ALL.contains(specifier.substring("node:".length()))
                : ALL.contains(specifier) && !WITH_PREFIX.contains(specifier);
    }

    static boolean hasOwnScript(String name) {
        return OWN_SCRIPT.contains(name);
    }
}
