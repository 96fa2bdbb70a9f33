package dev.jawa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jawa.RuntimeError.Kind;
import dev.jawa.model.FunctionType;
import dev.jawa.model.NumberType;
import dev.jawa.model.Opcode;
import dev.jawa.wasm.ModuleWriter;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class FunctionTest {
    private static Exports module() {
        var module = new ModuleWriter();
        module.export("zero", ":i", code -> code.i32(7));
        module.export("one", "i:i", code -> code.get(0).i32(1).op(Opcode.I32_ADD));
        module.export("two", "ii:i", code -> code.get(0).get(1).op(Opcode.I32_SUB));
        module.export("three", "iii:i", code -> code.get(0).get(1).op(Opcode.I32_SUB).get(2).op(Opcode.I32_SUB));
        module.export("four", "iiii:i", code -> code.get(3));
        module.export("negate", "l:l", code -> code.i64(0).get(0).op(Opcode.I64_SUB));
        module.export("difference", "ll:l", code -> code.get(0).get(1).op(Opcode.I64_SUB));
        module.export("half", "f:f", code -> code.get(0).f32(0.5f).op(Opcode.F32_MUL));
        module.export("sqrt", "d:d", code -> code.get(0).op(Opcode.F64_SQRT));
        module.export("quotient", "dd:d", code -> code.get(0).get(1).op(Opcode.F64_DIV));
        module.export("mixed", "ilfde:e", code -> code.get(4));
        module.export("nothing", "i:", code -> { });
        module.export("divmod", "ii:ii", code -> code.get(0).get(1).op(Opcode.I32_DIV_S)
                .get(0).get(1).op(Opcode.I32_REM_S));
        module.export("all", "ilfde:edfli", code -> code.get(4).get(3).get(2).get(1).get(0));
        module.export("self", "r:r", code -> code.get(0));
        return module.compile().instantiate().exports();
    }

    private final Exports exports = module();

    private static RuntimeError mismatch(Executable call) {
        RuntimeError error = assertThrows(RuntimeError.class, call);
        assertEquals(Kind.TYPE_MISMATCH, error.kind());
        return error;
    }

    @Test
    void typedCallsOfFittingTypes() {
        assertEquals(7, exports.function("zero").callInt());
        assertEquals(42, exports.function("one").callInt(41));
        assertEquals(-1, exports.function("two").callInt(1, 2));
        assertEquals(-4, exports.function("three").callInt(1, 2, 3));
        assertEquals(4, exports.function("four").callInt(1, 2, 3, 4));
        assertEquals(-5L, exports.function("negate").callLong(5L));
        assertEquals(1L << 40, exports.function("difference").callLong(1L << 41, 1L << 40));
        assertEquals(1.5f, exports.function("half").callFloat(3f));
        assertEquals(3.0, exports.function("sqrt").callDouble(9.0));
        assertEquals(0.25, exports.function("quotient").callDouble(1.0, 4.0));
    }

    @Test
    void argumentsAreWidenedAsInJava() {
        assertEquals(-5L, exports.function("negate").callLong(5));
        assertEquals(-1, exports.function("two").callInt((short) 1, (byte) 2));
        assertEquals(98, exports.function("one").callInt('a'));
        assertEquals(2.0, exports.function("sqrt").callDouble(4));
        assertEquals(2.0, exports.function("sqrt").callDouble(4f));
        assertEquals(1.5f, exports.function("half").callFloat(3L));
        assertEquals(List.of(6), exports.function("one").call(5));
    }

    @Test
    void argumentsThatWouldBeNarrowedDoNotFit() {
        mismatch(() -> exports.function("one").callInt(1L << 40));
        mismatch(() -> exports.function("one").callInt(1.5));
        mismatch(() -> exports.function("half").callFloat(1.5));
        mismatch(() -> exports.function("negate").call(1f));
        mismatch(() -> exports.function("one").call("1"));
        mismatch(() -> exports.function("one").call((Object) null));
        assertTrue(mismatch(() -> exports.function("one").call("text")).getMessage().contains("text (String)"));
    }

    @Test
    void wrongNumbersOfArgumentsDoNotFit() {
        assertEquals("type mismatch: the function takes 2 arguments, not 1",
                mismatch(() -> exports.function("two").callInt(1)).getMessage());
        mismatch(() -> exports.function("two").callInt());
        mismatch(() -> exports.function("two").callInt(1, 2, 3));
        mismatch(() -> exports.function("negate").callLong(1, 2));
        mismatch(() -> exports.function("zero").call(1));
    }

    @Test
    void aResultOfAnotherTypeDoesNotFit() {
        mismatch(() -> exports.function("one").callLong(1L));
        mismatch(() -> exports.function("sqrt").callInt(1));
        mismatch(() -> exports.function("half").callDouble(1.0));
        mismatch(() -> exports.function("nothing").callInt(1));
        mismatch(() -> exports.function("divmod").callInt(1, 1));
    }

    @Test
    void resultsAsLists() {
        assertEquals(List.of(), exports.function("nothing").call(1));
        assertEquals(List.of(3, 2), exports.function("divmod").call(17, 5));
        assertEquals(List.of("x", 4.0, 3f, 2L, 1), exports.function("all").call(1, 2L, 3f, 4.0, "x"));
        assertEquals(Collections.singletonList(null), exports.function("mixed").call(1, 2L, 3f, 4.0, null));
        List<Object> results = exports.function("divmod").call(17, 5);
        assertThrows(UnsupportedOperationException.class, () -> results.set(0, 1));
    }

    private record DivMod(int quotient, int remainder) {
    }

    private record All(String e, double d, float f, long l, int i) {
    }

    private record TooLong(int quotient, long remainder) {
    }

    private record Picky(int quotient, int remainder) {
        Picky {
            if (quotient == 0) {
                throw new IllegalArgumentException("no quotient");
            }
        }
    }

    @Test
    void resultsAsRecords() {
        assertEquals(new DivMod(3, 2), exports.function("divmod").call(DivMod.class, 17, 5));
        assertEquals(new All("x", 4.0, 3f, 2L, 1), exports.function("all").call(All.class, 1, 2, 3, 4, "x"));
        mismatch(() -> exports.function("divmod").call(TooLong.class, 17, 5));
        mismatch(() -> exports.function("one").call(DivMod.class, 17));
        mismatch(() -> exports.function("all").call(All.class, 1, 2, 3, 4, List.of()));
        assertEquals("no quotient", assertThrows(IllegalArgumentException.class,
                () -> exports.function("divmod").call(Picky.class, 1, 5)).getMessage());
    }

    @Test
    void theOneResultAsAnObjectOfItsClass() {
        assertEquals(-1, exports.function("two").call(Integer.class, 1, 2));
        assertEquals(-1, exports.function("two").call(int.class, 1, 2));
        assertEquals(-1, exports.function("two").call(Number.class, 1, 2));
        assertEquals("x", exports.function("mixed").call(String.class, 1, 2, 3, 4, "x"));
        var record = new DivMod(1, 2);
        assertSame(record, exports.function("mixed").call(DivMod.class, 1, 2, 3, 4, record));
        assertNull(exports.function("mixed").call(String.class, 1, 2, 3, 4, null));
        mismatch(() -> exports.function("mixed").call(String.class, 1, 2, 3, 4, 5));
        mismatch(() -> exports.function("two").call(Long.class, 1, 2));
        mismatch(() -> exports.function("nothing").call(Integer.class, 1));
        mismatch(() -> exports.function("divmod").call(Integer.class, 17, 5));
    }

    @Test
    void methodHandlesHaveTheExactType() throws Throwable {
        var two = exports.function("two").methodHandle();
        assertEquals(MethodType.methodType(int.class, int.class, int.class), two.type());
        assertEquals(-1, (int) two.invokeExact(1, 2));
        var nothing = exports.function("nothing").methodHandle();
        assertEquals(MethodType.methodType(void.class, int.class), nothing.type());
        nothing.invokeExact(1);
        var mixed = exports.function("mixed").methodHandle();
        assertEquals(MethodType.methodType(Object.class, int.class, long.class, float.class, double.class,
                Object.class), mixed.type());
        assertEquals("x", (Object) mixed.invokeExact(1, 2L, 3f, 4.0, (Object) "x"));
        var divmod = exports.function("divmod").methodHandle();
        assertEquals(MethodType.methodType(List.class, int.class, int.class), divmod.type());
        assertEquals(List.of(3, 2), (List<?>) divmod.invokeExact(17, 5));
    }

    @Test
    void referencesGoThroughAsTheyAre() {
        var object = new Object();
        assertSame(object, exports.function("mixed").call(1, 2, 3, 4, object).getFirst());
        Function two = exports.function("two");
        assertSame(two, exports.function("self").call(two).getFirst());
        assertNull(exports.function("self").call((Object) null).getFirst());
        mismatch(() -> exports.function("self").call("not a function"));
    }

    @Test
    void aReferenceOfTheWrongClassForAMethodHandleIsAMismatch() throws Throwable {
        var self = exports.function("self").methodHandle();
        mismatch(() -> self.invoke((Object) "not a function"));
    }

    @Test
    void anExportIsAlwaysTheSameObject() {
        assertSame(exports.function("two"), exports.function("two"));
        assertSame(exports.function("two"), exports.all().get("two"));
        assertEquals(new FunctionType(List.of(NumberType.I32, NumberType.I32), List.of(NumberType.I32)),
                exports.function("two").type());
    }

    @Test
    void moreParametersThanAJavaMethodMayHave() {
        for (int count : new int[] {127, 128, 254, 255, 256, 1000}) {
            var module = new ModuleWriter();
            String longs = "l".repeat(count);
            int last = count - 1;
            int inner = module.function(longs + ":l", "", code -> code.get(0).get(last).op(Opcode.I64_SUB));
            module.export("f", longs + ":l", code -> {
                for (int i = 0; i < count; i++) {
                    code.get(i);
                }
                code.call(inner);
            });
            Object[] arguments = new Object[count];
            Arrays.setAll(arguments, i -> (long) i * i);
            Function function = module.compile().instantiate().exports().function("f");
            assertEquals(-(long) last * last, function.callLong(arguments), count + " parameters");
            if (count > 127) {
                mismatch(function::methodHandle);
            }
        }
    }

    @Test
    void aMethodHandleOfAsManyParametersAsTheJvmCanPass() throws Throwable {
        int most = 253;
        var module = new ModuleWriter();
        module.export("f", "i".repeat(most) + ":i", code -> code.get(most - 1));
        module.export("g", "i".repeat(most + 1) + ":i", code -> code.get(most));
        Exports both = module.compile().instantiate().exports();
        var arguments = new ArrayList<Object>(Collections.nCopies(most, 5));
        assertEquals(5, both.function("f").methodHandle().invokeWithArguments(arguments));
        arguments.add(6);
        assertEquals(6, both.function("g").callInt(arguments.toArray()));
        mismatch(both.function("g")::methodHandle);
    }

    @Test
    void aThousandResults() {
        var module = new ModuleWriter();
        String types = "ilfd".repeat(250);
        int inner = module.function(":" + types, "", code -> {
            for (int i = 0; i < 250; i++) {
                code.i32(i).i64(-i).f32(i / 2f).f64(i / 4.0);
            }
        });
        module.export("f", ":" + types, code -> code.call(inner));
        List<Object> results = module.compile().instantiate().exports().function("f").call();
        assertEquals(1000, results.size());
        assertEquals(List.of(249, -249L, 124.5f, 62.25), results.subList(996, 1000));
    }

    @Test
    void hostFunctionsAreCalledLikeOthers() throws Exception {
        Function length = Function.of(MethodHandles.lookup().findVirtual(String.class, "length",
                MethodType.methodType(int.class)));
        assertEquals(5, length.callInt("hello"));
        Function boxed = Function.of(new FunctionType(List.of(NumberType.I64), List.of(NumberType.I64, NumberType.I32)),
                arguments -> new Object[] {arguments[0], 1});
        assertEquals(List.of(9L, 1), boxed.call(9));
        LinkError error = assertThrows(LinkError.class, () -> Function.of(MethodHandles.lookup().findVirtual(
                String.class, "charAt", MethodType.methodType(char.class, int.class))));
        assertTrue(error.getMessage().contains("char"), error.getMessage());
    }
}
