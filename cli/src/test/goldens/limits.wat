;; jawa run --timeout 50ms %
;; jawa run --fuel 1000 --invoke spin %
;; jawa run --max-memory 128k --invoke grow % 1
;; jawa run --max-memory 128k --invoke grow % 2
;; jawa run --max-memory 1k --invoke grow % 1
;; jawa run --max-memory many %
;; jawa run --timeout soon %
;; jawa run --max-stack 10 --invoke down % 9
;; jawa run --max-stack 10 --invoke down % 10
;; jawa run --fuel -1 %
(module
  (memory 1)
  (func $spin (export "spin") (export "_start") (loop $more (br $more)))
  (func $down (export "down") (param i32) (result i32)
    (if (result i32) (local.get 0) (then (call $down (i32.sub (local.get 0) (i32.const 1)))) (else (i32.const 7))))
  (func (export "grow") (param i32) (result i32) (memory.grow (local.get 0))))
