package dev.jawa.binary;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.jawa.validate.ModuleValidator;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModuleEncoderTest {
    @ParameterizedTest
    @ValueSource(strings = {
        "",
        // Types: function, struct with packed and mutable fields, array of references, group of two, subtypes
        "01: 06  60017F017E  5F0278017700  5E630001  4E0250005F004F01035F00  5F00  6002646B7B00",
        // An import of each kind
        "01: 01600000 | 02: 05 0161016600 00  0161017401 700101 0A  016101 6D02030102  0161016703 7F01  016101780400 00",
        // A table with a first value
        "04: 01 4000 646C0001 4107FB1C0B",
        // A memory of 64 bits with pages of a byte
        "05: 01 0D 01 904E 00",
        // Custom sections first, between, behind an empty section, and last
        "00: 0161FF | 01: 00 | 00: 0162 | 05: 010001 | 00: 0161 | 00: 0163",
        // Passive and active data with its count
        "05: 010001 | 0C: 02 | 0B: 02 01026869 0041000B0121",
        // A start function with locals, a tag
        "01: 01600000 | 03: 0100 | 0D: 010000 | 08: 00 | 0A: 01 06 02 027F 017B 0B",
    })
    void bytesComeBack(String sections) {
        byte[] bytes = module(sections);
        assertArrayEquals(bytes, roundTrip(bytes), () -> HexFormat.of().formatHex(roundTrip(bytes)));
    }

    // Sections as "id: contents | id: contents", in hexadecimal.
    private static byte[] module(String sections) {
        ModuleBytes module = ModuleBytes.module();
        for (String section : sections.isEmpty() ? new String[0] : sections.split("\\|")) {
            String[] parts = section.split(":");
            module.section(Integer.parseInt(parts[0].strip(), 16), ModuleBytes.parse(parts[1]));
        }
        return module.toArray();
    }

    @Test
    void elementSegmentsOfEveryKind() {
        byte[] segments = ModuleBytes.parse("08"
                + "00 41 00 0B 01 00"
                + "01 00 01 00"
                + "02 01 41 00 0B 00 01 00"
                + "03 00 01 00"
                + "04 41 00 0B 01 D2 00 0B"
                + "05 70 01 D0 70 0B"
                + "06 01 41 00 0B 70 01 D2 00 0B"
                + "07 70 01 D2 00 0B");
        byte[] bytes = ModuleBytes.module()
                .section(1, ModuleBytes.parse("01 60 00 00"))
                .section(3, ModuleBytes.parse("01 00"))
                .section(4, ModuleBytes.parse("02 70 00 05 70 00 05"))
                .section(9, segments)
                .section(10, ModuleBytes.parse("01 06 01 02 7F 01 01 0B"))
                .toArray();
        assertArrayEquals(bytes, roundTrip(bytes));
    }

    @Test
    void paddedNumbersAreShortened() {
        byte[] padded = ModuleBytes.module().hex("05 84 80 00 81 00 00 01").toArray();
        assertArrayEquals(ModuleBytes.module().hex("05 03 01 00 01").toArray(), roundTrip(padded));
    }

    private static byte[] roundTrip(byte[] bytes) {
        return ModuleEncoder.encode(ModuleValidator.decode(bytes));
    }
}
