package dev.jawa.js;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What console.log prints; the expected texts are those of Node.js. */
class ConsoleTest {
    @TempDir
    Path folder;

    private List<String> print(String values) {
        return Run.module(folder, "console.log(" + values + ");").lines();
    }

    @Test
    void primitives() {
        assertEquals(List.of("text 1 -0 10n true null undefined Symbol(s) NaN"),
                print("'text', 1, -0, 10n, true, null, undefined, Symbol('s'), NaN"));
        assertEquals(List.of("[ 'it', \"it's\", `it's \"it\"`, '\\n', undefined, -0 ]"),
                print("['it', \"it's\", `it's \"it\"`, '\\n', undefined, -0]"));
    }

    @Test
    void objects() {
        assertEquals(List.of("{ a: 1, 'b-c': { d: { e: [Object] } }, f: [Function: f], g: [Getter] }"),
                print("{ a: 1, 'b-c': { d: { e: { h: 1 } } }, f() {}, get g() { return 1; } }"));
        assertEquals(List.of("Point { x: 1 } [class Point] [class Q extends Point] [Object: null prototype] {}"),
                print("...(() => { class Point { x = 1 } class Q extends Point {}"
                        + " return [new Point(), Point, Q, Object.create(null)]; })()"));
        assertEquals(List.of("<ref *1> { name: 'c', self: [Circular *1] }"),
                print("(() => { const c = { name: 'c' }; c.self = c; return c; })()"));
    }

    @Test
    void collections() {
        assertEquals(List.of("Map(1) { 'k' => { a: 1 } } Set(2) { 1, 'x' } [ <1 empty item>, 1 ]"
                        + " Uint8Array(2) [ 1, 2 ]"),
                print("new Map([['k', { a: 1 }]]), new Set([1, 'x']), [, 1], new Uint8Array([1, 2])"));
        assertEquals(List.of("ArrayBuffer { [Uint8Contents]: <01 ff>, [byteLength]: 2 }"),
                print("new Uint8Array([1, 255]).buffer"));
        assertEquals(List.of("Promise { 4 } Promise { <pending> }"),
                print("Promise.resolve(4), new Promise(() => {})"));
    }

    @Test
    void longListsStandInColumns() {
        assertEquals(List.of("[", "  1, 2, 3, 4,  5,", "  6, 7, 8, 9, 10", "]"),
                print("[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]"));
        List<String> lines = print("Array.from({ length: 120 }, (_, i) => i)");
        assertEquals("   0,  1,  2,  3,  4,  5,  6,  7,  8,  9, 10, 11,", lines.get(1));
        assertEquals("  ... 20 more items", lines.get(lines.size() - 2));
    }

    @Test
    void longObjectsStandOnSeveralLines() {
        assertEquals(List.of("{", "  first: '" + "x".repeat(40) + "',", "  second: '" + "y".repeat(40) + "'", "}"),
                print("{ first: 'x'.repeat(40), second: 'y'.repeat(40) }"));
    }

    @Test
    void directives() {
        assertEquals(List.of("Ann is 42 and 100% {\"a\":1} { b: 2 } more"),
                print("'%s is %d and 100%% %j %o', 'Ann', 42, { a: 1 }, { b: 2 }, 'more'"));
    }

    @Test
    void errorsShowTheirStackAndMore() {
        List<String> lines = Run.module(folder, """
                function make() { return Object.assign(new RangeError('out'), { code: 'E' }); }
                console.log(make());
                """).lines();
        assertEquals("RangeError: out", lines.getFirst());
        assertTrue(lines.get(1).startsWith("    at make (" + folder.resolve("main.mjs") + ":1:"), lines.get(1));
        assertEquals(List.of("  code: 'E'", "}"), lines.subList(lines.size() - 2, lines.size()));
    }

    @Test
    void methodsChooseTheStream() {
        Run run = Run.module(folder, """
                console.error('e'); console.warn('w'); console.info('i'); console.debug('d');
                console.group('g'); console.log('in\\nner'); console.groupEnd(); console.log('out');
                console.assert(true, 'no'); console.assert(false, 'yes %d', 1);
                console.count(); console.count();
                """);
        assertEquals("i\nd\ng\n  in\n  ner\nout\ndefault: 1\ndefault: 2\n", run.output());
        assertEquals("e\nw\nAssertion failed: yes 1\n", run.error());
    }

    @Test
    void objectsOfWebAssembly() {
        assertEquals(List.of("WebAssembly.Memory {} WebAssembly.Global {}"),
                print("new WebAssembly.Memory({ initial: 1 }), new WebAssembly.Global({ value: 'i32' })"));
    }
}
