package dev.jawa.text.script;

/** A value as scripts write it. Floating-point numbers are given by their bits. */
public sealed interface ScriptValue {
    /** An i32. */
    record I32(int value) implements ScriptValue {
    }

    /** An i64. */
    record I64(long value) implements ScriptValue {
    }

    /** An f32. */
    record F32(int bits) implements ScriptValue {
    }

    /** An f64. */
    record F64(long bits) implements ScriptValue {
    }

    /** A v128 by its low and its high half. */
    record V128(long low, long high) implements ScriptValue {
    }

    /** The null of a type. */
    record Null() implements ScriptValue {
    }

    /** Something of the host, as externref or internalised as anyref. */
    record Host(long number) implements ScriptValue {
    }

    /** The object that stands for a {@link Host} value when it is given to the engine. */
    record HostReference(long number) {
    }

    /** The value as the engine takes it. */
    default Object toJava() {
        return switch (this) {
            case I32(int value) -> value;
            case I64(long value) -> value;
            case F32(int bits) -> Float.intBitsToFloat(bits);
            case F64(long bits) -> Double.longBitsToDouble(bits);
            case V128(long low, long high) -> new dev.jawa.V128(low, high);
            case Null _ -> null;
            case Host(long number) -> new HostReference(number);
        };
    }
}
