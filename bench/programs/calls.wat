;; Calls through a table.
(module
  (type $step (func (param i32) (result i32)))
  (table 8 8 funcref)
  (elem (i32.const 0) $f0 $f1 $f2 $f3 $f4 $f5 $f6 $f7)
  (func $f0 (type $step) (i32.add (local.get 0) (i32.const 1)))
  (func $f1 (type $step) (i32.xor (local.get 0) (i32.const 2)))
  (func $f2 (type $step) (i32.mul (local.get 0) (i32.const 3)))
  (func $f3 (type $step) (i32.rotl (local.get 0) (i32.const 4)))
  (func $f4 (type $step) (i32.sub (local.get 0) (i32.const 5)))
  (func $f5 (type $step) (i32.or (local.get 0) (i32.const 6)))
  (func $f6 (type $step) (i32.shr_u (local.get 0) (i32.const 7)))
  (func $f7 (type $step) (i32.and (local.get 0) (i32.const -8)))

  ;; Calls n times through an entry of the table that is always the same, and through all eight in turn.
  (func (export "indirect_one") (param $n i32) (result i32) (call $repeat_one (local.get $n)))
  (func (export "indirect_many") (param $n i32) (result i32) (call $repeat_many (local.get $n)))

  (func $repeat_one (param $n i32) (result i32)
    (local $sum i32)
    (loop $again
      (local.set $sum (call_indirect (type $step) (local.get $sum) (i32.const 3)))
      (local.set $sum (i32.add (local.get $sum) (local.get $n)))
      (br_if $again (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
    (local.get $sum))

  (func $repeat_many (param $n i32) (result i32)
    (local $sum i32)
    (loop $again
      (local.set $sum (call_indirect (type $step) (local.get $sum) (i32.and (local.get $n) (i32.const 7))))
      (local.set $sum (i32.add (local.get $sum) (local.get $n)))
      (br_if $again (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
    (local.get $sum)))
