package dev.jawa.conformance.random;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.jawa.text.Wat;
import org.junit.jupiter.api.Test;

/** What {@link NodeComparisonTest} and its like have found, in small. */
class FoundDifferencesTest {
    private static int call(String module, Object... arguments) {
        return (int) Wat.compile(module).instantiate().exports().function("f").call(arguments).getFirst();
    }

    /** The search for vectors in a loop reads over the block's type. */
    @Test
    void aLoopWhoseLastBlockHasParameters() {
        assertEquals(10, call("""
                (module (func (export "f") (param i32) (result i32)
                  (loop $again
                    (local.tee 0 (i32.add (local.get 0) (i32.const 1)))
                    (block (param i32) (result i32) (i32.lt_s (i32.const 10)))
                    (br_if $again))
                  (local.get 0)))
                """, 3));
    }
}
