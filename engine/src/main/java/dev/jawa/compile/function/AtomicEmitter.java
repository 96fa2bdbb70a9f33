package dev.jawa.compile.function;

import dev.jawa.compile.bytecode.Bytecode;
import dev.jawa.compile.bytecode.CodeBuilder;
import dev.jawa.compile.bytecode.Names;
import dev.jawa.compile.tree.Carrier;
import dev.jawa.compile.tree.Expression;
import dev.jawa.compile.tree.Expression.Operation;
import dev.jawa.model.Opcode;

/**
 * Emits atomic instructions, each a call of a method of {@link dev.jawa.runtime.memory.Atomics}. The names of the instructions
 * say everything: {@code type.atomic.load}, {@code store} or {@code rmw} with a width, and an operation.
 */
public final class AtomicEmitter {
    private static final String ATOMICS = "dev/jawa/runtime/memory/Atomics";
    private static final String MEMORY = Names.descriptor(Names.MEMORY_INSTANCE);

    private final CodeBuilder code;
    private final MemoryEmitter.MemoryLoader memories;
    private final ExpressionEmitter expressions;

    AtomicEmitter(CodeBuilder code, MemoryEmitter.MemoryLoader memories, ExpressionEmitter expressions) {
        this.code = code;
        this.memories = memories;
        this.expressions = expressions;
    }

    /** Emits an instruction of the threads proposal. */
    void emit(Operation operation) {
        if (operation.opcode() == Opcode.ATOMIC_FENCE) {
            code.invokeStatic("java/lang/invoke/VarHandle", "fullFence", "()V");
            return;
        }
        memories.loadMemory(operation.index());
        expressions.effectiveAddress(operation);
        switch (operation.opcode()) {
            case MEMORY_ATOMIC_NOTIFY -> {
                expressions.value(operation.operands()[1]);
                call(operation, "notify", "I", "I");
            }
            case MEMORY_ATOMIC_WAIT32 -> await(operation, "waitInt", "IJ");
            case MEMORY_ATOMIC_WAIT64 -> await(operation, "waitLong", "JJ");
            default -> access(operation);
        }
    }

    private void await(Operation operation, String method, String parameters) {
        expressions.value(operation.operands()[1]);
        expressions.value(operation.operands()[2]);
        call(operation, method, parameters, "I");
    }

    private void access(Operation operation) {
        String[] name = operation.opcode().mnemonic().split("[._]");
        String action = name[2].startsWith("rmw") ? name[3] : name[2].replaceFirst("[0-9]+", "");
        String width = width(operation);
        String type = width.equals("Long") ? "J" : "I";
        switch (action) {
            case "load" -> call(operation, "load" + width, "", type);
            case "store" -> {
                value(operation, 1);
                call(operation, "store" + width, type, "V");
            }
            case "cmpxchg" -> {
                value(operation, 1);
                value(operation, 2);
                call(operation, "compareExchange" + width, type + type, type);
            }
            default -> {
                value(operation, 1);
                if (action.equals("sub")) {
                    code.op(type.equals("J") ? Bytecode.LNEG : Bytecode.INEG);
                }
                call(operation, method(action) + width, type, type);
            }
        }
        if (operation.carrier() == Carrier.LONG && type.equals("I")) {
            code.op(Bytecode.I2L).constant(0xFFFF_FFFFL).op(Bytecode.LAND);
        }
    }

    private static String method(String action) {
        return switch (action) {
            case "sub" -> "add";
            case "xchg" -> "exchange";
            default -> action;
        };
    }

    private static String width(Operation operation) {
        return switch (operation.opcode().accessBytes()) {
            case 1 -> "Byte";
            case 2 -> "Short";
            case 4 -> "Int";
            default -> "Long";
        };
    }

    /** Evaluates an operand, of which a narrow access takes the low bits. */
    private void value(Operation operation, int index) {
        Expression value = operation.operands()[index];
        expressions.value(value);
        if (value.carrier() == Carrier.LONG && operation.opcode().accessBytes() < Long.BYTES) {
            code.op(Bytecode.L2I);
        }
    }

    private void call(Operation operation, String method, String parameters, String result) {
        expressions.line(operation.offset());
        code.invokeStatic(ATOMICS, method, "(" + MEMORY + "J" + parameters + ")" + result);
    }
}
