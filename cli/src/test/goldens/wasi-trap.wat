;; jawa run %
(module $crashing
  (import "wasi_snapshot_preview1" "sched_yield" (func (result i32)))
  (memory (export "memory") 1)
  (func $deep (drop (i32.load (i32.const -1))))
  (func $main (export "_start") (call $deep)))
