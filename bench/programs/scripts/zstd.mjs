// Zstandard, in C, compresses a text and extracts it again.
import { compress, decompress, init } from "@bokuweb/zstd-wasm";

const words = "the engine compiles a module to code of machine which runs lines and memory grows by pages".split(" ");
let state = 5, text = "";
while (text.length < 300000) {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  text += words[(state >>> 8) % words.length] + ((state >>> 20) % 9 ? " " : `.${state >>> 24}\n`);
}
const input = new TextEncoder().encode(text);

export default async function load() {
  await init();
  return () => {
    const compressed = compress(input, 9);
    return `${compressed.length} ${compressed[compressed.length >> 1]} ${decompress(compressed).length}`;
  };
}
