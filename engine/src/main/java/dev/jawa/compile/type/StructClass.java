package dev.jawa.compile.type;

import dev.jawa.compile.bytecode.Bytecode;
import dev.jawa.compile.bytecode.ClassBuilder;
import dev.jawa.compile.bytecode.CodeBuilder;
import dev.jawa.compile.bytecode.Label;
import dev.jawa.compile.bytecode.Names;
import dev.jawa.compile.tree.Carrier;
import dev.jawa.model.DefinedType;
import dev.jawa.model.FieldType;
import dev.jawa.model.PackedType;
import dev.jawa.model.ReferenceType;
import dev.jawa.model.StorageType;
import dev.jawa.model.StructType;
import dev.jawa.model.ValueType;
import dev.jawa.model.VectorType;
import java.util.List;
import java.util.function.ObjIntConsumer;

/** Writes the class of a struct type. It has fields for those that the type adds to its supertype's. */
public final class StructClass {
    private static final String READ = "(I)Ljava/lang/Object;";
    private static final String WRITE = "(ILjava/lang/Object;)V";
    private static final String DESCRIPTOR = "descriptor";
    /** So many fields are read or written by one method, so that it is within what the JVM compiles. */
    private static final int CHUNK = 256;

    private StructClass() {
    }

    /** The name of a field. */
    public static String field(int index) {
        return "f" + index;
    }

    /** The descriptor of a field; that of an inherited one may be of a wider type than the field has here. */
    public static String descriptor(DefinedType type, int index) {
        DefinedType owner = type;
        while (owner.supertype().isPresent() && index < fields(owner.supertype().get()).size()) {
            owner = owner.supertype().get();
        }
        return switch (fields(owner).get(index).storage()) {
            case PackedType.I8 -> "B";
            case PackedType.I16 -> "S";
            case ReferenceType reference -> Names.descriptor(ReferenceClasses.of(reference.heapType()));
            case ValueType value -> carrier(value).descriptor();
        };
    }

    /** The fields of a struct type. */
    public static List<FieldType> fields(DefinedType type) {
        return ((StructType) type.type()).fields();
    }

    /** Sets a field; the object and the value are on the stack. */
    public static void putField(CodeBuilder code, DefinedType type, int index) {
        pack(code, fields(type).get(index).storage());
        String descriptor = descriptor(type, index);
        if (descriptor.startsWith("L")) {
            code.castTo(descriptor.substring(1, descriptor.length() - 1));
        }
        code.putField(AggregateClasses.name(type), field(index), descriptor);
    }

    /** The carrier of what holds values of a type; vectors are held as objects. */
    private static Carrier carrier(StorageType type) {
        return type instanceof VectorType ? Carrier.REFERENCE : Carrier.of(type.unpacked());
    }

    /** Narrows the i32 on top of the stack, if it is to be stored as a packed integer. */
    public static void pack(CodeBuilder code, StorageType type) {
        if (type instanceof PackedType packed) {
            code.op(packed == PackedType.I8 ? Bytecode.I2B : Bytecode.I2S);
        }
    }

    static byte[] generate(DefinedType type) {
        String superclass = type.supertype().map(AggregateClasses::name).orElse(Names.STRUCT_INSTANCE);
        List<FieldType> fields = fields(type);
        int inherited = type.supertype().map(above -> fields(above).size()).orElse(0);
        int flags = type.definition().isFinal() ? ClassBuilder.PUBLIC | ClassBuilder.FINAL : ClassBuilder.PUBLIC;
        var builder = new ClassBuilder(flags, AggregateClasses.name(type), superclass);
        for (int i = inherited; i < fields.size(); i++) {
            builder.field(ClassBuilder.PUBLIC, field(i), descriptor(type, i));
        }
        builder.method(ClassBuilder.PUBLIC, "<init>", "()V", code -> code.load('A', 0)
                .invokeSpecial(superclass, "<init>", "()V").op(Bytecode.RETURN));
        builder.method(ClassBuilder.PUBLIC, "position", "()I",
                code -> code.constant(type.position()).op(Bytecode.IRETURN));
        if (hasDescriptor(type) && !type.supertype().map(StructClass::hasDescriptor).orElse(false)) {
            describe(builder);
        }
        if (inherited < fields.size()) {
            perField(builder, superclass, "read", READ, inherited, fields.size(),
                    (code, field) -> read(code, type, field));
            perField(builder, superclass, "write", WRITE, inherited, fields.size(),
                    (code, field) -> write(code, type, field));
        }
        return builder.build();
    }

    private static boolean hasDescriptor(DefinedType type) {
        return type.definition().descriptor().isPresent();
    }

    /** The descriptor is a field, of the first type on the way down that has one. */
    private static void describe(ClassBuilder builder) {
        String object = Names.descriptor(Names.OBJECT);
        builder.field(0, DESCRIPTOR, object);
        builder.method(ClassBuilder.PUBLIC, "descriptor", "()" + object,
                code -> code.load('A', 0).getField(builder.name(), DESCRIPTOR, object).op(Bytecode.ARETURN));
        builder.method(ClassBuilder.PUBLIC, "describe", "(" + object + ")V",
                code -> code.load('A', 0).load('A', 1).putField(builder.name(), DESCRIPTOR, object)
                        .op(Bytecode.RETURN));
    }

    private static Carrier carrier(DefinedType type, int field) {
        return carrier(fields(type).get(field).storage());
    }

    private static void read(CodeBuilder code, DefinedType type, int field) {
        code.load('A', 0).getField(AggregateClasses.name(type), field(field), descriptor(type, field));
        Boxing.box(code, carrier(type, field));
        code.op(Bytecode.ARETURN);
    }

    private static void write(CodeBuilder code, DefinedType type, int field) {
        code.load('A', 0).load('A', 2);
        Boxing.unbox(code, carrier(type, field));
        putField(code, type, field);
        code.op(Bytecode.RETURN);
    }

    /** A method whose first parameter says which field it is about; the superclass knows the fields it has. */
    private static void perField(ClassBuilder builder, String superclass, String name, String descriptor, int start,
            int end, ObjIntConsumer<CodeBuilder> body) {
        for (int chunk = start; chunk == start || chunk < end; chunk += CHUNK) {
            int low = chunk;
            int high = Math.min(end, low + CHUNK);
            String method = low == start ? name : name + low;
            String rest = high < end ? name + high : name;
            builder.method(ClassBuilder.PUBLIC, method, descriptor, code -> {
                Label[] labels = new Label[high - low];
                java.util.Arrays.setAll(labels, _ -> new Label());
                var otherwise = new Label();
                if (labels.length > 0) {
                    code.load('I', 1).tableSwitch(low, labels, otherwise);
                    for (int i = 0; i < labels.length; i++) {
                        body.accept(code.bind(labels[i]), low + i);
                    }
                    code.bind(otherwise);
                }
                otherwise(code, builder.name(), superclass, rest, descriptor);
            });
        }
    }

    private static void otherwise(CodeBuilder code, String owner, String superclass, String method, String descriptor) {
        code.load('A', 0).load('I', 1);
        if (descriptor.equals(WRITE)) {
            code.load('A', 2);
        }
        if (method.equals("read") || method.equals("write")) {
            code.invokeSpecial(superclass, method, descriptor);
        } else {
            code.invokeVirtual(owner, method, descriptor);
        }
        code.op(descriptor.equals(WRITE) ? Bytecode.RETURN : Bytecode.ARETURN);
    }
}
