import events, { EventEmitter, on, once, getEventListeners } from 'node:events';
import v8 from 'node:v8';
import { performance, PerformanceObserver, createHistogram, monitorEventLoopDelay } from 'node:perf_hooks';
const t = async (name, f) => {
  try {
    console.log(name, await f());
  } catch (e) {
    console.log(name, e.name, e.code, e.message);
  }
};
await t('on', async () => {
  const e = new EventEmitter();
  setTimeout(() => {
    e.emit('x', 1);
    e.emit('x', 2, 3);
    e.emit('end');
  }, 5);
  const out = [];
  for await (const v of on(e, 'x', { close: ['end'] })) out.push(v);
  return [out, e.listenerCount('x'), e.listenerCount('error')];
});
await t('on error', async () => {
  const e = new EventEmitter();
  setTimeout(() => {
    e.emit('x', 1);
    e.emit('error', new TypeError('bad'));
  }, 5);
  for await (const v of on(e, 'x')) console.log(v);
});
await t('on abort', async () => {
  const c = new AbortController();
  const e = new EventEmitter();
  setTimeout(() => c.abort(), 5);
  for await (const v of on(e, 'x', { signal: c.signal })) console.log(v);
});
await t('on target', async () => {
  const e = new EventTarget();
  setTimeout(() => e.dispatchEvent(new Event('x')), 5);
  for await (const [v] of on(e, 'x')) return v.type;
});
await t('once', async () => {
  const e = new EventEmitter();
  setTimeout(() => e.emit('x', 1, 2), 1);
  return once(e, 'x');
});
await t('once err', async () => {
  const e = new EventEmitter();
  setTimeout(() => e.emit('error', new RangeError('r')), 1);
  return once(e, 'x');
});
await t('once abort', async () => once(new EventEmitter(), 'x', { signal: AbortSignal.abort() }));
await t('listeners', () => {
  const e = new EventTarget();
  const f = () => {};
  e.addEventListener('a', f);
  const m = new EventEmitter();
  m.on('b', f);
  return [getEventListeners(e, 'a')[0] === f, getEventListeners(m, 'b')[0] === f, events.listenerCount(m, 'b')];
});
await t('async emitter', () => {
  const e = new events.EventEmitterAsyncResource({ name: 'N' });
  let r;
  e.on('x', (v) => {
    r = v;
  });
  e.emit('x', 4);
  return [r, typeof e.asyncId];
});
await t('order', () => {
  const e = new EventEmitter();
  const l = [];
  e.on('newListener', (n) => l.push('new ' + n));
  e.on('a', () => l.push(1));
  e.prependListener('a', () => l.push(0));
  e.once('a', () => l.push(2));
  e.emit('a');
  e.emit('a');
  return [l.join(), e.eventNames(), e.rawListeners('a').length, e.emit('none')];
});
await t('errors', () => new EventEmitter().emit('error', new Error('thrown')));
await t('errors2', () => new EventEmitter().emit('error', 'text'));
await t('listener', () => new EventEmitter().on('x', 5));
await t('max', () => {
  const e = new EventEmitter();
  e.setMaxListeners(5);
  return [e.getMaxListeners(), EventEmitter.defaultMaxListeners];
});
await t('monitor', () => {
  const e = new EventEmitter();
  const l = [];
  e.on(events.errorMonitor, (x) => l.push('m' + x.message));
  e.on('error', () => l.push('h'));
  e.emit('error', new Error('z'));
  return l;
});
const round = (v) => {
  const b = v8.serialize(v);
  return [b.toString('hex'), v8.deserialize(b)];
};
for (const v of [
  1,
  -5,
  1.5,
  2 ** 31,
  -0,
  'text',
  'ünï',
  '日本',
  true,
  null,
  undefined,
  10n,
  -(2n ** 70n),
  [1, 'a', [2]],
  { a: 1, b: { c: [null] } },
  new Map([['k', 1]]),
  new Set([1, 2]),
  new Date(5),
  /x/gi,
  new Uint8Array([1, 2]),
  Buffer.from('hi'),
  new Float64Array([1.5]),
  [1, , 3],
  Object('s'),
  Object(4),
  new ArrayBuffer(3),
])
  await t('v8', () => round(v));
await t('v8 cycle', () => {
  const o = { n: 1 };
  o.self = o;
  const c = v8.deserialize(v8.serialize(o));
  return [c.self === c, c.n];
});
await t('v8 error', () => {
  const e = v8.deserialize(v8.serialize(new RangeError('m', { cause: 1 })));
  return [e instanceof RangeError, e.message, e.cause];
});
await t('v8 bad', () => v8.serialize(() => {}).length > 0 || 1);
await t('v8 stats', () => Object.keys(v8.getHeapStatistics()).length > 5);
performance.mark('a', { detail: { x: 1 } });
performance.mark('b');
const m = performance.measure('m', 'a', 'b');
await t('measure', () => [
  m.name,
  m.entryType,
  m.duration >= 0,
  m.detail,
  performance.getEntriesByName('a')[0].detail,
  Object.keys(m.toJSON()).join(),
  performance.getEntriesByType('mark').length,
]);
await t('measure err', () => performance.measure('q', 'nope'));
await t('mark err', () => performance.mark('n', { startTime: -1 }));
await t(
  'observer',
  () =>
    new Promise((r) => {
      const o = new PerformanceObserver((list, self) => {
        r([
          list
            .getEntries()
            .map((e) => e.name + e.entryType)
            .join(),
          self === o,
          list.getEntriesByType('mark').length,
          PerformanceObserver.supportedEntryTypes.includes('mark'),
        ]);
        o.disconnect();
      });
      o.observe({ entryTypes: ['mark', 'measure'] });
      performance.mark('c');
      performance.measure('d');
    }),
);
await t(
  'buffered',
  () =>
    new Promise((r) => {
      const o = new PerformanceObserver((list) => {
        r(
          list
            .getEntries()
            .map((e) => e.name)
            .join(),
        );
        o.disconnect();
      });
      o.observe({ type: 'mark', buffered: true });
    }),
);
await t(
  'timerify',
  () =>
    new Promise((r) => {
      const o = new PerformanceObserver((list) => {
        r([list.getEntries()[0].name, list.getEntries()[0].entryType]);
        o.disconnect();
      });
      o.observe({ entryTypes: ['function'] });
      function work(a) {
        return a * 2;
      }
      const w = performance.timerify(work);
      console.log(w(4), w.name, w.length);
    }),
);
await t('histogram', () => {
  const h = createHistogram();
  for (const v of [1, 2, 3, 4, 100]) h.record(v);
  return [h.count, h.min, h.max, h.mean, h.percentile(50), Math.round(h.stddev)];
});
await t('histogram err', () => createHistogram().record(0));
await t('delay', async () => {
  const h = monitorEventLoopDelay({ resolution: 5 });
  h.enable();
  await new Promise((r) => setTimeout(r, 40));
  h.disable();
  return [h.count > 0, h.min > 0, h.mean > 0];
});
await t('observer err', () => new PerformanceObserver(4));
await t('observe err', () => new PerformanceObserver(() => {}).observe({}));
await t('elu', () => Object.keys(performance.eventLoopUtilization()).join());
performance.clearMarks('a');
performance.clearMeasures();
await t('cleared', () =>
  performance
    .getEntries()
    .map((e) => e.name)
    .join(),
);
