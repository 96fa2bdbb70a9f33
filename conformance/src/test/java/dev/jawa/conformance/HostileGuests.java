package dev.jawa.conformance;

import dev.jawa.CompileError;
import dev.jawa.Imports;
import dev.jawa.Instance;
import dev.jawa.Limits;
import dev.jawa.Module;
import dev.jawa.RuntimeError;
import dev.jawa.WebAssemblyException;
import dev.jawa.text.Wat;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * Runs guests that mean harm, one after the other in one JVM with a small heap, and after each one that does not. Prints
 * what became of each.
 */
final class HostileGuests {
    private static final Limits LIMITS = Limits.builder().deadline(Duration.ofMillis(300)).build();
    private static final String FINE = """
            (module (memory 1)
              (func (export "add") (param i32 i32) (result i32)
                (i32.store (i32.const 0) (i32.add (local.get 0) (local.get 1))) (i32.load (i32.const 0))))
            """;

    /**
     * A guest.
     *
     * @param name what it does
     * @param expected the kinds of errors that may stop it, or {@code ends}
     * @param module its text, with an export {@code run}
     */
    private record Guest(String name, String expected, Supplier<byte[]> module) {
    }

    private final List<Guest> guests = new ArrayList<>();
    private int wrong;

    private HostileGuests() {
    }

    /** Runs all of them; the exit code is how many did not end as they should. */
    public static void main(String... arguments) {
        var all = new HostileGuests();
        all.recursion();
        all.loops();
        all.heap();
        all.modules();
        all.guests.forEach(all::run);
        System.exit(all.wrong);
    }

    private void guest(String name, String expected, String module) {
        guests.add(new Guest(name, expected, () -> Wat.encode("(module " + module + ")")));
    }

    private void run(Guest guest) {
        byte[] module = guest.module().get();
        long start = System.nanoTime();
        String outcome = outcome(module);
        long milliseconds = (System.nanoTime() - start) / 1_000_000;
        String kind = outcome.split(": ")[0];
        // On a busy machine any guest may be late.
        boolean asExpected = List.of(guest.expected().split(" ")).contains(kind)
                || kind.equals(RuntimeError.Kind.DEADLINE_EXCEEDED.toString());
        String next = next();
        if (!asExpected || !next.equals("fine") || milliseconds > 20_000) {
            wrong++;
            System.out.print("WRONG ");
        }
        System.out.println(guest.name() + ": " + outcome + " after " + milliseconds + " ms, then " + next);
    }

    /** What a guest ends with: nothing but our errors. */
    private static String outcome(byte[] module) {
        try {
            var instance = new AtomicReference<Instance>();
            Imports imports = Imports.builder().function("env", "again", (Runnable) () ->
                    instance.get().exports().function("run").call()).build();
            instance.set(new Instance(Module.compile(module), imports, LIMITS));
            instance.get().exports().function("run").call();
            return "ends";
        } catch (RuntimeError error) {
            return error.kind() + ": " + error.getMessage();
        } catch (CompileError error) {
            return "CompileError: " + error.getMessage();
        } catch (WebAssemblyException error) {
            return error.getClass().getSimpleName() + ": " + error.getMessage();
        } catch (Throwable e) {
            return e.toString();
        }
    }

    private static String next() {
        try {
            Instance instance = new Instance(Module.compile(Wat.encode(FINE)), Imports.none(), LIMITS);
            return instance.exports().function("add").callInt(20, 22) == 42 && !Thread.interrupted() ? "fine"
                    : "not fine";
        } catch (Throwable e) {
            return e.toString();
        }
    }

    private void recursion() {
        String exhausted = "CALL_STACK_EXHAUSTED";
        guest("recursion", exhausted, "(func $f (export \"run\") (call $f))");
        guest("recursion with results", exhausted,
                "(func $f (export \"run\") (result i64 f64 i32) (call $f) (i32.const 1) i32.add)");
        guest("recursion with many locals", exhausted,
                "(func $f (export \"run\") " + "(local i64) ".repeat(2000) + "(call $f))");
        guest("mutual recursion", exhausted, "(func $f (export \"run\") (call $g)) (func $g (call $h)) (func $h (call $f))");
        guest("recursion through a table", exhausted, """
                (type $t (func)) (table funcref (elem $f))
                (func $f (export "run") (call_indirect (type $t) (i32.const 0)))""");
        guest("recursion through references", exhausted, """
                (type $t (func)) (elem declare func $f)
                (func $f (export "run") (call_ref $t (ref.func $f)))""");
        guest("recursion through the host", exhausted,
                "(import \"env\" \"again\" (func $again)) (func (export \"run\") (call $again))");
        guest("recursion through the host and itself", exhausted, """
                (import "env" "again" (func $again)) (global $n (mut i32) (i32.const 0))
                (func $f (export "run") (global.set $n (i32.add (global.get $n) (i32.const 1)))
                  (if (i32.and (global.get $n) (i32.const 63)) (then (call $f)) (else (call $again))))""");
        guest("recursion in handlers", exhausted, """
                (func $f (export "run") (block $caught (try_table (catch_all $caught) (call $f))))""");
        guest("recursion that catches all and goes on", exhausted + " DEADLINE_EXCEEDED ends", """
                (func $f (export "run") (loop $more (block $caught (try_table (catch_all $caught) (call $f) (call $f)))
                  (br $more)))""");
        guest("recursion in a start function", exhausted,
                "(func $f (call $f)) (start $f) (func (export \"run\"))");
        guest("exponential recursion", "DEADLINE_EXCEEDED", """
                (func $f (param i32) (if (local.get 0) (then
                  (call $f (i32.sub (local.get 0) (i32.const 1))) (call $f (i32.sub (local.get 0) (i32.const 1))))))
                (func (export "run") (call $f (i32.const 200)))""");
    }

    private void loops() {
        String late = "DEADLINE_EXCEEDED";
        guest("a loop", late, "(func (export \"run\") (loop (br 0)))");
        guest("a loop in a start function", late, "(func $f (loop (br 0))) (start $f) (func (export \"run\"))");
        guest("a loop that counts", late, """
                (func (export "run") (local i32) (loop $more
                  (local.set 0 (i32.add (local.get 0) (i32.const 1))) (br_if $more (i32.const 1))))""");
        guest("loops that count in loops", late, """
                (func (export "run") (local $i i32) (local $j i32) (loop $outer (local.set $j (i32.const 2000000000))
                  (loop $inner (br_if $inner (local.tee $j (i32.sub (local.get $j) (i32.const 1)))))
                  (br_if $outer (local.tee $i (i32.add (local.get $i) (i32.const 1))))))""");
        guest("a loop over memory", late, """
                (memory 16) (func (export "run") (local $i i32) (loop $outer (local.set $i (i32.const 0)) (loop $more
                  (i32.store (local.get $i) (i32.add (i32.load (local.get $i)) (i32.const 1)))
                  (br_if $more (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 4))) (i32.const 1048576))))
                  (br $outer)))""");
        guest("a loop of branch tables", late,
                "(func (export \"run\") (loop $l (br_table $l $l $l (i32.const 1))))");
        guest("tail calls", late, "(func $f (export \"run\") (return_call $g)) (func $g (return_call $f))");
        guest("a tail call of itself", late, "(func $f (export \"run\") (return_call $f))");
        guest("tail calls through a table", late, """
                (type $t (func)) (table funcref (elem $f $g))
                (func $f (export "run") (return_call_indirect (type $t) (i32.const 1)))
                (func $g (return_call_indirect (type $t) (i32.const 0)))""");
        guest("exceptions for ever", late, """
                (tag $e (param i32)) (func $throw (throw $e (i32.const 1)))
                (func (export "run") (loop $more (block $caught (result i32)
                  (try_table (catch $e $caught) (call $throw)) (i32.const 0)) drop (br $more)))""");
        guest("an exception that nobody catches", "WasmException",
                "(tag $e) (func (export \"run\") (throw $e))");
        guest("fills without end", late, """
                (memory 300) (func (export "run") (loop (memory.fill (i32.const 0) (i32.const 1) (i32.const 19660800))
                  (br 0)))""");
        guest("copies without end", late, """
                (memory 300) (func (export "run") (loop (memory.copy (i32.const 1) (i32.const 0) (i32.const 19660799))
                  (br 0)))""");
        guest("fills of a table without end", late, """
                (table 1000000 externref) (func (export "run") (loop
                  (table.fill (i32.const 0) (ref.null extern) (i32.const 1000000))
                  (table.copy (i32.const 1) (i32.const 0) (i32.const 999999)) (br 0)))""");
        guest("fills of an array without end", late, """
                (type $a (array (mut i32))) (func (export "run") (local (ref $a))
                  (local.set 0 (array.new_default $a (i32.const 4000000))) (loop
                  (array.fill $a (local.get 0) (i32.const 0) (i32.const 1) (i32.const 4000000))
                  (array.copy $a $a (local.get 0) (i32.const 1) (local.get 0) (i32.const 0) (i32.const 3999999))
                  (br 0)))""");
        guest("waiting for ever", late, """
                (memory 1 1 shared) (func (export "run")
                  (drop (memory.atomic.wait32 (i32.const 0) (i32.const 0) (i64.const -1))))""");
        guest("rubbish without end", late, """
                (type $a (array i64)) (func (export "run") (loop (drop (array.new_default $a (i32.const 1000))) (br 0)))""");
    }

    private void heap() {
        String full = "OUT_OF_MEMORY";
        guest("a memory that grows as long as it can", "ends OUT_OF_MEMORY DEADLINE_EXCEEDED", """
                (memory 1) (func (export "run") (loop $more
                  (br_if $more (i32.ne (memory.grow (i32.const 16)) (i32.const -1)))))""");
        guest("a memory of 64 bits that grows", "ends DEADLINE_EXCEEDED", """
                (memory i64 1) (func (export "run") (loop $more
                  (br_if $more (i64.ne (memory.grow (i64.const 4096)) (i64.const -1)))))""");
        guest("the largest memory", full, "(memory 65536) (func (export \"run\"))");
        guest("many memories", full, "(memory 100) ".repeat(90) + "(func (export \"run\"))");
        guest("a table that grows as long as it can", "ends OUT_OF_MEMORY DEADLINE_EXCEEDED", """
                (table 1 externref) (func (export "run") (loop $more
                  (br_if $more (i32.ne (table.grow (ref.null extern) (i32.const 100000)) (i32.const -1)))))""");
        guest("the largest table", full + " ends", "(table 10000000 funcref) (func (export \"run\"))");
        guest("many tables", full, "(table 9000000 funcref) ".repeat(50) + "(func (export \"run\"))");
        guest("a huge array", full, """
                (type $a (array (mut i64))) (func (export "run") (drop (array.new $a (i64.const 1) (i32.const 2147483647))))""");
        guest("an array of more elements than Java has", full, """
                (type $a (array (mut i8))) (func (export "run") (drop (array.new_default $a (i32.const -1))))""");
        guest("a huge array in a global", full, """
                (type $a (array (mut i64)))
                (global (ref $a) (array.new $a (i64.const 1) (i32.const 2147483647))) (func (export "run"))""");
        guest("a list that grows for ever", full + " DEADLINE_EXCEEDED", """
                (type $n (struct (field (ref null $n)) (field i64 i64 i64))) (global $l (mut (ref null $n)) (ref.null $n))
                (func (export "run") (loop (global.set $l
                  (struct.new $n (global.get $l) (i64.const 1) (i64.const 2) (i64.const 3))) (br 0)))""");
        guest("arrays of arrays", full + " DEADLINE_EXCEEDED", """
                (type $a (array (mut anyref))) (global $l (mut anyref) (ref.null any))
                (func (export "run") (loop (global.set $l (array.new $a (global.get $l) (i32.const 100000))) (br 0)))""");
        guest("exceptions that are kept", full + " DEADLINE_EXCEEDED", """
                (tag $e (param i64 i64)) (table $t 1 exnref) (global $n (mut i32) (i32.const 0))
                (func (export "run") (local exnref) (loop $more
                  (block $caught (result exnref) (try_table (catch_all_ref $caught) (throw $e (i64.const 1) (i64.const 2)))
                    unreachable)
                  (local.set 0)
                  (table.set $t (global.get $n) (local.get 0))
                  (global.set $n (i32.add (global.get $n) (i32.const 1)))
                  (drop (table.grow $t (ref.null exn) (i32.const 1)))
                  (br $more)))""");
        guest("recursion that keeps objects", full + " CALL_STACK_EXHAUSTED DEADLINE_EXCEEDED", """
                (type $a (array (mut i64)))
                (func $f (export "run") (local (ref null $a)) (local.set 0 (array.new_default $a (i32.const 1000)))
                  (call $f) (drop (array.get $a (local.get 0) (i32.const 0))))""");
    }

    private void modules() {
        guest("many locals", "ends CompileError", "(func (export \"run\") " + "(local i64)".repeat(50_000) + ")");
        guest("deep blocks", "ends CompileError OUT_OF_MEMORY",
                "(func (export \"run\") " + "block ".repeat(60_000) + "end ".repeat(60_000) + ")");
        guest("a huge branch table", "ends CompileError OUT_OF_MEMORY",
                "(func (export \"run\") (block (br_table " + "0 ".repeat(300_000) + "(i32.const 5))))");
        guest("a giant function", "ends CompileError OUT_OF_MEMORY",
                "(func (export \"run\") (local i32) " + "(local.set 0 (i32.add (local.get 0) (i32.const 1)))"
                        .repeat(60_000) + ")");
        guest("many results", "ends CompileError OUT_OF_MEMORY", "(type $t (func (result " + "i64 ".repeat(1000)
                + "))) (func $f (type $t) " + "(i64.const 1) ".repeat(1000) + ") (func (export \"run\") "
                + ("(call $f) " + "drop ".repeat(1000)).repeat(20) + ")");
        guests.add(new Guest("a data segment as large as the heap", "LinkError CompileError OUT_OF_MEMORY", () ->
                oneSection(11, 24 << 20)));
        guests.add(new Guest("a custom section as large as the heap", "LinkError CompileError OUT_OF_MEMORY", () ->
                oneSection(0, 24 << 20)));
        guests.add(new Guest("ten million types", "CompileError", () -> {
            byte[] module = oneSection(1, 10_000_004);
            // Their number, of four bytes, and forms that are none.
            byte[] count = {(byte) 0x80, (byte) 0xAD, (byte) 0xE2, 4};
            System.arraycopy(count, 0, module, module.length - 10_000_004, count.length);
            return module;
        }));
        guest("a chain of types", "ends CompileError", chain());
        guest("names that clear the screen", "UNREACHABLE",
                "(func $\"\\1b[2J\\0a\\0d\\00\\u{202e}\" (export \"run\") unreachable)");
    }

    private static String chain() {
        var text = new StringBuilder("(type $t0 (sub (struct)))");
        for (int i = 1; i < 60; i++) {
            text.append("(type $t").append(i).append(" (sub $t").append(i - 1).append(" (struct)))");
        }
        return text + "(func (export \"run\"))";
    }

    /** A module of one section of zeros. */
    private static byte[] oneSection(int id, int size) {
        byte[] module = new byte[8 + 1 + 4 + size];
        System.arraycopy(new byte[] {0, 'a', 's', 'm', 1, 0, 0, 0, (byte) id}, 0, module, 0, 9);
        for (int i = 0; i < 4; i++) {
            module[9 + i] = (byte) (size >>> 7 * i & 0x7F | (i < 3 ? 0x80 : 0));
        }
        return module;
    }
}
