package dev.jawa.runtime.aggregate;

import dev.jawa.Array;
import dev.jawa.RuntimeError.Kind;
import dev.jawa.RuntimeError;
import dev.jawa.V128;
import dev.jawa.model.ArrayType;
import dev.jawa.model.DefinedType;
import dev.jawa.model.FieldType;
import dev.jawa.model.ReferenceType;
import dev.jawa.runtime.LazyFunction;
import dev.jawa.runtime.ModuleInstance;
import dev.jawa.runtime.Values;
import dev.jawa.runtime.limits.Execution;
import dev.jawa.runtime.vector.Vectors;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.function.UnaryOperator;

/**
 * An array (core spec 4.2.11): an object around a Java array. Each array type has a generated subclass, below that of
 * its declared supertype or else below the class here that has a Java array of its elements' JVM type.
 */
public abstract non-sealed class ArrayInstance implements Array {
    /** How many elements are filled or copied before the next look whether to stop. */
    private static final int PART = 1 << 17;

    private ArrayInstance() {
    }

    /** The position of its type in the loader of its class. */
    protected abstract int position();

    /** The Java array. */
    abstract Object elements();

    /** An element, boxed. */
    abstract Object read(int index);

    /** Sets an element to a boxed value of the Java array's element type. */
    abstract void write(int index, Object value);

    /** Sets elements to the numbers in bytes, in little-endian order. */
    abstract void decode(int to, ByteBuffer bytes, int length);

    @Override
    public final DefinedType type() {
        return ((AggregateLoader) getClass().getClassLoader()).type(position());
    }

    private FieldType field() {
        return ((ArrayType) type().type()).field();
    }

    @Override
    public final Object element(int index) {
        check(index, 1, length());
        return Vectors.seen(field().storage().unpacked(), read(index));
    }

    @Override
    public final void element(int index, Object value) {
        check(index, 1, length());
        FieldType field = field();
        if (!field.mutable()) {
            throw new RuntimeError(Kind.TYPE_MISMATCH, "the array is constant");
        }
        write(index, Values.convert(field.storage().unpacked(), value));
    }

    /** Copies all elements to another array of the type and length, references by what a function makes of them. */
    public final void copyTo(ArrayInstance copy, UnaryOperator<Object> reference) {
        if (!(field().storage() instanceof ReferenceType)) {
            System.arraycopy(elements(), 0, copy.elements(), 0, length());
            return;
        }
        for (int i = 0; i < length(); i++) {
            copy.write(i, reference.apply(read(i)));
        }
    }

    /** Sets all elements, even if they are constant. */
    public final void initialize(Object[] values) {
        FieldType field = field();
        for (int i = 0; i < values.length; i++) {
            write(i, Values.convert(field.storage().unpacked(), values[i]));
        }
    }

    /** Sets all elements to one value, even if they are constant. */
    public final void initialize(Object value) {
        Object stored = Values.convert(field().storage().unpacked(), value);
        int length = length();
        if (length > 0) {
            write(0, stored);
        }
        // What is filled is copied behind itself, each time twice as much.
        for (int filled = 1; filled < length; filled += Math.min(filled, length - filled)) {
            System.arraycopy(elements(), 0, elements(), filled, Math.min(filled, length - filled));
        }
    }

    private static void check(int start, int length, int size) {
        if (Integer.toUnsignedLong(start) + Integer.toUnsignedLong(length) > size) {
            throw new RuntimeError(Kind.ARRAY_OUT_OF_BOUNDS, Integer.toUnsignedString(length) + " elements at "
                    + Integer.toUnsignedString(start) + " of " + size);
        }
    }

    // ---- instructions (core spec 4.6.10); all numbers are unsigned

    /** {@code array.copy} to this array. */
    public final void copy(int to, ArrayInstance source, int from, int length) {
        check(to, length, length());
        check(from, length, source.length());
        boolean backwards = to > from;
        for (int done = 0, end; done < length; done = end) {
            end = partEnd(done, length);
            int offset = backwards ? length - end : done;
            System.arraycopy(source.elements(), from + offset, elements(), to + offset, end - done);
        }
    }

    /** Where the next part of what takes long ends; looks whether to stop if it is not the last. */
    static int partEnd(int start, int end) {
        if (end - start <= PART) {
            return end;
        }
        Execution.checkCurrent();
        return start + PART;
    }

    /** {@code array.init_data} */
    public final void initData(int to, int from, int length, ModuleInstance instance, int segment) {
        check(to, length, length());
        byte[] bytes = checkedData(from, length, instance, segment, elementBytes());
        decode(to, ByteBuffer.wrap(bytes, from, length * elementBytes()).order(ByteOrder.LITTLE_ENDIAN), length);
    }

    private int elementBytes() {
        return switch (this) {
            case OfByte _ -> 1;
            case OfShort _ -> 2;
            case OfInt _, OfFloat _ -> 4;
            case OfVector _ -> 16;
            default -> 8;
        };
    }

    /** Makes sure that a data segment has so many elements of so many bytes. */
    public static void checkData(int from, int length, ModuleInstance instance, int segment, int elementBytes) {
        checkedData(from, length, instance, segment, elementBytes);
    }

    private static byte[] checkedData(int from, int length, ModuleInstance instance, int segment, int elementBytes) {
        byte[] bytes = instance.data(segment);
        if (Integer.toUnsignedLong(from) + Integer.toUnsignedLong(length) * elementBytes > bytes.length) {
            throw new RuntimeError(Kind.MEMORY_OUT_OF_BOUNDS, Integer.toUnsignedString(length) + " elements at "
                    + Integer.toUnsignedString(from) + " of a data segment of " + bytes.length + " bytes");
        }
        return bytes;
    }

    /** {@code array.init_elem} */
    public final void initElements(int to, int from, int length, ModuleInstance instance, int segment) {
        check(to, length, length());
        checkElements(from, length, instance, segment);
        Object[] elements = instance.elements[segment];
        for (int i = 0; i < length; i++) {
            if (elements[from + i] instanceof LazyFunction lazy) {
                elements[from + i] = lazy.resolve();
            }
        }
        System.arraycopy(elements, from, elements(), to, length);
    }

    /** Makes sure that an element segment has so many elements. */
    public static void checkElements(int from, int length, ModuleInstance instance, int segment) {
        int size = instance.elements[segment].length;
        if (Integer.toUnsignedLong(from) + Integer.toUnsignedLong(length) > size) {
            throw new RuntimeError(Kind.TABLE_OUT_OF_BOUNDS, Integer.toUnsignedString(length) + " elements at "
                    + Integer.toUnsignedString(from) + " of an element segment of " + size);
        }
    }

    @Override
    public String toString() {
        return "array of " + length() + " elements";
    }

    /** An array of i8. */
    public abstract static class OfByte extends ArrayInstance {
        public final byte[] elements;

        protected OfByte(int length) {
            elements = new byte[length];
        }

        /** {@code array.fill} */
        public final void fill(int from, int value, int length) {
            check(from, length, elements.length);
            int to = from + length;
            for (int start = from, end; start < to; start = end) {
                end = partEnd(start, to);
                Arrays.fill(elements, start, end, (byte) value);
            }
        }

        @Override
        public final int length() {
            return elements.length;
        }

        @Override
        final Object elements() {
            return elements;
        }

        @Override
        final Object read(int index) {
            return (int) elements[index];
        }

        @Override
        final void write(int index, Object value) {
            elements[index] = (byte) (int) value;
        }

        @Override
        final void decode(int to, ByteBuffer bytes, int length) {
            bytes.get(elements, to, length);
        }
    }

    /** An array of i16. */
    public abstract static class OfShort extends ArrayInstance {
        public final short[] elements;

        protected OfShort(int length) {
            elements = new short[length];
        }

        /** {@code array.fill} */
        public final void fill(int from, int value, int length) {
            check(from, length, elements.length);
            int to = from + length;
            for (int start = from, end; start < to; start = end) {
                end = partEnd(start, to);
                Arrays.fill(elements, start, end, (short) value);
            }
        }

        @Override
        public final int length() {
            return elements.length;
        }

        @Override
        final Object elements() {
            return elements;
        }

        @Override
        final Object read(int index) {
            return (int) elements[index];
        }

        @Override
        final void write(int index, Object value) {
            elements[index] = (short) (int) value;
        }

        @Override
        final void decode(int to, ByteBuffer bytes, int length) {
            bytes.asShortBuffer().get(elements, to, length);
        }
    }

    /** An array of i32. */
    public abstract static class OfInt extends ArrayInstance {
        public final int[] elements;

        protected OfInt(int length) {
            elements = new int[length];
        }

        /** {@code array.fill} */
        public final void fill(int from, int value, int length) {
            check(from, length, elements.length);
            int to = from + length;
            for (int start = from, end; start < to; start = end) {
                end = partEnd(start, to);
                Arrays.fill(elements, start, end, value);
            }
        }

        @Override
        public final int length() {
            return elements.length;
        }

        @Override
        final Object elements() {
            return elements;
        }

        @Override
        final Object read(int index) {
            return elements[index];
        }

        @Override
        final void write(int index, Object value) {
            elements[index] = (int) value;
        }

        @Override
        final void decode(int to, ByteBuffer bytes, int length) {
            bytes.asIntBuffer().get(elements, to, length);
        }
    }

    /** An array of i64. */
    public abstract static class OfLong extends ArrayInstance {
        public final long[] elements;

        protected OfLong(int length) {
            elements = new long[length];
        }

        /** {@code array.fill} */
        public final void fill(int from, long value, int length) {
            check(from, length, elements.length);
            int to = from + length;
            for (int start = from, end; start < to; start = end) {
                end = partEnd(start, to);
                Arrays.fill(elements, start, end, value);
            }
        }

        @Override
        public final int length() {
            return elements.length;
        }

        @Override
        final Object elements() {
            return elements;
        }

        @Override
        final Object read(int index) {
            return elements[index];
        }

        @Override
        final void write(int index, Object value) {
            elements[index] = (long) value;
        }

        @Override
        final void decode(int to, ByteBuffer bytes, int length) {
            bytes.asLongBuffer().get(elements, to, length);
        }
    }

    /** An array of f32. */
    public abstract static class OfFloat extends ArrayInstance {
        public final float[] elements;

        protected OfFloat(int length) {
            elements = new float[length];
        }

        /** {@code array.fill} */
        public final void fill(int from, float value, int length) {
            check(from, length, elements.length);
            int to = from + length;
            for (int start = from, end; start < to; start = end) {
                end = partEnd(start, to);
                Arrays.fill(elements, start, end, value);
            }
        }

        @Override
        public final int length() {
            return elements.length;
        }

        @Override
        final Object elements() {
            return elements;
        }

        @Override
        final Object read(int index) {
            return elements[index];
        }

        @Override
        final void write(int index, Object value) {
            elements[index] = (float) value;
        }

        @Override
        final void decode(int to, ByteBuffer bytes, int length) {
            bytes.asFloatBuffer().get(elements, to, length);
        }
    }

    /** An array of f64. */
    public abstract static class OfDouble extends ArrayInstance {
        public final double[] elements;

        protected OfDouble(int length) {
            elements = new double[length];
        }

        /** {@code array.fill} */
        public final void fill(int from, double value, int length) {
            check(from, length, elements.length);
            int to = from + length;
            for (int start = from, end; start < to; start = end) {
                end = partEnd(start, to);
                Arrays.fill(elements, start, end, value);
            }
        }

        @Override
        public final int length() {
            return elements.length;
        }

        @Override
        final Object elements() {
            return elements;
        }

        @Override
        final Object read(int index) {
            return elements[index];
        }

        @Override
        final void write(int index, Object value) {
            elements[index] = (double) value;
        }

        @Override
        final void decode(int to, ByteBuffer bytes, int length) {
            bytes.asDoubleBuffer().get(elements, to, length);
        }
    }

    /** An array of references. */
    public abstract static class OfReference extends ArrayInstance {
        public final Object[] elements;

        protected OfReference(int length) {
            elements = new Object[length];
        }

        /** {@code array.fill} */
        public final void fill(int from, Object value, int length) {
            check(from, length, elements.length);
            int to = from + length;
            for (int start = from, end; start < to; start = end) {
                end = partEnd(start, to);
                Arrays.fill(elements, start, end, value);
            }
        }

        @Override
        public final int length() {
            return elements.length;
        }

        @Override
        final Object elements() {
            return elements;
        }

        @Override
        final Object read(int index) {
            return elements[index];
        }

        @Override
        final void write(int index, Object value) {
            elements[index] = value;
        }

        @Override
        void decode(int to, ByteBuffer bytes, int length) {
            throw new IllegalStateException("references are not in data segments");
        }
    }

    /** An array of v128, each an object, or null for zero. */
    public abstract static class OfVector extends OfReference {
        protected OfVector(int length) {
            super(length);
        }

        @Override
        final void decode(int to, ByteBuffer bytes, int length) {
            for (int i = 0; i < length; i++) {
                elements[to + i] = new V128(bytes.getLong(), bytes.getLong());
            }
        }
    }
}
