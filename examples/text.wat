(module $text
  (memory (export "memory") 1 4)

  ;; Turns the letters a to z among $length bytes from $address on into capitals, where they stand.
  (func $capitalize (export "capitalize") (param $address i32) (param $length i32)
    (local $byte i32)
    block $done
      loop $next
        local.get $length
        i32.eqz
        br_if $done
        local.get $address
        i32.load8_u
        local.tee $byte
        i32.const 97
        i32.sub
        i32.const 26
        i32.lt_u
        if
          local.get $address
          local.get $byte
          i32.const 32
          i32.sub
          i32.store8
        end
        local.get $address
        i32.const 1
        i32.add
        local.set $address
        local.get $length
        i32.const 1
        i32.sub
        local.set $length
        br $next
      end
    end))
