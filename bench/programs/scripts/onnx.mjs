// ONNX Runtime, in C++ with SIMD, runs a small convolutional network, which is written here.
import fs from "node:fs";
import * as ort from "onnxruntime-web/wasm";

// ---- the network as a protocol buffer

const varint = (value) => (value < 128 ? [value] : [(value & 127) | 128, ...varint(value >>> 7)]);
const number = (field, value) => [...varint(field << 3), ...varint(value)];
const bytes = (field, value) => [...varint((field << 3) | 2), ...varint(value.length), ...value];
const text = (field, value) => bytes(field, new TextEncoder().encode(value));

let state = 3;
function weights(name, ...dimensions) {
  const values = Float32Array.from({ length: dimensions.reduce((product, size) => product * size) }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return ((state >>> 16) / 65536 - 0.5) / 4;
  });
  return bytes(5, [...dimensions.flatMap((size) => number(1, size)), ...number(2, 1), ...text(8, name),
    ...bytes(9, new Uint8Array(values.buffer))]);
}

function tensor(field, name, ...dimensions) {
  const shape = dimensions.flatMap((size) => bytes(1, number(1, size)));
  return bytes(field, [...text(1, name), ...bytes(2, bytes(1, [...number(1, 1), ...bytes(2, shape)]))]);
}

const integers = (name, ...values) => bytes(5, [...text(1, name), ...values.flatMap((value) => number(8, value)),
  ...number(20, 7)]);
const node = (operator, inputs, output, ...attributes) => bytes(1, [...inputs.flatMap((input) => text(1, input)),
  ...text(2, output), ...text(4, operator), ...attributes.flat()]);

const model = new Uint8Array([...number(1, 8), ...bytes(8, number(2, 13)), ...bytes(7, [
  ...node("Conv", ["image", "first"], "a", integers("kernel_shape", 3, 3), integers("pads", 1, 1, 1, 1)),
  ...node("Relu", ["a"], "b"),
  ...node("MaxPool", ["b"], "c", integers("kernel_shape", 2, 2), integers("strides", 2, 2)),
  ...node("Conv", ["c", "second"], "d", integers("kernel_shape", 3, 3), integers("pads", 1, 1, 1, 1)),
  ...node("Sigmoid", ["d"], "e"),
  ...node("GlobalAveragePool", ["e"], "f"),
  ...node("Flatten", ["f"], "g"),
  ...node("MatMul", ["g", "third"], "h"),
  ...node("Softmax", ["h"], "classes"),
  ...text(2, "network"), ...weights("first", 24, 3, 3, 3), ...weights("second", 48, 24, 3, 3), ...weights("third", 48, 10),
  ...tensor(11, "image", 1, 3, 64, 64), ...tensor(12, "classes", 1, 10),
])]);

export default async function load() {
  ort.env.wasm.numThreads = 1;
  ort.env.wasm.wasmBinary = fs.readFileSync(new URL(
    "node_modules/onnxruntime-web/dist/ort-wasm-simd-threaded.wasm", import.meta.url));
  const session = await ort.InferenceSession.create(model, { executionProviders: ["wasm"] });
  const image = new ort.Tensor("float32", Float32Array.from({ length: 3 * 64 * 64 }, (_, i) => ((i * i) % 255) / 255),
    [1, 3, 64, 64]);
  return async () => {
    const { classes } = await session.run({ image });
    // Sums of vectors may be rounded differently.
    return Array.from(classes.data, (value) => value.toFixed(4)).join(" ");
  };
}
