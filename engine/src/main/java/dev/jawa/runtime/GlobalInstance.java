package dev.jawa.runtime;

import dev.jawa.Global;
import dev.jawa.RuntimeError;
import dev.jawa.model.GlobalType;
import dev.jawa.model.NumberType;

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

    Store store() {
        return store;
    }

    @Override
    public GlobalType type() {
        return type;
    }

    @Override
    public Object value() {
        if (type.type() instanceof NumberType number) {
            return switch (number) {
                case I32 -> i32;
                case I64 -> i64;
                case F32 -> f32;
                case F64 -> f64;
            };
        }
        return reference;
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
            case null, default -> reference = converted;
        }
    }
}
