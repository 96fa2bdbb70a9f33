package dev.jawa.compile.function;

import dev.jawa.compile.bytecode.Bytecode;
import dev.jawa.compile.bytecode.ClassBuilder;
import dev.jawa.compile.bytecode.CodeBuilder;
import dev.jawa.compile.bytecode.Names;
import dev.jawa.compile.tree.Carrier;
import dev.jawa.compile.tree.Expression.Operation;
import dev.jawa.compile.type.GeneratedLoader;
import dev.jawa.model.Opcode;
import dev.jawa.runtime.memory.MemoryAccess;

/**
 * Emits loads and stores straight into the code, in as few of HotSpot's nodes as there is a way.
 *
 * <p>The address is checked against the size less what offset and width need, as one unsigned comparison; since a memory
 * has less than 2 GiB, an address with the top bit set never passes. Variable handles check again, against the array's
 * length, but what is known to be in bounds they alone check, and HotSpot takes that out of loops as any other.
 */
public abstract class MemoryEmitter {
    private static final String UNSAFE_FIELD = "UNSAFE";
    static final String CHECK_INDEX = "checkIndex";
    static final String VAR_HANDLE = "java/lang/invoke/VarHandle";

    /** Pushes memories, and what accesses to them need. */
    interface MemoryLoader {
        void load(MemoryPart part, int memory);

        /** Pushes the memory itself. */
        void loadMemory(int memory);

        default void loadBytes(int memory) {
            load(MemoryPart.ARRAY, memory);
        }

        default void loadSize(int memory) {
            load(MemoryPart.ARRAY_SIZE, memory);
        }

        /** Pushes the size of a memory of either form as a number of 64 bits. */
        void loadLongSize(int memory);
    }

    final CodeBuilder code;
    final MemoryLoader memories;
    final ExpressionEmitter expressions;

    MemoryEmitter(CodeBuilder code, MemoryLoader memories, ExpressionEmitter expressions) {
        this.code = code;
        this.memories = memories;
        this.expressions = expressions;
    }

    /** For memories that are arrays. */
    static MemoryEmitter of(CodeBuilder code, MemoryLoader memories, ExpressionEmitter expressions) {
        return switch (MemoryAccess.current()) {
            case UNSAFE -> new WithUnsafe(code, memories, expressions);
            case VAR_HANDLE -> new WithVarHandles(code, memories, expressions);
        };
    }

    /** For native memories. */
    static MemoryEmitter ofNative(CodeBuilder code, MemoryLoader memories, ExpressionEmitter expressions) {
        return switch (MemoryAccess.current()) {
            case UNSAFE -> new NativeMemoryEmitter.WithUnsafe(code, memories, expressions);
            case VAR_HANDLE -> new NativeMemoryEmitter.WithVarHandles(code, memories, expressions);
        };
    }

    /** For native memories that are in an array unless they are too large. */
    static MemoryEmitter ofArrayOrNative(CodeBuilder code, MemoryLoader memories, ExpressionEmitter expressions) {
        return new NativeMemoryEmitter.InArrays(code, memories, expressions);
    }

    final void loadUnsafe() {
        code.getStatic(expressions.className(), UNSAFE_FIELD, Names.UNSAFE_DESCRIPTOR);
    }

    /** Adds to a class what its code needs. */
    public static void addFields(ClassBuilder builder) {
        if (MemoryAccess.current() == MemoryAccess.UNSAFE) {
            builder.field(ClassBuilder.STATIC | ClassBuilder.FINAL, UNSAFE_FIELD, Names.UNSAFE_DESCRIPTOR);
            builder.method(ClassBuilder.STATIC, "<clinit>", "()V", code -> code
                    .invokeStatic(Names.UNSAFE, "getUnsafe", "()" + Names.UNSAFE_DESCRIPTOR)
                    .putStatic(builder.name(), UNSAFE_FIELD, Names.UNSAFE_DESCRIPTOR).op(Bytecode.RETURN));
        }
    }

    /** Emits a load, whose result is left on the stack. */
    abstract void load(Operation load);

    /** Emits a store. */
    abstract void store(Operation store);

    /**
     * Emits a load or a store of a whole vector, which is on the stack then, by methods of a class for vectors.
     *
     * @param vector the descriptor of the vector
     */
    void vector(Operation access, String className, String vector) {
        arrayIndex(access);
        invoke(access, className, "", "[BI", vector);
    }

    /** Calls one of those methods, for memories of a kind. */
    final void invoke(Operation access, String className, String kind, String place, String vector) {
        boolean loads = access.opcode() == Opcode.V128_LOAD;
        code.invokeStatic(className, (loads ? "load" : "store") + kind,
                loads ? "(" + place + ")" + vector : "(" + vector + place + ")V");
    }

    /** Pushes the array and the index in it that an access is at, which is in bounds. */
    final void arrayIndex(Operation access) {
        memories.loadBytes(access.index());
        long offset = expressions.provedIndex(access) ? access.immediate() + start(access) : checkedAddress(access);
        if (offset != 0) {
            code.constant((int) offset).op(Bytecode.IADD);
        }
    }

    /** Checks an index that is on the stack against a length that is above it. */
    final void checkIndex() {
        code.invokeStatic("java/util/Objects", CHECK_INDEX, "(II)I");
    }

    /** Makes of the bytes that were read, as the JVM's type for them, the value of the instruction. */
    final void widen(Opcode opcode) {
        switch (opcode) {
            case I32_LOAD8_U -> code.constant(0xFF).op(Bytecode.IAND);
            case I64_LOAD8_U -> code.constant(0xFF).op(Bytecode.IAND).op(Bytecode.I2L);
            case I64_LOAD8_S, I64_LOAD16_S, I64_LOAD16_U, I64_LOAD32_S -> code.op(Bytecode.I2L);
            case I64_LOAD32_U -> code.op(Bytecode.I2L).constant(0xFFFF_FFFFL).op(Bytecode.LAND);
            default -> {
            }
        }
    }

    /** Emits the value to store, as the JVM's type for the bytes. */
    final void narrowedValue(Operation store) {
        expressions.value(store.operands()[1]);
        switch (store.opcode()) {
            case I32_STORE8 -> code.op(Bytecode.I2B);
            case I32_STORE16 -> code.op(Bytecode.I2S);
            case I64_STORE8 -> code.op(Bytecode.L2I).op(Bytecode.I2B);
            case I64_STORE16 -> code.op(Bytecode.L2I).op(Bytecode.I2S);
            case I64_STORE32 -> code.op(Bytecode.L2I);
            default -> {
            }
        }
    }

    /** Where an access begins, counted from its offset: a v128 is loaded and stored in parts. */
    static int start(Operation access) {
        return access.secondIndex();
    }

    static String typeName(Operation access) {
        Carrier carrier = switch (access.opcode()) {
            case V128_LOAD -> access.carrier();
            case V128_STORE -> access.operands()[1].carrier();
            default -> Carrier.VOID;
        };
        return carrier == Carrier.FLOAT ? "Float" : carrier == Carrier.INT ? "Int" : typeName(access.opcode());
    }

    /** The JVM type of the bytes, by its name in method names. */
    static String typeName(Opcode opcode) {
        return switch (opcode) {
            case I32_LOAD8_S, I32_LOAD8_U, I64_LOAD8_S, I64_LOAD8_U, I32_STORE8, I64_STORE8 -> "Byte";
            case I32_LOAD16_S, I64_LOAD16_S, I32_STORE16, I64_STORE16 -> "Short";
            case I32_LOAD16_U, I64_LOAD16_U -> "Char";
            case I32_LOAD, I64_LOAD32_S, I64_LOAD32_U, I32_STORE, I64_STORE32 -> "Int";
            case I64_LOAD, I64_STORE, V128_LOAD, V128_STORE -> "Long";
            case F32_LOAD, F32_STORE -> "Float";
            case F64_LOAD, F64_STORE -> "Double";
            default -> throw new IllegalArgumentException(opcode + " is not a scalar memory access");
        };
    }

    static String descriptor(String typeName) {
        return typeName.equals("Long") ? "J" : typeName.substring(0, 1);
    }

    /** Pushes an address in an array, which it checks unless that is known; gives how far from it the bytes begin. */
    final long checkedAddress(Operation access) {
        expressions.value(access.operands()[0]);
        if (access.operands()[0].carrier() == Carrier.LONG) {
            // It has been proved.
            code.op(Bytecode.L2I);
        }
        long offset = access.immediate();
        if (expressions.isInBounds(access)) {
            return offset + start(access);
        }
        long needed = offset + access.opcode().accessBytes() - 1;
        if (offset < 0 || needed < 0 || needed > Integer.MAX_VALUE) {
            // No memory is that large: an index that never passes.
            code.op(Bytecode.POP).constant(-1);
            offset = 0;
            needed = 0;
        }
        expressions.line(access.offset());
        memories.loadSize(access.index());
        if (needed > 0) {
            code.constant((int) needed).op(Bytecode.ISUB);
        }
        checkIndex();
        return offset + start(access);
    }

    /** Accesses by {@code jdk.internal.misc.Unsafe}. */
    private static final class WithUnsafe extends MemoryEmitter {
        private static final long ARRAY_BASE = arrayBase();

        WithUnsafe(CodeBuilder code, MemoryLoader memories, ExpressionEmitter expressions) {
            super(code, memories, expressions);
        }

        /** Where the bytes begin in an array: a generated class may ask, the engine may not. */
        private static long arrayBase() {
            var builder = new ClassBuilder(ClassBuilder.PUBLIC, Names.GENERATED + "ArrayBase", Names.OBJECT);
            builder.field(ClassBuilder.PUBLIC | ClassBuilder.STATIC, "VALUE", "J");
            builder.method(ClassBuilder.STATIC, "<clinit>", "()V", code -> code
                    .getStatic(Names.UNSAFE, "ARRAY_BYTE_BASE_OFFSET", "J")
                    .putStatic(builder.name(), "VALUE", "J").op(Bytecode.RETURN));
            try {
                return new GeneratedLoader().define(builder.build()).getField("VALUE").getLong(null);
            } catch (ReflectiveOperationException e) {
                throw new LinkageError("generated class without its field", e);
            }
        }

        @Override
        void load(Operation load) {
            String type = typeName(load);
            address(load);
            code.invokeVirtual(Names.UNSAFE, "get" + type, "(Ljava/lang/Object;J)" + descriptor(type));
            widen(load.opcode());
        }

        @Override
        void store(Operation store) {
            String type = typeName(store);
            address(store);
            narrowedValue(store);
            code.invokeVirtual(Names.UNSAFE, "put" + type, "(Ljava/lang/Object;J" + descriptor(type) + ")V");
        }

        private void address(Operation access) {
            loadUnsafe();
            memories.loadBytes(access.index());
            if (expressions.provedAddress(access)) {
                code.constant(ARRAY_BASE + access.immediate() + start(access)).op(Bytecode.LADD);
            } else {
                toField(checkedAddress(access));
            }
        }

        /** Makes of an address that is in bounds where the bytes are in the array, as an object with fields. */
        private void toField(long offset) {
            code.op(Bytecode.I2L).constant(ARRAY_BASE + offset).op(Bytecode.LADD);
        }
    }

    /** Accesses by variable handles, in methods of the class that {@code ArrayAccessClass} writes. */
    private static final class WithVarHandles extends MemoryEmitter {
        WithVarHandles(CodeBuilder code, MemoryLoader memories, ExpressionEmitter expressions) {
            super(code, memories, expressions);
        }

        @Override
        void load(Operation load) {
            String type = typeName(load);
            if (type.equals("Byte")) {
                arrayIndex(load);
                code.op(Bytecode.BALOAD);
            } else {
                arrayIndex(load);
                code.invokeStatic(Names.ARRAY_ACCESS, "get" + type, "([BI)" + descriptor(type));
            }
            widen(load.opcode());
        }

        @Override
        void store(Operation store) {
            String type = typeName(store);
            if (type.equals("Byte")) {
                arrayIndex(store);
                narrowedValue(store);
                code.op(Bytecode.BASTORE);
            } else {
                arrayIndex(store);
                narrowedValue(store);
                code.invokeStatic(Names.ARRAY_ACCESS, "set" + type, "([BI" + descriptor(type) + ")V");
            }
        }
    }
}
