package dev.jawa.examples;

import dev.jawa.Imports;
import dev.jawa.Instance;
import dev.jawa.InstancePool;
import dev.jawa.Limits;
import dev.jawa.Module;
import dev.jawa.Snapshot;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.IntStream;

/** A service that runs code it does not trust: an instance in its initial state for each request, within limits. */
public final class Pool {
    private Pool() {
    }

    /** Prints what twenty requests get, and what a copy of an instance remembers. */
    public static void main(String... args) {
        Path folder = Path.of(args.length > 0 ? args[0] : "examples");
        Module module = Module.compile(folder.resolve("math.wasm"));

        Limits limits = Limits.builder().memory(64 << 20).stackDepth(10_000).deadline(Duration.ofSeconds(5)).build();
        try (var pool = InstancePool.of(module, Imports.none(), limits, 4)) {
            int sum = IntStream.range(0, 20).parallel()
                    .map(i -> pool.use(instance -> instance.exports().function("add").callInt(i, 1)))
                    .sum();
            System.out.println(sum);
        }

        Instance first = module.instantiate();
        first.exports().memory("memory").putString(0, "ready");
        Snapshot ready = first.snapshot();
        System.out.println(ready.instantiate().exports().memory("memory").string(0));
    }
}
