package dev.jawa.examples;

import dev.jawa.Instance;
import dev.jawa.Memory;
import java.nio.file.Path;

/** Strings go through memory: as UTF-8, at an address that both sides agree on. */
public final class Strings {
    private Strings() {
    }

    /** Prints HéLLO: the module knows capitals for ASCII letters only. */
    public static void main(String... args) {
        Path folder = Path.of(args.length > 0 ? args[0] : "examples");
        Instance instance = Instance.of(folder.resolve("text.wasm"));
        Memory memory = instance.exports().memory("memory");

        int address = 1024;
        int length = memory.putString(address, "héllo");
        instance.exports().function("capitalize").call(address, length);
        System.out.println(memory.string(address, length));
    }
}
