// AssemblyScript's strings, maps and arrays: words are made, counted and sorted.
export function as_words(n: i32): i32 {
  const counts = new Map<string, i32>();
  let state: u32 = 1;
  for (let i = 0; i < n; i++) {
    state = state * 1664525 + 1013904223;
    const word = "w" + ((state >> 10) % 3000).toString(36) + String.fromCharCode(97 + (state >> 20) % 26);
    counts.set(word, counts.has(word) ? counts.get(word) + 1 : 1);
  }
  const words = counts.keys();
  words.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  let result = 0;
  for (let i = 0; i < words.length; i++) result = result * 31 + counts.get(words[i]) * words[i].length;
  return result;
}
