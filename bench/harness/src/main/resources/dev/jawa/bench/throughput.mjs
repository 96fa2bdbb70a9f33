// What ThroughputWorker measures, on Node: V8 validates, wabt and binaryen print and parse. throughput.mjs MODULE SECONDS
import fs from 'node:fs';
import { createRequire } from 'node:module';

const [file, secondsText, packages] = process.argv.slice(2);
const seconds = Number(secondsText);
const require = createRequire(packages + '/');
const binary = new Uint8Array(fs.readFileSync(file));

function measure(work) {
  const times = [];
  for (const end = performance.now() + seconds * 1000; times.length < 3 || performance.now() < end;) {
    const before = performance.now();
    if (!work()) throw new Error('the module is invalid');
    times.push(performance.now() - before);
  }
  const warm = times.slice(times.length >> 1).sort((a, b) => a - b);
  return { first: times[0], steady: warm[warm.length >> 1] };
}

const results = { validate: measure(() => WebAssembly.validate(binary)), print: {}, parse: {} };

// A tool that cannot do it, or takes minutes, has no figure.
async function tool(name, work) {
  if (binary.length > 3e6) return;
  try {
    await work();
  } catch (error) {
    process.stderr.write(`${name}: ${String(error).split('\n')[0]}\n`);
  }
}

await tool('wabt', async () => {
  const wabt = await require('wabt')();
  const features = Object.fromEntries(Object.keys(wabt.FEATURES).map((feature) => [feature, true]));
  const print = () => {
    const module = wabt.readWasm(binary, { ...features, readDebugNames: true });
    try {
      module.applyNames();
      return module.toText({});
    } finally {
      module.destroy();
    }
  };
  const text = print();
  results.print.wabt = measure(print);
  // A longer one does not fit its memory, and is never done.
  if (text.length > 5e6) return;
  results.parse.wabt = measure(() => {
    const module = wabt.parseWat(file, text, features);
    try {
      return module.toBinary({ write_debug_names: true }).buffer.length;
    } finally {
      module.destroy();
    }
  });
});
await tool('binaryen', async () => {
  const { default: binaryen } = await import(require.resolve('binaryen'));
  const print = () => {
    const module = binaryen.readBinary(binary, binaryen.Features.All);
    try {
      return module.emitText();
    } finally {
      module.dispose();
    }
  };
  const text = print();
  results.print.binaryen = measure(print);
  results.parse.binaryen = measure(() => {
    const module = binaryen.parseText(text);
    try {
      return module.emitBinary().length;
    } finally {
      module.dispose();
    }
  });
});
console.log(JSON.stringify(results));
