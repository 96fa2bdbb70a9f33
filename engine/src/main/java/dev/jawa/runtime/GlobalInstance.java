package dev.jawa.runtime;

import dev.jawa.Global;
import dev.jawa.RuntimeError;
import dev.jawa.V128;
import dev.jawa.model.GlobalType;
import dev.jawa.model.NumberType;
import dev.jawa.model.ReferenceType;
import dev.jawa.model.VectorType;

/** A global that is seen from outside its instance (core spec 4.2.9). Generated code reads and writes its fields. */
public final class GlobalInstance implements Global {
    /** The value of an i32. */
    public int i32;
    /** The value of an i64. */
    public long i64;
    /** The value of an f32. */
    public float f32;
    /** The value of an f64. */
    public double f64;
    /** The low half of a v128. */
    public long v128Low;
    /** The high half of a v128. */
    public long v128High;
    /** The value of a reference. */
    public Object reference;

    private final GlobalType type;
    private final Store store = new Store();

    GlobalInstance(GlobalType type) {
        this.type = type;
    }

    /** A global with a value given by the host. */
    public static GlobalInstance of(GlobalType type, Object value) {
        var global = new GlobalInstance(type);
        global.assign(value);
        return global;
    }

    /** Whether what it holds, or what that leads to, can change. */
    boolean isState() {
        return type.mutable() || type.type() instanceof ReferenceType;
    }

    Store store() {
        return store;
    }

    @Override
    public GlobalType type() {
        return type;
    }

    @Override
    public Object value() {
        return switch (type.type()) {
            case NumberType number -> switch (number) {
                case I32 -> i32;
                case I64 -> i64;
                case F32 -> (Object) f32;
                case F64 -> f64;
            };
            case VectorType _ -> new V128(v128Low, v128High);
            case ReferenceType _ -> reference;
        };
    }

    @Override
    public void value(Object value) {
        if (!type.mutable()) {
            throw new RuntimeError(RuntimeError.Kind.TYPE_MISMATCH, "the global is constant");
        }
        assign(value);
    }

    private void assign(Object value) {
        assignUnchecked(Values.convert(type.type(), value));
    }

    /** Sets the value, even of a constant, to one that is of the type. */
    void assignUnchecked(Object converted) {
        switch (converted) {
            case Integer number when type.type() == NumberType.I32 -> i32 = number;
            case Long number when type.type() == NumberType.I64 -> i64 = number;
            case Float number when type.type() == NumberType.F32 -> f32 = number;
            case Double number when type.type() == NumberType.F64 -> f64 = number;
            case V128(long low, long high) when type.type() == VectorType.V128 -> {
                v128Low = low;
                v128High = high;
            }
            case null, default -> reference = converted;
        }
    }
}
