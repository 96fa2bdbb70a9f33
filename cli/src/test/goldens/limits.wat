;; jawa run --timeout 50ms %
;; jawa run --fuel 1000 --invoke spin %
;; jawa run --max-memory 128k --invoke grow % 1
;; jawa run --max-memory 128k --invoke grow % 2
;; jawa run --max-memory 1k --invoke grow % 1
;; jawa run --max-memory many %
;; jawa run --timeout soon %
(module
  (memory 1)
  (func $spin (export "spin") (export "_start") (loop $more (br $more)))
  (func (export "grow") (param i32) (result i32) (memory.grow (local.get 0))))
