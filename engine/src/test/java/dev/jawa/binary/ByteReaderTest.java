package dev.jawa.binary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.jawa.CompileError;
import dev.jawa.model.Bytes;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ByteReaderTest {
    private static ByteReader reader(String hex) {
        return new ByteReader(Bytes.of(ModuleBytes.parse(hex)));
    }

    private static long read(String type, ByteReader reader) {
        return switch (type) {
            case "u32" -> Integer.toUnsignedLong(reader.readUnsigned32());
            case "u64" -> reader.readUnsigned64();
            case "s32" -> reader.readSigned32();
            case "s33" -> reader.readSigned33();
            case "s64" -> reader.readSigned64();
            default -> throw new IllegalArgumentException(type);
        };
    }

    @ParameterizedTest
    @CsvSource({
        "u32, 00, 0", "u32, 7F, 127", "u32, 80 01, 128", "u32, FF FF FF FF 0F, 4294967295",
        "u32, 80 80 80 80 00, 0", "u32, E5 8E 26, 624485",
        "u64, FF FF FF FF FF FF FF FF FF 01, -1", "u64, 80 80 80 80 80 80 80 80 80 01, -9223372036854775808",
        "s32, 3F, 63", "s32, 40, -64", "s32, 7F, -1", "s32, 80 7F, -128", "s32, FF FF FF FF 07, 2147483647",
        "s32, 80 80 80 80 78, -2147483648", "s32, FF FF FF FF 7F, -1",
        "s33, FF FF FF FF 0F, 4294967295", "s33, 80 80 80 80 70, -4294967296", "s33, 40, -64",
        "s64, FF FF FF FF FF FF FF FF FF 00, 9223372036854775807",
        "s64, 80 80 80 80 80 80 80 80 80 7F, -9223372036854775808", "s64, C0 BB 78, -123456",
    })
    void readsNumbers(String type, String hex, long value) {
        ByteReader reader = reader(hex);
        assertEquals(value, read(type, reader));
        assertEquals(0, reader.remaining());
    }

    @ParameterizedTest
    @CsvSource({
        "u32, 80 80 80 80 80 00, integer representation too long", "u32, FF FF FF FF 1F, integer too large",
        "u32, 80 80 80 80 40, integer too large",
        "u64, 80 80 80 80 80 80 80 80 80 80 00, integer representation too long",
        "u64, 80 80 80 80 80 80 80 80 80 02, integer too large",
        "s32, 80 80 80 80 80 00, integer representation too long", "s32, 80 80 80 80 08, integer too large",
        "s32, FF FF FF FF 4F, integer too large", "s32, FF FF FF FF 77, integer too large",
        "s33, 80 80 80 80 10, integer too large", "s33, FF FF FF FF 6F, integer too large",
        "s64, 80 80 80 80 80 80 80 80 80 01, integer too large",
        "s64, FF FF FF FF FF FF FF FF FF 7E, integer too large",
        "u32, 80, unexpected end of section or function", "s64, FF FF, unexpected end of section or function",
    })
    void rejectsMalformedNumbers(String type, String hex, String reason) {
        var error = assertThrows(CompileError.class, () -> read(type, reader(hex)));
        assertEquals(reason, error.reason());
    }

    @Test
    void doesNotReadBehindItsRange() {
        byte[] array = ModuleBytes.parse("80 01 02 03 04 05 06 07 08 09");
        var range = new Bytes(array, 0, 1, 100);
        for (Function<ByteReader, Object> read : java.util.List.<Function<ByteReader, Object>>of(
                ByteReader::readUnsigned32, ByteReader::readSigned64, ByteReader::readFixed32,
                ByteReader::readFixed64, reader -> reader.readBytes(2))) {
            var error = assertThrows(CompileError.class, () -> read.apply(new ByteReader(range)));
            assertEquals(101, error.offset().getAsInt());
        }
    }

    @Test
    void believesNoLengthThatTheBytesCannotHold() {
        var error = assertThrows(CompileError.class, () -> reader("FF FF FF FF 0F 00 00").readLength());
        assertEquals("unexpected end of section or function", error.reason());
        assertEquals(2, reader("02 00 00").readLength());
    }
}
