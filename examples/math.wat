(module $math
  (memory (export "memory") 1)

  (func $add (export "add") (param $a i32) (param $b i32) (result i32)
    local.get $a
    local.get $b
    i32.add)

  ;; Traps if $b is 0.
  (func $div (export "div") (param $a i32) (param $b i32) (result i32)
    local.get $a
    local.get $b
    i32.div_s)

  ;; The quotient and the remainder.
  (func $divmod (export "divmod") (param $a i32) (param $b i32) (result i32 i32)
    local.get $a
    local.get $b
    call $div
    local.get $a
    local.get $b
    i32.rem_s)

  (func $fac (export "fac") (param $n i64) (result i64)
    local.get $n
    i64.eqz
    if (result i64)
      i64.const 1
    else
      local.get $n
      local.get $n
      i64.const 1
      i64.sub
      call $fac
      i64.mul
    end)

  ;; The mean of $count f64 numbers that are in memory from $address on.
  (func $mean (export "mean") (param $address i32) (param $count i32) (result f64)
    (local $sum f64)
    (local $i i32)
    loop $next
      local.get $i
      local.get $count
      i32.lt_u
      if
        local.get $sum
        local.get $address
        local.get $i
        i32.const 3
        i32.shl
        i32.add
        f64.load
        f64.add
        local.set $sum
        local.get $i
        i32.const 1
        i32.add
        local.set $i
        br $next
      end
    end
    local.get $sum
    local.get $count
    f64.convert_i32_u
    f64.div))
