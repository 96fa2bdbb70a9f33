package dev.jawa.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.CodeAttribute;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TableInstanceTest {
    /** HotSpot's {@code MaxInlineSize}: what is larger C2 calls where it is not called often. */
    private static final int LARGEST_INLINED = 35;
    private static final Set<String> LOOKUP = Set.of("callee", "elementOrNull");

    @Test
    void hotSpotInlinesTheLookupOfCallees() throws IOException {
        List<MethodModel> lookup;
        try (var stream = TableInstance.class.getResourceAsStream("TableInstance.class")) {
            lookup = ClassFile.of().parse(stream.readAllBytes()).methods().stream()
                    .filter(method -> LOOKUP.contains(method.methodName().stringValue())).toList();
        }
        assertEquals(3, lookup.size());
        for (MethodModel method : lookup) {
            int size = method.findAttribute(Attributes.code()).map(CodeAttribute::codeLength).orElseThrow();
            assertTrue(size <= LARGEST_INLINED, () -> method.methodName() + " has " + size + " bytes");
        }
    }
}
