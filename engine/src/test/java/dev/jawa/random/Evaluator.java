package dev.jawa.random;

import dev.jawa.RuntimeError;
import dev.jawa.RuntimeError.Kind;
import dev.jawa.model.Opcode;
import dev.jawa.random.Node.*;
import java.util.List;

/** Runs a program straight from its tree. */
final class Evaluator {
    private final Program program;
    final byte[] memory = new byte[Program.MEMORY_BYTES];
    final long[] globals;

    /** A branch on its way to its label. */
    private static final class Jump extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final int depth;
        private final transient long[] values;

        Jump(int depth, long... values) {
            super(null, null, false, false);
            this.depth = depth;
            this.values = values;
        }
    }

    Evaluator(Program program) {
        this.program = program;
        globals = new long[program.globals().length()];
    }

    static long nan(char type) {
        return type == 'f' ? 0x7FC0_0000 : 0x7FF8_0000_0000_0000L;
    }

    long[] call(int index, long... arguments) {
        Program.Function function = program.functions().get(index);
        if (burnt()) {
            return new long[function.results().length()];
        }
        long[] locals = new long[function.locals().length()];
        System.arraycopy(arguments, 0, locals, 0, arguments.length);
        var frame = new Frame(locals);
        try {
            function.body().forEach(frame::run);
            return frame.all(function.values());
        } catch (Jump jump) {
            // From outside all blocks, whatever its depth: it returns.
            return jump.values;
        }
    }

    private boolean burnt() {
        globals[0] = (int) (globals[0] - 1);
        return globals[0] < 0;
    }

    private final class Frame {
        /** No label is as far away as the function. */
        private static final int RETURN = Integer.MAX_VALUE;

        private final long[] locals;

        Frame(long[] locals) {
            this.locals = locals;
        }

        long[] all(List<Node> nodes) {
            long[] values = new long[nodes.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = value(nodes.get(i));
            }
            return values;
        }

        private void run(Node node) {
            value(node);
        }

        /** The value of a node; 0 of one that has none. */
        long value(Node node) {
            return switch (node) {
                case Constant(char _, long bits) -> bits;
                case LocalGet(int index) -> locals[index];
                case LocalTee(int index, Node value) -> locals[index] = value(value);
                case LocalSet(int index, Node value) -> locals[index] = value(value);
                case GlobalGet(int index) -> globals[index];
                case GlobalSet(int index, Node value) -> globals[index] = value(value);
                case Operation(Opcode opcode, List<Node> operands) -> Operations.apply(opcode, all(operands));
                case Canonical(char type, int temporary, Node value) -> canonical(type, temporary, value(value));
                case Load(Opcode opcode, int offset, Node address) -> load(opcode, address(opcode, offset, value(address)));
                case Store(Opcode opcode, int offset, Node address, Node value) -> {
                    long base = value(address);
                    long bits = value(value);
                    yield store(opcode, address(opcode, offset, base), bits);
                }
                case Select(Node first, Node second, Node condition) -> {
                    long[] values = all(List.of(first, second, condition));
                    yield values[2] != 0 ? values[0] : values[1];
                }
                case Choice(char _, Node condition, Node then, Node otherwise) -> {
                    Node chosen = value(condition) != 0 ? then : otherwise;
                    yield block(chosen);
                }
                case Block(char _, Node body) -> block(body);
                case Loop(Node body) -> loop(body);
                case Sequence(List<Node> nodes) -> {
                    long last = 0;
                    for (Node each : nodes) {
                        last = value(each);
                    }
                    yield last;
                }
                case Drop(Node value) -> value(value);
                case Call(int function, List<Node> arguments) -> Evaluator.this.call(function, all(arguments))[0];
                case CallMany(int function, List<Node> arguments, List<Integer> targets) -> {
                    long[] results = Evaluator.this.call(function, all(arguments));
                    for (int i = results.length - 1; i >= 0; i--) {
                        locals[targets.get(i)] = results[i];
                    }
                    yield 0;
                }
                case CallIndirect(int type, List<Node> arguments, Node index) -> {
                    long[] given = all(arguments);
                    yield Evaluator.this.call(callee(type, (int) value(index)), given)[0];
                }
                case Branch(int depth) -> throw new Jump(depth);
                case BranchWith(int depth, Node value) -> throw new Jump(depth, value(value));
                case BranchIf(int depth, Node condition) -> {
                    if (value(condition) != 0) {
                        throw new Jump(depth);
                    }
                    yield 0;
                }
                case BranchIfWith(int depth, Node value, Node condition) -> {
                    long kept = value(value);
                    if (value(condition) != 0) {
                        throw new Jump(depth, kept);
                    }
                    yield kept;
                }
                case BranchTable(List<Integer> depths, Node index) -> {
                    long target = Math.min(Integer.toUnsignedLong((int) value(index)), depths.size() - 1);
                    throw new Jump(depths.get((int) target));
                }
                case Return(List<Node> values) -> throw new Jump(RETURN, all(values));
            };
        }

        private long block(Node body) {
            try {
                return value(body);
            } catch (Jump jump) {
                return arrived(jump);
            }
        }

        /** What a jump brings if this label is its target; else it goes on, one label nearer. */
        private long arrived(Jump jump) {
            if (jump.depth == 0) {
                return jump.values.length == 0 ? 0 : jump.values[0];
            }
            throw jump.depth == RETURN ? jump : new Jump(jump.depth - 1, jump.values);
        }

        private long loop(Node body) {
            while (!burnt()) {
                try {
                    return value(body);
                } catch (Jump jump) {
                    if (jump.depth == 0) {
                        continue;
                    }
                    // Past the loop's label there is that of the block around it.
                    return arrived(jump.depth == RETURN ? jump : new Jump(jump.depth - 1, jump.values));
                }
            }
            return 0;
        }

        private long canonical(char type, int temporary, long bits) {
            boolean isNaN = type == 'f' ? Float.isNaN(Float.intBitsToFloat((int) bits))
                    : Double.isNaN(Double.longBitsToDouble(bits));
            locals[temporary] = isNaN ? nan(type) : bits;
            return locals[temporary];
        }
    }

    private int callee(int type, int index) {
        if (Integer.compareUnsigned(index, program.functions().size()) >= 0) {
            throw new RuntimeError(Kind.UNDEFINED_ELEMENT);
        }
        List<String> types = program.functions().stream().map(Program.Function::signature).distinct().toList();
        if (!program.functions().get(index).signature().equals(types.get(type))) {
            throw new RuntimeError(Kind.INDIRECT_CALL_TYPE_MISMATCH);
        }
        return index;
    }

    private static int address(Opcode opcode, int offset, long base) {
        long address = Integer.toUnsignedLong((int) base) + offset;
        if (address + opcode.accessBytes() > Program.MEMORY_BYTES) {
            throw new RuntimeError(Kind.MEMORY_OUT_OF_BOUNDS);
        }
        return (int) address;
    }

    private long load(Opcode opcode, int address) {
        long bits = 0;
        for (int i = opcode.accessBytes() - 1; i >= 0; i--) {
            bits = bits << 8 | memory[address + i] & 0xFF;
        }
        int unused = 64 - 8 * opcode.accessBytes();
        boolean unsigned = opcode.mnemonic().endsWith("_u");
        return unsigned ? bits : bits << unused >> unused;
    }

    private long store(Opcode opcode, int address, long bits) {
        for (int i = 0; i < opcode.accessBytes(); i++) {
            memory[address + i] = (byte) (bits >> 8 * i);
        }
        return 0;
    }
}
