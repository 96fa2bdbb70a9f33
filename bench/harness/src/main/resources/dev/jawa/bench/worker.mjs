// The worker for Node's V8: see Worker.java.
import fs from "node:fs";

const [file, name, argument, seconds] = process.argv.slice(2);
const wasm = fs.readFileSync(file);
const nanoseconds = () => Number(process.hrtime.bigint());

const start = nanoseconds();
const { exports } = new WebAssembly.Instance(new WebAssembly.Module(wasm), {});
const loaded = nanoseconds();
const call = exports[name];
const result = call(+argument) | 0;
const first = nanoseconds();

const times = [];
for (const end = first + seconds * 1e9; nanoseconds() < end; ) {
  const before = nanoseconds();
  const again = call(+argument) | 0;
  times.push(nanoseconds() - before);
  if (again !== result) throw new Error(`${name} gave ${result}, then ${again}`);
}
const peak = process.resourceUsage().maxRSS;
console.log(JSON.stringify({ load: loaded - start, first: first - loaded, result, peak, times }));
