// AssemblyScript's typed arrays: an image is blurred in floating point and its edges are found.
export function as_blur(n: i32): i32 {
  const size = 256;
  let image = new Float32Array(size * size), next = new Float32Array(size * size);
  for (let i = 0; i < image.length; i++) image[i] = <f32>((i * i) % 251);
  for (let round = 0; round < n; round++) {
    for (let y = 1; y < size - 1; y++) {
      for (let x = 1; x < size - 1; x++) {
        const at = y * size + x;
        next[at] = (image[at] * 4 + (image[at - 1] + image[at + 1] + image[at - size] + image[at + size]) * 2
          + image[at - size - 1] + image[at - size + 1] + image[at + size - 1] + image[at + size + 1]) / 16;
      }
    }
    const swapped = image;
    image = next;
    next = swapped;
  }
  let edges = 0;
  for (let i = 1; i < image.length - 1; i++) edges += Mathf.abs(image[i + 1] - image[i - 1]) > 20 ? 1 : 0;
  return edges;
}
