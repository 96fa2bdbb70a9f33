package dev.jawa.compile.bytecode;

/**
 * The verifier's types (JVM specification 4.7.4) as numbers: the tag, and for objects the constant pool index of the
 * class above it.
 */
final class VerificationType {
    static final int TOP = 0;
    static final int INTEGER = 1;
    static final int FLOAT = 2;
    static final int DOUBLE = 3;
    static final int LONG = 4;
    static final int NULL = 5;
    static final int UNINITIALIZED_THIS = 6;
    static final int OBJECT = 7;

    private VerificationType() {
    }

    static int object(int classIndex) {
        return classIndex << 8 | OBJECT;
    }

    static boolean isWide(int type) {
        return type == LONG || type == DOUBLE;
    }

    /** How many slots a value takes. */
    static int slots(int type) {
        return isWide(type) ? 2 : 1;
    }

    static void write(ByteVector out, int type) {
        out.u1(type & 0xFF);
        if ((type & 0xFF) == OBJECT) {
            out.u2(type >>> 8);
        }
    }
}
