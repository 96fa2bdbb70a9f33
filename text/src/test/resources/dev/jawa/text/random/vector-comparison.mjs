// Reads modules and calls from the standard input, and writes a line for each call and one for the state after all.
const FUNCTIONS = 4;

function called(fn, args) {
  try {
    return String(fn(...args));
  } catch (error) {
    if (error instanceof WebAssembly.RuntimeError && /memory access out of bounds/.test(error.message)) {
      return 'trap MEMORY_OUT_OF_BOUNDS';
    }
    throw error;
  }
}

function run(message) {
  let at = 0;
  const int = () => { at += 4; return message.readInt32BE(at - 4); };
  const long = () => { at += 8; return message.readBigInt64BE(at - 8); };
  const length = int();
  at += length;
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(message.subarray(4, at)));
  const fuel = int();
  const calls = int();
  const lines = [];
  for (let call = 0; call < calls; call++) {
    exports.fuel.value = fuel;
    lines.push(called(exports[`f${call % FUNCTIONS}`], [int(), long(), int(), int()]));
  }
  const hash = new Int8Array(exports.memory.buffer).reduce((sum, one) => Math.imul(sum, 31) + one | 0, 0);
  lines.push(`${exports.state()} ${hash}`);
  process.stdout.write(`${lines.join('\n')}\n`);
}

let pending = Buffer.alloc(0);
process.stdin.on('data', (chunk) => {
  pending = Buffer.concat([pending, chunk]);
  while (pending.length >= 4 && pending.length >= 4 + pending.readInt32BE(0)) {
    const end = 4 + pending.readInt32BE(0);
    run(pending.subarray(4, end));
    pending = pending.subarray(end);
  }
});
