package dev.jawa;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.jawa.RuntimeError.Kind;
import dev.jawa.model.FunctionType;
import dev.jawa.model.GlobalType;
import dev.jawa.model.NumberType;
import dev.jawa.model.VectorType;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Vectors on their way between Java and WebAssembly. */
class V128Test {
    private static final V128 VECTOR = V128.ofInts(1, -2, 3, -4);
    private static final String ADD = "20 00 20 01 FD AE 01 0B";
    private static final FunctionType SAME = new FunctionType(List.of(VectorType.V128), List.of(VectorType.V128));

    /** What the exports of {@link #vectors} are to Java. */
    public interface Exports {
        V128 add(V128 a, V128 b);

        long lane(V128 vector);
    }

    private static ModuleSketch vectors() {
        return new ModuleSketch()
                .type("7B 7B", "7B").type("7B 7F", "7F 7B").type("7B", "7E").type("7B", "7B")
                .importFunction("host", 3)
                .function("add", 0, ADD)
                .function("turned", 1, "20 01 20 00 0B")
                .function("lane", 2, "20 00 FD 1D 01 0B")
                .function("callHost", 3, "20 00 10 00 0B");
    }

    private static dev.jawa.Exports exports(Function host) {
        return new Instance(vectors().compile(), Imports.builder().extern("env", "host", host).build()).exports();
    }

    private static dev.jawa.Exports exports() {
        return exports(Function.of(SAME, arguments -> arguments[0]));
    }

    @Test
    void lanesAreCountedFromTheLowestBits() {
        assertEquals(new V128(0xFFFF_FFFE_0000_0001L, 0xFFFF_FFFC_0000_0003L), VECTOR);
        assertEquals(-2, VECTOR.intLane(1));
        assertEquals(-4, VECTOR.shortLane(6));
        assertEquals(-1, VECTOR.byteLane(15));
        assertEquals(1.5f, V128.ofFloats(0, 0, 0, 1.5f).floatLane(3));
        assertEquals(2.5, V128.ofDoubles(0, 2.5).doubleLane(1));
        byte[] bytes = VECTOR.toBytes();
        assertArrayEquals(new byte[] {1, 0, 0, 0, -2}, java.util.Arrays.copyOf(bytes, 5));
        assertEquals(VECTOR, V128.ofBytes(bytes));
        assertThrows(IllegalArgumentException.class, () -> V128.ofShorts((short) 1));
        assertThrows(IndexOutOfBoundsException.class, () -> VECTOR.longLane(2));
    }

    @Test
    void functionsTakeAndGiveVectors() {
        dev.jawa.Exports exports = exports();
        assertEquals(List.of(V128.ofInts(2, -4, 6, -8)), exports.function("add").call(VECTOR, VECTOR));
        assertEquals(List.of(7, VECTOR), exports.function("turned").call(VECTOR, 7));
        assertEquals(0xFFFF_FFFC_0000_0003L, exports.function("lane").callLong(new Object[] {VECTOR}));
    }

    @Test
    void onlyVectorsAreVectors() {
        Function lane = exports().function("lane");
        assertEquals(Kind.TYPE_MISMATCH, assertThrows(RuntimeError.class, () -> lane.callLong(1L, 2L)).kind());
        assertEquals(Kind.TYPE_MISMATCH, assertThrows(RuntimeError.class, () -> lane.call("1")).kind());
        assertEquals(Kind.TYPE_MISMATCH,
                assertThrows(RuntimeError.class, () -> lane.call(new Object[] {null})).kind());
    }

    @Test
    void viewsHaveVectors() {
        Exports view = exports().as(Exports.class);
        assertEquals(V128.ofInts(2, -4, 6, -8), view.add(VECTOR, VECTOR));
        assertEquals(VECTOR.high(), view.lane(VECTOR));
    }

    @Test
    void methodHandlesHaveVectors() throws Throwable {
        MethodHandle add = exports().function("add").methodHandle();
        assertEquals(MethodType.methodType(V128.class, V128.class, V128.class), add.type());
        assertEquals(V128.ofInts(2, -4, 6, -8), (V128) add.invokeExact(VECTOR, VECTOR));
        MethodHandle turned = exports().function("turned").methodHandle();
        assertEquals(List.of(7, VECTOR), (List<?>) turned.invokeExact(VECTOR, 7));
    }

    private static V128 negated(V128 vector) {
        return new V128(~vector.low(), ~vector.high());
    }

    @Test
    void hostFunctionsTakeAndGiveVectors() throws Exception {
        assertEquals(List.of(VECTOR), exports().function("callHost").call(VECTOR));
        MethodHandle negated = MethodHandles.lookup().findStatic(V128Test.class, "negated",
                MethodType.methodType(V128.class, V128.class));
        assertEquals(List.of(negated(VECTOR)), exports(Function.of(negated)).function("callHost").call(VECTOR));
        Function wrong = exports(Function.of(SAME, _ -> 1)).function("callHost");
        assertEquals(Kind.TYPE_MISMATCH, assertThrows(RuntimeError.class, () -> wrong.call(VECTOR)).kind());
    }

    @Test
    void globalsHoldVectors() {
        Global global = Global.of(new GlobalType(VectorType.V128, true), VECTOR);
        assertEquals(VECTOR, global.value());
        global.value(V128.ZERO);
        assertEquals(V128.ZERO, global.value());
        assertEquals(Kind.TYPE_MISMATCH, assertThrows(RuntimeError.class, () -> global.value(1L)).kind());
        assertEquals(NumberType.I64, Global.of(1L).type().type());
    }

    @Test
    void exceptionsCarryVectors() {
        Instance instance = new ModuleSketch().type("7B 7F", "").type("7B 7F", "7F 7B").tag("tag", 0)
                .function("throw", 0, "20 00 20 01 08 00 0B")
                .type("7B 7F", "7B 7F")
                .function("catch", 1, "03 01 7F 02 7B 01 7F",
                        "20 00 20 01 02 02 1A 1A 1F 40 01 00 00 00 20 00 20 01 08 00 0B 00 0B"
                                + " 21 05 21 03 20 05 20 03 0B")
                .instantiate();
        WasmException thrown = assertThrows(WasmException.class,
                () -> instance.exports().function("throw").call(VECTOR, 5));
        assertEquals(List.of(VECTOR, 5), thrown.arguments());
        assertEquals(List.of(5, VECTOR), instance.exports().function("catch").call(VECTOR, 5));
    }

    @Test
    void objectsHoldVectors() {
        Instance instance = new ModuleSketch().type("5F 02 7B 01 7F 01").type("5E 7B 01")
                .type("7B", "7B").type("60 01 7B 01 64 00").type("", "7B").type("60 00 01 64 01")
                .function("field", 2, "20 00 41 07 FB 00 00 FB 02 00 00 0B")
                .function("struct", 3, "20 00 41 07 FB 00 00 0B")
                .function("zero", 4, "FB 01 00 FB 02 00 00 0B")
                .function("element", 2, "01 01 63 01",
                        "20 00 41 03 FB 06 01 21 01"
                                + " 20 01 41 01 FD 0C" + " 00".repeat(16) + " FB 0E 01"
                                + " 20 01 41 01 FB 0B 01 20 01 41 02 FB 0B 01 FD 51 0B")
                .function("array", 5, "41 02 FB 07 01 0B")
                .instantiate();
        dev.jawa.Exports exports = instance.exports();
        assertEquals(List.of(VECTOR), exports.function("field").call(VECTOR));
        assertEquals(List.of(VECTOR), exports.function("element").call(VECTOR));
        assertEquals(List.of(V128.ZERO), exports.function("zero").call());
        var struct = (Struct) exports.function("struct").call(VECTOR).getFirst();
        assertEquals(VECTOR, struct.field(0));
        assertEquals(7, struct.field(1));
        struct.field(0, V128.ZERO);
        assertEquals(V128.ZERO, struct.field(0));
        var array = (Array) exports.function("array").call().getFirst();
        assertEquals(V128.ZERO, array.element(1));
        array.element(1, VECTOR);
        assertEquals(VECTOR, array.element(1));
    }
}
