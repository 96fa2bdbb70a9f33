// Graphviz, in C, lays out a graph.
import { instance } from "@viz-js/viz";

let edges = "";
for (let i = 1; i < 80; i++) {
  edges += `n${(i * 7) % i} -> n${i} [label="e${i}"]; `;
  if (i % 3 === 0) edges += `n${i} -> n${(i * 5) % 80}; `;
}
const graph = `digraph { rankdir=LR; node [shape=box, style=filled];
  subgraph cluster_a { n1; n2; n3; label="a" } ${edges} }`;

export default async function load() {
  const viz = await instance();
  return () => {
    const image = viz.renderString(graph, { format: "svg" });
    let sum = 0;
    for (let i = 0; i < image.length; i++) sum = (sum * 31 + image.charCodeAt(i)) | 0;
    return `${image.length} ${sum}`;
  };
}
