package dev.jawa.js;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jawa.text.Wat;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.proxy.ProxyArray;
import org.junit.jupiter.api.Test;

/** {@code WebAssembly} in a context of somebody else. */
class InstallTest {
    private static final byte[] MODULE = Wat.encode("""
            (module
              (import "env" "log" (func $log (param i32)))
              (memory (export "memory") 1)
              (func (export "add") (param i32 i32) (result i32) (i32.add (local.get 0) (local.get 1)))
              (func (export "run") (call $log (i32.const 42)))
              (func (export "trap") unreachable))
            """);

    private final ByteArrayOutputStream output = new ByteArrayOutputStream();

    private Context context() {
        Context context = Context.newBuilder("js").option("engine.WarnInterpreterOnly", "false").out(output).build();
        var bytes = new Object[MODULE.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = MODULE[i];
        }
        context.getBindings("js").putMember("given", ProxyArray.fromArray(bytes));
        context.eval("js", "const bytes = new Uint8Array(Array.from(given, (byte) => byte & 255));");
        return context;
    }

    @Test
    void oneLineIsEnough() {
        try (Context context = context()) {
            assertTrue(context.eval("js", "typeof WebAssembly").asString().equals("undefined"));
            // @start region="install"
            Jawa.installWebAssembly(context);
            Value sum = context.eval("js", """
                    const module = new WebAssembly.Module(bytes);
                    const instance = new WebAssembly.Instance(module, { env: { log: (it) => console.log(it) } });
                    instance.exports.add(1, 2);
                    """);
            // @end
            assertEquals(3, sum.asInt());
            context.eval("js", "instance.exports.run(); new Uint8Array(instance.exports.memory.buffer)[0] = 7;");
            assertEquals("42\n", output.toString(StandardCharsets.UTF_8));
        }
    }

    @Test
    void promisesAreSettledBeforeTheCallReturns() {
        try (Context context = context()) {
            Jawa.installWebAssembly(context);
            context.eval("js", """
                    WebAssembly.instantiate(bytes, { env: { log() {} } })
                      .then(({ instance }) => console.log(instance.exports.add(40, 2)));
                    WebAssembly.compile(new Uint8Array(4)).catch((error) => console.log(error.constructor.name));
                    (async () => {
                      const wait = new WebAssembly.Suspending(async () => console.log('waited'));
                      const { instance } = await WebAssembly.instantiate(bytes, { env: { log: wait } });
                      await WebAssembly.promising(instance.exports.run)();
                      console.log('done');
                    })();
                    """);
        }
        // Once it is closed, all output is there.
        assertEquals("CompileError\n42\nwaited\ndone\n".lines().sorted().toList(),
                output.toString(StandardCharsets.UTF_8).lines().sorted().toList());
    }

    @Test
    void errorsAreThoseOfJavaScript() {
        try (Context context = context()) {
            Jawa.installWebAssembly(context);
            assertEquals("RuntimeError: unreachable", context.eval("js", """
                    const { trap } = new WebAssembly.Instance(new WebAssembly.Module(bytes), { env: { log() {} } }).exports;
                    (() => { try { trap(); } catch (error) { return `${error}`; } })();
                    """).asString());
            PolyglotException thrown = org.junit.jupiter.api.Assertions.assertThrows(PolyglotException.class,
                    () -> context.eval("js", "trap()"));
            assertTrue(thrown.getMessage().contains("unreachable"), thrown.getMessage());
        }
    }
}
