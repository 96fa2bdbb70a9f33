package dev.jawa.bench;

import dev.jawa.Imports;
import dev.jawa.Instance;
import dev.jawa.InstancePool;
import dev.jawa.Limits;
import dev.jawa.Module;
import dev.jawa.Snapshot;
import java.util.LinkedHashMap;
import java.util.Map;

/** Instances of Jawa: new ones, copies of a snapshot, and those of a pool. */
public final class JawaInstances {
    private JawaInstances() {
    }

    /** Runs the worker. */
    public static void main(String... arguments) throws Exception {
        InstanceWorker.run(wasm -> {
            Module module = Module.compile(wasm);
            Snapshot snapshot = module.instantiate().snapshot();
            var pool = InstancePool.of(module, Imports.none(), Limits.none(), 1);
            Map<String, InstanceWorker.Way> ways = new LinkedHashMap<>();
            ways.put("plain", argument -> use(module.instantiate(), argument));
            ways.put("cloned", argument -> use(snapshot.instantiate(), argument));
            ways.put("pooled", argument -> pool.use(instance -> use(instance, argument)));
            return ways;
        }, arguments);
    }

    private static int use(Instance instance, int argument) {
        return instance.exports().function("use").callInt(argument);
    }
}
