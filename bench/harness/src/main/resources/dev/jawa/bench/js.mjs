// What calls between JavaScript and WebAssembly cost, in nanoseconds: js.mjs MODULE SECONDS. Runs on Node and on Jawa.
import fs from 'node:fs';

const [file, secondsText] = process.argv.slice(2);
const seconds = Number(secondsText);
const module = new WebAssembly.Module(fs.readFileSync(file), { builtins: ['js-string'] });
const imports = { host: {
  next: (value) => (value + 3) | 0,
  later: new WebAssembly.Suspending(async (value) => value + 1),
} };
const { add, out, suspend, codeUnits, equal, memory } = new WebAssembly.Instance(module, imports).exports;
const suspending = WebAssembly.promising(suspend);
const text = 'The quick brown fox jumps over the lazy dog. '.repeat(20), same = text.slice(0, 400) + text.slice(400);
const bytes = new Uint8Array(memory.buffer);
const TIMES = 1000;

let value = 17;
const operations = {
  'JS to wasm': [TIMES, () => { for (let i = 0; i < TIMES; i++) value = add(value, 5); }],
  'wasm to JS': [TIMES, () => { value ^= out(TIMES); }],
  'charCodeAt builtin': [text.length * TIMES, () => { value ^= codeUnits(text, TIMES); }],
  'equals builtin': [TIMES, () => { value ^= equal(text, same, TIMES); }],
  'byte of memory': [TIMES, () => { for (let i = 0; i < TIMES; i++) value ^= bytes[i]; }],
  instantiate: [1, () => { value ^= new WebAssembly.Instance(module, imports).exports.add(1, 2); }],
  'suspend and resume': [TIMES, async () => { value ^= await suspending(TIMES); }],
};

const results = {};
for (const [name, [count, run]] of Object.entries(operations)) {
  let best = Infinity;
  for (const end = performance.now() + seconds * 1000; performance.now() < end || best === Infinity;) {
    const before = performance.now();
    let rounds = 0;
    do {
      await run();
      rounds++;
    } while (performance.now() - before < 20);
    best = Math.min(best, ((performance.now() - before) * 1e6) / rounds / count);
  }
  results[name] = best;
}
console.log(JSON.stringify(results));
