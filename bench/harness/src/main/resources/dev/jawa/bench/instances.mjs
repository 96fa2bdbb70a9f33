// The worker for Node's V8 that makes instances: see InstanceWorker.java.
import fs from "node:fs";

const [file, seconds] = process.argv.slice(2);
const module = new WebAssembly.Module(fs.readFileSync(file));

function rate() {
  const start = performance.now();
  let count = 0;
  while (performance.now() < start + seconds * 1000) {
    for (let i = 0; i < 20; i++, count++) {
      const result = new WebAssembly.Instance(module, {}).exports.use(i);
      if (result !== (32 + i) * 5 + 3) throw new Error("an instance that is not in its initial state");
    }
  }
  return (count * 1000) / (performance.now() - start);
}

rate();
console.log(JSON.stringify({ plain: rate() }));
