const t = async (name, f) => {
  try {
    console.log(name, await f());
  } catch (e) {
    console.log(name, e.name, e.message);
  }
};
const hex = (b) => [...new Uint8Array(b.buffer ?? b)].map((x) => x.toString(16).padStart(2, '0')).join('');
// ordering
await t(
  'order',
  () =>
    new Promise((r) => {
      const l = [];
      setTimeout(() => {
        l.push('timeout');
        r(l.join());
      }, 5);
      setImmediate(() => l.push('immediate'));
      process.nextTick(() => l.push('tick'));
      Promise.resolve()
        .then(() => {
          l.push('micro');
          process.nextTick(() => l.push('tick in micro'));
        })
        .then(() => l.push('micro2'));
      queueMicrotask(() => l.push('qm'));
      l.push('sync');
    }),
);
await t(
  'order2',
  () =>
    new Promise((r) => {
      const l = [];
      setImmediate(() => {
        process.nextTick(() => l.push('t1'));
        Promise.resolve().then(() => {
          l.push('p1');
          process.nextTick(() => l.push('t3'));
        });
        process.nextTick(() => {
          l.push('t2');
          Promise.resolve().then(() => l.push('p2'));
        });
        setImmediate(() => r(l.join()));
      });
    }),
);
await t(
  'timers',
  () =>
    new Promise((r) => {
      const l = [];
      setTimeout(
        (a, b) => {
          l.push(a + b);
          r(l.join());
        },
        60,
        1,
        2,
      );
      setTimeout(() => l.push('b'), 5);
      const c = setTimeout(() => l.push('never'), 10);
      clearTimeout(c);
    }),
);
await t(
  'interval',
  () =>
    new Promise((r) => {
      let n = 0;
      const i = setInterval(
        (x) => {
          if (++n === 3) {
            clearInterval(i);
            r([n, x]);
          }
        },
        2,
        'given',
      );
    }),
);
await t('timer obj', () => {
  const x = setTimeout(() => {}, 10);
  const s = [typeof x, x.hasRef(), x.unref().hasRef(), x.ref() === x, typeof +x, x.constructor.name];
  clearTimeout(x);
  const im = setImmediate(() => {});
  clearImmediate(im);
  return [s, im.constructor.name];
});
await t('timer err', () => setTimeout('code'));
await t('clear', () => [clearTimeout(), clearTimeout(null), clearTimeout('x'), clearInterval(-1)]);
// structured clone
await t('clone', () => {
  const e = new TypeError('m', { cause: { x: 1 } });
  e.extra = 1;
  const c = structuredClone({
    e,
    d: new Date(7),
    r: /a/gi,
    m: new Map([[{ k: 1 }, new Set([1n])]]),
    b: new Uint16Array([1, 2]).subarray(1),
    n: Object(1),
    u: undefined,
    z: -0,
    nan: NaN,
    sparse: [1, , 3],
    big: 10n,
  });
  return [
    c.e instanceof TypeError,
    c.e.cause,
    'extra' in c.e,
    c.d,
    c.r,
    c.r.lastIndex,
    c.m,
    c.b,
    c.n,
    'u' in c,
    Object.is(c.z, -0),
    c.nan,
    c.sparse,
    c.big,
  ];
});
await t('clone proto', () => {
  class A {
    x = 1;
    get y() {
      return 2;
    }
    #p = 3;
  }
  const c = structuredClone(new A());
  return [c.constructor === Object, c, Object.keys(structuredClone(Object.create({ inherited: 1 })))];
});
await t('clone fn', () => structuredClone({ f() {} }));
await t('clone sym', () => structuredClone(Symbol('s')));
await t('clone weak', () => structuredClone(new WeakMap()));
await t('clone promise', () => structuredClone(Promise.resolve()));
await t('clone transfer', () => {
  const b = new ArrayBuffer(8);
  const c = structuredClone({ b }, { transfer: [b] });
  return [b.byteLength, b.detached, c.b.byteLength];
});
await t('clone sab', () => {
  const s = new SharedArrayBuffer(4);
  const c = structuredClone(s);
  new Uint8Array(s)[0] = 5;
  return [c !== s, new Uint8Array(c)[0]];
});
await t('clone error kinds', () =>
  [RangeError, SyntaxError, ReferenceError, EvalError, URIError, Error, AggregateError].map((E) => {
    const c = structuredClone(E === AggregateError ? new E([], 'x') : new E('x'));
    return c.name + c.constructor.name;
  }),
);
await t('clone custom err', () => {
  class My extends Error {
    constructor() {
      super('q');
      this.name = 'My';
    }
  }
  const c = structuredClone(new My());
  return [c.name, c.message, c instanceof My, c.constructor.name, typeof c.stack];
});
await t('clone args', () =>
  structuredClone(
    (function () {
      return arguments;
    })(1, 2),
  ),
);
await t('clone getter', () =>
  structuredClone({
    get a() {
      return { n: 1 };
    },
  }),
);
await t('clone dv', () => {
  const d = structuredClone(new DataView(new ArrayBuffer(8), 2, 4));
  return [d.byteOffset, d.byteLength, d.buffer.byteLength];
});
await t(
  'clone module',
  () =>
    structuredClone(new WebAssembly.Module(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]))) instanceof
    WebAssembly.Module,
);
await t('clone memory', () => structuredClone(new WebAssembly.Memory({ initial: 1 })));
await t('clone instance', () =>
  structuredClone(new WebAssembly.Instance(new WebAssembly.Module(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0])))),
);
// text
for (const [label, bytes] of [
  ['utf-8', [0xef, 0xbb, 0xbf, 0xc3, 0xa9, 0xff, 0xf0, 0x9f, 0x98, 0x80]],
  ['utf-16le', [0x61, 0, 0x3d, 0xd8, 0, 0xde, 0]],
  ['utf-16be', [0, 0x61]],
  ['latin1', [0x80, 0xe9]],
  ['windows-1252', [0x80]],
  ['shift_jis', [0x82, 0xa0]],
  ['euc-jp', [0xa4, 0xa2]],
  ['gbk', [0xc4, 0xe3]],
  ['big5', [0xa4, 0xa4]],
  ['euc-kr', [0xb0, 0xa1]],
  ['iso-8859-2', [0xb1]],
  ['koi8-r', [0xc1]],
  ['macintosh', [0x80]],
  ['windows-1251', [0xe0]],
  ['ibm866', [0x80]],
  ['gb18030', [0x81, 0x30, 0x81, 0x30]],
  ['x-user-defined', [0x80]],
  ['iso-2022-jp', [0x1b, 0x24, 0x42, 0x24, 0x22]],
  ['windows-874', [0xa1]],
])
  await t('decode ' + label, () => {
    const d = new TextDecoder(label);
    return [d.encoding, JSON.stringify(d.decode(new Uint8Array(bytes)))];
  });
await t('decode opts', () => {
  const d = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  return [d.fatal, d.ignoreBOM, JSON.stringify(d.decode(new Uint8Array([0xef, 0xbb, 0xbf, 0x61])))];
});
await t('fatal', () => new TextDecoder('utf-8', { fatal: true }).decode(new Uint8Array([0xff])));
await t('label', () => new TextDecoder('nope'));
await t('stream', () => {
  const d = new TextDecoder();
  return [
    d.decode(new Uint8Array([0xf0, 0x9f]), { stream: true }),
    d.decode(new Uint8Array([0x98]), { stream: true }),
    d.decode(new Uint8Array([0x80])),
    d.decode(new Uint8Array([0xc3]), { stream: true }),
    d.decode(),
  ];
});
await t('stream16', () => {
  const d = new TextDecoder('utf-16le');
  return [
    d.decode(new Uint8Array([0x3d]), { stream: true }),
    d.decode(new Uint8Array([0xd8, 0x00]), { stream: true }),
    d.decode(new Uint8Array([0xde])),
  ];
});
await t('stream sjis', () => {
  const d = new TextDecoder('shift_jis');
  return [d.decode(new Uint8Array([0x82]), { stream: true }), d.decode(new Uint8Array([0xa0]))];
});
await t('encode', () => [
  hex(new TextEncoder().encode('é😀\ud800')),
  new TextEncoder().encodeInto('é😀', new Uint8Array(3)),
  new TextEncoder().encode().length,
  new TextEncoder().encoding,
]);
await t('views', () => [
  new TextDecoder().decode(new DataView(new Uint8Array([97, 98, 99]).buffer, 1, 1)),
  new TextDecoder().decode(new ArrayBuffer(0)),
  new TextDecoder().decode(),
]);
await t('utf8 partial', () =>
  JSON.stringify(new TextDecoder().decode(new Uint8Array([0xe2, 0x82, 0x41, 0xf0, 0x90, 0x28, 0xed, 0xa0, 0x80]))),
);
// events
await t('event', () => {
  const l = [];
  const e = new EventTarget();
  e.addEventListener('x', (v) => l.push(v.type, v.cancelable, v.defaultPrevented));
  e.addEventListener('x', {
    handleEvent(v) {
      v.preventDefault();
      l.push('obj');
    },
  });
  e.addEventListener('x', () => l.push('once'), { once: true });
  const r = [
    e.dispatchEvent(new Event('x', { cancelable: true })),
    e.dispatchEvent(new CustomEvent('x', { detail: 5 })),
  ];
  return [l, r];
});
await t('event signal', () => {
  const c = new AbortController();
  const e = new EventTarget();
  let n = 0;
  e.addEventListener('x', () => n++, { signal: c.signal });
  e.dispatchEvent(new Event('x'));
  c.abort();
  e.dispatchEvent(new Event('x'));
  return n;
});
await t('event stop', () => {
  const e = new EventTarget();
  let n = 0;
  e.addEventListener('x', (v) => {
    v.stopImmediatePropagation();
    n++;
  });
  e.addEventListener('x', () => n++);
  e.dispatchEvent(new Event('x'));
  return n;
});
await t('event err', () => new EventTarget().dispatchEvent({}));
await t('event none', () => new Event());
await t('custom', () => {
  const c = new CustomEvent('y', { detail: { a: 1 }, bubbles: true });
  return [c.detail, c.bubbles, c.type, c instanceof Event, c.eventPhase, c.target, Object.prototype.toString.call(c)];
});
await t('abort', async () => {
  const s = AbortSignal.timeout(5);
  setTimeout(() => {}, 30);
  await new Promise((r) => s.addEventListener('abort', r));
  return [
    s.aborted,
    s.reason.name,
    AbortSignal.abort('why').reason,
    AbortSignal.any([AbortSignal.abort(1), s]).reason,
  ];
});
await t('abort throw', () => AbortSignal.abort().throwIfAborted());
await t('dom', () => {
  const d = new DOMException('m', 'AbortError');
  return [
    d.name,
    d.code,
    d.message,
    `${d}`,
    d instanceof Error,
    DOMException.ABORT_ERR,
    Object.prototype.toString.call(d),
    d.stack.split('\n')[0],
  ];
});
// base64, url, misc
await t('b64', () => [btoa('héllo'), atob('aGVsbG8='), atob(' aGVs bG8 '), btoa('')]);
await t('b64 err2', () => atob('a'));
await t('url', () => {
  const u = new URL('../x?a=1#h', 'https://u:p@ex.com:8443/a/b/c');
  u.searchParams.append('b', '2 3');
  return [
    u.href,
    u.origin,
    [...u.searchParams],
    u.searchParams.size,
    URL.canParse('x'),
    JSON.stringify(u),
    URL.parse('nope'),
  ];
});
await t('url err', () => new URL('nope'));
await t('url2', () =>
  [
    'http://EXAMPLE.com/%7Efoo/../b',
    'file:///C:/a/../b',
    'http://[::1]:80/',
    'http://192.168.0.1.',
    'http://xn--ls8h.la/',
    'http://☃.net/',
    'data:text/plain,hi',
    'javascript:alert(1)',
    'http://a.b/?q=ü&x=%zz',
    'http://0x7f.1/',
  ].map((x) => new URL(x).href),
);
await t('usp', () => {
  const p = new URLSearchParams([
    ['a', '1'],
    ['a', '2'],
    ['b', 'x y&'],
  ]);
  p.delete('a', '1');
  p.sort();
  return [
    `${p}`,
    p.has('a', '2'),
    p.getAll('a'),
    new URLSearchParams('?q=%F0%9F%98%80+x').get('q'),
    `${new URLSearchParams({ a: 'é' })}`,
  ];
});
await t(
  'mc',
  () =>
    new Promise((r) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = (e) => {
        r([e.data, e.constructor.name, e.target === port1]);
        port1.close();
      };
      port2.postMessage({ a: [1] });
    }),
);
await t('headers', () => {
  const h = new Headers([
    ['B', '2'],
    ['a', '1'],
    ['A', '3'],
  ]);
  h.append('set-cookie', 'x');
  h.append('set-cookie', 'y');
  return [[...h], h.get('a'), h.getSetCookie(), h.has('b')];
});
await t('response', async () => {
  const r = new Response('{"a":1}', { status: 201, headers: { 'content-type': 'application/json' } });
  const c = r.clone();
  return [
    r.status,
    r.ok,
    await r.json(),
    r.bodyUsed,
    await c.text(),
    Response.json({ x: 1 }).headers.get('content-type'),
    Response.error().type,
    Response.redirect('http://a.b/', 301).status,
  ];
});
await t('request', async () => {
  const r = new Request('http://a.b/c', { method: 'post', body: 'data', headers: { x: 'y' } });
  return [r.method, r.url, r.headers.get('x'), await r.text(), r.signal instanceof AbortSignal];
});
await t('blob', async () => {
  const b = new Blob(['ab', new Uint8Array([99]), new Blob(['d'])], { type: 'Text/Plain' });
  return [b.size, b.type, await b.text(), await b.slice(1, 3).text(), hex(await b.arrayBuffer())];
});
await t('formdata', () => {
  const f = new FormData();
  f.append('a', '1');
  f.append('a', new Blob(['x']), 'n.txt');
  return [f.getAll('a').length, f.get('a'), f.getAll('a')[1].name, [...f.keys()]];
});
await t('fetch data', async () => {
  const r = await fetch('data:text/plain;base64,aGk=');
  return [await r.text(), r.headers.get('content-type'), r.status];
});
await t('rs', async () => {
  const s = new ReadableStream({
    start(c) {
      c.enqueue('a');
      c.enqueue('b');
      c.close();
    },
  });
  const [x, y] = s.tee();
  return [await Array.fromAsync(x), await Array.fromAsync(y), s.locked];
});
await t('ts', async () => {
  const s = ReadableStream.from(['a', 'b']).pipeThrough(
    new TransformStream({
      transform(c, k) {
        k.enqueue(c.toUpperCase());
      },
    }),
  );
  return Array.fromAsync(s);
});
await t('compress', async () => {
  const c = new Blob(['x'.repeat(1000)])
    .stream()
    .pipeThrough(new CompressionStream('gzip'))
    .pipeThrough(new DecompressionStream('gzip'));
  return (await new Response(c).text()).length;
});
await t('globals', () => [
  typeof navigator.hardwareConcurrency,
  typeof performance.now(),
  typeof crypto.randomUUID(),
  globalThis === global,
  typeof require,
  typeof module,
  typeof window,
  typeof document,
  Object.prototype.toString.call(globalThis),
  Object.prototype.toString.call(process),
]);
