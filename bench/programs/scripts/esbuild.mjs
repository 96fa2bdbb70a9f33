// esbuild, a compiler for TypeScript in Go, strips types and minifies a file.
import fs from "node:fs";

const source = Array.from({ length: 150 }, (_, i) => `
  interface Shape${i}<T extends object> { readonly name: string; area?(scale: number): number; children: T[] }
  export abstract class Base${i}<T extends object> implements Shape${i}<T> {
    private static count: number = ${i};
    constructor(public readonly name: string, protected options: Partial<Record<string, unknown>> = {}) { Base${i}.count++; }
    children: T[] = [];
    async *walk(depth = 3): AsyncGenerator<T | undefined> {
      for (const [index, child] of this.children.entries()) if (index < depth && child != null) yield child as T;
      label: for (let i = 0; i < depth; i++) { switch (i % 3) { case 0: continue label; default: break label; } }
    }
    describe(): string { return \`\${this.name}: \${this.children.length > 1 ? "many" : "few"} \${1 + 2 * ${i}}\`; }
  }
  enum Colour${i} { Red = 1, Green, Blue = Red << 3 }
  export const make${i} = (name: string) => ({ ...{ name }, colour: Colour${i}.Green, nested: { a: name?.length ?? 0 } });
`).join("\n");

export default async function load() {
  globalThis.self = globalThis;
  const { default: esbuild } = await import("esbuild-wasm/lib/browser.js");
  const wasm = fs.readFileSync(new URL("node_modules/esbuild-wasm/esbuild.wasm", import.meta.url));
  await esbuild.initialize({ worker: false, wasmModule: new WebAssembly.Module(wasm) });
  return async () => {
    const { code } = await esbuild.transform(source, { loader: "ts", minify: true, target: "es2018" });
    return `${code.length} ${code.charCodeAt(code.length >> 1)}`;
  };
}
