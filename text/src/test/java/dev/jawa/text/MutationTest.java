package dev.jawa.text;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jawa.CompileError;
import dev.jawa.Module;
import dev.jawa.WebAssembly;
import dev.jawa.binary.ModuleEncoder;
import dev.jawa.model.ModuleModel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Damaged modules are accepted or get an error of ours that says where, nothing else, within the small heap that the tests
 * of this module have.
 */
@Timeout(value = 600, unit = TimeUnit.SECONDS)
class MutationTest {
    /** How many of each kind: {@code -Djawa.mutations=1000000} for a long run. */
    private static final int COUNT = Integer.getInteger("jawa.mutations", 50_000);
    private static final long SEED = Long.getLong("jawa.seed", 42);
    // Line, column and reason, the line, and what of it is meant.
    private static final Pattern PLACE = Pattern.compile("\\d+:\\d+: .+\\n    .*\\n\\s+\\^+");
    private static final List<String> MODULES = List.of("""
            (module $m (@custom "c" (after func) "x")
              (rec (type $l (sub (struct (field $n (mut (ref null $l)))))) (type (array i8)))
              (import "a" "b" (func $i (param i32) (result i64)))
              (memory $mem i64 1 (pagesize 65536)) (table $t 1 funcref) (tag $e (param f32))
              (global $g (mut f64) (f64.const 0x1.8p3))
              (elem (i32.const 0) $i) (elem declare funcref (item ref.null func))
              (func $f (export "f") (param $x i32) (result i64) (local $y v128)
                (block $b (br_if $b (local.get $x)) (br_table $b $b (i32.const -1)))
                (block $h (result f32) (try_table (catch $e $h) (throw $e (f32.const nan:0x12))) (unreachable)) (drop)
                (if (result i64) (local.get $x) (then (i64.const 1)) (else (call $i (i32.const 2))))
                (drop (i32.load8_u offset=4 align=1 (i64.const 0))) (v128.const i32x4 1 2 3 4) local.set $y
                (drop (call_indirect $t (param i32) (result i64) (i32.const 1) (i32.const 0))))
              (data $d "\\00\\u{1F600}abc"))
            """, """
            (module
              (type $f (func (param i32) (result i32))) (type $k (cont $f))
              (rec (type $a (sub (struct (field $x i8) (field $y (mut f64))))) (type $b (sub $a (struct (field i8)
                (field (mut f64)) (field (ref null $s))))) (type $s (array (mut i16))))
              (data $d "abcdef") (elem $e (ref null $f) (ref.func $run) (ref.null $f)) (tag $t (param i32) (result i32))
              (func $run (type $f) (local $o (ref null $b)) (local $r externref)
                (local.set $o (struct.new $b (i32.const 1) (f64.const 2) (array.new_data $s $d (i32.const 0) (i32.const 2))))
                (struct.set $a $y (local.get $o) (f64.const 3))
                (drop (ref.test (ref $b) (local.get $o))) (local.set $r (extern.convert_any (local.get $o)))
                (block $no (result anyref) (br_on_cast $no anyref (ref $a) (any.convert_extern (local.get $r)))
                  (drop) (return (array.get_u $s (array.new_fixed $s 2 (i32.const 1) (i32.const 2)) (i32.const 1))))
                (drop) (drop (ref.eq (ref.i31 (i32.const 5)) (ref.null none)))
                (return_call_ref $f (local.get 0) (ref.func $run)))
              (func (param (ref $k)) (result i32)
                (block $on (result i32 (ref $k)) (return (resume $k (on $t $on) (i32.const 1) (local.get 0)))) (drop)))
            """, """
            (module
              (import "m" (item "a" (func $a)) (item "g" (global $i i64)))
              (memory $m 1 3) (memory $shared 1 2 shared) (table $t i64 3 (ref null func) (ref.null func)) (tag $e)
              (func (export "simd") (param i32) (result v128) (local $v v128) (local i64)
                (local.set $v (v128.load32_splat offset=16 (local.get 0)))
                (i8x16.shuffle 0 1 2 3 20 21 22 23 8 9 10 11 28 29 30 31 (local.get $v) (i32x4.splat (local.get 0)))
                (f32x4.mul (f32x4.convert_i32x4_s (local.get $v))) (i16x8.replace_lane 7 (i32.const 9))
                (v128.store8_lane align=1 15 (local.get 0) (local.get $v)) (i8x16.relaxed_swizzle (local.get $v)))
              (func (result i32)
                try (result i32) (i32.atomic.rmw8.cmpxchg_u $shared (i32.const 0) (i32.const 1) (i32.const 2))
                catch $e (i32.const 1) catch_all (rethrow 0) end
                (memory.copy $m $shared (i32.const 0) (i32.const 1) (i32.const 2))
                (i64.add128 (i64.const 1) (i64.const 2) (i64.const 3) (global.get $i)) drop drop
                (memory.atomic.wait32 $shared (i32.const 0) (i32.const 1) (i64.const -1)) (loop (br_if 0 (i32.const 0)))
                (select (result i32) (i32.const 4)) (table.grow $t (ref.func $a) (i64.const 1)) drop)
              (elem declare func $a))
            """);
    private static final String[] PIECES = {"(", ")", "\"", "$", "0x", "_", ";;", "(;", "(@a", "type", "end", "-", "\\",
        "99999999999", "(func", "(param", "\u00e9", "\0", "block", "else", "nan:0x", "(then", "i32.const"};

    @Test
    void texts() {
        var random = new Random(SEED);
        int accepted = 0;
        for (int i = 0; i < COUNT; i++) {
            var text = new StringBuilder(MODULES.get(i % MODULES.size()));
            for (int change = random.nextInt(3); change >= 0; change--) {
                int place = random.nextInt(text.length());
                switch (random.nextInt(4)) {
                    case 0 -> text.deleteCharAt(place);
                    case 1 -> text.insert(place, PIECES[random.nextInt(PIECES.length)]);
                    case 2 -> text.setCharAt(place, (char) random.nextInt(256));
                    default -> text.insert(place, text.substring(place, Math.min(place + 20, text.length())));
                }
            }
            byte[] bytes = text.toString().getBytes(
                    random.nextBoolean() ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1);
            accepted += accepts(bytes) ? 1 : 0;
        }
        assertTrue(accepted > 0 && accepted < COUNT, accepted + " accepted");
    }

    private static boolean accepts(byte[] text) {
        ModuleModel module;
        try {
            module = Wat.parse("", text);
        } catch (CompileError error) {
            assertTrue(PLACE.matcher(error.getMessage()).matches(), error.getMessage());
            return false;
        }
        try {
            Module.compile(ModuleEncoder.encode(module));
        } catch (CompileError error) {
            assertTrue(error.offset().isPresent(), error.getMessage());
            String located = Wat.locate("", text, error).getMessage();
            assertTrue(error.function().isEmpty() || PLACE.matcher(located).matches(), located);
        }
        return true;
    }

    @Test
    void binaries() {
        var random = new Random(SEED);
        List<byte[]> modules = MODULES.stream().map(Wat::encode).toList();
        modules.forEach(module -> assertTrue(WebAssembly.validate(module)));
        int accepted = 0;
        for (int i = 0; i < COUNT; i++) {
            byte[] bytes = modules.get(i % modules.size()).clone();
            for (int change = random.nextInt(3); change >= 0; change--) {
                int place = 8 + random.nextInt(bytes.length - 8);
                switch (random.nextInt(8)) {
                    case 0 -> bytes = Arrays.copyOf(bytes, place + 1);
                    case 1 -> System.arraycopy(bytes, place, bytes, place - 1, bytes.length - place);
                    default -> bytes[place] = (byte) random.nextInt();
                }
            }
            accepted += survives(bytes) ? 1 : 0;
        }
        assertTrue(accepted > 0 && accepted < COUNT, accepted + " accepted");
    }

    /** Whether a binary is well-formed: then it is printed and encoded, and compiled if it is valid. */
    private static boolean survives(byte[] bytes) {
        try {
            Module.compile(bytes);
        } catch (CompileError error) {
            assertTrue(error.offset().isPresent(), error.getMessage());
        }
        try {
            ModuleModel decoded = Wat.decode(bytes);
            Wat.decode(ModuleEncoder.encode(decoded));
            for (Wat.Style style : Wat.Style.values()) {
                Wat.parse(Wat.print(decoded, style));
            }
            return true;
        } catch (CompileError _) {
            return false;
        }
    }
}
