package dev.jawa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jawa.model.Opcode;
import dev.jawa.wasm.CodeWriter;
import dev.jawa.wasm.ModuleWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Hostile guests are stopped, and the next one runs. */
@Timeout(60)
class LimitsTest {
    /** How late a guest may be stopped on a machine that is busy with other things. */
    private static final long PATIENCE_MILLISECONDS = 2_000;

    /** Endless loops, recursion without an end, memories and tables that grow, and something that ends. */
    private static Module guest() {
        var module = new ModuleWriter().memory("01 01 80 10").table('r', "01 01 80 80 04");
        int sleep = module.importFunction("env", "sleep", ":");
        module.export("spin", ":", code -> code.open(Opcode.LOOP).br(0).end());
        module.export("count", ":i", "i", code -> code.open(Opcode.LOOP).get(0)
                .op(Opcode.I32_CONST, 1).op(Opcode.I32_ADD).set(0).br(0).end().op(Opcode.UNREACHABLE));
        module.export("fill", ":", code -> code.open(Opcode.LOOP).op(Opcode.I32_CONST, 0).op(Opcode.I32_CONST, 1)
                .op(Opcode.I32_CONST, 1 << 16).op(Opcode.MEMORY_FILL, 0).br(0).end());
        int recursive = module.export("fibonacci", "i:i", code -> fibonacci(code));
        module.exportFunction("fib", recursive);
        module.export("sleep", ":", code -> code.call(sleep));
        module.export("sleepForever", ":", code -> code.open(Opcode.LOOP).call(sleep).br(0).end());
        module.export("grow", "i:i", code -> code.get(0).op(Opcode.MEMORY_GROW, 0));
        module.export("growTable", "i:i", code -> code.op(Opcode.REF_NULL, 0x70).get(0).op(Opcode.TABLE_GROW, 0));
        module.export("add", "ii:i", code -> code.get(0).get(1).op(Opcode.I32_ADD));
        module.export("sum", "i:i", "i", LimitsTest::sum);
        return module.compile();
    }

    private static void fibonacci(CodeWriter code) {
        // Function 4: the imported one and three exports come before it.
        code.get(0).op(Opcode.I32_CONST, 2).op(Opcode.I32_LT_S).open(Opcode.IF, 'i').get(0).op(Opcode.ELSE)
                .get(0).op(Opcode.I32_CONST, 1).op(Opcode.I32_SUB).call(4)
                .get(0).op(Opcode.I32_CONST, 2).op(Opcode.I32_SUB).call(4).op(Opcode.I32_ADD).end();
    }

    private static void sum(CodeWriter code) {
        code.open(Opcode.LOOP).get(1).get(0).op(Opcode.I32_ADD).set(1)
                .get(0).op(Opcode.I32_CONST, 1).op(Opcode.I32_SUB).tee(0).op(Opcode.BR_IF, 0).end().get(1);
    }

    private static final Module GUEST = guest();

    private static void sleep() throws InterruptedException {
        Thread.sleep(30_000);
    }

    private static Imports imports() {
        return Imports.builder().function("env", "sleep", (HostFunction) _ -> {
            sleep();
            return null;
        }).build();
    }

    private static Instance instance(Limits limits) {
        return new Instance(GUEST, imports(), limits);
    }

    private static void assertStopped(RuntimeError.Kind kind, Instance instance, String function, Object... arguments) {
        long start = System.nanoTime();
        Throwable thrown = assertThrows(Throwable.class,
                () -> instance.exports().function(function).call(arguments));
        long milliseconds = (System.nanoTime() - start) / 1_000_000;
        if (!(thrown instanceof RuntimeError error)) {
            throw new AssertionError("not a RuntimeError", thrown);
        }
        assertEquals(kind, error.kind());
        assertTrue(milliseconds < PATIENCE_MILLISECONDS, milliseconds + " ms");
        assertFalse(Thread.currentThread().isInterrupted());
        assertEquals(3, instance.exports().function("add").callInt(1, 2), "what comes next runs");
    }

    @Test
    void deadlinesStopEverything() {
        // @start region="limits"
        Limits limits = Limits.builder().memory(64 << 20).deadline(Duration.ofMillis(50)).build();
        var instance = new Instance(GUEST, imports(), limits);
        // @end
        for (int round = 0; round < 3; round++) {
            assertStopped(RuntimeError.Kind.DEADLINE_EXCEEDED, instance, "spin");
            assertStopped(RuntimeError.Kind.DEADLINE_EXCEEDED, instance, "count");
            assertStopped(RuntimeError.Kind.DEADLINE_EXCEEDED, instance, "fill");
            assertStopped(RuntimeError.Kind.DEADLINE_EXCEEDED, instance, "fib", 60);
            assertStopped(RuntimeError.Kind.DEADLINE_EXCEEDED, instance, "sleep");
            assertStopped(RuntimeError.Kind.DEADLINE_EXCEEDED, instance, "sleepForever");
        }
    }

    @Test
    void whatIsQuickIsNotStopped() {
        Instance instance = instance(Limits.builder().deadline(Duration.ofMillis(500)).build());
        for (int i = 0; i < 1000; i++) {
            assertEquals(50 * 101, instance.exports().function("sum").callInt(100));
        }
        assertEquals(6765, instance.exports().function("fib").callInt(20));
    }

    @Test
    void anotherThreadInterrupts() throws InterruptedException {
        Instance instance = instance(Limits.builder().interruptible().build());
        instance.interrupt();
        for (String function : List.of("spin", "count", "fill", "sleep", "sleepForever")) {
            var thrown = new AtomicReference<Throwable>();
            Thread thread = Thread.ofPlatform().start(() -> {
                try {
                    instance.exports().function(function).call();
                } catch (Throwable e) {
                    thrown.set(e);
                }
            });
            Thread.sleep(50);
            instance.interrupt();
            thread.join(PATIENCE_MILLISECONDS);
            assertFalse(thread.isAlive());
            assertEquals("interrupted: by the host", thrown.get().getMessage());
            assertEquals(RuntimeError.Kind.INTERRUPTED, ((RuntimeError) thrown.get()).kind());
            assertEquals(3, instance.exports().function("add").callInt(1, 2));
        }
    }

    @Test
    void stoppingOneInstanceDoesNotStopOthersOfItsModule() throws InterruptedException {
        Instance stopped = instance(Limits.builder().deadline(Duration.ofMillis(20)).build());
        Instance other = instance(Limits.builder().interruptible().build());
        var results = new ArrayList<Integer>();
        Thread thread = Thread.ofPlatform().start(() -> {
            for (int i = 0; i < 20; i++) {
                results.add(other.exports().function("fib").callInt(24));
            }
        });
        assertStopped(RuntimeError.Kind.DEADLINE_EXCEEDED, stopped, "spin");
        assertStopped(RuntimeError.Kind.DEADLINE_EXCEEDED, stopped, "spin");
        thread.join();
        assertEquals(20, results.size());
        assertTrue(results.stream().allMatch(result -> result == 46368));
    }

    @Test
    void fuelIsExact() {
        Instance instance = instance(Limits.builder().fuel(1_000).build());
        Function add = instance.exports().function("add");
        assertEquals(3, add.callInt(1, 2));
        // local.get, local.get, i32.add, end
        assertEquals(996, instance.fuel());
        Function sum = instance.exports().function("sum");
        sum.callInt(10);
        // loop, ten rounds of nine instructions, end, local.get and end
        assertEquals(996 - 1 - 90 - 1 - 2, instance.fuel());
        instance.fuel(93);
        var error = assertThrows(RuntimeError.class, () -> sum.callInt(10));
        assertEquals(RuntimeError.Kind.OUT_OF_FUEL, error.kind());
        assertEquals("out of fuel: no more than 93 instructions may be executed", error.getMessage());
        instance.fuel(94);
        assertEquals(55, sum.callInt(10));
        assertEquals(0, instance.fuel());
        instance.fuel(100_000);
        assertStopped(RuntimeError.Kind.OUT_OF_FUEL, instance(Limits.builder().fuel(100_000).build()), instance);
    }

    private static void assertStopped(RuntimeError.Kind kind, Instance first, Instance second) {
        for (String function : List.of("spin", "count", "fill")) {
            first.fuel(100_000);
            second.fuel(100_000);
            for (Instance instance : List.of(first, second)) {
                assertEquals(kind, assertThrows(RuntimeError.class,
                        () -> instance.exports().function(function).call()).kind());
            }
            assertEquals(first.fuel(), second.fuel(), "always at the same place");
        }
    }

    @Test
    void memoriesAndTablesEndAtTheirLimits() {
        Instance instance = instance(Limits.builder().memory(3 << 16).tableElements(10).build());
        Function grow = instance.exports().function("grow");
        assertEquals(1, grow.callInt(1));
        assertEquals(-1, grow.callInt(2));
        assertEquals(2, grow.callInt(1));
        assertEquals(-1, grow.callInt(1));
        Function growTable = instance.exports().function("growTable");
        assertEquals(1, growTable.callInt(9));
        assertEquals(-1, growTable.callInt(1));
        var error = assertThrows(RuntimeError.class, () -> instance(Limits.builder().memory(1000).build()));
        assertEquals(RuntimeError.Kind.LIMIT_EXCEEDED, error.kind());
        assertEquals("limit exceeded: no room for memory 0 of 65536 bytes: all memories together may have 1000 bytes",
                error.getMessage());
        error = assertThrows(RuntimeError.class, () -> instance(Limits.builder().tableElements(0).build()));
        assertEquals("limit exceeded: no room for table 0 of 1 elements: all tables together may have 0 elements",
                error.getMessage());
    }

    @Test
    void callsInsideEachOtherAreCounted() {
        var module = new ModuleWriter();
        int host = module.importFunction("env", "host", "i:i");
        module.export("down", "i:i", code -> code.get(0).open(Opcode.IF, 'i').get(0).i32(1).op(Opcode.I32_SUB).call(1)
                .op(Opcode.ELSE).i32(7).end());
        module.export("throughHost", "i:i", code -> code.get(0).open(Opcode.IF, 'i').get(0).i32(1).op(Opcode.I32_SUB)
                .call(host).op(Opcode.ELSE).i32(8).end());
        var instance = new AtomicReference<Instance>();
        Imports imports = Imports.builder().function("env", "host", (IntUnaryOperator) depth ->
                instance.get().exports().function("throughHost").callInt(depth)).build();
        instance.set(new Instance(module.compile(), imports, Limits.builder().stackDepth(100).build()));
        for (int round = 0; round < 20; round++) {
            for (String name : List.of("down", "throughHost")) {
                Function function = instance.get().exports().function(name);
                assertTrue(function.callInt(99) >= 7);
                var error = assertThrows(RuntimeError.class, () -> function.callInt(100));
                assertEquals("call stack exhausted: no more than 100 calls may be inside each other",
                        error.getMessage());
                assertEquals(RuntimeError.Kind.CALL_STACK_EXHAUSTED, error.kind());
                // With the one that was refused.
                assertEquals(101, error.frames().size());
            }
        }
    }

    @Test
    void linkedInstancesAreCounted() {
        var module = new ModuleWriter().importTable("env", "table", 'r', "00 01").compile();
        Imports imports = Imports.builder().table("env", "table", Table.of(1)).build();
        Limits limits = Limits.builder().instances(2).build();
        new Instance(module, imports, limits);
        new Instance(module, imports);
        for (int round = 0; round < 2; round++) {
            var error = assertThrows(RuntimeError.class, () -> new Instance(module, imports));
            assertEquals("limit exceeded: no room for 3 instances: 2 instances may be linked", error.getMessage());
        }
    }

    @Test
    void linkedInstancesShareTheSmallerFuel() {
        var module = new ModuleWriter().importTable("env", "table", 'r', "00 01");
        module.export("spin", ":", code -> code.open(Opcode.LOOP).br(0).end());
        module.export("nothing", ":", code -> {
        });
        Module compiled = module.compile();
        Imports imports = Imports.builder().table("env", "table", Table.of(1)).build();
        var first = new Instance(compiled, imports, Limits.builder().fuel(1000).build());
        var second = new Instance(compiled, imports, Limits.builder().fuel(400).build());
        assertEquals(400, first.fuel());
        second.exports().function("nothing").call();
        first.exports().function("nothing").call();
        assertEquals(398, first.fuel());
        assertEquals(398, second.fuel());
        assertEquals("out of fuel: no more than 400 instructions may be executed", assertThrows(RuntimeError.class,
                () -> first.exports().function("spin").call()).getMessage());
        second.fuel(10);
        assertEquals(10, first.fuel());
    }

    @Test
    void howAFunctionIsCompiledDoesNotChangeWhatItCosts() {
        var module = new ModuleWriter();
        // Far more code than fits into a method of the JVM.
        int runs = 4000;
        module.export("long", "i:i", code -> {
            for (int i = 0; i < runs; i++) {
                code.get(0).i32(i).op(Opcode.I32_XOR).set(0);
                code.get(0).open(Opcode.IF).get(0).i32(3).op(Opcode.I32_MUL).set(0).end();
            }
            code.get(0);
        });
        module.export("short", "i:i", code -> code.get(0).i32(1).op(Opcode.I32_XOR).set(0)
                .get(0).open(Opcode.IF).get(0).i32(3).op(Opcode.I32_MUL).set(0).end().get(0));
        var instance = new Instance(module.compile(), Imports.none(), Limits.builder().fuel(1_000_000).build());
        // Each round takes both ways: 4, 2 and 5 instructions, and two at the end.
        instance.exports().function("short").callInt(6);
        assertEquals(1_000_000 - 11 - 2, instance.fuel());
        instance.fuel(1_000_000);
        int expected = 12345;
        int skipped = 0;
        for (int i = 0; i < runs; i++) {
            expected ^= i;
            skipped += expected == 0 ? 1 : 0;
            expected *= 3;
        }
        assertEquals(expected, instance.exports().function("long").callInt(12345));
        assertEquals(1_000_000 - 11L * runs - 2 + 5L * skipped, instance.fuel());
    }

    @Test
    void theHostIsAskedBeforeAnythingGrows() {
        var asked = new ArrayList<String>();
        Instance instance = instance(Limits.builder().growth((resource, current, desired) -> {
            asked.add(resource + " " + current + " " + desired);
            return desired <= 2 << 16;
        }).build());
        asked.clear();
        assertEquals(1, instance.exports().function("grow").callInt(1));
        assertEquals(-1, instance.exports().function("grow").callInt(1));
        assertEquals(1, instance.exports().function("growTable").callInt(5));
        assertEquals(List.of("MEMORY 65536 131072", "MEMORY 131072 196608", "TABLE 1 6"), asked);
    }

    @Test
    void limitsMustMakeSense() {
        List<Consumer<Limits.Builder>> nonsense = List.of(limits -> limits.memory(-1), limits -> limits.fuel(-1),
                limits -> limits.tableElements(-1));
        for (Consumer<Limits.Builder> one : nonsense) {
            assertThrows(IllegalArgumentException.class, () -> one.accept(Limits.builder()));
        }
    }
}
