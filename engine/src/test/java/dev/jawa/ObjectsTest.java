package dev.jawa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jawa.RuntimeError.Kind;
import dev.jawa.binary.ModuleBytes;
import dev.jawa.model.FunctionType;
import java.lang.ref.WeakReference;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Structs, arrays and i31 as Java hosts see them. */
class ObjectsTest {
    private static final int POINT = 0;
    private static final int NODE = 1;
    private static final int SHORTS = 2;

    /*
     * (type $point (sub (struct (field $x (mut i32)) (field $y (mut f64)) (field $tag i8))))
     * (type $node (sub final $point (struct (field (mut i32)) (field (mut f64)) (field i8)
     *     (field $next (mut (ref null $point))))))
     * (type $shorts (array (mut i16)))
     * (import "host" "visit" (func $visit (param (ref $point)) (result i31ref)))
     * (func (export "x") (param (ref null $point)) (result i32) (struct.get $point $x (local.get 0)))
     * (func $make (export "make") (param i32) (result (ref $point))
     *     (struct.new $point (local.get 0) (f64.const 2.5) (i32.const -1)))
     * (func (export "last") (param (ref null $shorts)) (result i32)
     *     (array.get_u $shorts (local.get 0) (i32.sub (array.len (local.get 0)) (i32.const 1))))
     * (func (export "same") (param anyref) (result anyref) (local.get 0))
     * (func (export "down") (param anyref) (result (ref $node)) (ref.cast (ref $node) (local.get 0)))
     * (func (export "visit") (param i32) (result i31ref) (call $visit (call $make (local.get 0))))
     */
    private static byte[] bytes() {
        var types = "0A"
                + "50 00 5F 03 7F 01 7C 01 78 00"
                + "4F 01 00 5F 04 7F 01 7C 01 78 00 63 00 01"
                + "5E 77 01"
                + "60 01 64 00 01 6C"
                + "60 01 63 00 01 7F"
                + "60 01 7F 01 64 00"
                + "60 01 63 02 01 7F"
                + "60 01 6E 01 6E"
                + "60 01 6E 01 64 01"
                + "60 01 7F 01 6C";
        var exports = ModuleBytes.bytes().number(6);
        String[] names = {"x", "make", "last", "same", "down", "visit"};
        for (int i = 0; i < names.length; i++) {
            exports.name(names[i]).hex("00").number(i + 1);
        }
        var code = ModuleBytes.bytes().number(6)
                .sized(ModuleBytes.parse("00 20 00 FB 02 00 00 0B"))
                .sized(ModuleBytes.parse("00 20 00 44 0000000000000440 41 7F FB 00 00 0B"))
                .sized(ModuleBytes.parse("00 20 00 20 00 FB 0F 41 01 6B FB 0D 02 0B"))
                .sized(ModuleBytes.parse("00 20 00 0B"))
                .sized(ModuleBytes.parse("00 20 00 FB 16 01 0B"))
                .sized(ModuleBytes.parse("00 20 00 10 02 10 00 0B"));
        var typeNames = ModuleBytes.bytes().hex("02 00").name("point").hex("01").name("node").toArray();
        var fieldNames = ModuleBytes.bytes().hex("02 00 03")
                .hex("00").name("x").hex("01").name("y").hex("02").name("tag")
                .hex("01 01 03").name("next").toArray();
        return ModuleBytes.module()
                .section(1, types)
                .section(2, ModuleBytes.bytes().number(1).name("host").name("visit").hex("00 03"))
                .section(3, "06 04 05 06 07 08 09")
                .section(7, exports)
                .section(10, code)
                .section(0, ModuleBytes.bytes().name("name").hex("04").sized(typeNames).hex("0A").sized(fieldNames))
                .toArray();
    }

    private static final Module MODULE = Module.compile(bytes());

    private static Exports exports(Module module, HostFunction visit) {
        return module.instantiate(Imports.builder().function("host", "visit", visit).build()).exports();
    }

    private static final Exports EXPORTS = exports(MODULE, _ -> null);

    private static Object call(String name, Object argument) {
        return EXPORTS.function(name).call(argument).getFirst();
    }

    private static void assertKind(Kind kind, String message, Runnable action) {
        var error = assertThrows(RuntimeError.class, action::run);
        assertEquals(kind, error.kind());
        assertTrue(error.getMessage().contains(message), error::getMessage);
    }

    @Test
    void structOfWebAssembly() {
        var point = (Struct) call("make", 7);
        assertSame(MODULE.type(POINT), point.type());
        assertEquals(3, point.size());
        assertEquals(List.of(7, 2.5, -1), List.of(point.field(0), point.field(1), point.field(2)));
        point.field(0, 8);
        assertEquals(8, call("x", point));
    }

    @Test
    void structOfJava() {
        Struct point = Struct.of(MODULE.type(POINT), 3, 4.0, 0x1FF);
        assertEquals(3, call("x", point));
        assertEquals(-1, point.field(2));
        Struct node = Struct.of(MODULE.type(NODE), 5, 6.0, 0, point);
        assertEquals(5, call("x", node));
        assertSame(point, node.field(3));
        node.field(3, null);
        assertNull(node.field(3));
    }

    @Test
    void fieldsByName() {
        StructDefinition node = MODULE.struct("node");
        assertEquals(List.of("next"), node.fieldNames());
        StructDefinition point = MODULE.struct("point");
        assertEquals(List.of("x", "y", "tag"), point.fieldNames());
        Struct struct = node.create(1, 2.0, 3, null);
        point.field(struct, "y", 9.5);
        assertEquals(9.5, point.field(struct, "y"));
        assertThrows(LinkError.class, () -> point.field(struct, "next"));
        assertKind(Kind.TYPE_MISMATCH, "another type", () -> node.field(point.create(1, 2.0, 3), "next"));
        assertThrows(LinkError.class, () -> MODULE.struct("shorts"));
        assertThrows(LinkError.class, () -> MODULE.struct(SHORTS));
        assertThrows(LinkError.class, () -> MODULE.type(-1));
    }

    @Test
    void structsRefuseWhatDoesNotFit() {
        Struct point = Struct.of(MODULE.type(POINT), 3, 4.0, 5);
        assertKind(Kind.TYPE_MISMATCH, "constant", () -> point.field(2, 1));
        assertKind(Kind.TYPE_MISMATCH, "no field 3", () -> point.field(3));
        assertKind(Kind.TYPE_MISMATCH, "not of type i32", () -> point.field(0, "x"));
        assertKind(Kind.TYPE_MISMATCH, "3 fields, not 1", () -> Struct.of(MODULE.type(POINT), 3));
        assertKind(Kind.TYPE_MISMATCH, "not a struct", () -> Struct.of(MODULE.type(SHORTS), 3));
        assertKind(Kind.TYPE_MISMATCH, "not of type", () -> Struct.of(MODULE.type(NODE), 1, 2.0, 3, "x"));
        assertKind(Kind.TYPE_MISMATCH, "not of type", () -> call("x", "a string"));
        assertKind(Kind.TYPE_MISMATCH, "not of type", () -> call("x", Array.of(MODULE.type(SHORTS))));
    }

    @Test
    void methodHandlesRefuseWhatDoesNotFit() {
        var x = EXPORTS.function("x").methodHandle();
        assertKind(Kind.TYPE_MISMATCH, "not of type", () -> {
            try {
                int unused = (int) x.invokeExact((Object) "a string");
            } catch (RuntimeError e) {
                throw e;
            } catch (Throwable e) {
                throw new AssertionError(e);
            }
        });
    }

    @Test
    void arrays() {
        Array shorts = Array.of(MODULE.type(SHORTS), 1, 2, 0xFFFF);
        assertEquals(0xFFFF, call("last", shorts));
        assertEquals(-1, shorts.element(2));
        shorts.element(2, 12);
        assertEquals(12, call("last", shorts));
        assertEquals(9, call("last", Array.filled(MODULE.type(SHORTS), 1000, 9)));
        assertKind(Kind.ARRAY_OUT_OF_BOUNDS, "out of bounds array access", () -> shorts.element(3));
        assertKind(Kind.ARRAY_OUT_OF_BOUNDS, "out of bounds array access", () -> shorts.element(-1, 0));
        assertKind(Kind.ARRAY_OUT_OF_BOUNDS, "out of bounds array access",
                () -> call("last", Array.of(MODULE.type(SHORTS))));
        assertKind(Kind.OUT_OF_MEMORY, "out of memory", () -> Array.filled(MODULE.type(SHORTS), -1, 0));
        assertKind(Kind.TYPE_MISMATCH, "not an array", () -> Array.of(MODULE.type(POINT)));
    }

    @Test
    void trapsSayWhichReferenceIsNull() {
        assertKind(Kind.NULL_REFERENCE, "null structure reference", () -> call("x", null));
        assertKind(Kind.NULL_REFERENCE, "null array reference", () -> call("last", null));
        // Even where HotSpot gives up stack traces, the kind stays.
        for (int i = 0; i < 50_000; i++) {
            assertKind(Kind.NULL_REFERENCE, "null ", () -> call("x", null));
            assertKind(Kind.CAST_FAILURE, "cast failure", () -> call("down", EXPORTS));
        }
    }

    @Test
    void casts() {
        Struct node = Struct.of(MODULE.type(NODE), 1, 2.0, 3, null);
        assertSame(node, call("down", node));
        assertKind(Kind.CAST_FAILURE, "cast failure", () -> call("down", null));
        assertKind(Kind.CAST_FAILURE, "cast failure", () -> call("down", Struct.of(MODULE.type(POINT), 1, 2.0, 3)));
        assertKind(Kind.CAST_FAILURE, "cast failure", () -> call("down", new I31(1)));
    }

    @Test
    void objectsOfTheHostGoThroughAnyref() {
        var object = new Object();
        assertSame(object, call("same", object));
        assertEquals(new I31(-5), call("same", new I31(-5)));
        assertKind(Kind.TYPE_MISMATCH, "31 bits", () -> new I31(1 << 30));
    }

    @Test
    void hostFunctionsGetAndGiveObjects() {
        Exports exports = exports(MODULE, arguments -> new I31((int) ((Struct) arguments[0]).field(0) + 1));
        assertEquals(List.of(new I31(42)), exports.function("visit").call(41));
        Exports wrong = exports(MODULE, _ -> 42);
        assertKind(Kind.TYPE_MISMATCH, "not of type i31ref", () -> wrong.function("visit").call(41));
    }

    // (func (export "a") (param i32) (result i32) (array.len (array.new_default (array i64) (local.get 0))))
    @Test
    void arraysThatAreTooLarge() {
        Function length = Module.compile(ModuleBytes.module()
                .section(1, "02 5E 7E 01 60 01 7F 01 7F")
                .section(3, "01 01")
                .section(7, "01 01 61 00 00")
                .section(10, "01 09 00 20 00 FB 07 00 FB 0F 0B").toArray())
                .instantiate().exports().function("a");
        assertEquals(1000, length.callInt(1000));
        assertKind(Kind.OUT_OF_MEMORY, "out of memory", () -> length.callInt(-1));
        assertKind(Kind.OUT_OF_MEMORY, "out of memory", () -> length.callInt(Integer.MAX_VALUE));
    }

    // (rec (type (func (param i32) (result i32))) (type (struct)))
    // (import "a" "b" (func (type 0))) (export "a" (func 0))
    @Test
    void importsOfFunctionTypesInGroups() {
        Module module = Module.compile(ModuleBytes.module()
                .section(1, "01 4E 02 60 01 7F 01 7F 5F 00")
                .section(2, "01 01 61 01 62 00 00")
                .section(7, "01 01 61 00 00").toArray());
        HostFunction twice = arguments -> 2 * (int) arguments[0];
        Exports exports = module.instantiate(Imports.builder().function("a", "b", twice).build()).exports();
        assertEquals(42, exports.function("a").callInt(21));
        // The same parameters and results outside the group are another type.
        var type = (FunctionType) module.imports().getFirst().type();
        Imports other = Imports.builder().function("a", "b", Function.of(type, twice)).build();
        assertThrows(LinkError.class, () -> module.instantiate(other));
    }

    @Test
    void typesAreCanonical() {
        Module second = Module.compile(bytes());
        assertNotSame(MODULE, second);
        assertSame(MODULE.type(NODE), second.type(NODE));
        Exports other = exports(second, _ -> null);
        assertEquals(4, other.function("x").callInt(Struct.of(MODULE.type(NODE), 4, 0.0, 0, null)));
    }

    // A struct of 700 fields in two types, made, read and written by compiled code: (field (mut i32)) each.
    @Test
    void manyFields() {
        int fields = 700;
        var types = ModuleBytes.bytes().hex("04 50 00 5F").number(300).repeat(300, (byte) 0x7F, (byte) 1)
                .hex("50 01 00 5F").number(fields).repeat(fields, (byte) 0x7F, (byte) 1)
                .hex("60 00 01 64 01").hex("5E 7F 01");
        var body = ModuleBytes.bytes().hex("00");
        for (int i = 0; i < fields; i++) {
            body.hex("41").add(signed(i));
        }
        body.hex("FB 00 01 0B");
        var array = ModuleBytes.bytes().hex("00");
        for (int i = 0; i < fields; i++) {
            array.hex("41").add(signed(i));
        }
        array.hex("FB 08 03").number(fields).hex("FB 0F FB 07 03 1A FB 01 01 0B");
        Module module = Module.compile(ModuleBytes.module()
                .section(1, types)
                .section(3, "02 02 02")
                .section(7, "02 01 61 00 00 01 62 00 01")
                .section(10, ModuleBytes.bytes().number(2).sized(body.toArray()).sized(array.toArray()))
                .toArray());
        Exports exports = module.instantiate().exports();
        var struct = (Struct) exports.function("a").call().getFirst();
        for (int i = 0; i < fields; i++) {
            assertEquals(i, struct.field(i));
            struct.field(i, -i);
            assertEquals(-i, struct.field(i));
        }
        assertInstanceOf(Struct.class, exports.function("b").call().getFirst());
        Object[] values = new Object[fields];
        Arrays.setAll(values, i -> i * 3);
        assertEquals(3 * 699, Struct.of(module.type(1), values).field(699));
    }

    /** A signed LEB128 of two bytes. */
    private static byte[] signed(int value) {
        return new byte[] {(byte) (value & 0x7F | 0x80), (byte) (value >> 7)};
    }

    @Test
    void classesAreUnloaded() throws InterruptedException {
        WeakReference<ClassLoader> loader = loaderOfStruct();
        for (int i = 0; i < 50 && loader.get() != null; i++) {
            System.gc();
            Thread.sleep(20);
            // Types that are gone are forgotten when others come.
            Module.compile(bytes());
        }
        assertFalse(loader.get() != null);
    }

    private static WeakReference<ClassLoader> loaderOfStruct() {
        // A type that no other test has.
        Module module = Module.compile(ModuleBytes.module()
                .section(1, "02 5F 03 7D 01 7D 00 78 01 60 00 01 64 00")
                .section(3, "01 01")
                .section(7, "01 01 61 00 00")
                .section(10, "01 05 00 FB 01 00 0B").toArray());
        var struct = (Struct) module.instantiate().exports().function("a").call().getFirst();
        assertEquals(0f, struct.field(0));
        return new WeakReference<>(struct.getClass().getClassLoader());
    }
}
