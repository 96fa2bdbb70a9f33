// What BorderBenchmark measures, on Node: nanoseconds for each operation, the least of the rounds' averages.
import fs from "node:fs";

const [file, seconds] = process.argv.slice(2);
const module = new WebAssembly.Module(fs.readFileSync(file));
const imports = { host: { next: (a) => (a + 3) | 0 } };
const { add, out } = new WebAssembly.Instance(module, imports).exports;
const CALLS_OUT = 1000, PAGES = 256;

let value = 17;
const operations = {
  callIn: [1, (n) => { for (let i = 0; i < n; i++) value = add(value, 5); }],
  callOut: [CALLS_OUT, (n) => { for (let i = 0; i < n; i++) value ^= out(CALLS_OUT); }],
  instantiate: [1, (n) => { for (let i = 0; i < n; i++) value ^= new WebAssembly.Instance(module, imports).exports.add(1, 2); }],
  growMemory: [PAGES, (n) => {
    for (let i = 0; i < n; i++) value ^= new WebAssembly.Instance(module, imports).exports.grow(PAGES);
  }],
};

const results = {};
for (const [name, [operationsPerCall, run]] of Object.entries(operations)) {
  let times = 1, best = Infinity;
  for (const end = performance.now() + seconds * 1000; performance.now() < end; ) {
    const before = performance.now();
    run(times);
    const elapsed = performance.now() - before;
    best = Math.min(best, (elapsed * 1e6) / times / operationsPerCall);
    if (elapsed < 50) times *= 2;
  }
  results[name] = best;
}
console.log(JSON.stringify(results));
