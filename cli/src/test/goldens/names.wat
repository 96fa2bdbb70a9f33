;; jawa run --invoke f %
;; jawa run --invoke g %
(module $"\1b]0;title\07"
  (func $"\1b[2J\0anext" (export "f") unreachable)
  (func $plain (export "\1b[1m")))
