;; jawa inspect %
;; jawa inspect --json %
;; jawa inspect --functions - < %
;; jawa inspect --wat add %
;; jawa inspect --wat 2 %
;; jawa inspect --wat missing %
(module $inspected
  (import "env" "log" (func $log (param i32)))
  (import "env" "table" (table 10 funcref))
  (memory (export "memory") 1 2)
  (func $add (export "add") (param $a i32) (param $b i32) (result i32) (i32.add (local.get $a) (local.get $b)))
  (func $vector (result v128) (v128.const i64x2 1 2))
  (func (export "start") (call $log (call $add (i32.const 1) (i32.const 2))))
  (elem (i32.const 1) $add $vector)
  (data (i32.const 0) "hello")
  (@custom "producers" "\01\08language\01\01C\0211"))
