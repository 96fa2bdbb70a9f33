;; Objects: allocating, following and casting them.
(module
  (type $tree (sub (struct (field $left (ref null $tree)) (field $right (ref null $tree)))))
  (type $shape (sub (struct (field $size i32))))
  (type $circle (sub $shape (struct (field $size i32) (field $radius i32))))
  (type $square (sub $shape (struct (field $size i32) (field $side i32))))
  (type $shapes (array (mut (ref null $shape))))
  (type $numbers (array (mut i32)))

  (func $grow (param $depth i32) (result (ref $tree))
    (if (result (ref $tree)) (i32.eqz (local.get $depth))
      (then (struct.new_default $tree))
      (else
        (struct.new $tree
          (call $grow (i32.sub (local.get $depth) (i32.const 1)))
          (call $grow (i32.sub (local.get $depth) (i32.const 1)))))))

  (func $count (param $tree (ref null $tree)) (result i32)
    (if (result i32) (ref.is_null (local.get $tree))
      (then (i32.const 0))
      (else
        (i32.add (i32.const 1)
          (i32.add
            (call $count (struct.get $tree $left (local.get $tree)))
            (call $count (struct.get $tree $right (local.get $tree))))))))

  ;; Allocates trees of depth n and counts them.
  (func (export "gc_allocate") (param $n i32) (result i32)
    (local $i i32) (local $sum i32)
    (loop $again
      (local.set $sum (i32.add (local.get $sum) (call $count (call $grow (local.get $n)))))
      (br_if $again (i32.lt_s (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 20))))
    (local.get $sum))

  ;; Counts one tree of depth n again and again.
  (func (export "gc_read") (param $n i32) (result i32)
    (local $i i32) (local $sum i32) (local $tree (ref null $tree))
    (local.set $tree (call $grow (local.get $n)))
    (loop $again
      (local.set $sum (i32.add (local.get $sum) (call $count (local.get $tree))))
      (br_if $again (i32.lt_s (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 50))))
    (local.get $sum))

  ;; Tests and casts n shapes of two kinds.
  (func (export "gc_cast") (param $n i32) (result i32)
    (local $i i32) (local $round i32) (local $sum i32) (local $shapes (ref $shapes)) (local $shape (ref null $shape))
    (local.set $shapes (array.new_default $shapes (local.get $n)))
    (loop $fill
      (array.set $shapes (local.get $shapes) (local.get $i)
        (if (result (ref $shape)) (i32.and (i32.mul (local.get $i) (i32.const 7)) (i32.const 4))
          (then (struct.new $circle (local.get $i) (i32.const 1)))
          (else (struct.new $square (local.get $i) (i32.const 2)))))
      (br_if $fill (i32.lt_s (local.tee $i (i32.add (local.get $i) (i32.const 1))) (local.get $n))))
    (loop $again
      (local.set $i (i32.const 0))
      (loop $next
        (local.set $shape (array.get $shapes (local.get $shapes) (local.get $i)))
        (local.set $sum
          (i32.add (local.get $sum)
            (if (result i32) (ref.test (ref $circle) (local.get $shape))
              (then (struct.get $circle $radius (ref.cast (ref $circle) (local.get $shape))))
              (else (struct.get $square $side (ref.cast (ref $square) (local.get $shape)))))))
        (br_if $next (i32.lt_s (local.tee $i (i32.add (local.get $i) (i32.const 1))) (local.get $n))))
      (br_if $again (i32.lt_s (local.tee $round (i32.add (local.get $round) (i32.const 1))) (i32.const 50))))
    (local.get $sum))

  ;; Fills and sums an array of n numbers.
  (func (export "gc_array") (param $n i32) (result i32)
    (local $i i32) (local $round i32) (local $sum i32) (local $numbers (ref $numbers))
    (local.set $numbers (array.new_default $numbers (local.get $n)))
    (loop $again
      (local.set $i (i32.const 0))
      (loop $next
        (array.set $numbers (local.get $numbers) (local.get $i)
          (i32.add (array.get $numbers (local.get $numbers) (local.get $i)) (local.get $i)))
        (local.set $sum (i32.add (local.get $sum) (array.get $numbers (local.get $numbers) (local.get $i))))
        (br_if $next (i32.lt_s (local.tee $i (i32.add (local.get $i) (i32.const 1))) (local.get $n))))
      (br_if $again (i32.lt_s (local.tee $round (i32.add (local.get $round) (i32.const 1))) (i32.const 20))))
    (local.get $sum)))
