package dev.jawa.js;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Modules of Node.js that need Java; the results are Node.js's. */
@Timeout(60)
class NodeModulesTest {
    @TempDir
    private Path folder;

    private void assertPrints(List<String> expected, String program) {
        assertEquals(expected, Run.module(folder, program).lines());
    }

    @Test
    void zlib() {
        assertPrints(List.of("deflate true", "gzip true", "deflateRaw true", "unzip true true", "907060870 907060870",
                "Z_DATA_ERROR -3 incorrect header check", "Z_BUF_ERROR unexpected end of file", "ERR_BUFFER_TOO_LARGE",
                "one two", "later", "streamed", "ERR_FEATURE_UNAVAILABLE"), """
                import zlib from 'node:zlib';
                import { Readable } from 'node:stream';
                import { promisify } from 'node:util';
                const text = 'hello '.repeat(20000);
                for (const [pack, unpack] of [['deflate', 'inflate'], ['gzip', 'gunzip'], ['deflateRaw', 'inflateRaw']]) {
                  console.log(pack, zlib[`${unpack}Sync`](zlib[`${pack}Sync`](text, { level: 9 })).toString() === text);
                }
                console.log('unzip', `${zlib.unzipSync(zlib.gzipSync(text))}` === text,
                  `${zlib.unzipSync(zlib.deflateSync(text))}` === text);
                console.log(zlib.crc32('hello'), zlib.crc32('lo', zlib.crc32('hel')));
                try { zlib.inflateSync(Buffer.from('garbage')); } catch (e) { console.log(e.code, e.errno, e.message); }
                try { zlib.gunzipSync(zlib.gzipSync('abc').subarray(0, 12)); } catch (e) { console.log(e.code, e.message); }
                try { zlib.inflateSync(zlib.deflateSync(text), { maxOutputLength: 9 }); } catch (e) { console.log(e.code); }
                console.log(`${zlib.gunzipSync(Buffer.concat([zlib.gzipSync('one '), zlib.gzipSync('two')]))}`);
                console.log(`${await promisify(zlib.gunzip)(await promisify(zlib.gzip)('later'))}`);
                const packed = zlib.gzipSync('streamed');
                const chunks = await Readable.from([packed.subarray(0, 7), packed.subarray(7)]).pipe(zlib.createGunzip()).toArray();
                console.log(`${Buffer.concat(chunks)}`);
                try { zlib.brotliDecompressSync(Buffer.alloc(1)); } catch (e) { console.log(e.code); }
                """);
    }

    @Test
    void asyncLocalStorage() {
        assertPrints(List.of("1 1 1 1", "2 2 2 2", "undefined undefined 7", "entered", "later entered", "2 2"), """
                import { AsyncLocalStorage, AsyncResource } from 'node:async_hooks';
                const storage = new AsyncLocalStorage();
                let bound;
                const lines = await Promise.all([1, 2].map((number) => storage.run(number, async () => {
                  const seen = [];
                  await null;
                  seen.push(storage.getStore());
                  await new Promise((resolve) => setTimeout(resolve, 20 - number * 5));
                  seen.push(storage.getStore());
                  await new Promise((resolve) => queueMicrotask(() => { seen.push(storage.getStore()); resolve(); }));
                  await new Promise((resolve) => process.nextTick(() => { seen.push(storage.getStore()); resolve(); }));
                  if (number === 2) bound = [AsyncLocalStorage.snapshot(), AsyncResource.bind(() => storage.getStore())];
                  return seen.join(' ');
                })));
                lines.forEach((line) => console.log(line));
                console.log(storage.getStore(), storage.run(5, () => storage.exit(() => storage.getStore())),
                  storage.run(7, () => storage.getStore()));
                storage.enterWith('entered');
                console.log(storage.getStore());
                await new Promise((resolve) => setImmediate(resolve));
                console.log('later', storage.getStore());
                console.log(bound[0](() => storage.getStore()), bound[1]());
                """);
    }

    @Test
    void vmAndReadline() {
        assertPrints(List.of("42 2", "{ a: 42, b: 'undefined' }", "TypeError", "a|bc|d", "Name? Jo"), """
                import vm from 'node:vm';
                import readline from 'node:readline';
                import { PassThrough, Readable } from 'node:stream';
                console.log(vm.runInNewContext('var z = x + 1; function f() { return z * 2 } f()', { x: 20 }),
                  new vm.Script('1 + 1').runInThisContext());
                const context = vm.createContext({ a: 1 });
                vm.runInContext('a += 41; var b = typeof process', context);
                console.log(context);
                try { vm.runInContext('1', {}); } catch (error) { console.log(error.name); }
                const lines = [];
                for await (const line of readline.createInterface({ input: Readable.from(['a\\nb', 'c\\r\\nd']) })) lines.push(line);
                console.log(lines.join('|'));
                const asked = readline.promises.createInterface({ input: Readable.from(['Jo\\n']), output: new PassThrough() });
                console.log('Name?', await asked.question('Name? '));
                """);
    }

    @Test
    void streamsAreIterable() {
        assertPrints(List.of("a b", "[ 2, 4 ]", "6", "3", "hello {\"a\":1}"), """
                import { Readable, PassThrough } from 'node:stream';
                import { json, text } from 'node:stream/consumers';
                const seen = [];
                for await (const chunk of Readable.from(['a', 'b']).pipe(new PassThrough())) seen.push(`${chunk}`);
                console.log(seen.join(' '));
                console.log(await Readable.from([1, 2, 3]).take(2).map((value) => value * 2).toArray());
                console.log(await Readable.from([1, 2, 3]).reduce((sum, value) => sum + value));
                console.log(await Readable.from([1, 2, 3]).find((value) => value > 2));
                console.log(await text(Readable.from(['hel', 'lo'])), JSON.stringify(await json(Readable.from(['{"a":', '1}']))));
                """);
    }

    @Test
    void consolesAndAddresses() {
        assertPrints(List.of("out a 1", "err b", "function", "4 6 0 0", "Not Found", "┌─────────┬───┐", "│ (index) │ x │",
                "├─────────┼───┤", "│ 0       │ 1 │", "└─────────┴───┘", "true"), """
                import { Console, log } from 'node:console';
                import { Writable } from 'node:stream';
                import { isIP } from 'node:net';
                import { STATUS_CODES } from 'node:http';
                const stream = (name) => new Writable({ write(chunk, _, done) { log(name, `${chunk}`.trim()); done(); } });
                const own = new Console({ stdout: stream('out'), stderr: stream('err') });
                own.log('a', 1);
                own.error('b');
                log(typeof Console);
                log(isIP('127.0.0.1'), isIP('::1'), isIP('127.0.0.256'), isIP('x'));
                log(STATUS_CODES[404]);
                console.table([{ x: 1 }]);
                log(own instanceof Console);
                """);
    }
}
