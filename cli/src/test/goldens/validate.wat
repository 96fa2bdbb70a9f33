;; jawa validate %
;; jawa validate --json %
;; jawa validate - < %
;; jawa validate missing.wasm
(module
  (func $first (param i32) (result i64)
    (local.get 0)))
