package dev.jawa.compile.tree;

import dev.jawa.binary.InstructionReader;
import dev.jawa.model.Feature;
import dev.jawa.model.IndexSpaces;
import dev.jawa.model.MemoryType;
import dev.jawa.model.Opcode;
import dev.jawa.model.ValueType;
import dev.jawa.model.VectorType;
import dev.jawa.runtime.memory.MemoryAccess;
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
    private static final List<String> SHAPES = List.of("i8x16", "i16x8", "i32x4", "i64x2", "f32x4", "f64x2");
    /** Of the shapes, the number of i64x2. */
    static final int I64X2 = 3;
    private static final int FEWEST_INSTRUCTIONS = 2;
    /** Four numbers for each vector of a loop with more are too many for the registers. */
    private static final int MOST_ON_INTS = 250;

    private final BitSet mentioned = new BitSet();
    private final BitSet assigned = new BitSet();
    // How often each vector is assigned what an instruction on each of the shapes gives; and how many such there are.
    private final Map<Integer, int[]> shapes = new HashMap<>();
    private final int[] onShapes = new int[SHAPES.size()];
    private final int mostInstructions;
    private int instructions;
    private int accesses;
    private int onInts;
    private boolean again;

    private WholeVectorLoop(int mostInstructions) {
        this.mostInstructions = mostInstructions;
    }

    /**
     * The loop that begins where a reader is, if it is one.
     *
     * @param vectors which locals are vectors
     * @param leads whether one may branch to a label around the loop, by its number there
     * @param most how many vector instructions it may have
     */
    static WholeVectorLoop find(InstructionReader reader, IndexSpaces spaces, IntPredicate vectors, IntPredicate leads,
            int most) {
        if (!VectorApi.isPossible() || reader.blockTypeIsIndex() || !reader.blockTypeIsEmpty()) {
            return null;
        }
        int begin = reader.position();
        var loop = new WholeVectorLoop(most);
        boolean suits = loop.scan(reader, spaces, vectors, leads);
        reader.position(begin);
        return suits && loop.again && loop.instructions >= FEWEST_INSTRUCTIONS ? loop : null;
    }

    /** How many vector instructions there are. */
    int instructions() {
        return instructions;
    }

    /** Whether it does little but reckon with i32 lanes of a few vectors, which is as fast with four numbers. */
    boolean isForInts() {
        return instructions <= MOST_ON_INTS && 3 * onInts > instructions && 4 * accesses < onInts;
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
        int[] assignments = shapes.getOrDefault(local, onShapes);
        int shape = 0;
        for (int i = 1; i < assignments.length; i++) {
            shape = assignments[i] > assignments[shape] ? i : shape;
        }
        return shape;
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
        int shape = shape(given);
        if (shape >= 0) {
            shapes.computeIfAbsent(local, _ -> new int[SHAPES.size()])[shape]++;
        }
    }

    /** Of which shape the lanes are that an instruction works with; less than 0 if it works with bits or any bytes. */
    private static int shape(Opcode opcode) {
        String mnemonic = opcode.mnemonic();
        return opcode == Opcode.I8X16_SHUFFLE ? -1 : SHAPES.indexOf(mnemonic.substring(0, Math.min(5, mnemonic.length())));
    }

    private boolean suits(Opcode opcode, InstructionReader reader, IndexSpaces spaces) {
        return switch (opcode.feature()) {
            case MVP -> !endsElsewhere(opcode);
            case SIGN_EXTENSION, SATURATING_FLOAT_TO_INT -> true;
            case SIMD, RELAXED_SIMD -> {
                instructions++;
                if (shape(opcode) >= 0) {
                    onShapes[shape(opcode)]++;
                }
                accesses += opcode.accessBytes() != 0 ? 1 : 0;
                onInts += LaneBuilder.worksOnInts(opcode) ? 1 : 0;
                if (opcode.accessBytes() != 0 && !isAddressed(spaces.memories().get(reader.memory()))) {
                    yield false;
                }
                yield instructions <= mostInstructions && WholeVectorBuilder.has(opcode);
            }
            default -> false;
        };
    }

    /** Whether code knows where the bytes of a memory are: a native one's are behind a segment otherwise. */
    private static boolean isAddressed(MemoryType memory) {
        return !MemoryInstance.isNative(memory) || MemoryAccess.current() == MemoryAccess.UNSAFE;
    }

    private static boolean endsElsewhere(Opcode opcode) {
        return switch (opcode) {
            case LOOP, BR_TABLE, RETURN, CALL, CALL_INDIRECT, MEMORY_GROW -> true;
            default -> false;
        };
    }
}
