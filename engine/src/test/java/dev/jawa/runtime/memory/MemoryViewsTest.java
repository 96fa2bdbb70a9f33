package dev.jawa.runtime.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.CodeAttribute;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryViewsTest {
    /** HotSpot's {@code C1MaxInlineSize}: what is larger C1 calls. */
    private static final int LARGEST_INLINED = 35;

    @Test
    void c1DoesNotInlineAccessesToArrays() throws IOException {
        List<MethodModel> accessors = ClassFile.of().parse(bytes()).methods().stream()
                .filter(method -> method.methodType().stringValue().startsWith("([BI")).toList();
        assertEquals(12, accessors.size());
        for (MethodModel accessor : accessors) {
            int size = accessor.findAttribute(Attributes.code()).map(CodeAttribute::codeLength).orElseThrow();
            assertTrue(size > LARGEST_INLINED, () -> accessor.methodName() + " has " + size + " bytes");
        }
    }

    private static byte[] bytes() throws IOException {
        try (var stream = MemoryViews.class.getResourceAsStream("MemoryViews.class")) {
            return stream.readAllBytes();
        }
    }
}
