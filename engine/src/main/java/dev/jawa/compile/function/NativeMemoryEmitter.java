package dev.jawa.compile.function;

import dev.jawa.compile.bytecode.Bytecode;
import dev.jawa.compile.bytecode.CodeBuilder;
import dev.jawa.compile.bytecode.Names;
import dev.jawa.compile.tree.Expression.Operation;
import java.util.Locale;

/**
 * Emits loads from and stores to native memories.
 *
 * <p>With {@code Unsafe} the address, as an unsigned number of 64 bits, is checked against the size less what offset
 * and width need: a memory has far less than 2^63 bytes, so what would be negative never passes. With variable
 * handles, the memory segment checks the sum of address and offset.
 */
public abstract class NativeMemoryEmitter extends MemoryEmitter {
    private NativeMemoryEmitter(CodeBuilder code, MemoryLoader memories, ExpressionEmitter expressions) {
        super(code, memories, expressions);
    }

    /** Accesses by {@code jdk.internal.misc.Unsafe}. */
    static final class WithUnsafe extends NativeMemoryEmitter {
        WithUnsafe(CodeBuilder code, MemoryLoader memories, ExpressionEmitter expressions) {
            super(code, memories, expressions);
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

        @Override
        void vector(Operation access, String className, String vector) {
            place(access);
            invoke(access, className, "Native", "J", vector);
        }

        private void address(Operation access) {
            loadUnsafe();
            code.op(Bytecode.ACONST_NULL);
            place(access);
        }

        /** Pushes where the bytes are that an access is at, which is in bounds. */
        private void place(Operation access) {
            long offset = access.immediate();
            if (expressions.provedAddress(access)) {
                toBytes(access);
                return;
            }
            expressions.unsigned(access.operands()[0]);
            if (expressions.isInBounds(access)) {
                toBytes(access);
                return;
            }
            long needed = offset + access.opcode().accessBytes() - 1;
            if (offset < 0 || needed < 0) {
                // No memory is that large: an index that never passes.
                code.pop1().constant(-1L);
                needed = 0;
            }
            expressions.line(access.offset());
            memories.load(MemoryPart.SIZE, access.index());
            if (needed > 0) {
                code.constant(needed).op(Bytecode.LSUB);
            }
            code.invokeStatic("java/util/Objects", CHECK_INDEX, "(JJ)J");
            toBytes(access);
        }

        /** Makes of an address that is in bounds where the bytes are. */
        private void toBytes(Operation access) {
            memories.load(MemoryPart.ADDRESS, access.index());
            code.op(Bytecode.LADD);
            long offset = access.immediate() + start(access);
            if (offset > 0) {
                code.constant(offset).op(Bytecode.LADD);
            }
        }
    }

    /** Accesses by variable handles. */
    static final class WithVarHandles extends NativeMemoryEmitter {
        private static final String SEGMENT = MemoryPart.SEGMENT.descriptor();

        WithVarHandles(CodeBuilder code, MemoryLoader memories, ExpressionEmitter expressions) {
            super(code, memories, expressions);
        }

        @Override
        void load(Operation load) {
            String type = typeName(load);
            index(load, type);
            expressions.line(load.offset());
            code.invokeVirtual(VAR_HANDLE, "get", "(" + SEGMENT + "J)" + descriptor(type));
            widen(load.opcode());
        }

        @Override
        void store(Operation store) {
            String type = typeName(store);
            index(store, type);
            narrowedValue(store);
            expressions.line(store.offset());
            code.invokeVirtual(VAR_HANDLE, "set", "(" + SEGMENT + "J" + descriptor(type) + ")V");
        }

        private void index(Operation access, String type) {
            code.getStatic(Names.MEMORY_VIEWS, "NATIVE_" + type.toUpperCase(Locale.ROOT), "L" + VAR_HANDLE + ";");
            memories.load(MemoryPart.SEGMENT, access.index());
            expressions.effectiveAddress(access);
        }
    }

    /**
     * Accesses to memories that are in an array unless they are too large for one, by methods that find out: also for those
     * that are known to be in bounds. But the rounds of a loop that has been proved are known to be in the array, since what
     * they were checked against is the size of the array, or 0.
     */
    static final class InArrays extends NativeMemoryEmitter {
        private static final String PLACE = Names.descriptor(Names.MODULE_INSTANCE) + "I)";
        private final MemoryEmitter proved;

        InArrays(CodeBuilder code, MemoryLoader memories, ExpressionEmitter expressions) {
            super(code, memories, expressions);
            proved = MemoryEmitter.of(code, memories, expressions);
        }

        @Override
        void load(Operation load) {
            if (expressions.isProved(load)) {
                proved.load(load);
                return;
            }
            String type = typeName(load);
            index(load);
            String limit = place(load);
            code.invokeStatic(Names.ARRAY_ACCESS, name("get", load), parameters(load) + limit + PLACE + descriptor(type));
            widen(load.opcode());
        }

        @Override
        void store(Operation store) {
            if (expressions.isProved(store)) {
                proved.store(store);
                return;
            }
            String type = typeName(store);
            index(store);
            narrowedValue(store);
            String limit = place(store);
            code.invokeStatic(Names.ARRAY_ACCESS, name("set", store), parameters(store) + descriptor(type) + limit + PLACE + "V");
        }

        private String name(String kind, Operation access) {
            return kind + typeName(access) + (isKnown(access) ? "Inside" : "");
        }

        private String parameters(Operation access) {
            return isKnown(access) ? "([BJI" : "([BJ";
        }

        /** Whether an address is in bounds, and its offset small enough for an array. */
        private boolean isKnown(Operation access) {
            return expressions.isInBounds(access) && access.immediate() >= 0 && access.immediate() < Integer.MAX_VALUE / 2;
        }

        private void index(Operation access) {
            memories.loadBytes(access.index());
            if (!isKnown(access)) {
                expressions.effectiveAddress(access);
                return;
            }
            expressions.unsigned(access.operands()[0]);
            // By itself, so that HotSpot sees indices in arrays that differ by constants, and joins their checks.
            code.constant((int) access.immediate() + start(access));
        }

        /**
         * Pushes the memory, and before it the largest address that is in the array, if that is to be checked; gives the
         * descriptor of that.
         */
        private String place(Operation access) {
            boolean checks = !isKnown(access);
            if (checks) {
                memories.loadSize(access.index());
                // A vector is accessed in parts, but traps as a whole.
                code.constant(access.opcode().accessBytes() - start(access)).op(Bytecode.ISUB);
            }
            expressions.line(access.offset());
            expressions.loadInstance();
            code.constant(access.index());
            return checks ? "I" : "";
        }
    }
}
