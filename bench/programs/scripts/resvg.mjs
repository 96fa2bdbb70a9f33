// resvg, a renderer of SVG in Rust, draws curves, gradients, filters and masks.
import { createHash } from "node:crypto";
import fs from "node:fs";
import { initWasm, Resvg } from "@resvg/resvg-wasm";

const curves = Array.from({ length: 60 }, (_, i) => `<path d="M${i * 9} 10C${400 - i * 5} ${i * 7} ${i * 3} ${300 - i}
  ${i * 8} 390Z" fill="url(#${i % 2 ? "linear" : "radial"})" stroke="hsl(${i * 6},80%,40%)" stroke-width="${1 + (i % 4)}"
  opacity="0.6"/>`).join("");
const image = `<svg xmlns="http://www.w3.org/2000/svg" width="500" height="400">
  <defs><linearGradient id="linear"><stop stop-color="#048"/><stop offset="1" stop-color="#fa4"/></linearGradient>
  <radialGradient id="radial"><stop stop-color="#fff"/><stop offset="1" stop-color="#082"/></radialGradient>
  <filter id="blur"><feGaussianBlur stdDeviation="4"/></filter>
  <mask id="mask"><circle cx="250" cy="200" r="180" fill="#fff"/></mask></defs>
  <rect width="500" height="400" fill="#eef"/><g mask="url(#mask)">${curves}</g>
  <g filter="url(#blur)"><circle cx="120" cy="120" r="60" fill="#c22"/></g></svg>`;

export default async function load() {
  await initWasm(fs.readFileSync(new URL("node_modules/@resvg/resvg-wasm/index_bg.wasm", import.meta.url)));
  return () => {
    const renderer = new Resvg(image);
    const rendered = renderer.render();
    const answer = createHash("sha256").update(rendered.pixels).digest("hex");
    rendered.free();
    renderer.free();
    return answer;
  };
}
