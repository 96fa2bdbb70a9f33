package dev.jawa.js.graal;

import com.oracle.truffle.js.runtime.objects.Undefined;

/** The arguments of a call from JavaScript. */
public final class Arguments {
    private final Object[] frame;
    private final int first;

    /** {@code frame} is GraalJS's: the receiver, the function, perhaps {@code new.target}, then the arguments. */
    Arguments(Object[] frame, int first) {
        this.frame = frame;
        this.first = first;
    }

    /** How many there are. */
    public int count() {
        return frame.length - first;
    }

    /** An argument, or {@code undefined} if there are not as many. */
    public Object get(int index) {
        int position = first + index;
        return position < frame.length ? frame[position] : Undefined.instance;
    }
}
