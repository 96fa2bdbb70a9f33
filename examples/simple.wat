;; The module of MDN's examples: exported_func calls imported_func with 42.
(module $simple
  (func $imported_func (import "imports" "imported_func") (param i32))
  (func $exported_func (export "exported_func")
    i32.const 42
    call $imported_func))
