package dev.jawa.runtime;

import dev.jawa.RuntimeError;
import dev.jawa.Table;
import dev.jawa.model.ReferenceType;
import dev.jawa.model.ResizableLimits;
import dev.jawa.model.TableType;
import java.util.Arrays;

/** A table (core spec 4.2.7). */
public final class TableInstance implements Table {
    /** The most elements a table may have, as the JavaScript API wants it. */
    public static final int LARGEST = 10_000_000;

    /** How many elements are filled or copied before the next look whether to stop. */
    private static final int CHUNK = 1 << 16;

    private final TableType type;
    private final Store store = new Store();
    // Functions may still be lazy.
    private Object[] elements;
    private int size;

    public TableInstance(TableType type, Object initial) {
        this.type = type;
        long minimum = type.limits().minimum();
        if (Long.compareUnsigned(minimum, LARGEST) > 0) {
            throw cannotHave(minimum);
        }
        Object value = checked(initial);
        try {
            elements = new Object[(int) minimum];
        } catch (OutOfMemoryError _) {
            throw cannotHave(minimum);
        }
        size = elements.length;
        if (value != null) {
            Arrays.fill(elements, value);
        }
    }

    private TableInstance(TableType type) {
        this.type = type;
        elements = new Object[0];
    }

    /** A table that will be given elements by {@link #restore}. */
    static TableInstance withoutElements(TableType type) {
        return new TableInstance(type);
    }

    private static RuntimeError cannotHave(long elements) {
        return new RuntimeError(RuntimeError.Kind.OUT_OF_MEMORY,
                "cannot have a table of " + Long.toUnsignedString(elements) + " elements");
    }

    Store store() {
        return store;
    }

    ReferenceType elementType() {
        return type.element();
    }

    private Object checked(Object value) {
        return value instanceof LazyFunction || value == null && type.element().nullable()
                ? value : Values.convert(type.element(), value);
    }

    @Override
    public TableType type() {
        return new TableType(type.addressType(), new ResizableLimits(size, type.limits().maximum()), type.element());
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public Object element(long index) {
        if (index < 0 || index >= size) {
            throw outOfBounds(index);
        }
        return get((int) index);
    }

    @Override
    public void element(long index, Object value) {
        if (index < 0 || index >= size) {
            throw outOfBounds(index);
        }
        elements[(int) index] = checked(value);
    }

    @Override
    public long grow(long delta, Object value) {
        int before = tryGrow(checked(value), delta);
        if (before < 0) {
            throw new RuntimeError(RuntimeError.Kind.OUT_OF_MEMORY, "cannot grow a table of " + size
                    + " elements by " + Long.toUnsignedString(delta) + ": its maximum is "
                    + Long.toUnsignedString(limit()));
        }
        return before;
    }

    private RuntimeError outOfBounds(long index) {
        return new RuntimeError(RuntimeError.Kind.TABLE_OUT_OF_BOUNDS,
                "index " + Long.toUnsignedString(index) + " in a table of " + size + " elements");
    }

    // ---- instructions (core spec 4.6.9); all numbers are unsigned

    /** {@code table.size} */
    public int length() {
        return size;
    }

    private int checked(long index) {
        if (index < 0 || index >= size) {
            throw outOfBounds(index);
        }
        return (int) index;
    }

    /** {@code table.get} of a table with 64-bit indices. */
    public Object get(long index) {
        return get(checked(index));
    }

    /** {@code table.get} */
    public Object get(int index) {
        if (Integer.compareUnsigned(index, size) >= 0) {
            throw outOfBounds(Integer.toUnsignedLong(index));
        }
        Object element = elements[index];
        return element instanceof LazyFunction lazy ? elements[index] = lazy.resolve() : element;
    }

    /** {@code table.set} of a table with 64-bit indices. */
    public void set(long index, Object value) {
        set(checked(index), value);
    }

    /** {@code table.set} */
    public void set(int index, Object value) {
        if (Integer.compareUnsigned(index, size) >= 0) {
            throw outOfBounds(Integer.toUnsignedLong(index));
        }
        elements[index] = value;
    }

    /** The lookup of {@code call_indirect} in a table with 64-bit indices; the caller checks the type. */
    public Object callee(long index) {
        if (index < 0 || index >= size) {
            throw undefined(index);
        }
        return callee((int) index);
    }

    /**
     * The lookup of {@code call_indirect}; the caller checks the type. This and what it calls have at most 35 bytes, which
     * HotSpot inlines also where they are rarely called.
     */
    public Object callee(int index) {
        Object element = elementOrNull(index);
        return element == null || element instanceof LazyFunction ? uncommonCallee(index) : element;
    }

    /** What the array has beyond the size is null, too. */
    private Object elementOrNull(int index) {
        Object[] all = elements;
        return Integer.compareUnsigned(index, all.length) < 0 ? all[index] : null;
    }

    private RuntimeError undefined(long index) {
        return new RuntimeError(RuntimeError.Kind.UNDEFINED_ELEMENT,
                Long.toUnsignedString(index) + " in a table of " + size + " elements");
    }

    private Object uncommonCallee(int index) {
        if (Integer.compareUnsigned(index, size) >= 0) {
            throw undefined(Integer.toUnsignedLong(index));
        }
        if (elements[index] instanceof LazyFunction lazy) {
            return elements[index] = lazy.resolve();
        }
        throw new RuntimeError(RuntimeError.Kind.UNINITIALIZED_ELEMENT, Integer.toString(index));
    }

    /** {@code table.grow}: the size before, or -1. */
    public int tryGrow(Object value, long delta) {
        int before = size;
        long limit = limit();
        if (Long.compareUnsigned(delta, limit - before) > 0) {
            return -1;
        }
        if (delta != 0 && !store.takeElements(before, delta)) {
            return -1;
        }
        int after = before + (int) delta;
        if (after > elements.length) {
            try {
                elements = Arrays.copyOf(elements, (int) Math.min(limit, Math.max(after, after + (long) (after >> 1))));
            } catch (OutOfMemoryError _) {
                store.giveElements(delta);
                return -1;
            }
        }
        Arrays.fill(elements, before, after, value);
        size = after;
        return before;
    }

    /** The most elements that it may have. */
    private long limit() {
        long maximum = type.limits().maximum().orElse(LARGEST);
        return Long.compareUnsigned(maximum, LARGEST) > 0 ? LARGEST : maximum;
    }

    /** Its elements now. */
    Object[] copied(ObjectCopier copier) {
        return copier.elements(elements, size);
    }

    /** Gives it other elements, and as many as those are. */
    void restore(Object[] content) {
        if (size > content.length) {
            store.giveElements(size - content.length);
        } else {
            store.requireElements(content.length - size, "more of a table,");
        }
        elements = content;
        size = content.length;
    }

    /** {@code table.fill} */
    public void fill(long index, Object value, long length) {
        check(index, length, size);
        int end = (int) (index + length);
        for (int start = (int) index; start < end; start += CHUNK) {
            checkStop(end - start);
            Arrays.fill(elements, start, Math.min(end, start + CHUNK), value);
        }
    }

    /** Looks whether to stop before one of several parts. */
    private void checkStop(int left) {
        if (left > CHUNK) {
            store.check();
        }
    }

    /** {@code table.copy} from {@code source} to this table. */
    public void copy(TableInstance source, long to, long from, long length) {
        check(from, length, source.size);
        check(to, length, size);
        boolean backwards = to > from;
        int whole = (int) length;
        for (int done = 0; done < whole; done += CHUNK) {
            checkStop(whole - done);
            int part = Math.min(CHUNK, whole - done);
            int offset = backwards ? whole - done - part : done;
            System.arraycopy(source.elements, (int) from + offset, elements, (int) to + offset, part);
        }
    }

    /** {@code table.init} from an element segment. */
    public void init(Object[] segment, long to, long from, long length) {
        check(from, length, segment.length);
        check(to, length, size);
        System.arraycopy(segment, (int) from, elements, (int) to, (int) length);
    }

    private static void check(long start, long length, int size) {
        if (length < 0 || start < 0 || length > size || start > size - length) {
            throw new RuntimeError(RuntimeError.Kind.TABLE_OUT_OF_BOUNDS, Long.toUnsignedString(length)
                    + " elements at " + Long.toUnsignedString(start) + " of " + size);
        }
    }
}
