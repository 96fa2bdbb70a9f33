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

  ;; Grows the memory by n pages, one at a time, and gives its size.
  (func (export "grow") (param $n i32) (result i32)
    (loop $again
      (drop (memory.grow (i32.const 1)))
      (br_if $again (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
    (memory.size)))
