package dev.jawa.compile.type;

import dev.jawa.compile.bytecode.Names;
import dev.jawa.runtime.memory.MemoryViews;
import java.lang.classfile.ClassFile;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.DynamicCallSiteDesc;
import java.lang.constant.MethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.List;
import java.util.Locale;

/**
 * Writes the class by which generated code reaches arrays when there is no {@code Unsafe}: a static method to get and one
 * to set values of each type, at indices that are known to be in bounds.
 *
 * <p>C1 must call them: in its code that collects profiles a variable handle takes 15 times as long as in a method that
 * C2 has compiled. C2 must inline them, also where they are rarely called, and as many as it can before a method with
 * all that is inlined has 8,000 bytes. So each method is small, but has more local variables than C1 inlines; and what it
 * calls is a constant call site, which leads to the array by half of the way that a variable handle takes.
 */
final class ArrayAccessClass {
    /** Above HotSpot's {@code C1InlineStackLimit}. */
    private static final int LOCALS = 16;
    private static final List<ClassDesc> TYPES = List.of(ConstantDescs.CD_short, ConstantDescs.CD_char,
            ConstantDescs.CD_int, ConstantDescs.CD_long, ConstantDescs.CD_float, ConstantDescs.CD_double);
    private static final ClassDesc BYTES = ConstantDescs.CD_byte.arrayType();
    private static final DirectMethodHandleDesc LINK = MethodHandleDesc.ofMethod(DirectMethodHandleDesc.Kind.STATIC,
            MemoryViews.class.describeConstable().orElseThrow(), "link",
            MethodTypeDesc.of(ConstantDescs.CD_CallSite, ConstantDescs.CD_MethodHandles_Lookup,
                    ConstantDescs.CD_String, ConstantDescs.CD_MethodType));

    private ArrayAccessClass() {
    }

    static byte[] generate() {
        return ClassFile.of().build(ClassDesc.of(Names.binary(Names.ARRAY_ACCESS)), builder -> {
            builder.withFlags(ClassFile.ACC_PUBLIC | ClassFile.ACC_FINAL);
            for (ClassDesc type : TYPES) {
                String name = type.displayName().substring(0, 1).toUpperCase(Locale.ROOT)
                        + type.displayName().substring(1);
                method(builder, "get" + name, MethodTypeDesc.of(type, BYTES, ConstantDescs.CD_int));
                method(builder, "set" + name,
                        MethodTypeDesc.of(ConstantDescs.CD_void, BYTES, ConstantDescs.CD_int, type));
            }
        });
    }

    private static void method(java.lang.classfile.ClassBuilder builder, String name, MethodTypeDesc type) {
        builder.withMethodBody(name, type, ClassFile.ACC_PUBLIC | ClassFile.ACC_STATIC, code -> {
            code.iconst_0().istore(LOCALS);
            int slot = 0;
            for (ClassDesc parameter : type.parameterList()) {
                TypeKind kind = TypeKind.from(parameter);
                code.loadLocal(kind, slot);
                slot += kind.slotSize();
            }
            code.invokedynamic(DynamicCallSiteDesc.of(LINK, name, type)).return_(TypeKind.from(type.returnType()));
        });
    }
}
