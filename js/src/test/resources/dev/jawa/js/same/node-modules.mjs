import assert from 'node:assert';
import path from 'node:path';
import url from 'node:url';
import qs from 'node:querystring';
import { StringDecoder } from 'node:string_decoder';
import os from 'node:os';
import { createRequire, isBuiltin, builtinModules } from 'node:module';
import { AsyncLocalStorage, AsyncResource } from 'node:async_hooks';
import vm from 'node:vm';
import zlib from 'node:zlib';
import dc from 'node:diagnostics_channel';
import punycode from 'node:punycode';
import * as tp from 'node:timers/promises';
import buffer, { Buffer } from 'node:buffer';
import readline from 'node:readline';
import { Readable } from 'node:stream';
import process from 'node:process';
const t = async (name, f) => {
  try {
    console.log(name, await f());
  } catch (e) {
    console.log(name, e.name, e.code, `${e.message}`.split('\n')[0]);
  }
};
// assert
for (const [n, f] of Object.entries({
  equal: () => assert.equal(1, 2),
  strict: () => assert.strictEqual(1, 2),
  deep: () => assert.deepStrictEqual({ a: 1 }, { a: 2 }),
  ok: () => assert(0),
  okm: () => assert(false, 'msg'),
  throws: () => assert.throws(() => {}),
  throws2: () =>
    assert.throws(() => {
      throw new TypeError('x');
    }, RangeError),
  throws3: () =>
    assert.throws(() => {
      throw new TypeError('x');
    }, /x/),
  throws4: () =>
    assert.throws(
      () => {
        throw new TypeError('x');
      },
      { name: 'TypeError', message: 'x' },
    ),
  rejects: () => assert.rejects(Promise.reject(new Error('q')), /q/),
  rejects2: () => assert.rejects(Promise.resolve(1)),
  match: () => assert.match('abc', /x/),
  ifError: () => assert.ifError(null),
  ifError2: () => assert.ifError(new Error('e')),
  fail: () => assert.fail('boom'),
  notDeep: () => assert.notDeepStrictEqual({ a: 1 }, { a: 1 }),
  notEqual: () => assert.notStrictEqual(1, 1),
  partial: () => assert.partialDeepStrictEqual({ a: 1, b: 2 }, { a: 1 }),
  dnt: () =>
    assert.doesNotThrow(() => {
      throw new Error('z');
    }),
  deepMap: () => assert.deepStrictEqual(new Map([[{ a: 1 }, 1]]), new Map([[{ a: 1 }, 1]])),
  loose: () => assert.deepEqual([1, '2'], ['1', 2]),
  nan: () => assert.deepStrictEqual(NaN, NaN),
  zero: () => assert.deepStrictEqual(-0, 0),
  date: () => assert.deepStrictEqual(new Date(1), new Date(2)),
  proto: () => assert.deepStrictEqual(Object.create(null), {}),
  sym: () => assert.deepStrictEqual({ [Symbol.for('a')]: 1 }, { [Symbol.for('a')]: 2 }),
  holes: () => assert.deepStrictEqual([, 1], [undefined, 1]),
  err: () => assert.deepStrictEqual(new Error('a'), new Error('b')),
  cyc: () => {
    const a = {};
    a.a = a;
    const b = {};
    b.a = b;
    assert.deepStrictEqual(a, b);
  },
}))
  await t('assert ' + n, f);
await t('assertion', () => {
  try {
    assert.strictEqual(1, 2);
  } catch (e) {
    return [
      e instanceof assert.AssertionError,
      e.actual,
      e.expected,
      e.operator,
      e.generatedMessage,
      e.code,
      e.message,
    ];
  }
});
// buffer
await t('buf', () => {
  const b = Buffer.from('héllo wörld');
  return [
    b.length,
    b.toString('hex'),
    b.toString('base64'),
    b.toString('base64url'),
    b.toString('latin1'),
    b.toString('ascii'),
    b.toString('utf16le').length,
    b.slice(1, 4),
    b.indexOf('w'),
    b.includes('ö'),
    b.lastIndexOf('l'),
    b.equals(Buffer.from('héllo wörld')),
    Buffer.compare(b, Buffer.from('z')),
    b.readUInt16BE(1),
    b.readInt32LE(0),
    b.readDoubleLE(0) > 0,
    b.swap16 && Buffer.from([1, 2, 3, 4]).swap16(),
    JSON.stringify(Buffer.from('a')),
    b.subarray(0, 2).buffer === b.buffer,
  ];
});
await t('buf2', () => {
  const b = Buffer.alloc(10, 'ab');
  b.write('xyz', 2);
  b.writeUInt32BE(0xdeadbeef, 5);
  b.fill(0, 9);
  return [
    b,
    Buffer.concat([Buffer.from('a'), Buffer.from('b')], 3),
    Buffer.byteLength('é'),
    Buffer.isBuffer(b),
    Buffer.isEncoding('UTF-8'),
    Buffer.from([256, -1, 1.5]),
    Buffer.from('7g', 'hex'),
    Buffer.from('aGk', 'base64'),
    Buffer.from(new Uint16Array([1, 256])),
    Buffer.from('é', 'latin1'),
    b.readBigUInt64LE(0),
    [...b.entries()].length,
    b.toJSON().type,
    Buffer.from({ length: 2, 0: 5, 1: 6 }),
    Buffer.of(1, 2),
    b.at(-1),
    b.toString(undefined, 2, 5),
  ];
});
await t('buf err', () => Buffer.from(5));
await t('buf err2', () => Buffer.alloc('x'));
await t('buf err3', () => Buffer.alloc(4).readUInt32BE(1));
await t('buf err4', () => Buffer.alloc(4).writeUInt8(256));
await t('buf err5', () => Buffer.from('a').toString('nope'));
await t('buf err6', () => Buffer.alloc(2).readInt8(1.5));
await t('buf mod', () => [
  buffer.constants.MAX_LENGTH > 0,
  buffer.kMaxLength > 0,
  typeof buffer.Blob,
  typeof buffer.File,
  buffer.isUtf8(Buffer.from('é')),
  buffer.isAscii(Buffer.from('é')),
  buffer.transcode(Buffer.from('é'), 'utf8', 'latin1'),
  typeof buffer.atob,
]);
await t('buf varint', () => {
  const b = Buffer.alloc(8);
  b.writeUIntBE(0x123456, 0, 3);
  b.writeIntLE(-5, 3, 5);
  return [b.readUIntBE(0, 3), b.readIntLE(3, 5), b];
});
// path url qs
await t('path', () => [
  path.join('/a', '..', 'b', './c'),
  path.resolve('/a', 'b', '../c'),
  path.relative('/a/b/c', '/a/d'),
  path.parse('/x/y.tar.gz'),
  path.format({ dir: '/q', name: 'n', ext: '.e' }),
  path.basename('/a/b.html', '.html'),
  path.extname('.bashrc'),
  path.normalize('//a//b/../c/'),
  path.isAbsolute('a'),
  path.win32.join('a', '..\\b'),
  path.win32.parse('C:\\x\\y.z').root,
  path.posix.sep,
  path.dirname('/a/b/'),
  path.win32.resolve('C:\\a', '..\\b'),
  path.toNamespacedPath('/a'),
]);
await t('path err', () => path.join(1));
await t('fileurl', () => [
  url.fileURLToPath('file:///a%20b/c'),
  url.pathToFileURL('/a b#?%').href,
  url.urlToHttpOptions(new URL('http://u:p@h:1/p?q#f')).path,
]);
await t('fileurl err', () => url.fileURLToPath('http://a'));
await t('fileurl err2', () => url.fileURLToPath('file://host/a'));
await t('legacy url', () => {
  const u = url.parse('http://user:pass@host.com:8080/p/a/t/h?query=string#hash', true);
  return [
    u.protocol,
    u.auth,
    u.host,
    u.port,
    u.hostname,
    u.hash,
    u.search,
    u.query.query,
    u.pathname,
    u.path,
    u.href,
    url.format(u),
    url.resolve('/one/two/three', 'four'),
    url.resolve('http://example.com/one', '/two'),
    url.format({ protocol: 'https', hostname: 'x.y', pathname: '/a', query: { b: 1 } }),
  ];
});
await t('qs', () => [
  qs.parse('a=1&a=2&b=%20x+y&c&=d'),
  qs.stringify({ a: [1, 2], b: 'x y', c: true, d: null, e: undefined, f: 1n }),
  qs.escape('a b&ü'),
  qs.unescape('a%20b%zz'),
  qs.parse('a:1;b:2', ';', ':'),
  qs.parse('a=1&b=2&c=3', null, null, { maxKeys: 2 }),
]);
await t('sd', () => {
  const d = new StringDecoder('utf8');
  return [
    d.write(Buffer.from([0xe2, 0x82])),
    d.write(Buffer.from([0xac])),
    d.end(Buffer.from([0xe2])),
    new StringDecoder('base64').write(Buffer.from('abcd')),
    new StringDecoder('hex').end(Buffer.from('a')),
  ];
});
await t('sd err', () => new StringDecoder('nope'));
// module, async, vm
await t('module', () => [
  isBuiltin('fs'),
  isBuiltin('node:test'),
  isBuiltin('test'),
  isBuiltin('x'),
  builtinModules.includes('fs'),
  typeof createRequire(import.meta.url)('fs').readFileSync,
]);
await t('require err', () => createRequire(import.meta.url)('./nope'));
await t('als', async () => {
  const a = new AsyncLocalStorage();
  return a.run({ id: 1 }, async () => {
    await tp.setTimeout(1);
    const x = a.getStore().id;
    return [x, a.exit(() => a.getStore()), AsyncResource.bind(() => a.getStore().id)()];
  });
});
await t('vm', () => [
  vm.runInNewContext('x + 1', { x: 2 }),
  vm.runInThisContext('typeof globalThis'),
  new vm.Script('1+1').runInThisContext(),
  vm.isContext(vm.createContext({})),
]);
await t('vm err', () => vm.runInNewContext('throw new TypeError("in vm")'));
await t('zlib', () => {
  const g = zlib.gzipSync('x'.repeat(100));
  return [
    zlib.gunzipSync(g).length,
    zlib.inflateSync(zlib.deflateSync(Buffer.from('abc'))).toString(),
    zlib.unzipSync(g).length,
    zlib.crc32('hello'),
    zlib.inflateRawSync(zlib.deflateRawSync('q')).toString(),
    zlib.constants.Z_BEST_SPEED,
    zlib.Z_BEST_SPEED,
  ];
});
await t('zlib err', () => zlib.inflateSync(Buffer.from('zz')));
await t('dc', () => {
  const c = dc.channel('x');
  const l = [];
  const f = (m, n) => l.push(m, n);
  c.subscribe(f);
  c.publish({ a: 1 });
  c.unsubscribe(f);
  c.publish(2);
  const tr = dc.tracingChannel('y');
  tr.subscribe({ start: () => l.push('s'), end: () => l.push('e') });
  tr.traceSync(() => l.push('run'));
  return [l, c.hasSubscribers];
});
await t('punycode', () => [
  punycode.encode('mañana'),
  punycode.decode('maana-pta'),
  punycode.toASCII('mañana.com'),
  punycode.toUnicode('xn--maana-pta.com'),
  punycode.ucs2.decode('a😀'),
]);
await t('tp', async () => {
  const c = new AbortController();
  setTimeout(() => c.abort(), 1);
  const r = [];
  for await (const v of tp.setInterval(1, 'i')) {
    r.push(v);
    if (r.length === 2) break;
  }
  await tp.setTimeout(1000, 0, { signal: c.signal }).catch((e) => r.push(e.name, e.code));
  r.push(await tp.setImmediate('im'), typeof tp.scheduler.wait);
  return r;
});
await t('readline', async () => {
  const l = [];
  for await (const x of readline.createInterface({ input: Readable.from(['a\nb', 'c\r\nd']) })) l.push(x);
  return l;
});
await t('os', () => [
  os.EOL,
  typeof os.cpus().length,
  os.constants.signals.SIGINT,
  os.constants.errno.ENOENT,
  os.endianness(),
  typeof os.tmpdir(),
  os.devNull,
]);
await t('process', () => {
  const l = [];
  const h = () => l.push('custom');
  process.on('myevent', h);
  process.emit('myevent');
  process.off('myevent', h);
  return [
    l,
    typeof process.pid,
    process.exitCode,
    process.version.startsWith('v'),
    typeof process.versions.node,
    Array.isArray(process.execArgv),
    process.stdout.isTTY ?? false,
    typeof process.stdout.write,
    process.title.length > 0,
    process.cwd().length > 0,
    process.env.NOPE,
    ((process.env.NEWVAR = 5), process.env.NEWVAR),
    'NEWVAR' in process.env,
    delete process.env.NEWVAR,
    process.hrtime().length,
  ];
});
await t('nextTick err', () => process.nextTick('x'));
await t(
  'warn',
  () =>
    new Promise((r) => {
      process.once('warning', (w) => r([w.name, w.message, w.code]));
      process.emitWarning('careful', 'MyWarning', 'CODE');
    }),
);
await t('chdir', () => {
  try {
    process.chdir('/nonexistent-dir');
  } catch (e) {
    return typeof e.code;
  }
});
