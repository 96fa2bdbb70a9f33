package dev.jawa.js;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.jawa.text.Wat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Continuations of WebAssembly that call JavaScript; without access to the JVM's own they are threads. */
class ContinuationTest {
    private static final String MODULE = """
            (module
              (type $f (func))
              (type $k (cont $f))
              (import "env" "log" (func $log (param i32)))
              (tag $yield (param i32))
              (elem declare func $generate)
              (func $generate (local $i i32)
                (loop $again
                  (call $log (local.get $i))
                  (suspend $yield (local.get $i))
                  (local.set $i (i32.add (local.get $i) (i32.const 1)))
                  (br_if $again (i32.lt_u (local.get $i) (i32.const 4)))))
              (func (export "run") (param $limit i32) (result i32)
                (local $rest (ref null $k))
                (local $value i32)
                (local $sum i32)
                (local.set $rest (cont.new $k (ref.func $generate)))
                (loop $again
                  (block $yielded (result i32 (ref $k))
                    (resume $k (on $yield $yielded) (local.get $rest))
                    (return (local.get $sum)))
                  (local.set $rest)
                  (local.set $value)
                  (local.set $sum (i32.add (local.get $sum) (local.get $value)))
                  (br_if $again (i32.lt_u (local.get $value) (local.get $limit))))
                (i32.const -1)))
            """;
    private static final String LOAD = """
            const module = new WebAssembly.Module(await (await fetch('continuations.wasm')).arrayBuffer());
            const make = (log) => new WebAssembly.Instance(module, { env: { log } }).exports;
            """;

    @TempDir
    Path folder;

    @BeforeEach
    void writeModule() throws IOException {
        Files.write(folder.resolve("continuations.wasm"), Wat.encode(MODULE));
    }

    private List<String> run(String source) {
        return Run.module(folder, LOAD + source).lines();
    }

    @Test
    void continuationsCallJavaScript() {
        assertEquals(List.of("0,1,2,3 6", "6 6"), run("""
                const seen = [];
                const outer = make((number) => seen.push(number));
                const sum = outer.run(10);
                console.log(seen.join(), sum);
                const nested = make(() => { if (outer.run(10) !== 6) throw new Error(); });
                console.log(nested.run(10), await Promise.resolve(nested.run(10)));
                """));
    }

    @Test
    void exceptionsOfJavaScriptCross() {
        assertEquals(List.of("true at 2", "6"), run("""
                const refusing = make((number) => { if (number === 2) throw new RangeError(`at ${number}`); });
                try { refusing.run(10); } catch (error) { console.log(error instanceof RangeError, error.message); }
                console.log(make(() => {}).run(10));
                """));
    }

    @Test
    void programsEndWhateverIsSuspended() {
        assertEquals(List.of("-1", "end"), run("""
                const exports = make(() => {});
                let result;
                for (let i = 0; i < 100; i++) { result = exports.run(0); }
                console.log(result);
                console.log('end');
                """));
    }
}
