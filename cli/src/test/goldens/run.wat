;; jawa run --invoke add % 1 0x10
;; jawa run --invoke add % 1
;; jawa run --invoke add % one 2
;; jawa run --invoke none %
;; jawa run --invoke pair %
;; jawa run --invoke trap %
;; jawa run %
;; jawa run --dir . --script %
(module
  (func (export "add") (param i32 i32) (result i32) (i32.add (local.get 0) (local.get 1)))
  (func (export "pair") (result f64 i64) (f64.const nan:0x8000000000001) (i64.const -1))
  (func $inner unreachable)
  (func (export "trap") (call $inner)))
