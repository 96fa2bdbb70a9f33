import util from 'node:util';
const o = { aaaaaaaaaaaaaaaa: 'bbbbbbbbbbbbbbbbbbbb', cccccccccccccccccc: 'dddddddddddddddddd', eeee: 'ffffffff' };
console.log(util.inspect(o));
console.log(o);
console.log(
  util.inspect({ a: { b: { c: { d: 1 } } } }, { depth: 0 }),
  util.inspect({ a: { b: { c: { d: 1 } } } }, { depth: null }),
  util.inspect({ a: { b: 1 } }, false, null, true),
);
console.log(
  util.inspect(
    [
      1,
      'a',
      null,
      undefined,
      true,
      Symbol('x'),
      10n,
      new Date(0),
      () => {},
      class A {},
      new Map([[1, { a: 2 }]]),
      new Error('x').message,
      new Set('ab'),
      Promise.resolve(4),
      new Uint8Array(3),
    ],
    { colors: true },
  ),
);
console.log(util.inspect({ a: 1, b: 'x', c: [1, 2, { d: 1 }] }, { compact: false }));
console.log(util.inspect({ a: 1, b: 'x', c: [1, 2, { d: 1 }] }, { compact: true, breakLength: 20 }));
console.log(util.inspect({ a: 1, b: 'x', c: [1, 2, { d: 1 }] }, { compact: 1 }));
console.log(
  util.inspect(
    {
      b: 1,
      a: 2,
      get c() {
        return 5;
      },
      set d(x) {},
    },
    { sorted: true, getters: true },
  ),
);
console.log(
  util.inspect('x'.repeat(50), { maxStringLength: 10 }),
  util.inspect(Array(200).fill(1), { maxArrayLength: 3 }),
  util.inspect(new Set([1, 2, 3]), { maxArrayLength: 1 }),
  util.inspect([1, 2], { maxArrayLength: 0 }),
);
console.log(
  util.inspect(1234567.891, { numericSeparator: true }),
  util.inspect([123456789n, -1234, 0.123456], { numericSeparator: true }),
);
console.log(
  util.inspect([1, 2], { showHidden: true }),
  util.inspect(new Proxy({ a: 1 }, {}), { showProxy: true }),
  util.inspect(Object.defineProperty({ a: 1 }, 'h', { value: 2 }), { showHidden: true }),
);
class C {
  constructor() {
    this.x = 1;
  }
  [util.inspect.custom](depth, options, inspect) {
    return [
      depth,
      Object.keys(options).sort().join(),
      typeof options.stylize,
      inspect === util.inspect,
      options.stylize('s', 'string'),
    ];
  }
}
console.log(util.inspect(new C()), util.inspect({ c: new C() }, { depth: 5, colors: true }));
console.log(
  util.inspect({ a: [[[[]]]], m: new Map([[{ a: 1 }, new Map([[1, new Map([[1, 2]])]])]]) }),
  util.inspect(new (class Foo extends Map {})([[1, 2]])),
  util.inspect(Object.create(null, { x: { value: 1, enumerable: true } })),
  util.inspect(Object.create({})),
  util.inspect(new (class extends Array {})(3)),
);
console.log(
  util.inspect(Object.assign(function f() {}, { a: 1 })),
  util.inspect(Object.assign(() => {}, { b: { c: 1 } })),
  util.inspect(async () => {}),
  util.inspect(function* g() {}),
  util.inspect(async function* () {}),
  util.inspect(Math),
  util.inspect(globalThis).length > 100,
  util.inspect(JSON),
  util.inspect(new WeakMap()),
  util.inspect(Symbol.iterator),
  util.inspect(Object(Symbol('q'))),
  util.inspect(new String('abc')),
  util.inspect(Object.assign(new Number(3), { x: 1 })),
  util.inspect([, 'x', ,]),
  util.inspect([undefined, null]),
  util.inspect(-0),
  util.inspect([-0]),
);
console.log(
  util.inspect(
    (function () {
      return arguments;
    })(1, 2),
  ),
  util.inspect([1, 2, 3].values()),
  util.inspect(new Map([[1, 2]]).entries()),
  util.inspect(new Set([5]).values()),
  util.inspect('abc'[Symbol.iterator]()),
  util.inspect((function* () {})()),
  util.inspect(new Date(NaN)),
  util.inspect(new DataView(new ArrayBuffer(2))),
  util.inspect(Buffer.from('hi')),
  util.inspect(new URL('http://a.b/c?d#e')),
  util.inspect(new URLSearchParams('a=1&b=2')),
  util.inspect(new AbortController().signal),
  util.inspect(new Headers({ a: 'b' })),
  util.inspect(new Blob(['x'])),
  util.inspect(new WebAssembly.Memory({ initial: 1 })),
  util.inspect(Atomics),
);
console.log(
  util.format(
    '%s %d %i %f %j %o %O %c%%',
    'a',
    '12',
    12.7,
    '1.5',
    { a: 1 },
    [1, { b: 2 }],
    { c: [1] },
    'css',
    'extra',
    { z: 1 },
  ),
  util.format('%s', { a: 1 }, null),
  util.format(
    '%s %s',
    new (class K {
      toString() {
        return 'str';
      }
    })(),
    class Q {},
  ),
  util.format(1, 2, '3'),
  util.format('%d', 5n),
  util.format('%x', 1),
  util.format('a', 'b'),
  util.format('%s', -0),
  util.format('%s', Symbol('s')),
  util.format('%s', [1, [2, [3]]]),
  util.format('%s', () => 1),
  util.format('%i', 'x'),
  util.format('%s', new Error('boo')).split('\n')[0],
  util.formatWithOptions({ colors: true }, '%O', { a: 1 }),
  util.format('%s', undefined),
  util.format('%%'),
  util.format('%%', 1),
  util.format('%s%s', 1),
  util.format(new Error('e')).split('\n')[0],
);
const circ = { name: 'c' };
circ.self = circ;
circ.list = [circ, { circ }];
console.log(circ);
console.log([circ]);
console.log({ 'a-b': 1, 1: 2, [Symbol('s')]: 3, ünïcode: 4, valid_id: 5, $d: 6, "it's": 7 }, [
  "it's",
  'say "hi"',
  `both ' "`,
  'new\nline',
  '\u001b[31m',
  '\u{1F600}',
]);
console.log(
  [['a', 'b'], ['c']],
  [
    { a: 1, b: 2 },
    { a: 3, b: 4 },
  ],
  Array.from({ length: 120 }, (_, i) => i),
  Array.from({ length: 30 }, (_, i) => 'item' + i),
  { long: 'x'.repeat(100), arr: ['y'.repeat(60), 'z'.repeat(60)] },
);
console.log(
  new Error('plain', { cause: 'why' }).message,
  Object.assign(new Error('with props'), { code: 'E' }).code,
  [new Error('in list')].length,
  process.versions.node.length > 0,
);
console.log('%o', { f() {}, a: [1, 2] });
console.log('%s is %d years', 'Bob', 42, 'old');
console.log();
console.log('');
console.log(undefined, null);
console.log('a\nb', { s: 'a\nb' });
class Point {
  #p = 1;
  x = 1;
  static s = 2;
  get y() {
    return 2;
  }
}
console.log(new Point(), Point, [Point], { Point }, new (class extends Point {})(), Object.create(Point.prototype));
console.log(new Map([['k', new Map([['z', 1]])]]), new Set([[1, 2], { a: 1 }]), [new Map()], new Map(), new Set());
console.log(
  [1.5, -2, NaN, Infinity],
  [true, false],
  ['a'.repeat(20), 'b'.repeat(20), 'c'.repeat(20), 'd'.repeat(20)],
  { a: { b: { c: {} } } },
  { a: { b: { c: [] } } },
  { a: { b: { c: { d: 1 } } } },
  [[[[1]]]],
);
