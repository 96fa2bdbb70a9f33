package dev.jawa.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jawa.CompileError;
import dev.jawa.Module;
import dev.jawa.model.Feature;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InspectionTest {
    /** A type with two results, a function of it, a memory with 64-bit addresses, and a custom section "x". */
    private static final byte[] MODULE = {0, 'a', 's', 'm', 1, 0, 0, 0,
        1, 6, 1, 0x60, 0, 2, 0x7F, 0x7F,
        3, 2, 1, 0,
        5, 3, 1, 4, 1,
        7, 5, 1, 1, 'f', 0, 0,
        10, 8, 1, 6, 0, 0x41, 7, 0x41, 8, 0x0B,
        0, 3, 1, 'x', 5};

    @Test
    void listsSectionsFeaturesAndFunctions() {
        Inspection inspection = Inspection.of(MODULE, false);
        assertEquals(List.of(section("type", 8, 6), section("function", 16, 2), section("memory", 20, 3), section("export", 25, 5),
                section("code", 32, 8), new SectionSize("custom \"x\"", Optional.of("x"), 42, 44, 3)),
                inspection.sections());
        assertEquals(EnumSet.of(Feature.MVP, Feature.MULTI_VALUE, Feature.MEMORY64), inspection.features());
        assertEquals(List.of(new Inspection.FunctionSize(0, "f", "() -> (i32, i32)", 5)), inspection.largest());
        assertEquals(1, inspection.functionCount());
    }

    @Test
    void tellsWhatBecomesOfFunctions() {
        var all = new PlanFormat(Module.compile(MODULE), true);
        String text = all.text(Path.of("module.wasm"));
        assertTrue(text.startsWith("module.wasm: 1 functions, 0 of them cut into pieces"), text);
        assertTrue(text.contains("func[0] f: 5 bytes of WebAssembly"), text);
        assertTrue(all.json().contains("\"reason\": \"\""), all.json());
        assertTrue(new PlanFormat(Module.compile(MODULE), false).json().contains("\"functions\": []"));
    }

    private static SectionSize section(String name, int start, int size) {
        return new SectionSize(name, Optional.empty(), start, start + 2, size);
    }

    @Test
    void invalidModulesAreRejected() {
        byte[] truncated = java.util.Arrays.copyOf(MODULE, 40);
        assertThrows(CompileError.class, () -> Inspection.of(truncated, false));
    }
}
