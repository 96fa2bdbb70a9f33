// Reads modules and calls from the standard input, and writes a line for each call and one for the state after all.
const TRAPS = [
  [/unreachable/, 'UNREACHABLE'],
  [/divide by zero|remainder by zero/, 'INTEGER_DIVIDE_BY_ZERO'],
  [/divide result unrepresentable/, 'INTEGER_OVERFLOW'],
  [/memory access out of bounds|data segment/, 'MEMORY_OUT_OF_BOUNDS'],
  [/table index is out of bounds/, 'TABLE_OUT_OF_BOUNDS'],
  [/signature mismatch/, 'INDIRECT_CALL_TYPE_MISMATCH'],
  [/array element access out of bounds/, 'ARRAY_OUT_OF_BOUNDS'],
  [/null pointer|null object|null reference|null value/, 'NULL_REFERENCE'],
  [/illegal cast/, 'CAST_FAILURE'],
];

function kind(error) {
  const known = TRAPS.find(([pattern]) => pattern.test(error.message));
  return known?.[1] ?? error.message;
}

function called(fn, args) {
  try {
    const result = fn(...args);
    return (Array.isArray(result) ? result : [result]).map((value) =>
      value === null ? 'null' : typeof value === 'object' ? 'object' : String(value)).join(' ');
  } catch (error) {
    if (error instanceof WebAssembly.RuntimeError) {
      return `trap ${kind(error)}`;
    }
    if (error instanceof WebAssembly.Exception) {
      return 'exception';
    }
    throw error;
  }
}

function run(message) {
  let at = 0;
  const int = () => { at += 4; return message.readInt32BE(at - 4); };
  const length = int();
  at += length;
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(message.subarray(4, at)));
  const fuel = int();
  const lines = [];
  for (let calls = int(); calls > 0; calls--) {
    const fn = exports[`f${int()}`];
    const args = [];
    for (let count = int(); count > 0; count--) {
      const type = String.fromCharCode(int());
      at += 8;
      const value = message.readBigInt64BE(at - 8);
      args.push(type === 'l' ? value : type === 'i' || type === 'd' ? Number(value) : null);
    }
    exports.fuel.value = fuel;
    lines.push(called(fn, args));
  }
  lines.push(`${exports.gi.value} ${exports.gl.value} ${exports.state()}`);
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
