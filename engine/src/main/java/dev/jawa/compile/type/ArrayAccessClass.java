package dev.jawa.compile.type;

import dev.jawa.compile.bytecode.Names;
import dev.jawa.runtime.ModuleInstance;
import dev.jawa.runtime.memory.LargeMemory;
import dev.jawa.runtime.memory.MemoryViews;
import java.lang.classfile.ClassFile;
import java.lang.classfile.Label;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.ArrayLoadInstruction;
import java.lang.classfile.instruction.ArrayStoreInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.DynamicCallSiteDesc;
import java.lang.constant.MethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Writes the class by which generated code reaches arrays when there is no {@code Unsafe}: a static method to get and one
 * to set values of each type, at indices that are known to be in bounds; and two for memories that are not in an array if they
 * are too large for one.
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
    private static final List<ClassDesc> MEMORY =
            List.of(ModuleInstance.class.describeConstable().orElseThrow(), ConstantDescs.CD_int);
    private static final ClassDesc OBJECTS = ClassDesc.of("java.util.Objects");
    private static final ClassDesc LARGE = LargeMemory.class.describeConstable().orElseThrow();
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
                accesses(builder, name, type);
            }
            accesses(builder, "Byte", ConstantDescs.CD_byte);
        });
    }

    /** Methods for memories that are in an array unless they are too large, which have to be asked then. */
    private static void accesses(java.lang.classfile.ClassBuilder builder, String name, ClassDesc type) {
        for (boolean checks : new boolean[] {true, false}) {
            access(builder, "get" + name, type, false, checks);
            access(builder, "set" + name, type, true, checks);
        }
    }

    /**
     * One whose parameters are the array, the address, a value if there is one, the largest address in the array, and the
     * memory; or, where the address is known to be in the memory, the array, an address, an offset from it, a value if there is
     * one, and the memory. Known also means that it is about to be checked: by the store of a value that is being loaded.
     */
    private static void access(java.lang.classfile.ClassBuilder builder, String name, ClassDesc accessed, boolean sets,
            boolean checks) {
        List<ClassDesc> value = sets ? List.of(accessed) : List.of();
        ClassDesc result = sets ? ConstantDescs.CD_void : accessed;
        TypeKind kind = TypeKind.from(accessed);
        List<ClassDesc> limit = checks ? List.of(ConstantDescs.CD_int) : List.of();
        List<ClassDesc> offset = checks ? List.of() : List.of(ConstantDescs.CD_int);
        int first = 3 + offset.size();
        int last = first + (sets ? kind.slotSize() : 0);
        int memory = last + limit.size();
        builder.withMethodBody(checks ? name : name + "Inside", type(result, List.of(BYTES, ConstantDescs.CD_long), offset,
                value, limit, MEMORY), ClassFile.ACC_PUBLIC | ClassFile.ACC_STATIC, code -> {
            Label outside = code.newLabel();
            code.iconst_0().istore(LOCALS);
            if (checks) {
                // Negative if the address or what is left behind it is.
                code.iload(last).i2l().lload(1).lsub().lload(1).lor().lconst_0().lcmp().iflt(outside);
            } else {
                code.aload(0).arraylength().ifeq(outside);
            }
            code.aload(0).lload(1).l2i();
            offset.forEach(_ -> code.iload(3).iadd());
            if (kind == TypeKind.BYTE && !checks && !sets) {
                // What the array throws by itself has no stack trace at last, and might be taken for that of a WebAssembly array.
                code.aload(0).arraylength().invokestatic(OBJECTS, "checkIndex",
                        MethodTypeDesc.of(ConstantDescs.CD_int, ConstantDescs.CD_int, ConstantDescs.CD_int));
            }
            value.forEach(_ -> code.loadLocal(kind, first));
            if (kind == TypeKind.BYTE) {
                code.with(sets ? ArrayStoreInstruction.of(Opcode.BASTORE) : ArrayLoadInstruction.of(Opcode.BALOAD));
            } else {
                code.invokedynamic(DynamicCallSiteDesc.of(LINK, name, type(result, List.of(BYTES, ConstantDescs.CD_int), value)));
            }
            code.return_(TypeKind.from(result)).labelBinding(outside).aload(memory).iload(memory + 1).lload(1);
            offset.forEach(_ -> code.iload(3).i2l().ladd());
            value.forEach(_ -> code.loadLocal(kind, first));
            code.invokestatic(LARGE, name, type(result, MEMORY, List.of(ConstantDescs.CD_long), value))
                    .return_(TypeKind.from(result));
        });
    }

    @SafeVarargs
    private static MethodTypeDesc type(ClassDesc result, List<ClassDesc>... parameters) {
        return MethodTypeDesc.of(result, Arrays.stream(parameters).flatMap(List::stream).toList());
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
