;; jawa parse %
;; jawa validate %
(component (core module $m))
