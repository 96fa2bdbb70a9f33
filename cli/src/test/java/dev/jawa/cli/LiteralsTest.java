package dev.jawa.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jawa.model.NumberType;
import dev.jawa.model.ReferenceType;
import dev.jawa.model.ValueType;
import dev.jawa.model.VectorType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LiteralsTest {
    @ParameterizedTest
    @CsvSource({"0, 0", "-1, -1", "+7, 7", "2147483647, 2147483647", "4294967295, -1", "-2147483648, -2147483648",
        "0x7f, 127", "0xFFFFFFFF, -1", "-0x80000000, -2147483648", "1_000, 1000"})
    void i32(String text, int value) {
        assertEquals(value, Literals.parse(NumberType.I32, text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-", "one", "1.0", "0x", "4294967296", "-2147483649", "1__0", "_1", "0x1_", "1e3"})
    void notI32(String text) {
        assertThrows(NumberFormatException.class, () -> Literals.parse(NumberType.I32, text));
    }

    @ParameterizedTest
    @CsvSource({"18446744073709551615, -1", "-9223372036854775808, -9223372036854775808",
        "0x8000000000000000, -9223372036854775808", "-0x1, -1"})
    void i64(String text, long value) {
        assertEquals(value, Literals.parse(NumberType.I64, text));
    }

    @ParameterizedTest
    @CsvSource({"1, 3f800000", "-0, 80000000", "1.5e1, 41700000", "0x1.8p1, 40400000", "0x10, 41800000",
        "inf, 7f800000", "-Infinity, ff800000", "nan, 7fc00000", "-nan, ffc00000", "nan:0x1, 7f800001",
        "NaN:0x7fffff, 7fffffff", ".5, 3f000000"})
    void f32(String text, String bits) {
        float value = (float) Literals.parse(NumberType.F32, text);
        assertEquals(bits, Integer.toHexString(Float.floatToRawIntBits(value)));
    }

    @ParameterizedTest
    @CsvSource({"1, 3ff0000000000000", "-0.0, 8000000000000000", "0x1p-1074, 1", "1e400, 7ff0000000000000",
        "-inf, fff0000000000000", "nan, 7ff8000000000000", "-nan:0xfffffffffffff, ffffffffffffffff",
        "1_0.5, 4025000000000000"})
    void f64(String text, String bits) {
        double value = (double) Literals.parse(NumberType.F64, text);
        assertEquals(bits, Long.toHexString(Double.doubleToRawLongBits(value)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "one", "1f", "1d", "nan:0x0", "nan:0x10000000000000", "nan:1", "0x", "1e", "--1"})
    void notF64(String text) {
        assertThrows(NumberFormatException.class, () -> Literals.parse(NumberType.F64, text));
    }

    @Test
    void references() {
        assertNull(Literals.parse(ReferenceType.EXTERNREF, "null"));
        var error = assertThrows(NumberFormatException.class, () -> Literals.parse(ReferenceType.FUNCREF, "f"));
        assertTrue(error.getMessage().contains("funcref"), error.getMessage());
        assertThrows(NumberFormatException.class, () -> Literals.parse(VectorType.V128, "0"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.5", "-0.0", "inf", "-inf", "nan", "-nan", "nan:0x1", "1.0e10"})
    void whatIsPrintedCanBeRead(String text) {
        for (ValueType type : new ValueType[] {NumberType.F32, NumberType.F64}) {
            assertEquals(text, Literals.format(Literals.parse(type, text)));
        }
    }

    @Test
    void integersArePrintedWithTheirSign() {
        assertEquals("-1", Literals.format(-1));
        assertEquals("-9223372036854775808", Literals.format(Long.MIN_VALUE));
        assertEquals("null", Literals.format(null));
    }
}
