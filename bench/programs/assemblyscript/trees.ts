// AssemblyScript with its garbage collector: trees are made, searched and dropped.
class Node {
  left: Node | null = null;
  right: Node | null = null;

  constructor(public key: i32) {}
}

function insert(tree: Node | null, key: i32): Node {
  if (tree === null) return new Node(key);
  if (key < tree.key) tree.left = insert(tree.left, key);
  else tree.right = insert(tree.right, key);
  return tree;
}

function depth(tree: Node | null): i32 {
  if (tree === null) return 0;
  return 1 + max(depth(tree.left), depth(tree.right));
}

export function as_trees(n: i32): i32 {
  let result = 0;
  for (let round = 0; round < 10; round++) {
    let tree: Node | null = null;
    let state: u32 = round;
    for (let i = 0; i < n; i++) {
      state = state * 1664525 + 1013904223;
      tree = insert(tree, <i32>(state >> 8));
    }
    result = result * 31 + depth(tree);
  }
  return result;
}
