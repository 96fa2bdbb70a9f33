// Binaryen, a compiler in C++, parses, optimizes and writes a module.
import binaryen from "binaryen";

const functions = Array.from({ length: 60 }, (_, i) => `
  (func $f${i} (export "f${i}") (param $a i32) (param $b i32) (result i32) (local $i i32) (local $sum i32)
    (loop $again
      (local.set $sum (i32.add (local.get $sum) (i32.mul (i32.load (i32.and (local.get $i) (i32.const 1020)))
        (i32.add (local.get $a) (i32.const ${i})))))
      (if (i32.gt_s (local.get $sum) (i32.const ${i * 100})) (then
        (local.set $sum (i32.sub (local.get $sum) (call $f${(i * 7) % 60} (local.get $b) (i32.const 0)))))
        (else (i32.store (i32.const ${i * 4}) (local.get $sum))))
      (local.set $i (i32.add (local.get $i) (i32.const 4)))
      (br_if $again (i32.lt_u (local.get $i) (i32.shl (i32.const 1) (i32.const ${3 + (i % 5)})))))
    (select (local.get $sum) (i32.add (i32.const 1) (i32.const 2)) (i32.eqz (i32.const 0))))`).join("");
const text = `(module (memory 1) ${functions})`;

export default function load() {
  return () => {
    const module = binaryen.parseText(text);
    binaryen.setOptimizeLevel(3);
    binaryen.setShrinkLevel(1);
    module.optimize();
    const binary = module.emitBinary();
    module.dispose();
    return `${binary.length} ${binary.reduce((sum, byte) => (sum * 31 + byte) | 0, 0)}`;
  };
}
