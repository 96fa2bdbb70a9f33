import stream, {
  Readable,
  Writable,
  Duplex,
  Transform,
  PassThrough,
  pipeline,
  finished,
  addAbortSignal,
} from 'node:stream';
import * as sp from 'node:stream/promises';
import { setTimeout as wait } from 'node:timers/promises';
const t = async (name, f) => {
  try {
    console.log(name, await Promise.race([f(), wait(30000, 'HANGS', { ref: false })]));
  } catch (e) {
    console.log(name, e.name, e.code, e.message);
  }
};
const log = (
  s,
  l,
  names = ['data', 'end', 'close', 'error', 'finish', 'readable', 'drain', 'pause', 'resume', 'pipe', 'unpipe'],
) =>
  names.forEach((n) =>
    s.on(n, (x) =>
      l.push(
        x === undefined ? n : `${n}:${x?.message ?? (x instanceof Readable || x instanceof Writable ? 'stream' : x)}`,
      ),
    ),
  );
const closed = (s) => new Promise((r) => s.on('close', r));
await t('basic', async () => {
  const l = [];
  const r = new Readable({
    read() {
      this.push('a');
      this.push('b');
      this.push(null);
    },
  });
  r.on('data', (d) => l.push(`${d}`));
  r.on('end', () => l.push('end'));
  r.on('close', () => l.push('close'));
  await closed(r);
  return [l, r.readableEnded, r.destroyed, r.readable, r.closed, r.readableFlowing];
});
await t('readable ev', async () => {
  const l = [];
  const r = Readable.from(['x', 'yy', 'zzz'], { objectMode: false });
  r.on('readable', () => {
    let c;
    while ((c = r.read()) !== null) l.push(`${c}`);
  });
  r.on('end', () => l.push('end'));
  await closed(r);
  return l.join('');
});
await t('read n', async () => {
  const r = new Readable({ read() {} });
  r.push('abcdef');
  r.push('ghi');
  r.push(null);
  const o = [r.read(2), r.read(4), r.readableLength, r.read(10)];
  return o.map((x) => x && `${x}`);
});
await t('unshift', async () => {
  const r = new Readable({ read() {} });
  r.push('b');
  r.unshift('a');
  r.push(null);
  return `${r.read()}`;
});
await t('hwm', async () => {
  const r = new Readable({ highWaterMark: 4, read() {} });
  return [
    r.push('ab'),
    r.push('cd'),
    r.readableLength,
    r.readableHighWaterMark,
    new Writable().writableHighWaterMark,
    new Readable().readableHighWaterMark,
    new Readable({ objectMode: true }).readableHighWaterMark,
  ];
});
await t('write hwm', async () => {
  const l = [];
  const w = new Writable({
    highWaterMark: 3,
    write(c, e, cb) {
      setTimeout(cb, 2);
    },
  });
  l.push(w.write('a'), w.write('bc'), w.writableLength, w.writableNeedDrain);
  await new Promise((r) => w.on('drain', r));
  l.push(w.writableLength, w.writableNeedDrain);
  return l;
});
await t('cork', async () => {
  const l = [];
  const w = new Writable({
    writev(chunks, cb) {
      l.push(chunks.map((c) => `${c.chunk}`).join('|'));
      cb();
    },
    write(c, e, cb) {
      l.push('w' + c);
      cb();
    },
  });
  w.cork();
  w.write('a');
  w.write('b');
  l.push(w.writableCorked);
  w.uncork();
  w.write('c');
  w.end('d');
  await closed(w);
  return l;
});
await t('write cb', async () => {
  const l = [];
  const w = new Writable({
    write(c, e, cb) {
      l.push('write ' + c);
      process.nextTick(cb);
    },
  });
  w.write('a', () => l.push('cb a'));
  w.end('b', () => l.push('end cb'));
  w.on('finish', () => l.push('finish'));
  w.on('close', () => l.push('close'));
  await closed(w);
  return [l, w.writableFinished, w.writableEnded, w.writable];
});
await t('write err', async () => {
  const l = [];
  const w = new Writable({
    write(c, e, cb) {
      cb(new Error('bad'));
    },
  });
  log(w, l);
  w.write('a', (e) => l.push('cb ' + e?.message));
  await closed(w);
  return [l, w.errored?.message, w.destroyed];
});
await t('after end', async () => {
  const l = [];
  const w = new Writable({
    write(c, e, cb) {
      cb();
    },
  });
  log(w, l);
  w.end();
  w.write('x', (e) => l.push('cb ' + e.code));
  await closed(w);
  return l;
});
await t('write null', async () => {
  new Writable({ write() {} }).write(null);
});
await t('write num', async () => {
  new Writable({ write() {} }).write(5);
});
await t('no impl', async () => {
  const w = new Writable();
  const l = [];
  log(w, l);
  w.write('x');
  await closed(w);
  return l;
});
await t('no read', async () => {
  const r = new Readable();
  const l = [];
  log(r, l, ['error', 'close']);
  r.resume();
  await closed(r);
  return l;
});
await t('destroy', async () => {
  const l = [];
  const r = new Readable({
    read() {},
    destroy(e, cb) {
      l.push('destroy ' + e?.message);
      cb(e);
    },
  });
  log(r, l, ['error', 'close', 'end']);
  r.destroy(new Error('gone'));
  r.destroy(new Error('twice'));
  await closed(r);
  return [l, r.errored?.message];
});
await t('construct', async () => {
  const l = [];
  const w = new Writable({
    construct(cb) {
      l.push('construct');
      setTimeout(cb, 2);
    },
    write(c, e, cb) {
      l.push('write');
      cb();
    },
  });
  w.end('x');
  await closed(w);
  return l;
});
await t('final', async () => {
  const l = [];
  const w = new Writable({
    write(c, e, cb) {
      cb();
    },
    final(cb) {
      l.push('final');
      cb(new Error('f'));
    },
  });
  log(w, l, ['error', 'finish', 'close']);
  w.end();
  await closed(w);
  return l;
});
await t('pipe', async () => {
  const out = [];
  const r = Readable.from(['a', 'b', 'c']);
  const w = new Writable({
    highWaterMark: 1,
    write(c, e, cb) {
      out.push(`${c}`);
      setTimeout(cb, 1);
    },
  });
  r.pipe(w);
  await closed(w);
  return out;
});
await t('pipe two', async () => {
  const o1 = [],
    o2 = [];
  const r = new Readable({ read() {} });
  const mk = (o) =>
    new Writable({
      write(c, e, cb) {
        o.push(`${c}`);
        cb();
      },
    });
  const a = mk(o1),
    b = mk(o2);
  r.pipe(a);
  r.pipe(b);
  r.push('1');
  r.push('2');
  r.push(null);
  await Promise.all([closed(a), closed(b)]);
  return [o1, o2];
});
await t('unpipe', async () => {
  const o = [];
  const l = [];
  const r = new Readable({ read() {} });
  const w = new Writable({
    write(c, e, cb) {
      o.push(`${c}`);
      cb();
    },
  });
  log(w, l, ['pipe', 'unpipe']);
  r.pipe(w);
  r.push('1');
  await wait(5);
  r.unpipe(w);
  r.push('2');
  await wait(5);
  return [o, l, r.readableFlowing, r.isPaused()];
});
await t('pipeline', async () => {
  const o = [];
  await sp.pipeline(
    Readable.from(['a', 'b']),
    new Transform({
      transform(c, e, cb) {
        cb(null, `${c}`.toUpperCase());
      },
    }),
    new Writable({
      write(c, e, cb) {
        o.push(`${c}`);
        cb();
      },
    }),
  );
  return o;
});
await t('pipeline gen', async () => {
  const o = [];
  await sp.pipeline(
    ['a', 'b'],
    async function* (s) {
      for await (const c of s) yield `${c}!`;
    },
    async function (s) {
      for await (const c of s) o.push(c);
    },
  );
  return o;
});
await t('pipeline fn src', async () => {
  const o = [];
  await sp.pipeline(
    async function* () {
      yield 'x';
      yield 'y';
    },
    new PassThrough({ objectMode: true }),
    async (s) => {
      for await (const c of s) o.push(`${c}`);
    },
  );
  return o;
});
await t('pipeline value', async () =>
  sp.pipeline(['a', 'b'], async (s) => {
    let n = 0;
    for await (const c of s) n++;
    return n;
  }),
);
await t('pipeline err', async () => {
  const r = new Readable({
    read() {
      this.destroy(new Error('src'));
    },
  });
  const w = new Writable({
    write(c, e, cb) {
      cb();
    },
  });
  try {
    await sp.pipeline(r, w);
  } catch (e) {
    return [e.message, w.destroyed, r.destroyed];
  }
});
await t('pipeline err2', async () => {
  const w = new Writable({
    write(c, e, cb) {
      cb(new Error('dst'));
    },
  });
  const r = Readable.from(['a']);
  try {
    await sp.pipeline(r, w);
  } catch (e) {
    return [e.message, r.destroyed];
  }
});
await t(
  'pipeline cb',
  () =>
    new Promise((r) =>
      pipeline(
        Readable.from(['a']),
        new PassThrough(),
        new Writable({
          write(c, e, cb) {
            cb();
          },
        }),
        (e) => r(e === undefined ? 'ok' : e.message),
      ),
    ),
);
await t('pipeline abort', async () => {
  const c = new AbortController();
  setTimeout(() => c.abort(), 5);
  await sp.pipeline(
    new Readable({ read() {} }),
    new Writable({
      write(x, e, cb) {
        cb();
      },
    }),
    { signal: c.signal },
  );
});
await t('pipeline premature', async () => {
  const r = new Readable({ read() {} });
  setTimeout(() => r.destroy(), 3);
  await sp.pipeline(r, new PassThrough());
});
await t('finished', async () => {
  const r = Readable.from(['a']);
  r.resume();
  await sp.finished(r);
  const w = new Writable({
    write(c, e, cb) {
      cb();
    },
  });
  setTimeout(() => w.end(), 1);
  await sp.finished(w);
  return 'ok';
});
await t('finished premature', async () => {
  const r = new Readable({ read() {} });
  setTimeout(() => r.destroy(), 2);
  await sp.finished(r);
});
await t('finished done', async () => {
  const r = Readable.from([]);
  r.resume();
  await closed(r);
  await sp.finished(r);
  return 'already';
});
await t('iterate', async () => {
  const o = [];
  for await (const c of new Readable({
    encoding: 'utf8',
    read() {
      this.push('é');
      this.push(null);
    },
  }))
    o.push(c);
  return o;
});
await t('iterate err', async () => {
  const r = new Readable({
    read() {
      this.destroy(new Error('it'));
    },
  });
  for await (const c of r);
});
await t('iterate break', async () => {
  const r = Readable.from([1, 2, 3]);
  for await (const c of r) {
    if (c === 2) break;
  }
  return r.destroyed;
});
await t('from', async () => [
  await Readable.from([1, { a: 2 }]).toArray(),
  await Readable.from('text').toArray(),
  (await Readable.from(Buffer.from('b')).toArray()).map(String),
  await Readable.from(
    (async function* () {
      yield 1;
    })(),
  ).toArray(),
]);
await t('from err', async () =>
  Readable.from(
    (async function* () {
      throw new Error('gen');
    })(),
  ).toArray(),
);
await t('from null', async () => Readable.from([1, null]).toArray());
await t('from bad', async () => Readable.from(5));
await t('ops', async () => [
  await Readable.from([1, 2, 3, 4])
    .filter((x) => x % 2)
    .map(async (x) => x * 10)
    .toArray(),
  await Readable.from([1, 2, 3]).reduce((a, b) => a + b, 0),
  await Readable.from([1, 2, 3]).take(2).toArray(),
  await Readable.from([1, 2, 3]).drop(1).toArray(),
  await Readable.from([[1], [2]])
    .flatMap((x) => x)
    .toArray(),
  await Readable.from([1, 2]).some((x) => x === 2),
  await Readable.from([1, 2]).find((x) => x > 1),
]);
await t('transform', async () => {
  const tr = new Transform({
    readableObjectMode: true,
    transform(c, e, cb) {
      this.push({ v: `${c}` });
      cb();
    },
    flush(cb) {
      cb(null, { end: true });
    },
  });
  tr.write('a');
  tr.end('b');
  return tr.toArray();
});
await t('transform err', async () => {
  const tr = new Transform({
    transform(c, e, cb) {
      cb(new Error('tr'));
    },
  });
  tr.end('x');
  return tr.toArray();
});
await t('duplex', async () => {
  const l = [];
  const d = new Duplex({
    read() {
      this.push('r');
      this.push(null);
    },
    write(c, e, cb) {
      l.push(`${c}`);
      cb();
    },
  });
  d.on('data', (c) => l.push(`data ${c}`));
  d.end('w');
  await closed(d);
  return [l, d.allowHalfOpen];
});
await t('duplex pair', async () => {
  const [a, b] = stream.duplexPair();
  a.write('x');
  a.end();
  return (await b.toArray()).map(String);
});
await t('duplex from', async () => {
  const d = Duplex.from(async function* (s) {
    for await (const c of s) yield `${c}`.toUpperCase();
  });
  d.end('abc');
  return (await d.toArray()).map(String);
});
await t('compose', async () => {
  const c = stream.compose(
    async function* (s) {
      for await (const x of s) yield `${x}1`;
    },
    async function* (s) {
      for await (const x of s) yield `${x}2`;
    },
  );
  c.end('a');
  return (await c.toArray()).map(String);
});
await t('web', async () => {
  const r = Readable.toWeb(Readable.from(['a', 'b']));
  const back = Readable.fromWeb(r);
  return back.toArray();
});
await t('web w', async () => {
  const o = [];
  const w = Writable.toWeb(
    new Writable({
      objectMode: true,
      write(c, e, cb) {
        o.push(c);
        cb();
      },
    }),
  ).getWriter();
  await w.write('x');
  await w.close();
  return o;
});
await t('abort', async () => {
  const c = new AbortController();
  const r = addAbortSignal(c.signal, new Readable({ read() {} }));
  setTimeout(() => c.abort(), 2);
  return r.toArray();
});
await t('enc', async () => {
  const r = new Readable({ read() {} });
  r.setEncoding('utf8');
  r.push(Buffer.from([0xc3]));
  r.push(Buffer.from([0xa9]));
  r.push(null);
  return r.toArray();
});
await t('props', async () => {
  const r = new Readable({ objectMode: true, read() {} });
  r.push({});
  return [
    r.readableLength,
    r.readableObjectMode,
    r.readableEncoding,
    r.readableFlowing,
    r.readableAborted,
    r.readableDidRead,
    stream.isReadable(r),
    stream.isErrored(r),
    stream.isDisturbed(r),
    r instanceof stream,
    stream.Stream === stream,
    stream.getDefaultHighWaterMark(false),
  ];
});
await t('legacy', async () => {
  const s = new stream();
  const o = [];
  const w = new Writable({
    write(c, e, cb) {
      o.push(`${c}`);
      cb();
    },
  });
  s.pipe(w);
  s.emit('data', 'x');
  s.emit('end');
  await closed(w);
  return o;
});
await t('pause', async () => {
  const l = [];
  const r = Readable.from([1, 2, 3]);
  r.on('data', (c) => {
    l.push(c);
    if (c === 2) {
      r.pause();
      setTimeout(() => {
        l.push('resume');
        r.resume();
      }, 2);
    }
  });
  await closed(r);
  return l;
});
await t('instanceof', async () => [
  new Duplex() instanceof Writable,
  new Transform() instanceof Duplex,
  new PassThrough() instanceof Readable,
  Object.create(Writable.prototype) instanceof Writable,
]);
await t('inherit', async () => {
  function My() {
    Transform.call(this);
  }
  Object.setPrototypeOf(My.prototype, Transform.prototype);
  My.prototype._transform = function (c, e, cb) {
    cb(null, c + '?');
  };
  const m = new My();
  m.end('q');
  return `${await m.toArray()}`;
});
await t('autodestroy', async () => {
  const r = new Readable({
    autoDestroy: false,
    read() {
      this.push(null);
    },
  });
  r.resume();
  await new Promise((x) => r.on('end', x));
  await wait(2);
  return r.destroyed;
});
await t('emitclose', async () => {
  const r = new Readable({ emitClose: false, read() {} });
  let c = false;
  r.on('close', () => {
    c = true;
  });
  r.destroy();
  await wait(3);
  return [c, r.closed];
});
await t('end twice', async () => {
  const w = new Writable({
    write(c, e, cb) {
      cb();
    },
  });
  w.end();
  const l = [];
  w.end((e) => l.push(e?.code));
  await closed(w);
  return l;
});
await t('push after', async () => {
  const r = new Readable({ read() {} });
  const l = [];
  log(r, l, ['error']);
  r.push(null);
  r.push('x');
  await wait(2);
  return l;
});
await t('async dispose', async () => {
  const r = new Readable({ read() {} });
  r.on('error', () => {});
  await r[Symbol.asyncDispose]();
  return r.destroyed;
});
await t('iterator opt', async () => {
  const r = Readable.from([1, 2, 3]);
  for await (const c of r.iterator({ destroyOnReturn: false })) break;
  return r.destroyed;
});
