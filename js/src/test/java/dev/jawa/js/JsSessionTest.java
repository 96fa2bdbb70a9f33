package dev.jawa.js;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jawa.Function;
import dev.jawa.Memory;
import dev.jawa.text.Wat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** JavaScript programs that Java talks to. */
@Timeout(60)
class JsSessionTest {
    private final ByteArrayOutputStream errors = new ByteArrayOutputStream();
    private final JsSession session = JsHost.builder().error(new PrintStream(errors, true, StandardCharsets.UTF_8))
            .function("twice", arguments -> 2 * arguments.getFirst().asInt())
            .function("fail", _ -> {
                throw new IOException("no disk");
            })
            .global("settings", Map.of("name", "x", "list", List.of(1, 2.5, true)))
            .build().open();

    @AfterEach
    void close() {
        session.close();
    }

    @Test
    void example(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("greet.mjs"), "export const greet = (name) => `${log(name)}, ${name}!`;");
        var names = new ConcurrentLinkedQueue<String>();
        // @start region="session"
        JsHost host = JsHost.builder()
                .function("log", arguments -> {
                    names.add(arguments.getFirst().asString());
                    return "Hello";
                })
                .build();
        try (JsSession program = host.open(folder)) {
            int three = program.evaluate("1 + 2").asInt();
            JsValue module = program.importModule("./greet.mjs");
            String greeting = module.invoke("greet", "Jawa").asString();      // Hello, Jawa!
            // @end
            assertEquals(3, three);
            assertEquals("Hello, Jawa!", greeting);
        }
        assertEquals(List.of("Jawa"), new ArrayList<>(names));
    }

    @Test
    void scriptsShareTheirGlobals() {
        session.evaluate("var count = 1; function next() { return ++count; } const fixed = 'x';");
        assertEquals(2, session.evaluate("next()").asInt());
        assertEquals(3, session.global().invoke("next").asInt());
        assertEquals("x3", session.evaluate("fixed + count").asString());
        assertEquals(42, session.evaluate("twice(21)").asInt());
        assertTrue(session.evaluate("undefined").isUndefined());
        assertTrue(session.evaluate("null").isNull());
        assertEquals("{a: 1}", session.evaluate("({ a: 1 })").toString());
    }

    @Test
    void valuesOfJavaScript() {
        assertEquals(true, session.evaluate("true").as(Object.class));
        assertEquals(1.5, session.evaluate("1.5").as(Object.class));
        assertEquals(5, session.evaluate("5").as(Object.class));
        assertEquals(5L, session.evaluate("5n").as(Long.class));
        assertEquals(5L, session.evaluate("5").as(long.class));
        assertEquals(BigInteger.TWO.pow(100), session.evaluate("2n ** 100n").as(Object.class));
        assertEquals(Arrays.asList(1, "a", null, List.of()), session.evaluate("[1, 'a', undefined, []]").as(List.class));
        assertEquals(Map.of("a", 1, "b", List.of(Map.of())), session.evaluate("({ a: 1, b: [{}] })").as(Object.class));
        assertArrayEquals(new byte[] {1, 2}, session.evaluate("new Uint8Array([0, 1, 2]).subarray(1)").as(byte[].class));
        assertInstanceOf(JsValue.class, session.evaluate("new Map()").as(Object.class));
        assertEquals(List.of("a", "b"), session.evaluate("({ a: 1, b: 2 })").keys());
        for (String wrong : List.of("1.5", "2 ** 40", "'1'", "null", "NaN", "1n << 40n", "({})")) {
            assertThrows(IllegalArgumentException.class, () -> session.evaluate(wrong).asInt(), wrong);
        }
        assertThrows(IllegalArgumentException.class, () -> session.evaluate("const a = []; a.push(a); a").as(List.class));
        assertThrows(IllegalArgumentException.class, () -> session.evaluate("1").asString());
    }

    @Test
    void valuesOfJava() {
        JsValue describe = session.evaluate("(...all) => all.map((v) => `${typeof v} ${v?.constructor?.name} ${v}`)");
        assertEquals(List.of("number Number 1", "number Number 2.5", "bigint BigInt 3", "string String x",
                        "boolean Boolean true", "object undefined null", "object Uint8Array 7,8", "object Array 1,2",
                        "object Object [object Object]", "bigint BigInt 1267650600228229401496703205376"),
                describe.call(1, 2.5f, 3L, "x", true, null, new byte[] {7, 8}, List.of(1, 2), Map.of("a", 1),
                        BigInteger.TWO.pow(100)).as(List.class));
        assertEquals("x1,2.5,true", session.evaluate("settings.name + settings.list").asString());
        JsValue object = session.evaluate("({ n: 1 })");
        object.set("n", List.of("a"));
        assertEquals("a", object.get("n").get(0).asString());
        assertEquals(List.of(), describe.call().as(List.class));
        assertThrows(IllegalArgumentException.class, () -> describe.call(new Object()));
        try (JsSession other = JsHost.builder().build().open()) {
            assertThrows(IllegalArgumentException.class, () -> describe.call(other.global()));
        }
    }

    @Test
    void webAssemblyOfBothSides() {
        Memory memory = Memory.of(1);
        memory.writeInt(8, 42);
        session.global().set("memory", memory);
        assertEquals(42, session.evaluate("new Uint32Array(memory.buffer)[2]").asInt());
        assertSame(memory, session.evaluate("memory").as(Memory.class));
        Function add = Wat.compile("(func (export \"add\") (param i32 i32) (result i32) (i32.add (local.get 0) (local.get 1)))")
                .instantiate().exports().function("add");
        session.global().set("add", add);
        assertEquals("7 true", session.evaluate("`${add(3, 4)} ${add.name === '0'}`").asString());
        assertSame(add, session.evaluate("add").as(Object.class));
    }

    @Test
    void errorsHaveFramesOfBothLanguages() {
        JsException error = assertThrows(JsException.class, () -> session.evaluate("app.js", """
                function inner() { throw new TypeError('wrong'); }
                function outer() { inner(); }
                outer();
                """));
        assertEquals("TypeError: wrong", error.getMessage());
        assertEquals("wrong", error.value().get("message").asString());
        assertEquals("inner", error.getStackTrace()[0].getMethodName());
        assertEquals(1, error.getStackTrace()[0].getLineNumber());
        assertTrue(error.getStackTrace()[0].getFileName().endsWith("app.js"), error.getStackTrace()[0].toString());
        assertTrue(Arrays.stream(error.getStackTrace()).anyMatch(frame ->
                frame.getClassName().equals(JsSessionTest.class.getName())));
        assertEquals("5", assertThrows(JsException.class, () -> session.evaluate("throw 5")).getMessage());
        assertTrue(assertThrows(JsException.class, () -> session.evaluate("let = 1 1")).getMessage()
                .startsWith("SyntaxError"));
        assertThrows(JsException.class, () -> session.evaluate("1").call());
        assertThrows(JsException.class, () -> session.evaluate("null").get("x"));
    }

    @Test
    void exceptionsOfJavaComeBackAsTheCause() {
        JsException error = assertThrows(JsException.class, () -> session.evaluate("fail()"));
        assertEquals("Error: no disk", error.getMessage());
        assertEquals("no disk", assertInstanceOf(IOException.class, error.getCause()).getMessage());
        assertEquals("caught no disk", session.evaluate("try { fail() } catch (e) { 'caught ' + e.message }").asString());
        session.global().set("again", (JsCallable) _ -> session.evaluate("throw new RangeError('inside')"));
        assertEquals("RangeError: inside", assertThrows(JsException.class, () -> session.evaluate("again()")).getMessage());
    }

    @Test
    void promisesAreFutures() throws Exception {
        assertEquals(5, session.evaluate("Promise.resolve(5)").toFuture().get().asInt());
        assertEquals(6, session.await(session.evaluate("(async () => { await new Promise(r => setTimeout(r, 5)); return 6; })()"))
                .asInt());
        var failed = session.evaluate("Promise.reject(new Error('late'))").toFuture();
        assertEquals("Error: late", assertThrows(ExecutionException.class, failed::get).getCause().getMessage());
        assertEquals("Error: soon", assertThrows(JsException.class, () ->
                session.await(session.evaluate("Promise.reject(new Error('soon'))"))).getMessage());
        var given = new CompletableFuture<String>();
        session.global().set("given", given);
        JsValue waiting = session.evaluate("given.then((text) => text + '!')");
        given.complete("now");
        assertEquals("now!", session.await(waiting).asString());
        assertThrows(IllegalStateException.class, () -> {
            session.global().set("block", (JsCallable) _ -> session.await(session.evaluate("new Promise(() => {})")));
            throw assertThrows(JsException.class, () -> session.evaluate("block()")).getCause();
        });
    }

    @Test
    void whatNobodyCatchesIsReported() {
        session.evaluate("setTimeout(() => { throw new Error('in a timer') }, 1)");
        session.await(session.evaluate("new Promise(r => setTimeout(r, 20))"));
        assertTrue(errors.toString(StandardCharsets.UTF_8).contains("in a timer"), errors::toString);
        assertEquals(1, session.evaluate("1").asInt());
    }

    @Test
    void nothingIsPermittedUnlessSaid() {
        for (String attempt : List.of("Java", "Polyglot", "load('x')", "Packages")) {
            assertThrows(JsException.class, () -> session.evaluate(attempt), attempt);
        }
        assertEquals("undefined", session.evaluate("typeof process.env.PATH").asString());
        assertThrows(JsException.class, () -> session.await(session.evaluate(
                "import('node:fs').then((fs) => fs.readFileSync('/etc/hostname'))")));
        assertThrows(JsException.class, () -> session.await(session.evaluate("fetch('http://127.0.0.1:1/')")));
    }

    @Test
    void closedInTheMiddleOfSomething() throws Exception {
        var busy = CompletableFuture.runAsync(() -> session.evaluate("for (;;);"));
        Thread.sleep(100);
        session.close();
        assertInstanceOf(IllegalStateException.class,
                assertThrows(ExecutionException.class, () -> busy.get(10, TimeUnit.SECONDS)).getCause());
        assertThrows(IllegalStateException.class, () -> session.evaluate("1"));
        assertFalse(Thread.currentThread().isInterrupted());
    }

    @Test
    void interruptedInTheMiddleOfSomething() throws Exception {
        var busy = CompletableFuture.runAsync(() -> session.evaluate("var before = 1; for (;;);"));
        Thread.sleep(100);
        session.interrupt();
        assertInstanceOf(IllegalStateException.class,
                assertThrows(ExecutionException.class, () -> busy.get(10, TimeUnit.SECONDS)).getCause());
        assertEquals(1, session.evaluate("before").asInt());
    }

    @Test
    void interruptedInALoopOfWebAssembly(@TempDir Path folder) throws Exception {
        Path file = Files.write(folder.resolve("loop.wasm"),
                Wat.encode("(module (func (export \"loop\") (loop $more (br $more))))"));
        JsValue loop = session.importModule(file).get("loop");
        var busy = CompletableFuture.runAsync(() -> loop.call());
        Thread.sleep(100);
        session.interrupt();
        assertInstanceOf(IllegalStateException.class,
                assertThrows(ExecutionException.class, () -> busy.get(10, TimeUnit.SECONDS)).getCause());
        assertEquals(1, session.evaluate("1").asInt());
    }

    @Test
    void manyThreadsTakeTurns() throws Exception {
        session.evaluate("let n = 0; function step() { const before = n; n = before + 1; return n; }");
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < 8; i++) {
            threads.add(Thread.ofVirtual().start(() -> {
                for (int k = 0; k < 50; k++) {
                    session.evaluate("step()");
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertEquals(400, session.evaluate("n").asInt());
    }
}
