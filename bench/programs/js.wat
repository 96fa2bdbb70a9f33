;; What JavaScript and WebAssembly do with each other.
(module
  (import "host" "next" (func $next (param i32) (result i32)))
  (import "host" "later" (func $later (param i32) (result i32)))
  (import "wasm:js-string" "length" (func $length (param externref) (result i32)))
  (import "wasm:js-string" "charCodeAt" (func $charCodeAt (param externref i32) (result i32)))
  (import "wasm:js-string" "equals" (func $equals (param externref externref) (result i32)))
  (memory (export "memory") 1)
  (func (export "add") (param i32 i32) (result i32) (i32.add (local.get 0) (local.get 1)))
  ;; Calls JavaScript so many times.
  (func (export "out") (param $times i32) (result i32) (local $value i32)
    (loop $more
      (local.set $value (call $next (local.get $value)))
      (br_if $more (local.tee $times (i32.sub (local.get $times) (i32.const 1)))))
    (local.get $value))
  ;; Suspends so many times.
  (func (export "suspend") (param $times i32) (result i32) (local $value i32)
    (loop $more
      (local.set $value (call $later (local.get $value)))
      (br_if $more (local.tee $times (i32.sub (local.get $times) (i32.const 1)))))
    (local.get $value))
  ;; Adds up a string's code units, again and again.
  (func (export "codeUnits") (param $string externref) (param $times i32) (result i32)
    (local $i i32) (local $length i32) (local $sum i32)
    (loop $again
      (local.set $length (call $length (local.get $string)))
      (local.set $i (i32.const 0))
      (loop $more
        (local.set $sum (i32.add (local.get $sum) (call $charCodeAt (local.get $string) (local.get $i))))
        (br_if $more (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (local.get $length))))
      (br_if $again (local.tee $times (i32.sub (local.get $times) (i32.const 1)))))
    (local.get $sum))
  (func (export "equal") (param $a externref) (param $b externref) (param $times i32) (result i32) (local $count i32)
    (loop $more
      (local.set $count (i32.add (local.get $count) (call $equals (local.get $a) (local.get $b))))
      (br_if $more (local.tee $times (i32.sub (local.get $times) (i32.const 1)))))
    (local.get $count)))
