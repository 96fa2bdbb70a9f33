package dev.jawa.text;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jawa.CompileError;
import dev.jawa.WebAssembly;
import dev.jawa.binary.ModuleEncoder;
import dev.jawa.model.ModuleModel;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Damaged modules are accepted or get an error of ours, nothing else. */
@Timeout(value = 600, unit = TimeUnit.SECONDS)
class MutationTest {
    /** How many of each kind: {@code -Djawa.mutations=100000} for a long run. */
    private static final int COUNT = Integer.getInteger("jawa.mutations", 20_000);
    private static final long SEED = Long.getLong("jawa.seed", 42);
    private static final String MODULE = """
            (module $m (@custom "c" (after func) "x")
              (rec (type $l (sub (struct (field $n (mut (ref null $l)))))) (type (array i8)))
              (import "a" "b" (func $i (param i32) (result i64)))
              (memory $mem i64 1 (pagesize 65536)) (table $t 1 funcref) (tag $e (param f32))
              (global $g (mut f64) (f64.const 0x1.8p3))
              (elem (i32.const 0) $i) (elem declare funcref (item ref.null func))
              (func $f (export "f") (param $x i32) (result i64) (local $y v128)
                (block $b (br_if $b (local.get $x)) (br_table $b 1 (i32.const -1)))
                (try_table (catch $e 0) (throw $e (f32.const nan:0x12)))
                (if (result i64) (local.get 0) (then (i64.const 1)) (else (call $i (i32.const 2))))
                (drop (i32.load8_u offset=4 align=1 (i64.const 0))) (v128.const i32x4 1 2 3 4) local.set $y
                (drop (call_indirect $t (param i32) (result i64) (i32.const 1) (i32.const 0))))
              (data $d "\\00\\u{1F600}abc"))
            """;
    private static final String[] PIECES = {"(", ")", "\"", "$", "0x", "_", ";;", "(;", "(@a", "type", "end", "-", "\\",
        "99999999999", "(func", "(param", "\u00e9", "\0", "block", "else", "nan:0x", "(then", "i32.const"};

    @Test
    void texts() {
        var random = new Random(SEED);
        int accepted = 0;
        for (int i = 0; i < COUNT; i++) {
            var text = new StringBuilder(MODULE);
            for (int change = random.nextInt(3); change >= 0; change--) {
                int place = random.nextInt(text.length());
                switch (random.nextInt(4)) {
                    case 0 -> text.deleteCharAt(place);
                    case 1 -> text.insert(place, PIECES[random.nextInt(PIECES.length)]);
                    case 2 -> text.setCharAt(place, (char) random.nextInt(256));
                    default -> text.insert(place, text.substring(place, Math.min(place + 20, text.length())));
                }
            }
            accepted += accepts(text.toString().getBytes(random.nextBoolean()
                    ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1)) ? 1 : 0;
        }
        assertTrue(accepted > 0 && accepted < COUNT, accepted + " accepted");
    }

    private static boolean accepts(byte[] text) {
        try {
            WebAssembly.validate(ModuleEncoder.encode(Wat.parse("", text)));
            return true;
        } catch (CompileError error) {
            assertTrue(error.getMessage().contains("^"), error.getMessage());
            return false;
        }
    }

    @Test
    void binaries() {
        var random = new Random(SEED);
        byte[] module = Wat.encode(MODULE);
        int accepted = 0;
        for (int i = 0; i < COUNT; i++) {
            byte[] bytes = module.clone();
            for (int change = random.nextInt(3); change >= 0; change--) {
                bytes[8 + random.nextInt(bytes.length - 8)] = (byte) random.nextInt();
            }
            try {
                ModuleModel decoded = Wat.decode(bytes);
                Wat.decode(ModuleEncoder.encode(decoded));
                Wat.parse(Wat.print(decoded));
                accepted++;
            } catch (CompileError _) {
                // As it should be.
            }
        }
        assertTrue(accepted > 0 && accepted < COUNT, accepted + " accepted");
    }
}
