package dev.jawa;

import dev.jawa.model.GlobalType;
import dev.jawa.model.NumberType;
import dev.jawa.runtime.GlobalInstance;

/**
 * A global variable or constant.
 *
 * @see <a href="https://developer.mozilla.org/docs/WebAssembly/Reference/JavaScript_interface/Global">MDN:
 *     WebAssembly.Global</a>
 */
public sealed interface Global extends Extern permits GlobalInstance {
    /** A constant i32. */
    static Global of(int value) {
        return of(new GlobalType(NumberType.I32, false), value);
    }

    /** A constant i64. */
    static Global of(long value) {
        return of(new GlobalType(NumberType.I64, false), value);
    }

    /** A constant f32. */
    static Global of(float value) {
        return of(new GlobalType(NumberType.F32, false), value);
    }

    /** A constant f64. */
    static Global of(double value) {
        return of(new GlobalType(NumberType.F64, false), value);
    }

    /**
     * A global of any type.
     *
     * @throws RuntimeError of the kind {@code TYPE_MISMATCH} if the value is not of the type
     */
    static Global of(GlobalType type, Object value) {
        return GlobalInstance.of(type, value);
    }

    /** Its type. */
    GlobalType type();

    /** What it holds, boxed. */
    Object value();

    /**
     * Sets it.
     *
     * @throws RuntimeError of the kind {@code TYPE_MISMATCH} if the value is not of the type or the global is constant
     */
    void value(Object value);
}
