package dev.jawa.binary;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.jawa.model.Bytes;
import dev.jawa.model.CustomSection;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NameSectionTest {
    private static NameSection names(byte... contents) {
        return NameSection.of(new CustomSection("name", Bytes.of(contents), 0));
    }

    private static byte[] wellFormed() {
        return ModuleBytes.bytes()
                .section(0, ModuleBytes.bytes().name("module"))
                .section(1, ModuleBytes.bytes().number(2).number(0).name("zero").number(300).name("grün"))
                .section(2, ModuleBytes.bytes().number(1).number(300).number(2).number(0).name("a").number(1).name("b"))
                .section(4, ModuleBytes.bytes().number(1).number(1).name("type"))
                .section(10, ModuleBytes.bytes().number(1).number(1).number(1).number(2).name("field"))
                .section(11, ModuleBytes.bytes().number(1).number(0).name("tag"))
                .section(99, ModuleBytes.bytes().name("unknown subsections do not matter"))
                .toArray();
    }

    @Test
    void givesNames() {
        NameSection names = names(wellFormed());
        assertEquals(Optional.of("module"), names.module());
        assertEquals(Optional.of("zero"), names.function(0));
        assertEquals(Optional.of("grün"), names.function(300));
        assertEquals(Optional.empty(), names.function(1));
        assertEquals(Optional.of("b"), names.local(300, 1));
        assertEquals(Optional.empty(), names.local(0, 1));
        assertEquals(Optional.of("type"), names.type(1));
        assertEquals(Optional.of("field"), names.field(1, 2));
        assertEquals(Optional.of("tag"), names.tag(0));
        assertEquals(Optional.empty(), names.global(0));
    }

    @Test
    void takesWhatIsBrokenAsAbsent() {
        assertEquals(Optional.empty(), names().module());
        assertEquals(Optional.empty(), names(ModuleBytes.parse("00 7F 01")).module());
        assertEquals(Optional.empty(), names(ModuleBytes.parse("00 02 01 FF")).module());
        byte[] hugeCount = ModuleBytes.bytes()
                .section(1, ModuleBytes.bytes().number(0xFFFF_FFFFL).number(0).name("x"))
                .section(7, ModuleBytes.bytes().number(1).number(0).name("global")).toArray();
        assertEquals(Optional.empty(), names(hugeCount).function(0));
        assertEquals(Optional.of("global"), names(hugeCount).global(0));
        byte[] cut = ModuleBytes.bytes().section(1, "02 00 01 61 01 05").toArray();
        assertEquals(Optional.of("a"), names(cut).function(0));
        assertEquals(Optional.empty(), names(cut).function(1));
        assertEquals(Optional.empty(), names(ModuleBytes.parse("01 05 01 00 02 C3 28")).function(0));
    }

    @Test
    void survivesEveryPrefix() {
        byte[] all = wellFormed();
        for (int length = 0; length < all.length; length++) {
            NameSection names = names(java.util.Arrays.copyOf(all, length));
            Optional<String> module = names.module();
            assertEquals(length < 9 ? Optional.empty() : Optional.of("module"), module, "length " + length);
            names.local(300, 1);
            names.field(1, 2);
        }
    }
}
