package dev.jawa.js;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The globals of the Minimum Common Web API, and what Node.js has besides. */
class PlatformTest {
    @TempDir
    Path folder;

    @Test
    void urlsAreParsedAsTheStandardSays() {
        assertEquals(List.of(
                "http://a.b/c/x?y#z", "https://xn--mnchen-3ya.example/%C3%A4?%C3%B6#%C3%BC", "http://127.0.0.1/",
                "http://[1:2::8]:8080/", "file:///C:/b", "mailto:a@b null", "foo://h/../b -> foo://h/b",
                "http://user:p%40ss@h/ user p%40ss h", "false true false", "a=1&b=%26+%C3%A4 2 & ä",
                "https://h:1234/p%20q?x=1#f", "null https://x.y", "TypeError ERR_INVALID_URL"),
                Run.module(folder, """
                const href = (...values) => new URL(...values).href;
                console.log(href('../x?y#z', 'http://a.b/c/d/e'));
                console.log(href('https://München.example/ä?ö#ü'));
                console.log(href('http://0x7f.1'));
                console.log(href('http://[1:2:0:0:0:0:0:8]:8080'));
                console.log(href('/a/../C|/b', 'file:///x'));
                console.log(href('mailto:a@b'), new URL('mailto:a@b').origin);
                console.log('foo://h/../b ->', href('foo://h/../b'));
                const user = new URL('http://user:p@ss@h');
                console.log(user.href, user.username, user.password, user.host);
                console.log(URL.canParse('http://a b'), URL.canParse('x', 'http://y'), URL.canParse('http://1.2.3.256'));
                const params = new URLSearchParams({ a: '1', b: '& ä' });
                console.log(`${params}`, params.size, params.get('b'));
                const changed = new URL('http://g');
                Object.assign(changed, { protocol: 'https', hostname: 'h', port: '1234x', pathname: 'p q', hash: 'f' });
                changed.searchParams.append('x', 1);
                console.log(changed.href);
                console.log(new URL('data:,x').origin, new URL('blob:https://x.y/z').origin);
                try { new URL('nothing'); } catch (error) { console.log(error.name, error.code); }
                """).lines());
    }

    @Test
    void base64IsForgivingAsTheStandardSays() {
        assertEquals(List.of("hi hi aGk=", "InvalidCharacterError 5", "InvalidCharacterError 5"),
                Run.module(folder, """
                console.log(atob(' aG k='), atob('aGl'.slice(0, 2) + 'k'), btoa('hi'));
                for (const action of [() => atob('a'), () => btoa('\\u0100')]) {
                  try { action(); } catch (error) { console.log(error.name, error.code); }
                }
                """).lines());
    }

    @Test
    void textDecodersKnowStreamsAndOldEncodings() {
        assertEquals(List.of("hé € windows-1252 true", "é true TypeError", "RangeError"), Run.module(folder, """
                const latin = new TextDecoder('latin1');
                console.log(latin.decode(new Uint8Array([104, 0xe9, 32, 0x80])), latin.encoding,
                  latin instanceof TextDecoder);
                const stream = new TextDecoder();
                const text = stream.decode(new Uint8Array([0xc3]), { stream: true }) + stream.decode(new Uint8Array([0xa9]));
                let problem;
                try { new TextDecoder('utf-8', { fatal: true }).decode(new Uint8Array([0xff])); } catch (e) { problem = e; }
                console.log(text, stream.encoding === 'utf-8', problem.name);
                try { new TextDecoder('nothing'); } catch (error) { console.log(error.name); }
                """).lines());
    }

    @Test
    void structuredCloneCopiesWhatIsCloneable() {
        assertEquals(List.of("true false true 5 true /a/g Map(1) { 1 => 2 }", "RangeError too far", "0 8",
                "DataCloneError 25", "DataCloneError 25", "true"), Run.module(folder, """
                const value = { list: [1, { d: new Date(5) }], r: /a/g, m: new Map([[1, 2]]), b: new Uint8Array(3) };
                value.self = value;
                const copy = structuredClone(value);
                console.log(copy.self === copy, copy.list === value.list, copy.list[1].d instanceof Date,
                  +copy.list[1].d, copy.b instanceof Uint8Array, copy.r, copy.m);
                const error = structuredClone(new RangeError('too far'));
                console.log(error.constructor.name, error.message);
                const buffer = new ArrayBuffer(8);
                const moved = structuredClone(buffer, { transfer: [buffer] });
                console.log(buffer.byteLength, moved.byteLength);
                for (const bad of [() => {}, new WeakMap()]) {
                  try { structuredClone({ bad }); } catch (problem) { console.log(problem.name, problem.code); }
                }
                const module = new WebAssembly.Module(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]));
                console.log(structuredClone({ module }).module instanceof WebAssembly.Module);
                """).lines());
    }

    @Test
    void eventsAndAbortSignals() {
        assertEquals(List.of("once 1", "prevented false", "abort AbortError true", "TimeoutError", "data [ 1 ]",
                "true"), Run.module(folder, """
                const target = new EventTarget();
                target.addEventListener('x', (event) => console.log('once', event.detail), { once: true });
                target.dispatchEvent(new CustomEvent('x', { detail: 1 }));
                target.dispatchEvent(new CustomEvent('x', { detail: 2 }));
                target.addEventListener('y', (event) => event.preventDefault());
                console.log('prevented', target.dispatchEvent(new Event('y', { cancelable: true })));
                const controller = new AbortController();
                controller.signal.onabort = () => console.log('abort', controller.signal.reason.name,
                  controller.signal.reason instanceof DOMException);
                controller.abort();
                const timeout = AbortSignal.timeout(5);
                await new Promise((resolve) => { timeout.addEventListener('abort', resolve); setTimeout(() => {}, 50); });
                console.log(timeout.reason.name);
                const { port1, port2 } = new MessageChannel();
                await new Promise((resolve) => {
                  port2.onmessage = ({ data }) => { console.log('data', data); port2.close(); resolve(); };
                  port1.postMessage([1]);
                });
                console.log(await fetch('data:,x', { signal: AbortSignal.abort(7) }).catch((reason) => reason === 7));
                """).lines());
    }

    @Test
    void cryptoPerformanceAndBlobs() {
        assertEquals(List.of("ba7816bf 64", "true true", "mark 1 true", "text/plain 3 bc", "a=b text/plain", "POST x y"),
                Run.module(folder, """
                const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode('abc'));
                const hex = Buffer.from(digest).toString('hex');
                console.log(hex.slice(0, 8), hex.length);
                console.log(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/
                  .test(crypto.randomUUID()), crypto.getRandomValues(new Uint8Array(64)).some((byte) => byte !== 0));
                performance.mark('m');
                const [mark] = performance.getEntriesByName('m');
                console.log(mark.entryType, performance.getEntries().length,
                  Math.abs(performance.timeOrigin + performance.now() - Date.now()) < 1000);
                const blob = new Blob(['a', new Uint8Array([98, 99])], { type: 'Text/Plain' });
                console.log(blob.type, blob.size, await blob.slice(1).text());
                const url = URL.createObjectURL(new Blob(['a=b'], { type: 'text/plain' }));
                const response = await fetch(url);
                console.log(await response.text(), response.headers.get('content-type'));
                const request = new Request('http://localhost/', { method: 'post', body: 'x', headers: { h: 'y' } });
                console.log(request.method, await request.text(), request.headers.get('h'));
                """).lines());
    }

    @Test
    void buffersAreThoseOfNode() {
        assertEquals(List.of("<Buffer 68 c3 a9> 3", "hé aMOp 68c3a9", "4 -1 258 0.5", "true 2 -1", "a\uFFFDb",
                "{\"type\":\"Buffer\",\"data\":[1,2]}", "ERR_OUT_OF_RANGE", "true true"), Run.module(folder, """
                const buffer = Buffer.from('hé');
                console.log(buffer[Symbol.for('nodejs.util.inspect.custom')](), buffer.length);
                console.log(buffer.toString(), buffer.toString('base64'), buffer.toString('hex'));
                const numbers = Buffer.alloc(16);
                console.log(numbers.writeInt32BE(-1), numbers.readInt32LE(0), Buffer.from([1, 2]).readUInt16BE(),
                  (numbers.writeDoubleLE(0.5, 8), numbers.readDoubleLE(8)));
                console.log(Buffer.concat([buffer, numbers]).includes('hé'), Buffer.from('abcabc').indexOf('ca'),
                  Buffer.from('abc').indexOf('d'));
                console.log(Buffer.from([97, 0xff, 98]).toString());
                console.log(JSON.stringify(Buffer.from([1, 2])));
                try { numbers.readInt8(16); } catch (error) { console.log(error.code); }
                const part = numbers.subarray(0, 2);
                part[0] = 7;
                console.log(Buffer.isBuffer(part) && part instanceof Uint8Array, numbers[0] === 7);
                """).lines());
    }

    /** ECMA-429: what nobody catches, and what it is told by. */
    @Test
    void handlersOfTheGlobalObject() {
        assertEquals(List.of("null null", "QuotaExceededError 22 5 7 true", "rejected why true", "handled Uncaught RangeError: told number",
                "handled Uncaught TypeError: late number", "end"), Run.module(folder, """
                console.log(onerror, onunhandledrejection);
                const full = new QuotaExceededError('full', { quota: 5, requested: 7 });
                console.log(full.name, full.code, full.quota, full.requested, full instanceof DOMException);
                globalThis.onerror = (message, file, line) => { console.log('handled', message, typeof line); return true; };
                globalThis.onunhandledrejection = (event) => {
                  console.log('rejected', event.reason, event.promise instanceof Promise);
                  event.preventDefault();
                };
                setTimeout(() => { throw new TypeError('late'); }, 5);
                Promise.reject('why');
                reportError(new RangeError('told'));
                setTimeout(() => console.log('end'), 20);
                """).lines());
    }
}
