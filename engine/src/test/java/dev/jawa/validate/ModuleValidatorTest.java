package dev.jawa.validate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jawa.CompileError;
import dev.jawa.binary.ModuleBytes;
import dev.jawa.model.AddressType;
import dev.jawa.model.ElementSegment;
import dev.jawa.model.ExternalFunctionType;
import dev.jawa.model.ExternalKind;
import dev.jawa.model.GlobalType;
import dev.jawa.model.Import;
import dev.jawa.model.MemoryType;
import dev.jawa.model.ModuleModel;
import dev.jawa.model.NumberType;
import dev.jawa.model.ResizableLimits;
import dev.jawa.model.SegmentMode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModuleValidatorTest {
    private static ModuleModel decode(ModuleBytes bytes) {
        return ModuleValidator.decode(bytes.toArray());
    }

    private static String reason(ModuleBytes bytes) {
        return assertThrows(CompileError.class, () -> decode(bytes)).reason();
    }

    @Test
    void decodesEverySection() {
        ModuleModel module = decode(ModuleBytes.module()
                .section(0, ModuleBytes.bytes().name("first").hex("01 02"))
                .section(1, "02 60 00 00 60 01 7F 01 7F")
                .section(2, ModuleBytes.bytes().number(2).name("m").name("f").hex("00 01").name("m").name("g")
                        .hex("03 7E 01"))
                .section(3, "02 00 01")
                .section(4, "01 70 01 02 05")
                .section(5, "01 03 01 02")
                .section(13, "01 00 00")
                .section(6, "01 7F 00 41 2A 0B")
                .section(7, ModuleBytes.bytes().number(1).name("e").hex("00 02"))
                .section(8, "01")
                .section(9, "01 00 41 00 0B 01 01")
                .section(12, "01")
                .section(10, "02 02 00 0B 06 01 02 7E 20 00 0B")
                .section(11, "01 01 02 AA BB")
                .section(0, ModuleBytes.bytes().name("last")));
        assertEquals(2, module.types().size());
        assertEquals(List.of(new Import("m", "f", new ExternalFunctionType(1)),
                new Import("m", "g", new GlobalType(NumberType.I64, true))), module.imports());
        assertEquals(3, module.spaces().functionCount());
        assertEquals(new MemoryType(AddressType.I32, ResizableLimits.of(1, 2), true, 16), module.memories().getFirst());
        assertEquals(ExternalKind.FUNCTION, module.exports().getFirst().kind());
        assertEquals(1, module.start().getAsInt());
        assertTrue(module.elements().getFirst().mode() instanceof SegmentMode.Active(int table, var _) && table == 0);
        assertEquals(new ElementSegment.FunctionIndices(new int[] {1}), module.elements().getFirst().elements());
        assertEquals(2, module.code().get(1).localCount());
        assertEquals(3, module.code().get(1).code().length());
        assertEquals(2, module.data().getFirst().bytes().length());
        assertEquals(List.of("first", "last"),
                module.customSections().stream().map(section -> section.name()).toList());
        assertEquals(11, module.customSections().getLast().after());
    }

    @Test
    void decodesCompactImports() {
        ModuleModel module = decode(ModuleBytes.module()
                .section(1, "01 60 00 00")
                .section(2, ModuleBytes.bytes().number(3)
                        .name("a").name("").hex("7F").number(2).name("f").hex("00 00").name("g").hex("03 7F 00")
                        .name("b").name("").hex("7E").hex("00 00").number(2).name("h").name("i")
                        .name("c").name("").hex("00 00")));
        var function = new ExternalFunctionType(0);
        assertEquals(List.of(new Import("a", "f", function),
                new Import("a", "g", new GlobalType(NumberType.I32, false)),
                new Import("b", "h", function), new Import("b", "i", function), new Import("c", "", function)),
                module.imports());
    }

    // Each row is one function of type [i32] -> [i32] with one i64 local, in a module with a memory.
    private static ModuleBytes function(String code) {
        byte[] body = ModuleBytes.bytes().hex("01 01 7E").hex(code).toArray();
        return ModuleBytes.module()
                .section(1, "03 60 01 7F 01 7F 60 00 00 60 00 02 7F 7F")
                .section(3, "01 00")
                .section(5, "01 00 01")
                .section(6, "01 7F 00 41 00 0B")
                .section(10, ModuleBytes.bytes().number(1).sized(body));
    }

    @ParameterizedTest
    @CsvSource({
        "20 00 0B", "00 0B", "20 00 0C 00 0B", "20 00 0F 0B", "20 00 41 01 6A 0B", "02 7F 20 00 0B 0B",
        "20 00 04 7F 41 01 05 41 02 0B 0B", "03 40 0C 00 0B 00 0B", "41 00 28 02 00 0B",
        "20 00 20 00 41 00 0E 01 00 00 0B", "00 6A 1B 0B", "00 D4 D1 0B", "02 02 41 00 41 00 0B 6A 0B",
        "20 00 10 00 0B", "20 00 12 00 0B", "06 7F 41 01 19 41 02 0B 0B",
        "42 00 42 00 42 00 42 00 FC 13 1A 1A 20 00 0B", "D0 70 D1 0B", "23 00 0B",
    })
    void acceptsFunctions(String code) {
        decode(function(code));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "0B | type mismatch: instruction requires [i32] but stack has []",
        "42 00 0B | type mismatch: instruction requires [i32] but stack has [i64]",
        "41 00 41 00 0B | type mismatch: block requires [i32] but stack has [i32 i32]",
        "20 02 0B | unknown local 2", "0C 01 0B | unknown label 1", "23 01 0B | unknown global 1",
        "41 00 24 00 20 00 0B | immutable global", "41 00 28 03 00 0B | alignment must not be larger than natural",
        "41 00 28 42 01 00 0B | unknown memory 1", "41 00 28 02 80 80 80 80 10 0B | offset out of range",
        "10 01 0B | unknown function 1", "02 05 0B 0B | unknown type 5", "00 D4 6A 0B | "
                + "type mismatch: instruction requires [i32] but stack has [(ref bot)]",
        "20 00 04 40 0B 0B | type mismatch: instruction requires [i32] but stack has []",
        "20 00 04 7F 41 00 0B 0B | type mismatch: if without else must give what it takes",
        "05 0B | misplaced ELSE opcode: END opcode expected",
        "09 00 0B | invalid rethrow label", "FC 09 00 20 00 0B | data count section required",
        "E0 00 0B | non-continuation type 0",
        "20 00 | unexpected end of section or function: END opcode expected",
        "20 00 0B 0B | section size mismatch: code after the end of the function",
        "D2 00 D1 0B | undeclared function reference 0", "08 00 0B | unknown tag 0",
        "00 FD 0D 20 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 1A 0B | invalid lane index",
        "20 01 0B | type mismatch: instruction requires [i32] but stack has [i64]",
    })
    void rejectsFunctions(String code, String reason) {
        assertEquals(reason, reason(function(code)));
    }

    @Test
    void namesPlaceAndFunction() {
        var error = assertThrows(CompileError.class, () -> decode(function("20 00 1A 0B")));
        assertEquals(0, error.function().getAsInt());
        byte[] bytes = function("20 00 1A 0B").toArray();
        assertEquals(bytes.length - 1, error.offset().getAsInt());
        assertEquals(0x0B, bytes[error.offset().getAsInt()]);
    }

    @Test
    void tracksLocalsWithoutDefault() {
        // (local (ref 0)): reading before setting, and setting inside of a block only.
        String types = "01 60 00 00";
        for (var row : List.of(
                List.of("20 00 1A 0B", "uninitialized local 0"),
                List.of("02 40 D2 00 21 00 0B 20 00 1A 0B", "uninitialized local 0"),
                List.of("41 00 04 40 D2 00 21 00 05 20 00 1A 0B 0B", "uninitialized local 0"),
                List.of("D2 00 21 00 02 40 20 00 1A 0B 20 00 1A 0B", ""))) {
            byte[] body = ModuleBytes.bytes().hex("01 01 64 00").hex(row.getFirst()).toArray();
            var module = ModuleBytes.module().section(1, types).section(3, "01 00")
                    .section(9, "01 03 00 01 00")
                    .section(10, ModuleBytes.bytes().number(1).sized(body));
            if (row.getLast().isEmpty()) {
                decode(module);
            } else {
                assertEquals(row.getLast(), reason(module));
            }
        }
    }

    @Test
    void findsLocalsFarBehind() {
        // 40,000 i32 and then one i64, in a body much shorter than that.
        byte[] body = ModuleBytes.bytes().hex("02 C0 B8 02 7F 01 7E")
                .hex("20 C0 B8 02 A7 1A 20 BF B8 02 1A 0B").toArray();
        decode(ModuleBytes.module().section(1, "01 60 00 00").section(3, "01 00")
                .section(10, ModuleBytes.bytes().number(1).sized(body)));
        byte[] behind = ModuleBytes.bytes().hex("02 C0 B8 02 7F 01 7E").hex("20 C1 B8 02 1A 0B").toArray();
        assertEquals("unknown local 40001", reason(ModuleBytes.module().section(1, "01 60 00 00").section(3, "01 00")
                .section(10, ModuleBytes.bytes().number(1).sized(behind))));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "01 05 01 60 00 00 00 | section size mismatch", "01 03 01 64 00 | malformed definition type",
        "01 04 01 4E 01 50 | unexpected end of section or function",
        "01 07 01 50 01 00 60 00 00 | unknown type: forward use of type 0 in sub type definition",
        "01 0A 02 60 00 00 50 01 00 60 00 00 | sub type 1 has final super type 0",
        "01 0E 02 50 00 5F 01 7F 00 50 01 00 5F 01 7E 00 | sub type 1 does not match super type 0",
        "05 03 01 02 01 | shared memory must have maximum", "05 04 01 01 02 01 | "
                + "size minimum must not be greater than maximum",
        "05 05 01 00 81 80 04 | memory size must be at most 65536 pages (4GiB)",
        "05 03 01 10 00 | malformed limits flags", "05 04 01 08 01 05 | invalid custom page size",
        "04 05 01 64 70 00 00 | type mismatch: table of (ref func) without initial value",
        "06 06 01 7F 00 23 00 0B | unknown global 0", "06 06 01 7F 00 42 00 0B | "
                + "type mismatch: instruction requires [i32] but stack has [i64]",
        "06 07 01 7F 00 01 41 00 0B | constant expression required", "06 06 01 7F 02 41 00 0B | malformed mutability",
        "08 01 00 | unknown function 0", "0E 00 | malformed section id", "03 02 01 00 | unknown type 0",
        "0B 01 00 0A 01 00 | unexpected content after last section", "0C 01 01 | "
                + "data count and data section have inconsistent lengths",
        "00 02 01 FF | malformed UTF-8 encoding", "00 00 | unexpected end of section or function",
        "00 02 05 61 | length out of bounds", "01 7F 00 | length out of bounds",
        "0A FF FF FF FF 0F | length out of bounds",
    })
    void rejectsModules(String sections, String reason) {
        assertEquals(reason, reason(ModuleBytes.module().hex(sections)));
    }

    @Test
    void acceptsTypesThatReferToEachOther() {
        // (rec (type (sub (struct (field (ref null 1))))) (type (array (mut (ref 0))))), twice; then a function takes
        // the first group's struct where the second group's is expected.
        String group = "4E 02 50 00 5F 01 63 %s 00 5E 64 %s 01";
        String types = "04 " + group.formatted("01", "00") + " " + group.formatted("03", "02")
                + " 60 01 64 00 00 60 01 64 02 00";
        decode(ModuleBytes.module().section(1, types).section(3, "02 04 05")
                .section(10, "02 02 00 0B 06 00 20 00 10 00 0B"));
        String different = types.replace("5E 64 02 01", "5E 64 02 00");
        assertEquals("type mismatch: instruction requires [(ref 0)] but stack has [(ref 2)]",
                reason(ModuleBytes.module().section(1, different).section(3, "02 04 05")
                        .section(10, "02 02 00 0B 06 00 20 00 10 00 0B")));
    }
}
