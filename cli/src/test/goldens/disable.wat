;; jawa validate %
;; jawa validate --disable simd %
;; jawa validate --disable all %
;; jawa validate --disable simd,gc --json %
;; jawa validate --disable nothing %
;; jawa run --disable simd --invoke f %
(module (func (export "f") (result i32) (i32x4.extract_lane 1 (v128.const i32x4 1 2 3 4))))
