package dev.jawa.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jawa.CompileError;
import dev.jawa.WebAssembly;
import dev.jawa.binary.ModuleEncoder;
import dev.jawa.binary.NameSection;
import dev.jawa.model.CustomSection;
import dev.jawa.model.ModuleModel;
import dev.jawa.model.RecursiveType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class WatTest {
    private static String code(String instructions) {
        ModuleModel module = Wat.parse("(module (memory 1) (memory $m 1) (table 1 funcref) (table $t 1 funcref)"
                + "(type $s (struct (field $x i32) (field $y (mut i64)))) (tag $e)"
                + "(func $f (param $a i32) (result i32) (local $b f64) " + instructions + "))");
        return HexFormat.of().formatHex(module.code().getFirst().code().toArray());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            local.get $a                                    | 20000b
            local.set 1                                     | 21010b
            (i32.add (i32.const -1) (local.get $a))         | 417f20006a0b
            i32.const 0xffff_ffff                           | 417f0b
            i64.const -0x8000_0000_0000_0000                | 428080808080808080807f0b
            (block $l (br_if $l (local.get 0)))             | 024020000d000b0b
            block $l loop $l br $l br 1 end $l end $l       | 024003400c000c010b0b0b
            (block (result i32) i32.const 1)                | 027f41010b0b
            (block (param i32) drop)                        | 02031a0b0b
            (if (local.get 0) (then nop) (else unreachable))| 2000044001050 00b0b
            (br_table 0 $l 0)                               |
            i32.load                                        | 2802000b
            i32.load $m offset=16 align=1                   | 284001100b
            memory.copy                                     | fc0a00000b
            memory.copy $m 0                                | fc0a01000b
            call_indirect $t (type $s)                      | 1100010b
            select (result i32)                             | 1c017f0b
            struct.set $s $y                                | fb0500010b
            ref.cast (ref null $s)                          | fb17000b
            ref.test (ref any)                              | fb146e0b
            br_on_cast 0 anyref (ref $s)                    | fb1801006e000b
            (try_table (catch $e 0) (catch_all_ref 0))      | 1f40020000000300 0b0b
            (try (do nop) (catch $e drop) (catch_all))      | 06400107001a190b0b
            (try $l (do (try (do) (delegate $l))))          | 064006401800 0b0b
            v128.load8_lane 3                               | fd540000030b
            v128.load8_lane $m 3                            | fd54400100030b
            v128.const i16x8 1 2 3 4 5 6 7 -1               | fd0c0100020003000400050006000700ffff0b
            i8x16.extract_lane_s 15                         | fd150f0b
            """)
    void instructionsAreEncoded(String text, String expected) {
        if (expected == null) {
            assertThrows(CompileError.class, () -> code(text));
        } else {
            assertEquals(expected.replace(" ", ""), code(text));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "f32.const 0.1, 43cdcccc3d0b", "f32.const -0, 43000000800b", "f32.const inf, 430000807f0b",
        "f32.const nan:0x1, 430100807f0b", "f32.const -nan, 430000c0ff0b", "f32.const 0x1.8p-1, 430000403f0b",
        // Halfway between two numbers, and a digit above that, far behind the point.
        "f32.const 16777217, 430000804b0b",
        "f32.const 16777217.0000000000000000000000000000000001, 430100804b0b",
        "f32.const 0x1.000001p0, 430000803f0b", "f32.const 0x1.0000010000000000000001p0, 430100803f0b",
        "f64.const 1e-400, 4400000000000000000b", "f64.const 1_0.5_0e+0_1, 440000000000405a400b",
    })
    void floatingPointIsExact(String text, String expected) {
        assertEquals(expected, code(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "i32.const 0x1_0000_0000", "i32.const -2147483649", "i32.const 1__0", "i32.const _1", "i32.const 1_",
        "f32.const 1e39", "f32.const 0x1p128", "f32.const nan:0x800000", "f32.const nan:0x0", "f32.const 1e",
        "f32.const .5",
        "i32.load align=3", "i32.load offset=-1", "br $nowhere", "local.get $nowhere", "i32.foo", "end", "else",
        "block",
        "block $a end $b", "(i32.add", "i32.add)", "\"text\"", "i32.const", "(nop nop)", "(then)", "0$a",
        "i8x16.shuffle 1 2",
        "i8x16.extract_lane_s 256", "(block (param $x i32))", "\u0007", "(; (; ;)", "(@)", "$", "$\"\"",
    })
    void malformedCodeIsRejected(String text) {
        CompileError error = assertThrows(CompileError.class, () -> code(text));
        assertTrue(error.getMessage().matches("(?s)1:\\d+: .+\n    .*\n +\t*\\^+"), error.getMessage());
    }

    @Test
    void compactImports() {
        ModuleModel module = Wat.parse("""
                (module
                  (import "console" "log" (func $log (param i32)))
                  (import "numbers" (item "one") (item "three") (func (result i32)))
                  (import "mixed" (item "f" (func $f (result i32))) (item "m" (memory $m 1)))
                  (func $sum (result i32) (i32.add (call 1) (i32.add (call 2) (call $f))))
                  (export "sum" (func $sum)))
                """);
        assertEquals(List.of("console.log", "numbers.one", "numbers.three", "mixed.f", "mixed.m"),
                module.imports().stream().map(each -> each.module() + "." + each.name()).toList());
        assertEquals(module.imports().get(1).type(), module.imports().get(2).type());
        assertEquals(module.imports(), Wat.parse(Wat.print(module)).imports());
        for (String wrong : List.of("(import \"m\" (item \"a\"))", "(import \"m\" (item \"a\") (func $f))",
                "(import \"m\" (item \"a\") (item \"b\" (func)) (func))", "(func) (import \"m\" (item \"a\" (func)))",
                "(import \"m\" (item \"a\" (func)) (func))", "(import \"m\" (item))")) {
            assertThrows(CompileError.class, () -> Wat.parse(wrong), wrong);
        }
    }

    @Test
    void errorsShowTheirPlace() {
        CompileError error = assertThrows(CompileError.class, () -> Wat.parse("a.wat", """
                (module
                  (func é
                \ti32.cons 1))
                """.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        assertEquals("""
                a.wat:2:9: misplaced unicode character U+00E9
                      (func é
                            ^""", error.getMessage());
        error = assertThrows(CompileError.class, () -> Wat.parse("(func\n\ti32.cons 1)"));
        assertEquals("2:2: unknown operator i32.cons\n    \ti32.cons 1)\n    \t^^^^^^^^", error.getMessage());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            (func (i32.add (i32.const 1) (i64.const 2)) (drop)) | 1:8 | i32.add
            (func $f (result i32) (nop)) | 1:28 | )
            (func (block (result i32) nop) drop) | 1:30 | )
            (func block (result i32) nop end drop) | 1:30 | end
            (func (import "a" "b")) (func (if (i64.const 1) (then))) | 1:32 | if
            (func (if (result i32) (i32.const 1) (then) (else (i32.const 1))) drop) | 1:46 | else
            (tag $e (param i32)) (func (try (do) (catch $e))) | 1:48 | )
            (func (loop br 7)) | 1:13 | br
            (func (local.set 3 (i32.const 1))) | 1:8 | local.set
            """)
    void invalidCodeIsShownInTheText(String text, String place, String marked) {
        var error = assertThrows(CompileError.class, () -> Wat.compile(text));
        assertTrue(error.getMessage().startsWith(place + ": "), error.getMessage());
        String[] lines = error.getMessage().split("\n");
        assertEquals(marked, lines[1].substring(lines[2].indexOf('^'), lines[2].lastIndexOf('^') + 1));
    }

    @Test
    void typesOfUsesComeLast() {
        ModuleModel module = Wat.parse("""
                (func (param i32)) (func (result f32) (block (param i32))) (func (type 0)) (func)
                (type $a (func)) (type (sub (func (param i32))))
                """);
        assertEquals(List.of(2, 3, 0, 0), java.util.Arrays.stream(module.functions()).boxed().toList());
        assertEquals(4, module.types().stream().map(RecursiveType::types).mapToInt(List::size).sum());
    }

    @Test
    void identifiersBecomeNames() {
        NameSection names = NameSection.of(Wat.parse("""
                (module $m
                  (type $p (struct (field $x i32) (field i64)))
                  (import "a" "b" (func $i))
                  (func $f (@name "a name") (param $a i32) (local i32) (local $b i32) (block $l))
                  (func $"with blank")
                  (memory $mem (data "x")))
                """));
        assertEquals(Optional.of("m"), names.module());
        assertEquals(Optional.of("i"), names.function(0));
        assertEquals(Optional.of("a name"), names.function(1));
        assertEquals(Optional.of("with blank"), names.function(2));
        assertEquals(Optional.of("a"), names.local(1, 0));
        assertEquals(Optional.empty(), names.local(1, 1));
        assertEquals(Optional.of("b"), names.local(1, 2));
        assertEquals(Optional.of("l"), names.label(1, 0));
        assertEquals(Optional.of("x"), names.field(0, 0));
        assertEquals(Optional.of("mem"), names.memory(0));
    }

    @Test
    void annotationsBecomeCustomSections() {
        ModuleModel module = Wat.parse("""
                (module (@custom "a" (after type) "1" "2") (type (func)) (@unknown ( ] "x" (@y)))
                  (func (param i32) (@metadata.code.branch_hint "\\01") (if (local.get 0) (then)))
                  (@custom "b" (before first)))
                """);
        assertEquals(List.of("b", "a", "metadata.code.branch_hint"),
                module.customSections().stream().map(CustomSection::name).toList());
        assertEquals(List.of(0, 1, 3), module.customSections().stream().map(CustomSection::after).toList());
        assertEquals("0100010301 01".replace(" ", ""),
                HexFormat.of().formatHex(module.customSections().getLast().contents().toArray()));
    }

    @Test
    void printedModulesAreParsedToTheSame() {
        ModuleModel module = Wat.parse("""
                (module $all
                  (rec (type $l (sub (struct (field $next (mut (ref null $l)))))) (type $m (sub final $l (struct
                    (field $next (mut (ref null $l))) (field i8)))))
                  (type (array (mut i16)))
                  (import "a" "\\00\\"ä" (func $f (param i32)))
                  (import "a" "m" (memory $mem i64 1 2 shared))
                  (table $t 1 2 (ref null func) (ref.null func))
                  (global $g (mut f32) (f32.const nan:0x123))
                  (global i32 (i32.add (i32.const 1) (i32.const 2)))
                  (tag $e (param i32))
                  (export "f" (func $f))
                  (start 1)
                  (elem declare func $f)
                  (elem (table $t) (i32.const 0) (ref null func) (ref.func $f) (item ref.null nofunc))
                  (func $g)
                  (func $h (param $x i32) (param i64) (result i32) (local $y v128)
                    (block $b (result i32) (block $b (br 0) (br 1)) (br $b (i32.const 1)))
                    (drop (v128.const f32x4 1 -0 inf nan))
                    (f64.const -1.5e300) (drop)
                    (block $c (result i32) (try_table $b (catch $e $c) (br $b)) (unreachable)) (drop))
                  (data $d (offset i64.const 8) "a\\n\\ff")
                  (@custom "x" "y"))
                """);
        for (Wat.Style style : Wat.Style.values()) {
            String text = Wat.print(module, style);
            ModuleModel parsed = Wat.parse(text);
            assertEquals(text, Wat.print(parsed, style));
            assertEquals(HexFormat.of().formatHex(ModuleEncoder.encode(module)),
                    HexFormat.of().formatHex(ModuleEncoder.encode(parsed)));
        }
    }

    @Test
    void printedCodeIsReadable() {
        assertEquals("""
                (module
                  (type (;0;) (func (param i32) (result i32)))
                  (func $fac (type 0) (param $n i32) (result i32)
                    local.get $n
                    if $done (result i32)
                      local.get $n
                      br $done
                    else
                      i32.const 1
                    end
                  )
                )
                """, Wat.print(Wat.parse("(func $fac (param $n i32) (result i32) (if $done (result i32) (local.get $n)"
                        + "(then (br $done (local.get $n))) (else (i32.const 1))))")));
    }

    @Test
    void foldedCodeIsReadable() {
        String function = """
                  (func $f (type 0) (param $n i32) (result i32)
                    (block (;@1;)
                      (loop $again
                        (br_if 1 (;@1;) (i32.eqz (local.get $n)))
                        (local.set $n (i32.sub (local.get $n) (i32.const 1)))
                        (br $again)))
                    (if (;@1;) (i32.lt_s (local.get $n) (i32.const 0))
                      (then
                        (return (i32.const 0)))
                      (else))
                    (select
                      (i32.mul (i32.const 1000000000) (call $f (i32.add (local.get $n) (local.get $n))))
                      (i32.const 2)
                      (i32.const 3))
                    (i32.const 4)
                    (nop)
                    i32.add
                  )
                """;
        String module = "(module\n  (type (;0;) (func (param i32) (result i32)))\n" + function + ")\n";
        assertEquals(module, Wat.print(Wat.parse(module), Wat.Style.FOLDED));
        assertEquals(function.indent(-2), Wat.printFunction(Wat.parse(module), 0, Wat.Style.FOLDED));
    }

    @Test
    void modulesMayBeInStrings() {
        ModuleModel module = Wat.parse("(module (func $f) (export \"f\" (func $f)))");
        String bytes = HexFormat.of().withPrefix("\\").formatHex(Wat.encode(module));
        assertEquals(module.exports(), Wat.parse("(module $m binary \"" + bytes + "\")").exports());
        assertEquals(module.code(), Wat.parse("(module quote \"(func \" \"$f)\")").code());
        assertThrows(CompileError.class, () -> Wat.parse("(module binary \"\\00asm\")"));
        assertThrows(CompileError.class, () -> Wat.parse("(module quote \"(func\")"));
    }

    @Test
    void printsPieceByPiece() throws IOException {
        ModuleModel module = Wat.parse("(func unreachable)".repeat(10_000) + "(data \"x\")");
        for (Wat.Style style : Wat.Style.values()) {
            var text = new StringBuilder();
            Wat.print(module, style, text);
            assertEquals(Wat.print(module, style), text.toString());
        }
    }

    @Test
    void nestingMayBeDeep() {
        int depth = 200_000;
        for (String open : List.of("(block ", "(if (i32.const 1) (then ", "(drop ", "(try (do ")) {
            String close = ")".repeat((int) (open.chars().filter(c -> c == '(').count()
                    - open.chars().filter(c -> c == ')').count()));
            ModuleModel module = Wat.parse("(func " + open.repeat(depth) + close.repeat(depth) + ")");
            assertTrue(module.code().getFirst().code().length() > depth);
            assertTrue(Wat.print(module).length() > depth);
            String folded = Wat.print(module, Wat.Style.FOLDED);
            assertEquals(module.code(), Wat.parse(folded).code());
        }
        String operands = "(i32.eqz ".repeat(depth) + "(i32.const 1)" + ")".repeat(depth);
        ModuleModel module = Wat.parse("(func (result i32) " + operands + ") (global i32 " + operands + ")");
        assertEquals(module.code(), Wat.parse(Wat.print(module, Wat.Style.FOLDED)).code());
        WebAssembly.validate(Wat.encode(module));
        assertThrows(CompileError.class, () -> Wat.parse("(".repeat(depth)));
        assertThrows(CompileError.class, () -> Wat.parse("(; ".repeat(depth)));
        assertThrows(CompileError.class, () -> Wat.parse("(@a ".repeat(depth)));
    }

    @Test
    void theEngineReadsFilesOfText(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("answer.wat"),
                "(module (func (export \"answer\") (result i32) (i32.const 42)))");
        assertEquals(42, dev.jawa.Instance.of(file).exports().function("answer").callInt());
        Files.writeString(file, "(module (func (i32.cnst 1)))");
        var error = assertThrows(CompileError.class, () -> dev.jawa.Module.compile(file));
        assertTrue(error.getMessage().startsWith(file + ":1:16: unknown operator"), error.getMessage());
        Files.writeString(file, "(module (func $f (drop)))");
        error = assertThrows(CompileError.class, () -> dev.jawa.Module.compile(file));
        assertTrue(error.getMessage().startsWith(file + ":1:19: type mismatch"), error.getMessage());
        assertTrue(error.getMessage().contains(" in function $f"), error.getMessage());
    }
}
