;; jawa run %
;; jawa run --invoke f %
(module (import "env" "log" (func (param i32))) (import "wasi_snapshot_preview1" "sched_yield" (func (result i32)))
  (memory (export "memory") 1) (func (export "_start")) (func (export "f")))
