package dev.jawa.compile.tree;

import dev.jawa.binary.InstructionReader;
import dev.jawa.compile.tree.Expression.Get;
import dev.jawa.model.FunctionBody;
import dev.jawa.model.Opcode;
import dev.jawa.model.ValueType;
import dev.jawa.model.VectorType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The parameters and declared locals of a function: a variable for each, two for the halves of a v128, or four for the
 * lanes of one that the code seems to use for f32 or i32 lanes only, so that they need not be put together and taken apart.
 */
final class LocalVariables {
    private static final Carrier[] FLOATS = {Carrier.FLOAT, Carrier.FLOAT, Carrier.FLOAT, Carrier.FLOAT};
    private static final Carrier[] INTS = {Carrier.INT, Carrier.INT, Carrier.INT, Carrier.INT};

    private final PendingStack stack;
    private final LaneBuilder lanes;
    private final Variable[] variables;
    private final int parameters;
    // The vectors among the locals, and those of them that are kept as lanes.
    private final BitSet vectors = new BitSet();
    private final BitSet floats = new BitSet();
    private final BitSet ints = new BitSet();
    // In a loop that works with whole vectors: the variables for them, by local; null elsewhere.
    private Map<Integer, Variable> wholes;
    // Where among the variables a local begins; null if each is at its own index.
    private int[] starts;

    /**
     * The locals of a function.
     *
     * @param parameters the types of the parameters
     * @param variables one for each carrier of the parameters
     * @param stack gives the variables for the locals
     */
    LocalVariables(List<ValueType> parameters, FunctionBody body, Variable[] variables, PendingStack stack,
            LaneBuilder lanes) {
        this.stack = stack;
        this.lanes = lanes;
        this.parameters = variables.length;
        int count = findVectors(parameters, body.locals());
        if (!vectors.isEmpty()) {
            findLanes(body, parameters.size());
            starts = new int[count];
        }
        var all = new ArrayList<>(Arrays.asList(variables));
        int local = 0;
        int start = 0;
        for (; starts != null && local < parameters.size(); local++) {
            starts[local] = start;
            start += vectors.get(local) ? 2 : 1;
        }
        local = parameters.size();
        for (FunctionBody.Locals run : body.locals()) {
            List<ValueType> type = List.of(run.type());
            for (int i = 0; i < run.count(); i++, local++) {
                if (starts != null) {
                    starts[local] = all.size();
                }
                all.addAll(Arrays.asList(floats.get(local) ? stack.variables(FLOATS, false)
                        : ints.get(local) ? stack.variables(INTS, false) : stack.variables(type, false)));
            }
        }
        this.variables = all.toArray(Variable[]::new);
    }

    private int findVectors(List<ValueType> parameters, List<FunctionBody.Locals> locals) {
        int count = 0;
        for (ValueType parameter : parameters) {
            vectors.set(count++, parameter instanceof VectorType);
        }
        for (FunctionBody.Locals run : locals) {
            vectors.set(count, count + run.count(), run.type() instanceof VectorType);
            count += run.count();
        }
        return count;
    }

    /**
     * Finds the declared vectors that are only ever assigned what instructions on f32 lanes give, or on i32 lanes if the
     * function works with those, or what tells nothing.
     */
    private void findLanes(FunctionBody body, int parameterCount) {
        var notFloats = new BitSet();
        var notInts = new BitSet();
        int onInts = 0;
        int onOthers = 0;
        var reader = new InstructionReader(body.code());
        Opcode previous = Opcode.NOP;
        while (reader.hasNext()) {
            Opcode opcode = reader.next();
            if (opcode == Opcode.LOCAL_SET || opcode == Opcode.LOCAL_TEE) {
                int local = reader.index();
                if (LaneBuilder.givesFloats(previous)) {
                    floats.set(local);
                    notInts.set(local);
                } else if (!tellsNothing(previous)) {
                    notFloats.set(local);
                    if (!LaneBuilder.mayGiveInts(previous)) {
                        notInts.set(local);
                    }
                }
            } else if (LaneBuilder.worksOnInts(opcode)) {
                onInts++;
            } else if (LaneBuilder.worksOnSmallLanes(opcode)) {
                onOthers++;
            }
            previous = opcode;
        }
        floats.and(vectors);
        floats.andNot(notFloats);
        floats.clear(0, parameterCount);
        lanes.prefersInts(onInts > onOthers);
        if (lanes.prefersInts()) {
            ints.or(vectors);
            ints.andNot(floats);
            ints.andNot(notInts);
            ints.clear(0, parameterCount);
        }
    }

    private static boolean tellsNothing(Opcode opcode) {
        return switch (opcode) {
            case V128_CONST, V128_LOAD, LOCAL_GET, LOCAL_TEE -> true;
            default -> false;
        };
    }

    /** How many variables there are. */
    int count() {
        return variables.length;
    }

    /** The variables of the declared locals. */
    List<Variable> declared() {
        return Arrays.asList(variables).subList(parameters, variables.length);
    }

    private int start(int local) {
        return starts == null ? local : starts[local];
    }

    /** Whether a local is a vector. */
    boolean isVector(int local) {
        return vectors.get(local);
    }

    /** From here on these vectors are whole: statements that make them so. */
    void beginWholes(WholeVectorLoop loop) {
        var created = new LinkedHashMap<Integer, Variable>();
        BitSet mentioned = loop.mentioned();
        for (int local = mentioned.nextSetBit(0); local >= 0; local = mentioned.nextSetBit(local + 1)) {
            get(local);
            created.put(local, stack.variable(Carrier.VECTOR, false).withShape(loop.shape(local)));
            stack.set(created.get(local), lanes.whole(stack.pop(2), loop.shape(local)));
        }
        wholes = created;
    }

    /** Statements at the beginning of each round, for the compiler to know of what class the vectors are. */
    List<Statement> known() {
        var all = new ArrayList<Statement>();
        for (Variable whole : wholes.values()) {
            all.add(new Statement.Set(whole, lanes.operation(Opcode.NOP, Carrier.VECTOR, new Get(whole))));
        }
        return all;
    }

    /** From here on vectors are halves or lanes again. */
    void endWholes() {
        wholes = null;
    }

    /** Statements that assign what is in whole vectors to their halves or lanes. */
    List<Statement> parts(BitSet assigned) {
        var all = new ArrayList<Statement>();
        for (int local = assigned.nextSetBit(0); local >= 0; local = assigned.nextSetBit(local + 1)) {
            int start = start(local);
            boolean four = floats.get(local) || ints.get(local);
            Opcode extract = floats.get(local) ? Opcode.F32X4_EXTRACT_LANE
                    : ints.get(local) ? Opcode.I32X4_EXTRACT_LANE : Opcode.I64X2_EXTRACT_LANE;
            for (int i = 0; i < (four ? 4 : 2); i++) {
                Variable part = variables[start + i];
                all.add(new Statement.Set(part, lanes.lane(extract, new Get(wholes.get(local)), i, part.carrier())));
            }
        }
        return all;
    }

    /** Pushes a local. */
    void get(int local) {
        int start = start(local);
        if (wholes != null && vectors.get(local)) {
            stack.pushWhole(new Get(wholes.get(local)));
            return;
        }
        var first = new Get(variables[start]);
        if (floats.get(local)) {
            stack.push(lanes.floats(first, new Get(variables[start + 1])),
                    lanes.floats(new Get(variables[start + 2]), new Get(variables[start + 3])));
        } else if (ints.get(local)) {
            stack.push(lanes.ints(first, new Get(variables[start + 1])),
                    lanes.ints(new Get(variables[start + 2]), new Get(variables[start + 3])));
        } else if (vectors.get(local)) {
            stack.push(first, new Get(variables[start + 1]));
        } else {
            stack.push(first);
        }
    }

    /** Assigns a local what is on top of the stack. */
    void set(int local) {
        int start = start(local);
        if (wholes != null && vectors.get(local)) {
            stack.set(wholes.get(local), stack.popWhole());
        } else if (floats.get(local) || ints.get(local)) {
            Expression[] halves = stack.pop(2);
            Expression[] low = ints.get(local) ? lanes.ints(halves[0]) : lanes.floats(halves[0]);
            Expression[] high = ints.get(local) ? lanes.ints(halves[1]) : lanes.floats(halves[1]);
            stack.set(Arrays.copyOfRange(variables, start, start + 4), low[0], low[1], high[0], high[1]);
        } else if (vectors.get(local)) {
            stack.set(Arrays.copyOfRange(variables, start, start + 2), stack.pop(2));
        } else {
            stack.set(variables[start], stack.pop());
        }
    }
}
