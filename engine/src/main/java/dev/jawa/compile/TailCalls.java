package dev.jawa.compile;

import dev.jawa.binary.InstructionReader;
import dev.jawa.compile.tree.TailCallPlan;
import dev.jawa.model.FunctionBody;
import dev.jawa.model.ModuleModel;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * Which of a module's functions call others at their end, and how. Each is looked at when that is first asked.
 *
 * <p>Arguments of a prepared call go through memory, which is most of what it takes. So the code of a small function
 * that calls others of its module at its end, by themselves or as one of {@linkplain IndirectCalls few} in a table, is
 * there several times: a copy calls the one before of the other function's code as functions are called otherwise, and
 * only the first copy prepares its calls. So no more frames than copies are on the stack, and HotSpot makes one method of
 * them.
 */
public final class TailCalls {
    private static final int NO = 1;
    private static final int YES = 2;
    private static final int COPIED = 3;
    /** How many copies there are besides the first one. */
    static final int COPIES = 3;
    /** In bytes of the binary format: several are small enough for HotSpot to inline one into the other. */
    private static final int LARGEST_COPIED = 60;

    private final ModuleModel model;
    private final IndirectCalls indirectCalls;
    private final AtomicIntegerArray known;

    TailCalls(ModuleModel model, IndirectCalls indirectCalls) {
        this.model = model;
        this.indirectCalls = indirectCalls;
        known = new AtomicIntegerArray(model.code().size());
    }

    /** Whether a function of the module, not an imported one, calls others at its end, if only in code never run. */
    public boolean in(int functionIndex) {
        return kind(functionIndex) != NO;
    }

    /** The number of the last copy of the code of such a function; the first one's is 0. */
    public int lastCopy(int functionIndex) {
        return kind(functionIndex) == COPIED ? COPIES : 0;
    }

    /** How a copy of a function's code calls others at its end. */
    public TailCallPlan plan(int copy) {
        return new TailCallPlan() {
            @Override
            public boolean isTailCaller(int functionIndex) {
                return in(functionIndex);
            }

            @Override
            public int copy(int functionIndex) {
                return copy == 0 ? PREPARED : Math.min(copy - 1, lastCopy(functionIndex));
            }

            @Override
            public int copyThrough(int typeIndex) {
                return copy == 0 || !indirectCalls.haveFewAtEnd(typeIndex) ? PREPARED : copy - 1;
            }
        };
    }

    private int kind(int functionIndex) {
        int defined = functionIndex - model.spaces().importedFunctions();
        if (known.get(defined) == 0) {
            known.set(defined, find(functionIndex, model.code().get(defined)));
        }
        return known.get(defined);
    }

    private int find(int functionIndex, FunctionBody body) {
        var reader = new InstructionReader(body.code(), functionIndex);
        boolean direct = false;
        boolean indirect = false;
        boolean loops = false;
        while (reader.hasNext()) {
            switch (reader.next()) {
                case RETURN_CALL_INDIRECT, RETURN_CALL_REF -> {
                    boolean few = indirectCalls.haveFewAtEnd(reader.index());
                    direct |= few;
                    indirect |= !few;
                }
                case RETURN_CALL -> {
                    int called = reader.index();
                    indirect |= called < model.spaces().importedFunctions();
                    direct |= called >= model.spaces().importedFunctions() && called != functionIndex;
                }
                case LOOP -> loops = true;
                default -> {
                }
            }
        }
        // The time of a function that loops is spent there.
        return direct && !loops && body.code().length() <= LARGEST_COPIED ? COPIED : direct || indirect ? YES : NO;
    }
}
