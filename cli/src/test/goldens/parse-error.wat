;; jawa parse %
;; jawa print %
;; jawa validate %
(module
  (func (result i32)
    (i32.cnst 42)))
