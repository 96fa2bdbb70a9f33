// Tree-sitter, in C, parses JavaScript, by a grammar that is linked at run time.
import { fileURLToPath } from "node:url";
import { Language, Parser } from "web-tree-sitter";

const source = Array.from({ length: 200 }, (_, i) => `
  export class C${i} extends Base { #count = ${i}; static async *items({ a, b: [c, ...d] } = {}) {
    for await (const item of d) { if (item?.value ?? c) { yield \`\${item} \${a + ${i}}\`; } else { continue; } } }
    get count() { return this.#count++ ** 2; } }
  const f${i} = (x, y = x => ({ ...x, z: /[a-z]+\\/(\\d)/gi })) => {
    try { return y(x)[${i}].z; } catch { throw new Error("no"); } };
`).join("");

export default async function load() {
  await Parser.init();
  const parser = new Parser();
  const grammar = new URL("node_modules/tree-sitter-javascript/tree-sitter-javascript.wasm", import.meta.url);
  parser.setLanguage(await Language.load(fileURLToPath(grammar)));
  return () => {
    const tree = parser.parse(source);
    const answer = `${tree.rootNode.descendantCount} ${tree.rootNode.hasError}`;
    tree.delete();
    return answer;
  };
}
