package dev.jawa;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.jawa.RuntimeError.Kind;
import dev.jawa.model.Opcode;
import dev.jawa.wasm.ModuleWriter;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Instances are copied and brought back to earlier states. */
class SnapshotTest {
    private static final int PAGE = 65536;

    /** Counts in a private global, a global that is exported, the memory; its table leads to what adds 1. */
    private static ModuleWriter counter() {
        var module = new ModuleWriter().memory("01 01 40").table('r', "01 04 40")
                .global('i', true, code -> code.i32(5)).global('l', true, code -> code.i64(-7))
                .global('f', true, code -> code.f32(1.5f)).global('d', true, code -> code.f64(-2.5));
        int host = module.importFunction("env", "host", ":i");
        int type = module.type(":i");
        int next = module.export("next", ":i", code -> code
                .op(Opcode.GLOBAL_GET, 0).i32(1).op(Opcode.I32_ADD).op(Opcode.GLOBAL_SET, 0)
                .op(Opcode.GLOBAL_GET, 1).i64(1).op(Opcode.I64_ADD).op(Opcode.GLOBAL_SET, 1)
                .i32(0).i32(0).memory(Opcode.I32_LOAD, 0).i32(1).op(Opcode.I32_ADD).memory(Opcode.I32_STORE, 0)
                .op(Opcode.GLOBAL_GET, 0));
        module.export("indirect", "i:i", code -> code.get(0).op(Opcode.CALL_INDIRECT, type, 0));
        module.export("float", ":f", code -> code.op(Opcode.GLOBAL_GET, 2));
        module.export("double", ":d", code -> code.op(Opcode.GLOBAL_GET, 3));
        module.export("grow", "i:i", code -> code.get(0).op(Opcode.MEMORY_GROW, 0));
        module.export("growTable", "i:i", code -> code.op(Opcode.REF_FUNC, next).get(0).op(Opcode.TABLE_GROW, 0));
        module.export("pages", ":i", code -> code.op(Opcode.MEMORY_SIZE, 0));
        module.export("host", ":i", code -> code.call(host));
        return module.elements(1, next).data(100, (byte) 1, (byte) 2, (byte) 3).export("memory", 2, 0)
                .export("table", 1, 0).export("long", 3, 1);
    }

    private static final Module COUNTER = counter().compile();

    private static Instance counterInstance(Limits limits) {
        Imports imports = Imports.builder().callerFunction("env", "host",
                (caller, _) -> caller.exports().function("next").callInt()).build();
        return new Instance(COUNTER, imports, limits);
    }

    private static int next(Instance instance) {
        return instance.exports().function("next").callInt();
    }

    @Test
    void copiesGoOnFromWhereTheOriginalWas() {
        Instance interpreter = counterInstance(Limits.none());
        interpreter.exports().function("next").call();
        // @start region="snapshot"
        Snapshot ready = interpreter.snapshot();
        Instance copy = ready.instantiate();
        copy.exports().function("next").call();
        copy.restore(ready);
        // @end
        for (int i = 0; i < 3; i++) {
            assertEquals(7 + i, next(copy));
        }
        assertEquals(7, next(interpreter));
        assertEquals(4, copy.exports().memory("memory").readInt(0));
        assertEquals(2, interpreter.exports().memory("memory").readInt(0));
        assertEquals(-3L, copy.exports().global("long").value());
        assertEquals(-5L, interpreter.exports().global("long").value());
        assertArrayEquals(new byte[] {1, 2, 3, 0}, copy.exports().memory("memory").readBytes(100, 4));
        assertEquals(1.5f, copy.exports().function("float").callFloat());
        assertEquals(-2.5, copy.exports().function("double").callDouble());
        Instance third = ready.instantiate();
        assertEquals(7, next(third));
        Instance second = third.snapshot().instantiate();
        assertEquals(8, next(second));
        assertSame(COUNTER, second.module());
    }

    @Test
    void functionsInTablesBecomeTheCopys() {
        Instance original = counterInstance(Limits.none());
        assertEquals(6, original.exports().function("indirect").callInt(1));
        Instance copy = original.snapshot().instantiate();
        assertEquals(7, copy.exports().function("indirect").callInt(1));
        assertEquals(8, copy.exports().function("indirect").callInt(1));
        assertEquals(7, original.exports().function("indirect").callInt(1));
        assertSame(copy.exports().function("next"), copy.exports().table("table").element(1));
        assertNotSame(original.exports().function("next"), copy.exports().table("table").element(1));
        assertEquals(Kind.UNINITIALIZED_ELEMENT, assertThrows(RuntimeError.class,
                () -> copy.exports().function("indirect").callInt(0)).kind());
    }

    @Test
    void hostFunctionsAreToldWhichCopyCalls() {
        Instance original = counterInstance(Limits.none());
        Instance copy = original.snapshot().instantiate();
        assertEquals(6, copy.exports().function("host").callInt());
        assertEquals(7, copy.exports().function("host").callInt());
        assertEquals(6, original.exports().function("host").callInt());
    }

    @Test
    void whatHasGrownIsAsLargeAsItWas() {
        Instance instance = counterInstance(Limits.builder().memory(6 * PAGE).tableElements(20).build());
        Function grow = instance.exports().function("grow");
        Snapshot initial = instance.snapshot();
        grow.callInt(2);
        Memory memory = instance.exports().memory("memory");
        memory.writeInt(3 * PAGE - 4, 77);
        Snapshot grown = instance.snapshot();
        for (int round = 0; round < 3; round++) {
            instance.restore(initial);
            assertEquals(1, instance.exports().function("pages").callInt());
            assertEquals(PAGE, memory.size());
            // What was taken is given back, and what is taken again is zero.
            assertEquals(1, grow.callInt(5));
            assertEquals(-1, grow.callInt(1));
            assertEquals(0, memory.readInt(3 * PAGE - 4));
            memory.writeInt(6 * PAGE - 4, round);
            assertEquals(4, instance.exports().function("growTable").callInt(16));
            assertEquals(-1, instance.exports().function("growTable").callInt(1));
            instance.restore(grown);
            assertEquals(3, instance.exports().function("pages").callInt());
            assertEquals(77, memory.readInt(3 * PAGE - 4));
            assertEquals(4, instance.exports().table("table").size());
            assertEquals(3, grow.callInt(3));
            assertEquals(0, memory.readInt(6 * PAGE - 4));
        }
        Instance copy = grown.instantiate();
        assertEquals(77, copy.exports().memory("memory").readInt(3 * PAGE - 4));
        assertEquals(3, copy.exports().function("grow").callInt(3));
        assertEquals(-1, copy.exports().function("grow").callInt(1));
        var error = assertThrows(RuntimeError.class, () -> grown.instantiate(Limits.builder().memory(2 * PAGE).build()));
        assertEquals(Kind.LIMIT_EXCEEDED, error.kind());
    }

    @Test
    void aMemoryIsCopiedByteForByte() {
        var random = new Random(1);
        Instance original = counterInstance(Limits.none());
        Memory memory = original.exports().memory("memory");
        byte[] bytes = new byte[PAGE];
        for (int i = 0; i < 20; i++) {
            int start = random.nextInt(PAGE);
            for (int j = start; j < Math.min(PAGE, start + random.nextInt(3000)); j++) {
                bytes[j] = (byte) random.nextInt();
            }
        }
        memory.writeBytes(0, bytes);
        Snapshot snapshot = original.snapshot();
        Instance copy = snapshot.instantiate();
        Memory other = copy.exports().memory("memory");
        assertArrayEquals(bytes, other.readBytes(0, PAGE));
        byte[] noise = new byte[PAGE];
        Arrays.fill(noise, (byte) 0x55);
        other.writeBytes(0, noise);
        copy.restore(snapshot);
        assertArrayEquals(bytes, other.readBytes(0, PAGE));
    }

    @Test
    void nativeMemoriesAreCopiedToo() {
        var module = new ModuleWriter().memory("04 01").export("memory", 2, 0);
        Instance original = module.compile().instantiate();
        Memory memory = original.exports().memory("memory");
        memory.writeInt(100, 1);
        Snapshot snapshot = original.snapshot();
        memory.writeInt(200, 2);
        memory.grow(1);
        original.restore(snapshot);
        assertEquals(PAGE, memory.size());
        assertEquals(1, memory.readInt(100));
        assertEquals(0, memory.readInt(200));
        assertEquals(1, snapshot.instantiate().exports().memory("memory").readInt(100));
    }

    @Test
    void theStartFunctionIsNotCalledAgain() {
        var calls = new AtomicInteger();
        var module = new ModuleWriter();
        int host = module.importFunction("env", "started", ":");
        Imports imports = Imports.builder().function("env", "started", (HostFunction) _ -> {
            calls.incrementAndGet();
            return null;
        }).build();
        Snapshot snapshot = new Instance(module.start(host).compile(), imports).snapshot();
        snapshot.instantiate();
        assertEquals(1, calls.get());
    }

    @Test
    void whatRunsCannotBeCopied() {
        var instance = new AtomicReference<Instance>();
        var module = new ModuleWriter();
        int host = module.importFunction("env", "host", ":");
        module.export("run", ":", code -> code.call(host));
        instance.set(new Instance(module.compile(), Imports.builder().function("env", "host", (HostFunction) _ -> {
            assertEquals(Kind.CONCURRENT_ENTRY,
                    assertThrows(RuntimeError.class, () -> instance.get().snapshot()).kind());
            return null;
        }).build()));
        instance.get().exports().function("run").call();
        Snapshot snapshot = instance.get().snapshot();
        assertThrows(IllegalArgumentException.class, () -> counterInstance(Limits.none()).restore(snapshot));
    }

    @Test
    void sharedMemoriesCannotBeCopied() {
        Instance instance = new ModuleWriter().memory("03 01 02").compile().instantiate();
        assertEquals(Kind.TYPE_MISMATCH, assertThrows(RuntimeError.class, instance::snapshot).kind());
    }

    @Test
    void copiesMayHaveOtherLimits() {
        Instance original = counterInstance(Limits.none());
        next(original);
        Snapshot snapshot = original.snapshot();
        Instance metered = snapshot.instantiate(Limits.builder().fuel(1000).build());
        assertEquals(7, next(metered));
        assertEquals(Kind.OUT_OF_FUEL, assertThrows(RuntimeError.class, () -> {
            while (true) {
                next(metered);
            }
        }).kind());
        metered.restore(snapshot);
        assertEquals(1000, metered.fuel());
        assertEquals(7, next(metered));
    }
}
