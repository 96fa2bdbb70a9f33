package dev.jawa.bench;

import dev.jawa.js.JsHost;
import dev.jawa.js.Permissions;
import java.nio.file.Path;
import java.util.List;

/** Programs in JavaScript on Jawa's host: the worker for Node runs there, too. */
final class JawaScripts {
    private JawaScripts() {
    }

    /** Runs the script that {@code -Dworker} names. */
    static int run(String... arguments) {
        // Doubles are numbers in JavaScript, longs would be BigInts.
        JsHost host = JsHost.builder().permissions(Permissions.all()).arguments(List.of(arguments))
                .function("threadCpuNanoseconds", _ -> (double) Worker.cpuTime())
                .function("peakKilobytes", _ -> (double) Worker.peakKilobytes()).build();
        return host.run(Path.of(System.getProperty("worker")));
    }
}
