package dev.jawa.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.jawa.Imports;
import dev.jawa.Instance;
import dev.jawa.binary.BranchHints;
import dev.jawa.model.FunctionBody;
import dev.jawa.model.ModuleModel;
import dev.jawa.text.Wat;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Branch hints: they are found where they belong, and change nothing but the order of code. */
class BranchHintTest {
    private static final String MODULE = """
            (module
              (func (export "hinted") (param i32) (result i32) (local f32 i64 i64)
                (local.get 0)
                (@metadata.code.branch_hint "\\00") if (result i32)
                  (i32.add (local.get 0) (i32.const 100))
                else
                  (local.get 0)
                  (@metadata.code.branch_hint "\\01") if (result i32)
                    (i32.const 1)
                  else
                    (i32.const 2)
                  end
                end)
              (func (export "nested") (param i32) (result i32)
                (block $out (result i32)
                  (local.get 0)
                  (@metadata.code.branch_hint "\\00") if
                    (br_if $out (i32.const 7) (i32.eq (local.get 0) (i32.const 3)))
                    drop
                  else
                    (br $out (i32.const 8))
                  end
                  (i32.const 9))))
            """;

    @Test
    void hintsAreFoundByTheirOffsets() {
        ModuleModel module = Wat.decode(Wat.encode(MODULE));
        BranchHints hints = BranchHints.of(module);
        FunctionBody body = module.code().getFirst();
        // Behind the local.get, of two bytes; the other hint says likely.
        assertEquals(List.of(2), IntStream.range(0, body.code().length()).filter(hints.unlikely(0, body)).boxed().toList());
        assertEquals(0x04, body.code().at(2));
    }

    @Test
    void resultsAreTheSame() {
        var exports = new Instance(Wat.compile(MODULE), Imports.builder().build()).exports();
        assertEquals(2, exports.function("hinted").callInt(0));
        assertEquals(105, exports.function("hinted").callInt(5));
        assertEquals(List.of(8, 9, 7), List.of(exports.function("nested").callInt(0),
                exports.function("nested").callInt(1), exports.function("nested").callInt(3)));
    }
}
