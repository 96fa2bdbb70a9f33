package dev.jawa.js.graal;

import com.oracle.truffle.js.runtime.JSErrorType;

/** The error classes that the host throws. */
public enum ErrorType {
    ERROR(JSErrorType.Error),
    TYPE_ERROR(JSErrorType.TypeError),
    RANGE_ERROR(JSErrorType.RangeError),
    COMPILE_ERROR(JSErrorType.CompileError),
    LINK_ERROR(JSErrorType.LinkError),
    RUNTIME_ERROR(JSErrorType.RuntimeError);

    final JSErrorType type;

    ErrorType(JSErrorType type) {
        this.type = type;
    }
}
