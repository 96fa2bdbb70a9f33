;; jawa validate %
;; jawa validate - < %
;; jawa inspect %
;; jawa run --invoke f %
(module
  (import "env" "log" (func $log (param i32)))
  (func $sum (export "f") (param $a i32) (param $b i64) (result i32)
    (call $log (i32.const 1))
    (if (local.get $a)
      (then (call $log (i32.add (local.get $a) (local.get $b)))))
    (i32.const 0)))
