package dev.jawa.js;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** compileStreaming and instantiateStreaming over HTTP. */
class StreamingTest {
    private static final String IMPORTS = "{ imports: { imported_func: (arg) => console.log(arg) } }";

    @TempDir
    Path folder;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        threads.shutdownNow();
    }

    private String url(String path) {
        InetSocketAddress address = server.getAddress();
        return "http://" + address.getAddress().getHostAddress() + ":" + address.getPort() + path;
    }

    private void serve(String path, String type, int status, byte[] body) {
        handle(path, type, status, out -> out.write(body));
    }

    @FunctionalInterface
    private interface Body {
        void write(OutputStream out) throws IOException, InterruptedException;
    }

    private void handle(String path, String type, int status, Body body) {
        HttpHandler handler = (HttpExchange exchange) -> {
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(status, 0);
            try (OutputStream out = exchange.getResponseBody()) {
                body.write(out);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        };
        server.createContext(path, handler);
    }

    private List<String> run(String source) {
        return Run.module(folder, source).lines();
    }

    @Test
    void runsAModuleThatArrivesInPieces() {
        byte[] module = Modules.simple();
        handle("/simple.wasm", "application/wasm", 200, out -> {
            for (int i = 0; i < module.length; i += 7) {
                out.write(module, i, Math.min(7, module.length - i));
                out.flush();
                Thread.sleep(10);
            }
        });
        assertEquals(List.of("42", "module instance"), run("""
                const source = await WebAssembly.instantiateStreaming(fetch('%s'), %s);
                source.instance.exports.exported_func();
                console.log(Object.keys(source).join(' '));
                """.formatted(url("/simple.wasm"), IMPORTS)));
    }

    @Test
    void decodesBeforeTheLastByteHasCome() throws InterruptedException {
        var rejected = new CountDownLatch(1);
        byte[] broken = Modules.simple();
        broken[8] = 0x7F;
        handle("/broken.wasm", "application/wasm", 200, out -> {
            out.write(broken, 0, broken.length - 1);
            out.flush();
            // The end comes only after the error has been seen.
            if (rejected.await(30, TimeUnit.SECONDS)) {
                out.write(broken, broken.length - 1, 1);
            }
        });
        server.createContext("/seen", exchange -> {
            rejected.countDown();
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        assertEquals(List.of("CompileError"), run("""
                await WebAssembly.compileStreaming(fetch('%s')).catch(async (error) => {
                  console.log(error.name);
                  await fetch('%s');
                });
                """.formatted(url("/broken.wasm"), url("/seen"))));
        assertTrue(rejected.await(0, TimeUnit.SECONDS), "the error was seen before the body ended");
    }

    @Test
    void rejectsWhatIsNoModule() {
        byte[] module = Modules.simple();
        serve("/text", "text/plain", 200, module);
        serve("/parameter", "application/wasm; charset=utf-8", 200, module);
        serve("/upper", "Application/WASM", 200, module);
        serve("/missing", "application/wasm", 404, module);
        serve("/short", "application/wasm", 200, Arrays.copyOf(module, module.length - 1));
        serve("/right", "application/wasm", 200, module);
        assertEquals(List.of("TypeError", "TypeError", "42", "TypeError", "CompileError", "LinkError", "TypeError",
                "TypeError", "TypeError"), run("""
                const imports = %s;
                const attempt = (path, given = imports) =>
                  WebAssembly.instantiateStreaming(fetch('%s' + path), given).then(
                    (source) => source.instance.exports.exported_func(),
                    (error) => console.log(error.name));
                await attempt('/text');
                await attempt('/parameter');
                await attempt('/upper');
                await attempt('/missing');
                await attempt('/short');
                await attempt('/right', { imports: {} });
                await attempt('/right', {});
                await attempt('/right', 5);
                await WebAssembly.compileStreaming('no response').catch((error) => console.log(error.name));
                """.formatted(IMPORTS, url(""))));
    }

    @Test
    void takesTheBodyOnce() throws IOException {
        Files.write(folder.resolve("simple.wasm"), Modules.simple());
        assertEquals(List.of("true", "TypeError", "TypeError", "42", "mine"), run("""
                const response = await fetch('simple.wasm');
                await WebAssembly.compileStreaming(response);
                console.log(response.bodyUsed);
                await WebAssembly.compileStreaming(response).catch((error) => console.log(error.name));
                await response.text().catch((error) => console.log(error.name));
                const headers = { 'Content-Type': 'application/wasm' };
                const bytes = await (await fetch('simple.wasm')).bytes();
                const stream = new ReadableStream({
                  start(controller) {
                    controller.enqueue(bytes.slice(0, 10));
                    setTimeout(() => { controller.enqueue(bytes.slice(10)); controller.close(); }, 5);
                  },
                });
                const { instance } = await WebAssembly.instantiateStreaming(new Response(stream, { headers }), %s);
                instance.exports.exported_func();
                const failing = new ReadableStream({ pull() { throw new Error('mine'); } });
                await WebAssembly.compileStreaming(new Response(failing, { headers }))
                  .catch((error) => console.log(error.message));
                """.formatted(IMPORTS)));
    }
}
