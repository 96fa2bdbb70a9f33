;; jawa print --fold %
;; jawa print --fold --function 1 %
(module
  (type $pair (func (param i32 i32) (result i32 i32)))
  (import "env" "log" (func $log (param i32)))
  (memory 1)
  (func $sum (param $from i32) (param $to i32) (result i32) (local $sum i32)
    (block $done
      (loop $more
        (br_if $done (i32.ge_s (local.get $from) (local.get $to)))
        (local.set $sum (i32.add (local.get $sum) (i32.load offset=8 (i32.shl (local.get $from) (i32.const 2)))))
        (local.set $from (i32.add (local.get $from) (i32.const 1)))
        (br $more)))
    (if (result i32) (i32.eqz (local.get $sum))
      (then (call $log (i32.const -1)) (i32.const 0))
      (else (local.get $sum))))
  (func $stack (result i32)
    i32.const 1
    call $swapped
    i32.sub
    nop
    i32.const 2
    i32.mul)
  (func $swapped (param i32) (result i32 i32)
    (local.get 0)
    (i32.const 7)))
