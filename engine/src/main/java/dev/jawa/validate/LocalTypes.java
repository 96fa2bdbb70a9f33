package dev.jawa.validate;

import dev.jawa.binary.Place;
import dev.jawa.binary.TypeCode;
import dev.jawa.model.FunctionBody;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * The locals of the function being validated: their types, and which of those without a default have been set (core
 * spec 3.4.3).
 *
 * <p>The first locals are in an array. A function can declare 50,000 locals in a few bytes though, and a module a
 * million such functions; so locals are spread out only as far as the code is long, and later ones are searched for
 * among the runs.
 */
final class LocalTypes {
    private int[] types = new int[64];
    private int spread;
    private int count;
    private List<FunctionBody.Locals> runs = List.of();
    private int[] runStarts = {};

    private boolean tracked;
    private final BitSet unset = new BitSet();
    // Locals in the order in which they were set, to be unset at the end of the block.
    private int[] set = {};
    private int setCount;

    /** Starts with the parameters and locals of a function. */
    void reset(int[] parameters, FunctionBody body, ModuleContext context, Place place) {
        runs = body.locals();
        tracked = false;
        setCount = 0;
        count = parameters.length;
        spread = count;
        int mostSpread = Math.max(count, body.code().length() + 64);
        ensure(count);
        System.arraycopy(parameters, 0, types, 0, count);
        if (runs.isEmpty()) {
            return;
        }
        if (runStarts.length < runs.size()) {
            runStarts = new int[runs.size() * 2];
        }
        for (int i = 0; i < runs.size(); i++) {
            add(i, runs.get(i), mostSpread, context, place);
        }
    }

    private void add(int run, FunctionBody.Locals locals, int mostSpread, ModuleContext context,
            Place place) {
        int type = TypeCode.of(locals.type());
        context.checkValueType(type, place);
        runStarts[run] = count;
        int end = count + locals.count();
        if (!locals.type().isDefaultable() && locals.count() > 0) {
            if (!tracked) {
                unset.clear();
                tracked = true;
            }
            unset.set(count, end);
        }
        if (spread == count) {
            int until = Math.min(end, mostSpread);
            ensure(until);
            Arrays.fill(types, spread, until, type);
            spread = until;
        }
        count = end;
    }

    private void ensure(int length) {
        if (length > types.length) {
            types = Arrays.copyOf(types, Math.max(length, types.length * 2));
        }
    }

    int count() {
        return count;
    }

    /** The type of a local, or -1 if there is none with an index, taken as an unsigned number. */
    int type(int local) {
        return Integer.compareUnsigned(local, spread) < 0 ? types[local] : search(local);
    }

    private int search(int local) {
        if (Integer.compareUnsigned(local, count) >= 0) {
            return -1;
        }
        int low = 0;
        int high = runs.size() - 1;
        while (low < high) {
            int middle = low + high + 1 >>> 1;
            if (runStarts[middle] <= local) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return TypeCode.of(runs.get(low).type());
    }

    /** Whether a local may be read. */
    boolean isSet(int local) {
        return !tracked || !unset.get(local);
    }

    /** Notes that a local has been set. */
    void set(int local) {
        if (tracked && unset.get(local)) {
            unset.clear(local);
            if (setCount == set.length) {
                set = Arrays.copyOf(set, Math.max(16, setCount * 2));
            }
            set[setCount++] = local;
        }
    }

    /** How many locals have been set so far, to come back to. */
    int mark() {
        return setCount;
    }

    /** Unsets what has been set since a mark. */
    void resetTo(int mark) {
        while (setCount > mark) {
            unset.set(set[--setCount]);
        }
    }
}
