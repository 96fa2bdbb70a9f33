;; The border to the host: calls in, calls out, a memory that grows.
(module
  (import "host" "next" (func $next (param i32) (result i32)))
  (memory 1 4096)

  (func (export "add") (param i32 i32) (result i32) (i32.add (local.get 0) (local.get 1)))

  ;; Calls the host n times.
  (func (export "out") (param $n i32) (result i32)
    (local $sum i32)
    (loop $again
      (local.set $sum (call $next (local.get $sum)))
      (br_if $again (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
    (local.get $sum))

  ;; Grows the memory by n pages, one at a time, writes to all of each, and gives its size.
  (func (export "grow") (param $n i32) (result i32)
    (loop $again
      (memory.fill (i32.shl (memory.grow (i32.const 1)) (i32.const 16)) (i32.const 1) (i32.const 65536))
      (br_if $again (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
    (memory.size)))
