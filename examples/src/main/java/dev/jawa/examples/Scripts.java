package dev.jawa.examples;

import dev.jawa.text.script.Outcome;
import dev.jawa.text.script.Script;
import dev.jawa.text.script.ScriptRunner;
import java.nio.charset.StandardCharsets;

/** Tests of WebAssembly in its own script language, run by any test framework or none. */
public final class Scripts {
    private static final String SCRIPT = """
            (module (func (export "half") (param i32) (result i32) (i32.div_u (local.get 0) (i32.const 2))))
            (assert_return (invoke "half" (i32.const 7)) (i32.const 3))
            (assert_return (invoke "half" (i32.const -1)) (i32.const 0))
            """;

    private Scripts() {
    }

    /** Prints what became of each command. */
    public static void main(String... args) {
        for (Outcome.Result result : ScriptRunner.run(
                Script.parse("half.wast", SCRIPT.getBytes(StandardCharsets.UTF_8)))) {
            System.out.println((result.passed() ? "passed " : "FAILED ") + result);
        }
    }
}
