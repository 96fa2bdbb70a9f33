// QuickJS, an engine for JavaScript in C, runs a program: objects, closures, strings, arrays and an expression.
import { getQuickJS } from "quickjs-emscripten";

const program = `
  class Node { constructor(key, left, right) { this.key = key; this.left = left; this.right = right; } }
  const insert = (tree, key) => tree === null ? new Node(key, null, null)
    : key < tree.key ? new Node(tree.key, insert(tree.left, key), tree.right)
    : new Node(tree.key, tree.left, insert(tree.right, key));
  let state = 1, tree = null;
  const random = () => (state = (state * 1103515245 + 12345) % 2147483648);
  for (let i = 0; i < 3000; i++) tree = insert(tree, random());
  const keys = [];
  (function walk(node) { if (node) { walk(node.left); keys.push(node.key); walk(node.right); } })(tree);
  const words = new Map();
  for (const key of keys) { const word = key.toString(36).slice(0, 2); words.set(word, (words.get(word) ?? 0) + 1); }
  let sum = 0;
  for (let i = 0; i < 300000; i++) sum = (sum * 31 + (i ^ keys[i % keys.length])) | 0;
  const text = [...words].sort().map(([word, count]) => word + ":" + count).join(",");
  text.replace(/[a-m](\\d+)/g, (all, digits) => { sum = (sum + Number(digits)) | 0; return digits; });
  sum + ":" + JSON.stringify(JSON.parse(JSON.stringify(keys))).length`;

export default async function load() {
  const quickjs = await getQuickJS();
  return () => {
    const vm = quickjs.newContext();
    try {
      const result = vm.unwrapResult(vm.evalCode(program));
      const answer = vm.getString(result);
      result.dispose();
      return answer;
    } finally {
      vm.dispose();
    }
  };
}
