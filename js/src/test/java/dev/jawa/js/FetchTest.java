package dev.jawa.js;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** fetch, Response, Headers, ReadableStream. */
class FetchTest {
    @TempDir
    Path folder;

    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool());
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private String url() {
        return "http://" + server.getAddress().getAddress().getHostAddress() + ":" + server.getAddress().getPort();
    }

    private List<String> run(String source) {
        return Run.module(folder, source).lines();
    }

    @Test
    void readsFilesBesideTheProgram() throws IOException {
        Files.writeString(folder.resolve("a b.json"), "{\"x\": [1]}");
        assertEquals(List.of("200 true application/json 10", "{ x: [ 1 ] } true", "true", "TypeError", "TypeError"),
                run("""
                const response = await fetch('./a b.json');
                console.log(response.status, response.ok, response.headers.get('Content-Type'),
                  response.headers.get('content-length'));
                console.log(await response.json(), response.bodyUsed);
                console.log(response.url === new Response('').url + import.meta.url.replace('main.mjs', 'a%20b.json'));
                await response.text().catch((error) => console.log(error.name));
                await fetch('missing').catch((error) => console.log(error.name));
                """));
    }

    @Test
    void decodesDataUrls() {
        assertEquals(List.of("Hello, World! text/plain;charset=US-ASCII", "héllo text/plain", "TypeError"), run("""
                let response = await fetch('data:,Hello%2C%20World!');
                console.log(await response.text(), response.headers.get('content-type'));
                response = await fetch('data:text/plain;base64,aMOpbGxv#fragment');
                console.log(await response.text(), response.headers.get('content-type'));
                await fetch('data:text/plain;base64,*').catch((error) => console.log(error.name));
                """));
    }

    @Test
    void speaksHttp() {
        server.createContext("/moved", exchange -> {
            exchange.getResponseHeaders().set("Location", "/here?q=1");
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
        server.createContext("/here", exchange -> {
            byte[] body = ("q is " + exchange.getRequestURI().getQuery()).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("X-Some", "thing");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.createContext("/echo", exchange -> {
            byte[] body = exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().set("X-Seen", exchange.getRequestMethod() + " "
                    + exchange.getRequestHeaders().getFirst("X-Custom") + " "
                    + exchange.getRequestHeaders().getFirst("Content-Type"));
            exchange.sendResponseHeaders(201, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        assertEquals(List.of("true /here?q=1 thing q is q=1", "201 Created true POST yes text/plain;charset=UTF-8 sent",
                "404 false", "TypeError"), run("""
                const base = '%s';
                let response = await fetch(base + '/moved#part');
                console.log(response.redirected, response.url.slice(base.length), response.headers.get('x-some'),
                  await response.text());
                const headers = { 'X-Custom': 'yes' };
                response = await fetch(base + '/echo', { method: 'post', body: 'sent', headers });
                console.log(response.status, response.statusText, response.ok, response.headers.get('x-seen'),
                  await response.text());
                response = await fetch(base + '/nothing');
                console.log(response.status, response.ok);
                await fetch('http://127.0.0.1:1/').catch((error) => console.log(error.name));
                """.formatted(url())));
    }

    @Test
    void streamsTheBodyAsItArrives() {
        var firstSeen = new CountDownLatch(1);
        server.createContext("/slow", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try (var out = exchange.getResponseBody()) {
                out.write("first".getBytes(StandardCharsets.UTF_8));
                out.flush();
                firstSeen.await();
                out.write("second".getBytes(StandardCharsets.UTF_8));
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        });
        server.createContext("/seen", exchange -> {
            firstSeen.countDown();
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        assertEquals(List.of("true", "first", "false second true"), run("""
                const { body } = await fetch('%1$s/slow');
                const reader = body.getReader();
                console.log(body.locked);
                const text = async () => new TextDecoder().decode((await reader.read()).value);
                console.log(await text());
                await fetch('%1$s/seen');
                const second = await text();
                const { done } = await reader.read();
                reader.releaseLock();
                console.log(body.locked, second, done);
                """.formatted(url())));
    }

    @Test
    void responsesCanBeMadeAndCloned() {
        assertEquals(List.of("201 text/plain;charset=UTF-8 a, b", "text text", "{ x: 1 } application/json",
                "RangeError TypeError TypeError", "null ", "[ [ 'a', '1' ], [ 'b', '2, 3' ] ]"), run("""
                const response = new Response('text', { status: 201, headers: [['X-A', 'a'], ['x-a', ' b ']] });
                console.log(response.status, response.headers.get('content-type'), response.headers.get('X-a'));
                const copy = response.clone();
                console.log(await copy.text(), await response.text());
                const json = Response.json({ x: 1 });
                console.log(await json.json(), json.headers.get('content-type'));
                const names = [() => new Response('', { status: 99 }), () => new Response('', { status: 204 }),
                  () => response.clone()].map((make) => { try { make(); } catch (error) { return error.name; } });
                console.log(...names);
                const empty = new Response();
                console.log(empty.body, await empty.text());
                const headers = new Headers({ B: '2', a: 1 });
                headers.append('b', '3');
                console.log([...headers]);
                """));
    }

    @Test
    void streamsCanBeMadeAndTeed() {
        assertEquals(List.of("1,2,3", "1,2,3", "true", "why", "stop"), run("""
                let next = 1;
                const numbers = new ReadableStream({
                  pull(controller) { if (next > 3) controller.close(); else controller.enqueue(next++); },
                });
                const [left, right] = numbers.tee();
                const collect = async (stream) => {
                  const all = [];
                  for await (const x of stream) all.push(x);
                  return all;
                };
                console.log((await collect(left)).join());
                console.log((await collect(right)).join());
                console.log(numbers.locked);
                const failing = new ReadableStream({ start(controller) { controller.error('why'); } });
                await collect(failing).catch((reason) => console.log(reason));
                await new ReadableStream({ cancel(reason) { console.log(reason); } }).cancel('stop');
                """));
    }
}
