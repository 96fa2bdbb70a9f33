package dev.jawa.compile.tree;

import dev.jawa.binary.InstructionReader;
import dev.jawa.model.Feature;
import dev.jawa.model.IndexSpaces;
import dev.jawa.model.Opcode;
import dev.jawa.model.ValueType;
import dev.jawa.model.VectorType;
import dev.jawa.runtime.memory.MemoryInstance;
import dev.jawa.runtime.vector.VectorApi;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;

/**
 * An innermost loop that computes with vectors enough to be there twice, the second time with each v128 in one object,
 * which HotSpot's optimizing compiler keeps in a register.
 */
final class WholeVectorLoop {
    /** Of the shapes, the number of i64x2. */
    static final int I64X2 = 3;
    private static final int FEWEST_INSTRUCTIONS = 2;
    /** More would not fit into a method, and in objects, which vectors are between methods, they are slow. */
    private static final int MOST_INSTRUCTIONS = 250;

    private final BitSet mentioned = new BitSet();
    private final BitSet assigned = new BitSet();
    private final Map<Integer, Integer> shapes = new HashMap<>();
    private int instructions;
    private int accesses;
    private int onInts;
    private boolean again;

    private WholeVectorLoop() {
    }

    /**
     * The loop that begins where a reader is, if it is one.
     *
     * @param vectors which locals are vectors
     * @param leads whether one may branch to a label around the loop, by its number there
     */
    static WholeVectorLoop find(InstructionReader reader, IndexSpaces spaces, IntPredicate vectors, IntPredicate leads) {
        if (!VectorApi.isPossible() || reader.blockTypeIsIndex() || !reader.blockTypeIsEmpty()) {
            return null;
        }
        int begin = reader.position();
        var loop = new WholeVectorLoop();
        boolean suits = loop.scan(reader, spaces, vectors, leads);
        reader.position(begin);
        return suits && loop.again && loop.instructions >= FEWEST_INSTRUCTIONS ? loop : null;
    }

    /** How many vector instructions there are. */
    int instructions() {
        return instructions;
    }

    /** Whether it does little but reckon with i32 lanes, which is as fast with four numbers. */
    boolean isForInts() {
        return 3 * onInts > instructions && 4 * accesses < onInts;
    }

    /** The vectors that the loop mentions. */
    BitSet mentioned() {
        return mentioned;
    }

    /** The vectors that the loop assigns. */
    BitSet assigned() {
        return assigned;
    }

    /** As what the lanes of a vector are best seen: the number of one of i8x16, i16x8, i32x4, i64x2, f32x4 and f64x2. */
    int shape(int local) {
        return shapes.getOrDefault(local, 0);
    }

    private boolean scan(InstructionReader reader, IndexSpaces spaces, IntPredicate vectors, IntPredicate leads) {
        Opcode previous = Opcode.NOP;
        Opcode opcode = Opcode.NOP;
        for (int open = 0; open >= 0;) {
            previous = opcode;
            opcode = reader.next();
            switch (opcode) {
                case BLOCK, IF -> {
                    if (reader.blockTypeIsIndex() || !reader.blockTypeIsEmpty()
                            && reader.blockValueType() instanceof VectorType) {
                        return false;
                    }
                    open++;
                }
                case END -> open--;
                case BR, BR_IF -> {
                    again |= reader.index() == open;
                    if (reader.index() > open && !leads.test(reader.index() - open - 1)) {
                        return false;
                    }
                }
                case LOCAL_GET, LOCAL_SET, LOCAL_TEE -> {
                    if (vectors.test(reader.index())) {
                        mentioned.set(reader.index());
                        assigned.set(reader.index(), assigned.get(reader.index()) || opcode != Opcode.LOCAL_GET);
                        if (opcode != Opcode.LOCAL_GET) {
                            note(previous, reader.index());
                        }
                    }
                }
                case GLOBAL_GET, GLOBAL_SET -> {
                    ValueType type = spaces.globals().get(reader.index()).type();
                    if (type instanceof VectorType) {
                        return false;
                    }
                }
                default -> {
                    if (!suits(opcode, reader, spaces)) {
                        return false;
                    }
                }
            }
        }
        return true;
    }

    private void note(Opcode given, int local) {
        String mnemonic = given.mnemonic();
        int shape = List.of("i8x16", "i16x8", "i32x4", "i64x2", "f32x4", "f64x2")
                .indexOf(mnemonic.substring(0, Math.min(5, mnemonic.length())));
        if (shape >= 0) {
            shapes.put(local, shape);
        }
    }

    private boolean suits(Opcode opcode, InstructionReader reader, IndexSpaces spaces) {
        return switch (opcode.feature()) {
            case MVP -> !endsElsewhere(opcode);
            case SIGN_EXTENSION, SATURATING_FLOAT_TO_INT -> true;
            case SIMD, RELAXED_SIMD -> {
                instructions++;
                accesses += opcode.accessBytes() != 0 ? 1 : 0;
                onInts += LaneBuilder.worksOnInts(opcode) ? 1 : 0;
                if (opcode.accessBytes() != 0 && MemoryInstance.isNative(spaces.memories().get(reader.memory()))) {
                    yield false;
                }
                yield instructions <= MOST_INSTRUCTIONS && WholeVectorBuilder.has(opcode);
            }
            default -> false;
        };
    }

    private static boolean endsElsewhere(Opcode opcode) {
        return switch (opcode) {
            case LOOP, BR_TABLE, RETURN, CALL, CALL_INDIRECT, MEMORY_GROW -> true;
            default -> false;
        };
    }
}
