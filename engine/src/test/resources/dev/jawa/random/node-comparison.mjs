// Reads modules and calls from the standard input, and writes a line for each call and one for the state after all.
const FUEL = 300;
// What V8 says of a trap, and what the engine calls it.
const TRAPS = [
  [/unreachable/, 'UNREACHABLE'],
  [/divide by zero|remainder by zero/, 'INTEGER_DIVIDE_BY_ZERO'],
  [/divide result unrepresentable/, 'INTEGER_OVERFLOW'],
  [/float unrepresentable/, 'INTEGER_OVERFLOW'],
  [/memory access out of bounds/, 'MEMORY_OUT_OF_BOUNDS'],
  [/table index is out of bounds/, 'UNDEFINED_ELEMENT'],
  [/signature mismatch/, 'INDIRECT_CALL_TYPE_MISMATCH'],
];

function bits(type, value) {
  const view = new DataView(new ArrayBuffer(8));
  switch (type) {
    case 'i': return String(value);
    case 'l': return String(BigInt.asIntN(64, value));
    case 'f': view.setFloat32(0, value); return Number.isNaN(value) ? 'nan' : String(view.getInt32(0));
    default: view.setFloat64(0, value); return Number.isNaN(value) ? 'nan' : String(view.getBigInt64(0));
  }
}

function argument(type, eight) {
  switch (type) {
    case 'i': return eight.readInt32BE(4);
    case 'l': return eight.readBigInt64BE(0);
    case 'f': return eight.readFloatBE(4);
    default: return eight.readDoubleBE(0);
  }
}

function kind(error) {
  const known = TRAPS.find(([pattern]) => pattern.test(error.message));
  return known?.[1] ?? error.message;
}

function called(fn, args, types) {
  try {
    const results = fn(...args);
    return types.length === 1 ? [results] : results ?? [];
  } catch (error) {
    if (error instanceof WebAssembly.RuntimeError) {
      return `trap ${kind(error)}`;
    }
    throw error;
  }
}

/** The types of results and exported globals are told by the engine, since JavaScript does not know them. */
function run(message) {
  let at = 0;
  const int = () => { at += 4; return message.readInt32BE(at - 4); };
  const text = () => { const length = int(); at += length; return message.toString('latin1', at - length, at); };
  const globals = text();
  const length = int();
  const module = new WebAssembly.Module(message.subarray(at, at + length));
  at += length;
  const { exports } = new WebAssembly.Instance(module);
  const lines = [];
  for (let calls = int(); calls > 0; calls--) {
    const fn = exports[`f${int()}`];
    const parameters = text();
    const results = text();
    const args = [...parameters].map((type) => {
      at += 8;
      return argument(type, message.subarray(at - 8, at));
    });
    exports.g0.value = FUEL;
    const values = called(fn, args, results);
    lines.push(typeof values === 'string' ? values : values.map((value, i) => bits(results[i], value)).join(' '));
  }
  const state = [];
  for (let i = 0; i < globals.length; i += 2) {
    state.push(bits(globals[i], exports[`g${i}`].value));
  }
  let hash = 0;
  for (const one of new Int8Array(exports.memory.buffer)) {
    hash = (Math.imul(hash, 31) + one) | 0;
  }
  lines.push([...state, hash].join(' '));
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
