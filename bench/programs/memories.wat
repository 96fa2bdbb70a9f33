;; The same loops over a memory with 32-bit and with 64-bit addresses, and atomic additions to a shared one.
(module
  (memory $m32 32)
  (memory $m64 i64 32)
  (memory $shared 1 1 shared)

  (func (export "memory32") (param $n i32) (result i32)
    (local $round i32) (local $p i32) (local $sum i32)
    (loop $again
      (local.set $p (i32.const 0))
      (loop $next
        (i32.store $m32 (local.get $p) (i32.add (i32.load $m32 (local.get $p)) (local.get $p)))
        (local.set $sum (i32.add (local.get $sum) (i32.load $m32 offset=4 (local.get $p))))
        (br_if $next (i32.lt_u (local.tee $p (i32.add (local.get $p) (i32.const 8))) (i32.const 2000000))))
      (br_if $again (i32.lt_s (local.tee $round (i32.add (local.get $round) (i32.const 1))) (local.get $n))))
    (memory.fill $m32 (i32.const 0) (i32.const 0) (i32.const 2000000))
    (local.get $sum))

  (func (export "memory64") (param $n i32) (result i32)
    (local $round i32) (local $p i64) (local $sum i32)
    (loop $again
      (local.set $p (i64.const 0))
      (loop $next
        (i32.store $m64 (local.get $p) (i32.add (i32.load $m64 (local.get $p)) (i32.wrap_i64 (local.get $p))))
        (local.set $sum (i32.add (local.get $sum) (i32.load $m64 offset=4 (local.get $p))))
        (br_if $next (i64.lt_u (local.tee $p (i64.add (local.get $p) (i64.const 8))) (i64.const 2000000))))
      (br_if $again (i32.lt_s (local.tee $round (i32.add (local.get $round) (i32.const 1))) (local.get $n))))
    (memory.fill $m64 (i64.const 0) (i32.const 0) (i64.const 2000000))
    (local.get $sum))

  (func (export "atomic_add") (param $n i32) (result i32)
    (i32.atomic.store $shared (i32.const 64) (i32.const 0))
    (loop $again
      (drop (i32.atomic.rmw.add $shared (i32.const 64) (local.get $n)))
      (br_if $again (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
    (i32.atomic.load $shared (i32.const 64))))
