package dev.jawa.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.jawa.Exports;
import dev.jawa.Function;
import dev.jawa.RuntimeError;
import dev.jawa.text.Wat;
import org.junit.jupiter.api.Test;

/** A memory with 64-bit addresses goes on where it is too large for an array, also under code that is running. */
class OutgrownArrayTest {
    private static final long GIB = 1L << 30;
    private static final String MODULE = """
            (module (memory (export "memory") i64 1)
              (func (export "grown") (param $pages i64) (param $far i64) (result i64)
                (local $i i64)
                (i64.store offset=8 (i64.const 0) (i64.const 7))
                (drop (memory.grow (local.get $pages)))
                (i64.store (local.get $far) (i64.add (i64.load offset=8 (i64.const 0)) (i64.const 1)))
                (i32.store8 offset=1 (local.get $far) (i32.const 3))
                (i64.add (i64.load (local.get $far)) (i64.load16_u (local.get $far))))
              (func (export "sum") (param $from i64) (result i64)
                (local $i i64) (local $sum i64)
                (loop $again
                  (local.set $sum (i64.add (local.get $sum)
                    (i64.add (i64.load8_u (local.get $from)) (i64.load8_u offset=1 (local.get $from)))))
                  (local.set $from (i64.add (local.get $from) (i64.const 1)))
                  (br_if $again (i64.lt_u (local.tee $i (i64.add (local.get $i) (i64.const 1))) (i64.const 100))))
                (local.get $sum))
              (func (export "load") (param i64) (result f64) (f64.load offset=16 (local.get 0))))
            """;

    @Test
    void whatRunsFindsTheMemoryWhereItIs() {
        Exports exports = Wat.compile(MODULE).instantiate().exports();
        Function sum = exports.function("sum");
        assertEquals(0L, sum.call(0L).getFirst());
        long far = 2 * GIB + 4096;
        assertEquals(2 * (8L + 3 * 256), exports.function("grown").call(2 * GIB / 65_536, far).getFirst());
        assertEquals(7, exports.memory("memory").readLong(8));
        assertEquals(8L + 3 + 3, sum.call(far).getFirst());
        assertEquals(7L + 7, sum.call(0L).getFirst());
        exports.memory("memory").writeDouble(far + 24, 2.5);
        Function load = exports.function("load");
        assertEquals(2.5, load.call(far + 8).getFirst());
        for (long address : new long[] {2 * GIB + 65_536 - 16, -1, -24, Long.MIN_VALUE, Long.MAX_VALUE}) {
            assertEquals(RuntimeError.Kind.MEMORY_OUT_OF_BOUNDS,
                    assertThrows(RuntimeError.class, () -> load.call(address)).kind());
        }
    }

    /** The store says that the byte before it in memory is in bounds, and traps after that has been loaded. */
    @Test
    void aTrapIsOfTheMemoryHoweverOftenItIsThrown() {
        Function copy = Wat.compile("""
                (module (memory i64 1)
                  (func (export "copy") (param i64)
                    (i32.store8 offset=38 (local.get 0) (i32.load8_s offset=33 (local.get 0)))))
                """).instantiate().exports().function("copy");
        for (int i = 0; i < 30_000; i++) {
            long address = i % 2 == 0 ? 0 : 65_536;
            if (address == 0) {
                copy.call(address);
                continue;
            }
            assertEquals(RuntimeError.Kind.MEMORY_OUT_OF_BOUNDS,
                    assertThrows(RuntimeError.class, () -> copy.call(address)).kind(), "call " + i);
        }
    }
}
