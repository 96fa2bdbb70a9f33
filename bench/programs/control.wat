;; Exceptions and tail calls.
(module
  (tag $found (param i32))
  (type $step (func (param i32 i32) (result i32)))
  (table 2 2 funcref)
  (elem (i32.const 0) $even_indirect $odd_indirect)

  (func $search (param $depth i32) (param $value i32) (result i32)
    (if (i32.eqz (local.get $depth)) (then (throw $found (local.get $value))))
    (i32.add (i32.const 1) (call $search (i32.sub (local.get $depth) (i32.const 1)) (local.get $value))))

  (func $catch (param $depth i32) (param $value i32) (result i32)
    (block $caught (result i32)
      (try_table (result i32) (catch $found $caught)
        (call $search (local.get $depth) (local.get $value)))))

  (func $repeat (param $times i32) (param $depth i32) (result i32)
    (local $sum i32)
    (loop $again
      (local.set $sum (i32.add (local.get $sum) (call $catch (local.get $depth) (local.get $times))))
      (br_if $again (local.tee $times (i32.sub (local.get $times) (i32.const 1)))))
    (local.get $sum))

  ;; Throws and catches n times, in the function called, and ten and fifty calls deep.
  (func (export "throw_near") (param $n i32) (result i32) (call $repeat (local.get $n) (i32.const 0)))
  (func (export "throw_deep") (param $n i32) (result i32) (call $repeat (local.get $n) (i32.const 10)))
  (func (export "throw_deepest") (param $n i32) (result i32) (call $repeat (local.get $n) (i32.const 50)))

  ;; Tries n times, and nothing is thrown.
  (func (export "try_only") (param $n i32) (result i32)
    (local $sum i32)
    (loop $again
      (block $caught (result i32)
        (try_table (catch $found $caught)
          (local.set $sum (i32.xor (i32.mul (local.get $sum) (i32.const 31)) (call $harmless (local.get $n)))))
        (i32.const 0))
      (drop)
      (br_if $again (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
    (local.get $sum))
  (func $harmless (param $x i32) (result i32)
    (if (i32.eq (local.get $x) (i32.const -1)) (then (throw $found (local.get $x))))
    (i32.rotl (local.get $x) (i32.const 7)))

  ;; Calls two functions in turn n times, in constant stack.
  (func $even (param $n i32) (param $sum i32) (result i32)
    (if (i32.eqz (local.get $n)) (then (return (local.get $sum))))
    (return_call $odd (i32.sub (local.get $n) (i32.const 1)) (i32.xor (local.get $sum) (local.get $n))))
  (func $odd (param $n i32) (param $sum i32) (result i32)
    (if (i32.eqz (local.get $n)) (then (return (local.get $sum))))
    (return_call $even (i32.sub (local.get $n) (i32.const 1)) (i32.add (local.get $sum) (i32.const 3))))
  (func (export "tail_call") (param $n i32) (result i32) (call $even (local.get $n) (i32.const 0)))

  (func $even_indirect (type $step)
    (if (i32.eqz (local.get 0)) (then (return (local.get 1))))
    (return_call_indirect (type $step)
      (i32.sub (local.get 0) (i32.const 1)) (i32.xor (local.get 1) (local.get 0)) (i32.const 1)))
  (func $odd_indirect (type $step)
    (if (i32.eqz (local.get 0)) (then (return (local.get 1))))
    (return_call_indirect (type $step)
      (i32.sub (local.get 0) (i32.const 1)) (i32.add (local.get 1) (i32.const 3)) (i32.const 0)))
  (func (export "tail_call_indirect") (param $n i32) (result i32)
    (call $even_indirect (local.get $n) (i32.const 0))))
