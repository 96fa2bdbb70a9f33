package dev.jawa.compile.type;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.invoke.MethodHandles;
import java.util.List;
import org.junit.jupiter.api.Test;

class ArrayAccessClassTest {
    /** HotSpot's {@code MaxInlineSize}: what is larger C2 calls where it is not called often. */
    private static final int LARGEST_INLINED = 35;
    /** HotSpot's {@code C1InlineStackLimit}: what has more values of its own C1 does not inline. */
    private static final int LARGEST_STACK = 10;

    @Test
    void c1CallsTheMethodsAndC2InlinesThem() {
        List<MethodModel> methods = ClassFile.of().parse(ArrayAccessClass.generate()).methods();
        assertEquals(40, methods.size());
        for (MethodModel method : methods) {
            CodeAttribute code = method.findAttribute(Attributes.code()).orElseThrow();
            assertTrue(code.codeLength() <= LARGEST_INLINED, () -> method.methodName() + ": " + code.codeLength());
            int parameters = method.methodTypeSymbol().parameterList().size() + 1;
            assertTrue(code.maxStack() + code.maxLocals() - parameters > LARGEST_STACK,
                    () -> method.methodName() + ": " + code.maxLocals());
        }
    }

    @Test
    void valuesAreInLittleEndianOrder() throws Throwable {
        Class<?> access = new GeneratedLoader().define(ArrayAccessClass.generate());
        byte[] bytes = {0, 1, 2, 3, 4, 5, 6, 7, (byte) 0x88, 9};
        assertEquals((short) 0x0201, access.getMethod("getShort", byte[].class, int.class).invoke(null, bytes, 1));
        assertEquals((char) 0x8807, access.getMethod("getChar", byte[].class, int.class).invoke(null, bytes, 7));
        assertEquals(0x0403_0201, access.getMethod("getInt", byte[].class, int.class).invoke(null, bytes, 1));
        assertEquals(0x8807_0605_0403_0201L, access.getMethod("getLong", byte[].class, int.class).invoke(null, bytes, 1));
        access.getMethod("setInt", byte[].class, int.class, int.class).invoke(null, bytes, 3, 0x0102_0304);
        assertEquals(0x0102_0304, access.getMethod("getInt", byte[].class, int.class).invoke(null, bytes, 3));
        access.getMethod("setDouble", byte[].class, int.class, double.class).invoke(null, bytes, 2, 1.5);
        assertEquals(1.5, access.getMethod("getDouble", byte[].class, int.class).invoke(null, bytes, 2));
        access.getMethod("setFloat", byte[].class, int.class, float.class).invoke(null, bytes, 6, -2.5f);
        assertEquals(-2.5f, access.getMethod("getFloat", byte[].class, int.class).invoke(null, bytes, 6));
    }

    @Test
    void indicesOutOfBoundsAreNotReached() throws Throwable {
        Class<?> access = new GeneratedLoader().define(ArrayAccessClass.generate());
        var get = MethodHandles.publicLookup().unreflect(access.getMethod("getInt", byte[].class, int.class));
        for (int index : new int[] {-1, 5, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
            assertThrows(IndexOutOfBoundsException.class,
                    () -> get.invoke(new byte[8], index));
        }
    }
}
