package dev.jawa.js.webassembly;

import dev.jawa.CompileError;
import dev.jawa.LinkError;
import dev.jawa.RuntimeError;
import dev.jawa.js.graal.ErrorType;
import dev.jawa.js.graal.Realm;
import dev.jawa.wasi.preview1.ProcessExit;
import java.util.Optional;

/**
 * What JavaScript sees in place of an exception of the engine or of Java (JS API, "Error Condition Mappings to
 * JavaScript").
 */
public final class ErrorMapping {
    /** What browsers and Node.js say. */
    private static final String STACK_EXHAUSTED = "Maximum call stack size exceeded";

    private ErrorMapping() {
    }

    /** An exception that throws the counterpart in JavaScript. */
    public static RuntimeException map(Realm realm, Throwable problem) {
        return switch (problem) {
            case CompileError error -> realm.error(ErrorType.COMPILE_ERROR, error.getMessage());
            case LinkError error -> realm.error(ErrorType.LINK_ERROR, error.getMessage());
            case RuntimeError error -> trap(realm, error);
            case StackOverflowError _ -> realm.rangeError(STACK_EXHAUSTED);
            case OutOfMemoryError _ -> realm.rangeError("Out of memory");
            // Outside of start() of node:wasi.
            case ProcessExit exit -> realm.error(ErrorType.ERROR, "The WebAssembly program ended itself with exit code "
                    + Integer.toUnsignedString(exit.code()));
            // What ends the program or the JVM, and defects of the host itself.
            case Error error -> throw error;
            default -> realm.error(ErrorType.ERROR, "Internal error: " + problem);
        };
    }

    private static RuntimeException trap(Realm realm, RuntimeError trap) {
        return switch (trap.kind()) {
            case CALL_STACK_EXHAUSTED -> realm.rangeError(STACK_EXHAUSTED);
            case OUT_OF_MEMORY -> realm.rangeError(trap.getMessage());
            case TYPE_MISMATCH -> realm.typeError(trap.getMessage());
            default -> realm.thrown(realm.newError(ErrorType.RUNTIME_ERROR, trap.getMessage(), trap.getStackTrace(),
                    ErrorMapping::frame));
        };
    }

    /** As browsers write it, if the engine says that it is a WebAssembly function. */
    private static Optional<String> frame(StackTraceElement element) {
        String place = element.getFileName();
        return place != null && place.startsWith("wasm-function[")
                ? Optional.of(element.getClassName() + "." + element.getMethodName() + " (" + place + ")")
                : Optional.empty();
    }
}
