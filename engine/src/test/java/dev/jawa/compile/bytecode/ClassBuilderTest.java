package dev.jawa.compile.bytecode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.classfile.ClassFile;
import java.lang.classfile.MethodModel;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClassBuilderTest {
    private static void named(ClassBuilder builder, String name) {
        builder.method(ClassBuilder.STATIC, name, "()V", code -> code.op(Bytecode.RETURN));
    }

    /** A function is cut anew where its pieces had too many names for a class. */
    @Test
    void whatIsForgottenTakesNoRoom() {
        var builder = new ClassBuilder(ClassBuilder.PUBLIC, "Test", Names.OBJECT);
        named(builder, "first");
        ClassBuilder.Mark mark = builder.mark();
        assertThrows(ClassTooLargeException.class, () -> {
            for (int i = 0; i <= 0xFFFF; i++) {
                named(builder, "piece" + i);
            }
        });
        builder.truncate(mark);
        named(builder, "piece7");
        named(builder, "last");
        List<String> methods = ClassFile.of().parse(builder.build()).methods().stream().map(MethodModel::methodName)
                .map(Object::toString).toList();
        assertEquals(List.of("first", "piece7", "last"), methods);
    }
}
