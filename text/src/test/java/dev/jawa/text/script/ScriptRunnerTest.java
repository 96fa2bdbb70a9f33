package dev.jawa.text.script;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jawa.CompileError;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScriptRunnerTest {
    private static final String MODULE = """
            (module $m
              (global (export "g") f32 (f32.const nan:0x200001))
              (func (export "div") (param i32 i32) (result i32) (i32.div_s (local.get 0) (local.get 1)))
              (func (export "two") (result i64 f64) (i64.const -1) (f64.const 0.5))
              (func (export "echo") (param externref) (result externref) (local.get 0)))
            """;

    private static List<Outcome.Result> run(String script) {
        return ScriptRunner.run(Script.parse("test", script.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void passes() {
        List<Outcome.Result> results = run(MODULE + """
                (assert_return (invoke "div" (i32.const 7) (i32.const -2)) (i32.const -3))
                (assert_return (invoke $m "two") (i64.const -1) (either (f64.const 1) (f64.const 0.5)))
                (assert_trap (invoke "div" (i32.const 1) (i32.const 0)) "integer divide by zero")
                (assert_return (get "g") (f32.const nan:0x200001))
                (assert_return (invoke "echo" (ref.extern 3)) (ref.extern 3))
                (assert_return (invoke "echo" (ref.null extern)) (ref.null))
                (register "m" $m)
                (module (import "m" "div" (func $div (param i32 i32) (result i32)))
                  (start $start) (func $start (drop (call $div (i32.const 1) (i32.const 1)))))
                (assert_trap (module (start $start) (func $start unreachable)) "unreachable")
                (assert_unlinkable (module (import "m" "none" (func))) "unknown import")
                (assert_invalid (module (func (result i32))) "type mismatch")
                (assert_malformed (module quote "(func" "i32.foo)") "unknown operator")
                (assert_malformed (module binary "\\00asm") "unexpected end")
                (module binary "\\00asm" "\\01\\00\\00\\00")
                (module definition $d (func (export "f")))
                (module instance $i $d)
                (invoke $i "f")
                """);
        assertEquals(List.of(), results.stream().filter(result -> !result.passed()).map(Object::toString).toList());
        assertEquals(18, results.size());
    }

    @Test
    void fails() {
        List<Outcome.Result> results = run(MODULE + """
                (assert_return (invoke "div" (i32.const 7) (i32.const -2)) (i32.const 3))
                (assert_return (invoke "two") (i64.const -1))
                (assert_return (get "g") (f32.const nan:canonical))
                (assert_trap (invoke "div" (i32.const 1) (i32.const 1)) "integer divide by zero")
                (assert_trap (invoke "div" (i32.const 1) (i32.const 0)) "unreachable")
                (assert_invalid (module (func)) "type mismatch")
                (assert_invalid (module quote "(func") "type mismatch")
                (assert_malformed (module quote "(func (result i32))") "unexpected token")
                (assert_unlinkable (module) "unknown import")
                (invoke "none")
                (module (func (result i32)))
                (invoke "f")
                """);
        assertTrue(results.getFirst().passed());
        assertEquals(List.of(), results.stream().skip(1).filter(Outcome.Result::passed).map(Object::toString).toList());
        assertEquals(13, results.size());
    }

    @Test
    void malformedScriptsAreRejected() {
        for (String script : List.of("(assert_return)", "(foo)", "(module", "(invoke \"f\" (i32.const nan:canonical))",
                "(assert_return (invoke \"f\") (ref.foo))", "(wait)", "(thread $t ".repeat(10_000) + ")".repeat(10_000),
                "(assert_return (invoke \"f\") " + "(either ".repeat(10_000) + ")".repeat(10_001))) {
            assertThrows(CompileError.class, () -> Script.parse("test", script.getBytes(StandardCharsets.UTF_8)));
        }
    }
}
