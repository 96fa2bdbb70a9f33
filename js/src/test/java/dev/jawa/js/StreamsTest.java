package dev.jawa.js;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Streams of the web platform; the results are Node.js's. */
@Timeout(60)
class StreamsTest {
    @TempDir
    private Path folder;

    private void assertPrints(List<String> expected, String program) {
        assertEquals(expected, Run.module(folder, program).lines());
    }

    @Test
    void readable() {
        assertPrints(List.of("p q", "[ 7 ] false", "[ 7, 7, 7 ]", "1", "cancelled", "3 2 -1", "no"), """
                const all = async (stream) => (await Array.fromAsync(stream)).join('');
                const [one, two] = ReadableStream.from(['p', ' ', 'q']).tee();
                console.log(await all(one) === await all(two) ? 'p q' : 'different');
                const bytes = new ReadableStream({ type: 'bytes', pull(controller) {
                  const { view } = controller.byobRequest;
                  view[0] = 7;
                  controller.byobRequest.respond(1);
                } });
                const reader = bytes.getReader({ mode: 'byob' });
                const { value, done } = await reader.read(new Uint8Array(4));
                console.log([...value], done);
                console.log([...(await reader.read(new Uint8Array(4), { min: 3 })).value]);
                for await (const chunk of new ReadableStream({ start(controller) { controller.enqueue(1); },
                  cancel() { console.log('cancelled'); } })) {
                  console.log(chunk);
                  break;
                }
                let sizes;
                new ReadableStream({ start(controller) {
                  sizes = [controller.desiredSize];
                  for (const text of ['a', 'bcd']) {
                    controller.enqueue(text);
                    sizes.push(controller.desiredSize);
                  }
                } }, { highWaterMark: 3, size: (text) => text.length });
                console.log(...sizes);
                try { new ReadableStream({ start() { throw new Error('no'); } }); } catch (error) { console.log(error.message); }
                """);
    }

    @Test
    void writableAndPipes() {
        assertPrints(List.of("written 1", "closed", "2 1 4 2", "no", "stop true", "locked", "TypeError", "AbortError"), """
                const writer = new WritableStream({ write(chunk) { console.log('written', chunk); },
                  close() { console.log('closed'); } }).getWriter();
                await writer.write(1);
                await writer.close();
                const got = [];
                await ReadableStream.from([1, 2]).pipeThrough(new TransformStream({ transform(chunk, controller) {
                  controller.enqueue(chunk * 2);
                  controller.enqueue(chunk);
                } })).pipeTo(new WritableStream({ write(chunk) { got.push(chunk); } }));
                console.log(...got);
                await ReadableStream.from([1]).pipeTo(new WritableStream({ write() { throw new Error('no'); } }))
                  .catch((error) => console.log(error.message));
                const failing = new WritableStream();
                const aborted = failing.getWriter();
                await aborted.abort('stop');
                await aborted.closed.catch((reason) => console.log(reason, failing.locked));
                await failing.close().catch(() => console.log('locked'));
                await ReadableStream.from([]).pipeTo({}).catch((error) => console.log(error.name));
                await new ReadableStream().pipeTo(new WritableStream(), { signal: AbortSignal.abort() })
                  .catch((error) => console.log(error.name));
                """);
    }

    @Test
    void textAndCompression() {
        assertPrints(List.of("deflate true", "deflate-raw true", "gzip true", "TypeError", "TypeError", "ä€😀", "9"), """
                const text = 'hello '.repeat(5000);
                const read = (stream) => new Response(stream).text();
                for (const format of ['deflate', 'deflate-raw', 'gzip']) {
                  const packed = new Blob([text]).stream().pipeThrough(new CompressionStream(format));
                  console.log(format, await read(packed.pipeThrough(new DecompressionStream(format))) === text);
                }
                try { new CompressionStream('zip'); } catch (error) { console.log(error.name); }
                await read(new Blob(['no gzip']).stream().pipeThrough(new DecompressionStream('gzip')))
                  .catch((error) => console.log(error.name));
                const bytes = new TextEncoder().encode('ä€😀');
                let decoded = '';
                for await (const part of ReadableStream.from([...bytes].map((byte) => new Uint8Array([byte])))
                  .pipeThrough(new TextDecoderStream())) decoded += part;
                console.log(decoded);
                let length = 0;
                for await (const part of ReadableStream.from(['ä€', ...'😀'.split('')])
                  .pipeThrough(new TextEncoderStream())) length += part.length;
                console.log(length);
                """);
    }

    @Test
    void formData() {
        assertPrints(List.of("multipart/form-data; boundary=", "a=1 b=x\"y a=ä", "f.bin application/x 0,255,13,10", "p=1 q=a b",
                "TypeError"), """
                const form = new FormData();
                form.append('a', 1);
                form.append('b', 'x"y');
                form.append('a', 'ä');
                form.append('file', new Blob([new Uint8Array([0, 255, 13, 10])], { type: 'application/x' }), 'f.bin');
                const request = new Request('http://localhost/', { method: 'POST', body: form });
                console.log(request.headers.get('content-type').slice(0, 30));
                const parsed = await request.formData();
                console.log([...parsed].filter(([, value]) => typeof value === 'string').map((pair) => pair.join('=')).join(' '));
                const file = parsed.get('file');
                console.log(file.name, file.type, `${await file.bytes()}`);
                const encoded = await new Response(new URLSearchParams('p=1&q=a+b')).formData();
                console.log([...encoded].map((pair) => pair.join('=')).join(' '));
                await new Response('text').formData().catch((error) => console.log(error.name));
                """);
    }
}
