// Calls everything in the WebAssembly namespace with odd values, and prints every error that no specification allows.
const bytes = await (await fetch('exports.wasm')).bytes();
const module = new WebAssembly.Module(bytes);
const instance = new WebAssembly.Instance(module);
const callback = new WebAssembly.Module(await (await fetch('callback.wasm')).bytes());

const detached = new Uint8Array(8);
detached.buffer.transfer();
const shrunk = new ArrayBuffer(8, { maxByteLength: 16 });
const outOfBounds = new Uint8Array(shrunk, 4);
shrunk.resize(2);

const values = [
  undefined, null, true, 0, -1, 1, 1.5, NaN, Infinity, 2 ** 31, 2 ** 32, 2 ** 53, 1n, -1n, 2n ** 63n, 2n ** 64n,
  '', 'x', 'i32', 'anyfunc', 'externref', Symbol('s'), {}, [], () => {}, Object.create(null), globalThis,
  new Proxy({}, {}), new Proxy(module, {}), new Proxy(() => {}, {}), Promise.resolve(5), new Response('x'),
  { valueOf: () => ({}), toString: () => ({}) }, { get initial() { throw new TypeError('mine'); } },
  module, callback, instance, instance.exports, ...Object.values(instance.exports),
  bytes, bytes.buffer, new Uint8Array(3), new DataView(bytes.buffer, 2), new SharedArrayBuffer(8), detached, outOfBounds,
  { initial: 1 }, { initial: 1, maximum: 0 }, { initial: 65537 }, { initial: 1, element: 'anyfunc' },
  { initial: 2 ** 32 - 1, element: 'anyfunc' }, { initial: 1n, address: 'i64', element: 'externref' },
  { initial: 2n ** 64n - 1n, address: 'i64', element: 'externref' }, { initial: 2n ** 63n, address: 'i64' },
  { value: 'i64' }, { value: 'v128' }, { value: 'anyfunc', mutable: true }, { value: 'externref' },
  { parameters: ['i32', 'v128'] }, { parameters: [Symbol('s')] }, { parameters: 'i32' },
  { env: {} }, { env: { callback: 5 } }, { env: { callback: WebAssembly.Module } },
];

const calls = [];
const members = (object) => Object.getOwnPropertyNames(object)
  .flatMap((name) => Object.entries(Object.getOwnPropertyDescriptor(object, name)))
  .filter(([kind, value]) => kind !== 'configurable' && typeof value === 'function').map(([, value]) => value);
for (const member of members(WebAssembly)) {
  calls.push((given) => member(...given));
  if (member.prototype === undefined) continue;
  calls.push((given) => new member(...given), (given) => Reflect.construct(member, given, Object));
  for (const method of members(member)) calls.push((given) => method(...given));
}
const receivers = [
  module, instance, ...Object.values(instance.exports).slice(1),
  new WebAssembly.Memory({ initial: 1n, maximum: 3n, address: 'i64' }),
  new WebAssembly.Table({ initial: 2n, element: 'externref', address: 'i64' }),
  new WebAssembly.Global({ value: 'f32', mutable: true }), new WebAssembly.Global({ value: 'anyfunc', mutable: true }),
];
for (const receiver of receivers) {
  for (const method of members(Object.getPrototypeOf(receiver))) {
    calls.push((given) => method.apply(receiver, given), (given) => method.apply(given[0], given.slice(1)));
  }
}

const { CompileError, LinkError } = WebAssembly;
// A string that is no number is a SyntaxError where a BigInt is wanted.
const allowed = [TypeError, RangeError, SyntaxError, CompileError, LinkError];
let count = 0;
const odd = new Set();
const check = (error) => {
  if (!allowed.some((type) => error instanceof type) || /Internal error|java\./.test(error.message)) odd.add(`${error}`);
};
const promises = [];
for (const call of calls) {
  for (const first of values) {
    for (let second = count % 7; second < values.length; second += 7) {
      count++;
      try {
        const result = call([first, values[second]]);
        if (result instanceof Promise) promises.push(result.catch(check));
      } catch (error) {
        check(error);
      }
    }
  }
}
await Promise.all(promises);
for (const text of odd) console.log(text);
console.log(count > 10000);
