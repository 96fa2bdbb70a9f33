// Numbers, several results at once, BigInt for i64, and a typed array that is the module's memory.
const { instance } = await WebAssembly.instantiateStreaming(fetch("math.wasm"));
const { add, divmod, fac, mean, memory } = instance.exports;

console.log(add(1, 2));
const [quotient, remainder] = divmod(17, 5);
console.log(quotient, remainder);
console.log(String(fac(20n)));

const numbers = new Float64Array(memory.buffer);
numbers.set([1, 2, 6]);
console.log(mean(0, 3));
