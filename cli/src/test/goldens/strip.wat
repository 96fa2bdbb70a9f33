;; jawa strip %
;; jawa strip --keep-names %
;; jawa strip --all %
;; jawa strip --section note %
(module $m (func $f) (@custom "note" "keep me") (@custom ".debug_line" "\01\02"))
