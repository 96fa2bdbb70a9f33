package dev.jawa.js;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code WebAssembly.Exception}, {@code Tag} and {@code JSTag}. */
class ExceptionTest {
    private static final String LOAD = """
            const number = new WebAssembly.Tag({ parameters: ['i32'] });
            let toThrow;
            const call = () => { throw toThrow; };
            const { exports: e } = new WebAssembly.Instance(
              new WebAssembly.Module(await (await fetch('exceptions.wasm')).arrayBuffer()),
              { m: { call, js: WebAssembly.JSTag, number } });
            const thrown = (action) => {
              try { action(); } catch (error) { return error; }
              return 'nothing thrown';
            };
            const name = (action) => thrown(action).constructor.name;
            """;

    @TempDir
    Path folder;

    @BeforeEach
    void writeModule() throws IOException {
        Files.write(folder.resolve("exceptions.wasm"), Modules.exceptions());
    }

    private List<String> run(String source) {
        return Run.module(folder, LOAD + source).lines();
    }

    @Test
    void carriesValues() {
        assertEquals(List.of("7 true false undefined", "string true", "TypeError TypeError RangeError TypeError",
                "TypeError TypeError TypeError", "[object WebAssembly.Exception]"), run("""
                const other = new WebAssembly.Tag({ parameters: [] });
                const exception = new WebAssembly.Exception(number, [7.9]);
                console.log(exception.getArg(number, 0), exception.is(number), exception.is(other), exception.stack);
                const traced = new WebAssembly.Exception(other, [], { traceStack: true });
                console.log(typeof traced.stack, /main/.test(traced.stack));
                console.log(name(() => exception.getArg(other, 0)), name(() => exception.getArg(number, -1)),
                  name(() => exception.getArg(number, 1)), name(() => exception.is({})));
                console.log(name(() => new WebAssembly.Exception(number, [])),
                  name(() => new WebAssembly.Exception(WebAssembly.JSTag, [1])),
                  name(() => new WebAssembly.Exception(number, [1], 5)));
                console.log(String(exception));
                """));
    }

    @Test
    void keepsItsIdentityThroughWebAssembly() {
        assertEquals(List.of("true true", "5 true", "true true"), run("""
                toThrow = new WebAssembly.Exception(number, [1]);
                console.log(thrown(e.rethrown) === toThrow, thrown(e.caught) === toThrow);
                toThrow = thrown(() => e.throwNumber(5));
                console.log(toThrow.getArg(e.number, 0), e.number === number);
                console.log(thrown(e.rethrown) === toThrow, toThrow instanceof WebAssembly.Exception);
                """));
    }

    @Test
    void catchesWhatJavaScriptThrows() {
        assertEquals(List.of("true true", "true true", "true true", "true true", "true true", "true true"), run("""
                for (toThrow of [new Error('x'), {}, 'text', 42, undefined, null]) {
                  console.log(Object.is(e.caught(), toThrow), Object.is(thrown(e.rethrown), toThrow));
                }
                """));
    }

    @Test
    void throwsToJavaScriptWithTheJavaScriptTag() {
        assertEquals(List.of("true 42 null", "true true"), run("""
                const value = {};
                console.log(thrown(() => e.throwValue(value)) === value, thrown(() => e.throwValue(42)),
                  thrown(() => e.throwValue(null)));
                console.log(WebAssembly.JSTag instanceof WebAssembly.Tag, WebAssembly.JSTag === WebAssembly.JSTag);
                """));
    }

    @Test
    void catchesNoTrapAndShowsNoExceptionReference() {
        assertEquals(List.of("RuntimeError TypeError"), run("""
                console.log(name(e.trap), name(() => e.reference(null)));
                """));
    }
}
