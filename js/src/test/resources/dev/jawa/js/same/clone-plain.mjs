const o = { a: [1, 'x', null, undefined, true, 10n, -0, NaN], n: { deep: [[], {}] }, 5: 'five', 'with space': 1 };
o.self = o;
o.list = [o.n, o.n];
const c = structuredClone(o);
console.log(c, c.self === c, c.list[0] === c.n, Object.keys(c).join());
console.log(
  JSON.stringify(structuredClone(JSON.parse('{"__proto__":{"x":1},"constructor":2}'))),
  Object.getPrototypeOf(structuredClone(JSON.parse('{"__proto__":{"x":1}}'))) === Object.prototype,
);
let deep = [];
for (let i = 0; i < 3000; i++) deep = [deep];
let d = structuredClone(deep),
  n = 0;
while (d.length) {
  d = d[0];
  n++;
}
console.log(n);
console.log(
  structuredClone([1, , 2]),
  structuredClone(Object.assign([1], { x: 1 })),
  structuredClone({
    get g() {
      return 7;
    },
  }),
  structuredClone(Object.defineProperty({ v: 1 }, 'h', { value: 2 })),
  structuredClone({ [Symbol('s')]: 1, t: 2 }),
  structuredClone(new Array(3)),
  structuredClone(Object.freeze({ f: 1 })),
);
class P {
  x = 1;
}
console.log(
  structuredClone(new P()),
  structuredClone(Object.create(null)),
  structuredClone(Object.assign(Object.create({ inherited: 1 }), { own: 1 })),
);
Object.defineProperty(Object.prototype, 'evil', {
  set() {
    console.log('setter called');
  },
  configurable: true,
});
console.log(Object.keys(structuredClone(JSON.parse('{"evil":1}'))));
delete Object.prototype.evil;
const big = {};
for (let i = 0; i < 3000; i++) big['k' + i] = i;
delete big.k5;
const bc = structuredClone(big);
console.log(Object.keys(bc).length, bc.k2999);
