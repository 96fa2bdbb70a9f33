;; jawa print %
;; jawa print - < %
;; jawa print --function sum %
;; jawa print --function nothing %
(module $example
  (type $pair (struct (field $left i32) (field $right (mut f64))))
  (import "env" "log" (func $log (param i32)))
  (memory (export "memory") 1 4)
  (table $table 2 funcref)
  (global $counter (mut i64) (i64.const -1))
  (func $sum (export "sum") (param $n i32) (result i32) (local $total i32)
    (block $done
      (loop $more
        (br_if $done (i32.eqz (local.get $n)))
        (local.set $total (i32.add (local.get $total) (local.get $n)))
        (local.set $n (i32.sub (local.get $n) (i32.const 1)))
        (br $more)))
    (call $log (local.get $total))
    (local.get $total))
  (func $make (result (ref $pair)) (struct.new $pair (i32.const 1) (f64.const 0x1.8p+1)))
  (elem (table $table) (i32.const 0) func $sum $make)
  (data (i32.const 8) "text\00\ff"))
