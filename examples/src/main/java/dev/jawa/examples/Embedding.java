package dev.jawa.examples;

import dev.jawa.js.JsHost;
import dev.jawa.js.JsSession;
import dev.jawa.js.JsValue;
import java.nio.file.Path;

/** A JavaScript program that stays while Java talks to it, with WebAssembly that it loads itself. */
public final class Embedding {
    private Embedding() {
    }

    /** Calls a function of a module, and from JavaScript one of Java. */
    public static void main(String... args) {
        Path folder = Path.of(args.length > 0 ? args[0] : "examples");
        JsHost host = JsHost.builder()
                .function("log", arguments -> {
                    System.out.println("log: " + arguments.getFirst());
                    return arguments.size();
                })
                .build();
        try (JsSession program = host.open(folder)) {
            JsValue math = program.importModule("./math.wasm");
            System.out.println(math.invoke("add", 40, 2).asInt());
            program.evaluate("log('scripts call Java')");
        }
    }
}
