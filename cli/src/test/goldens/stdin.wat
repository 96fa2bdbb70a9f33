;; jawa run --invoke double - 21 < %
;; jawa inspect - < %
;; jawa inspect --wat double --fold - < %
;; jawa inspect --wat triple - < %
;; jawa validate --disable=all --enable=threads - < %
;; jawa validate --disable=all - < %
(module
  (memory 1 1 shared)
  (func (export "double") (param $n i32) (result i32) (i32.mul (local.get $n) (i32.const 2)))
  (func (export "fence") atomic.fence))
