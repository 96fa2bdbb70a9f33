package dev.jawa.compile.type;

import dev.jawa.compile.bytecode.Bytecode;
import dev.jawa.compile.bytecode.ClassBuilder;
import dev.jawa.compile.bytecode.CodeBuilder;
import dev.jawa.compile.bytecode.Names;
import dev.jawa.compile.tree.Carrier;
import dev.jawa.model.ArrayType;
import dev.jawa.model.DefinedType;
import dev.jawa.model.NumberType;
import dev.jawa.model.PackedType;
import dev.jawa.model.ReferenceType;
import dev.jawa.model.StorageType;
import dev.jawa.model.VectorType;

/** Writes the class of an array type, with a static method {@code create} for each way to make one. */
public final class ArrayClass {
    /** The field of an array that holds the Java array. */
    public static final String ELEMENTS = "elements";

    private static final String INSTANCE = Names.descriptor(Names.MODULE_INSTANCE);

    /** What arrays of elements of one JVM type have in common. */
    public enum Kind {
        BYTE("OfByte", "[B", Carrier.INT, Bytecode.BALOAD, Bytecode.BASTORE, 1),
        SHORT("OfShort", "[S", Carrier.INT, Bytecode.SALOAD, Bytecode.SASTORE, 2),
        INT("OfInt", "[I", Carrier.INT, Bytecode.IALOAD, Bytecode.IASTORE, 4),
        LONG("OfLong", "[J", Carrier.LONG, Bytecode.LALOAD, Bytecode.LASTORE, 8),
        FLOAT("OfFloat", "[F", Carrier.FLOAT, Bytecode.FALOAD, Bytecode.FASTORE, 4),
        DOUBLE("OfDouble", "[D", Carrier.DOUBLE, Bytecode.DALOAD, Bytecode.DASTORE, 8),
        REFERENCE("OfReference", "[Ljava/lang/Object;", Carrier.REFERENCE, -1, Bytecode.AASTORE, 0),
        VECTOR("OfVector", "[Ljava/lang/Object;", Carrier.REFERENCE, -1, Bytecode.AASTORE, 16);

        private final String superclass;
        private final String descriptor;
        private final Carrier carrier;
        private final int load;
        private final int store;
        private final int bytes;

        Kind(String superclass, String descriptor, Carrier carrier, int load, int store, int bytes) {
            this.superclass = Names.ARRAY_INSTANCE + "$" + superclass;
            this.descriptor = descriptor;
            this.carrier = carrier;
            this.load = load;
            this.store = store;
            this.bytes = bytes;
        }

        public static Kind of(DefinedType type) {
            return of(storage(type));
        }

        private static Kind of(StorageType type) {
            return switch (type) {
                case PackedType.I8 -> BYTE;
                case PackedType.I16 -> SHORT;
                case NumberType.I32 -> INT;
                case NumberType.I64 -> LONG;
                case NumberType.F32 -> FLOAT;
                case NumberType.F64 -> DOUBLE;
                case ReferenceType _ -> REFERENCE;
                case VectorType _ -> VECTOR;
            };
        }

        /** The class of the engine that has the Java array. */
        public String superclass() {
            return superclass;
        }

        /** The descriptor of the Java array. */
        public String descriptor() {
            return descriptor;
        }

        /** How elements are passed. */
        public Carrier carrier() {
            return carrier;
        }

        /** Loads an element; the Java array and the index are on the stack. */
        public void load(CodeBuilder code) {
            if (carrier == Carrier.REFERENCE) {
                code.loadElement(Names.OBJECT);
            } else {
                code.op(load);
            }
        }

        /** Stores an element; the Java array, the index and the value are on the stack. */
        public void store(CodeBuilder code) {
            code.op(store);
        }
    }

    private ArrayClass() {
    }

    /** The type of an array type's elements. */
    public static StorageType storage(DefinedType type) {
        return ((ArrayType) type.type()).field().storage();
    }

    /** The descriptor of {@code create} with a value for all elements and the length. */
    public static String filled(Kind kind, String name) {
        return "(" + kind.carrier().descriptor() + "I)" + Names.descriptor(name);
    }

    /** The descriptor of {@code create} with the length alone. */
    public static String empty(String name) {
        return "(I)" + Names.descriptor(name);
    }

    /** The descriptor of {@code create} with a place in a segment, the length, the instance and the segment. */
    public static String fromSegment(String name) {
        return "(II" + INSTANCE + "I)" + Names.descriptor(name);
    }

    static byte[] generate(DefinedType type) {
        Kind kind = Kind.of(type);
        String name = AggregateClasses.name(type);
        String superclass = type.supertype().map(AggregateClasses::name).orElse(kind.superclass());
        int flags = type.definition().isFinal() ? ClassBuilder.PUBLIC | ClassBuilder.FINAL : ClassBuilder.PUBLIC;
        var builder = new ClassBuilder(flags, name, superclass);
        builder.method(ClassBuilder.PUBLIC, "<init>", "(I)V", code -> code.load('A', 0).load('I', 1)
                .invokeSpecial(superclass, "<init>", "(I)V").op(Bytecode.RETURN));
        builder.method(ClassBuilder.PUBLIC, "position", "()I",
                code -> code.constant(type.position()).op(Bytecode.IRETURN));
        int factory = ClassBuilder.PUBLIC | ClassBuilder.STATIC;
        builder.method(factory, "create", empty(name), code -> code
                .newInstance(name, "(I)V", () -> code.load('I', 0)).op(Bytecode.ARETURN));
        builder.method(factory, "create", filled(kind, name), code -> {
            code.newInstance(name, "(I)V", () -> code.load('I', kind.carrier().slots()))
                    .dup().constant(0).load(kind.carrier().kind(), 0).load('I', kind.carrier().slots())
                    .invokeVirtual(kind.superclass(), "fill", "(I" + kind.carrier().descriptor() + "I)V")
                    .op(Bytecode.ARETURN);
        });
        builder.method(factory, "create", fromSegment(name), code -> fromSegment(code, name, kind));
        return builder.build();
    }

    private static void fromSegment(CodeBuilder code, String name, Kind kind) {
        code.load('I', 0).load('I', 1).load('A', 2).load('I', 3);
        if (kind == Kind.REFERENCE) {
            code.invokeStatic(Names.ARRAY_INSTANCE, "checkElements", "(II" + INSTANCE + "I)V");
        } else {
            code.constant(kind.bytes).invokeStatic(Names.ARRAY_INSTANCE, "checkData", "(II" + INSTANCE + "II)V");
        }
        code.newInstance(name, "(I)V", () -> code.load('I', 1)).dup()
                .constant(0).load('I', 0).load('I', 1).load('A', 2).load('I', 3)
                .invokeVirtual(name, kind == Kind.REFERENCE ? "initElements" : "initData", "(III" + INSTANCE + "I)V")
                .op(Bytecode.ARETURN);
    }
}
