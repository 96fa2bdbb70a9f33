package dev.jawa.compile;

import dev.jawa.model.FunctionBody;
import java.util.Arrays;
import java.util.List;

/**
 * Which functions share a class. A class is translated when the JVM first links to one of its functions, so groups
 * are small; making a class costs some tens of microseconds, so they are not tiny.
 */
final class FunctionGroups {
    private static final int MOST_FUNCTIONS = 32;
    private static final int MOST_BYTES = 16 * 1024;

    private final int[] groupOf;
    private final int[] starts;

    FunctionGroups(List<FunctionBody> code) {
        groupOf = new int[code.size()];
        int[] groupStarts = new int[code.size() + 1];
        int groups = 0;
        int bytes = 0;
        for (int i = 0; i < groupOf.length; i++) {
            int length = code.get(i).code().length();
            boolean full = groups > 0 && i - groupStarts[groups - 1] >= MOST_FUNCTIONS;
            if (i == 0 || full || bytes + length > MOST_BYTES) {
                groupStarts[groups++] = i;
                bytes = 0;
            }
            bytes += length;
            groupOf[i] = groups - 1;
        }
        groupStarts[groups] = groupOf.length;
        starts = Arrays.copyOf(groupStarts, groups + 1);
    }

    /** How many groups there are. */
    int count() {
        return starts.length - 1;
    }

    /** The group of a function, counted without imports. */
    int groupOf(int definedFunction) {
        return groupOf[definedFunction];
    }

    /** The first function of a group, counted without imports. */
    int start(int group) {
        return starts[group];
    }

    /** The function after the last one of a group, counted without imports. */
    int end(int group) {
        return starts[group + 1];
    }
}
