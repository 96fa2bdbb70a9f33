// Manifold, in C++, subtracts and joins solids.
import Module from "manifold-3d";

export default async function load() {
  const module = await Module();
  module.setup();
  const { Manifold } = module;
  return () => {
    const solids = [Manifold.sphere(1, 96)];
    for (let i = 0; i < 6; i++) {
      const hole = Manifold.cylinder(4, 0.2, 0.25, 48, true).rotate([i * 30, i * 20, 0]);
      solids.push(solids.at(-1).subtract(hole));
      hole.delete();
    }
    const last = solids.at(-1);
    const answer = `${last.volume().toFixed(6)} ${last.numTri()} ${last.genus()}`;
    solids.forEach((solid) => solid.delete());
    return answer;
  };
}
