package dev.jawa;

import java.util.List;
import java.util.Optional;

/**
 * WebAssembly code trapped: it did what the semantics forbid, or ran out of what it may use.
 *
 * <p>The stack trace shows WebAssembly functions by their names in place of the classes they were compiled to;
 * {@link #frames()} gives them alone.
 *
 * @see <a href="https://developer.mozilla.org/docs/WebAssembly/Reference/JavaScript_interface/RuntimeError">MDN:
 *     WebAssembly.RuntimeError</a>
 */
public final class RuntimeError extends WebAssemblyException {
    private static final long serialVersionUID = 1L;

    /** Why the code trapped. The messages are those of the spec's test suite. */
    public enum Kind {
        UNREACHABLE("unreachable"),
        INTEGER_DIVIDE_BY_ZERO("integer divide by zero"),
        INTEGER_OVERFLOW("integer overflow"),
        INVALID_CONVERSION_TO_INTEGER("invalid conversion to integer"),
        MEMORY_OUT_OF_BOUNDS("out of bounds memory access"),
        TABLE_OUT_OF_BOUNDS("out of bounds table access"),
        ARRAY_OUT_OF_BOUNDS("out of bounds array access"),
        /** A {@code call_indirect} with an index outside the table. */
        UNDEFINED_ELEMENT("undefined element"),
        /** A {@code call_indirect} of an element that is null. */
        UNINITIALIZED_ELEMENT("uninitialized element"),
        INDIRECT_CALL_TYPE_MISMATCH("indirect call type mismatch"),
        /** A null where something is needed; the message says what, as in {@code null array reference}. */
        NULL_REFERENCE("null reference"),
        CAST_FAILURE("cast failure"),
        /** The thread's stack is full, or a limit on calls ({@link Limits.Builder#stackDepth}) was reached. */
        CALL_STACK_EXHAUSTED("call stack exhausted"),
        /** There is no room in the JVM's heap, or none for anything so large. */
        OUT_OF_MEMORY("out of memory"),
        /** An instance needs more memory, table elements or instances than its {@link Limits} allow. */
        LIMIT_EXCEEDED("limit exceeded"),
        UNALIGNED_ATOMIC("unaligned atomic"),
        EXPECTED_SHARED_MEMORY("expected shared memory"),
        /** A limit on time ({@link Limits.Builder#deadline}) was reached. */
        DEADLINE_EXCEEDED("deadline exceeded"),
        /** A limit on instructions ({@link Limits.Builder#fuel}) was reached. */
        OUT_OF_FUEL("out of fuel"),
        /** {@link Instance#interrupt()} was called, or the thread was interrupted while it waited in {@code memory.atomic.wait32} or {@code wait64}. */
        INTERRUPTED("interrupted"),
        /** A second thread entered an instance, or one linked to it, while another was in it. */
        CONCURRENT_ENTRY("entered by two threads at once"),
        /** A continuation was used a second time (stack switching proposal). */
        CONTINUATION_CONSUMED("continuation already consumed"),
        /**
         * No {@code resume} around a {@code suspend} or {@code switch} handles its tag, or there are frames of the host
         * in between (stack switching proposal).
         */
        UNHANDLED_TAG("unhandled tag"),
        /** A value that JavaScript or Java gave does not fit the type that WebAssembly expects. */
        TYPE_MISMATCH("type mismatch");

        private final String message;

        Kind(String message) {
            this.message = message;
        }

        /** What the spec's test suite calls it. */
        public String message() {
            return message;
        }
    }

    private final Kind kind;
    private transient List<Frame> frames = List.of();

    /** A trap with the spec's message. */
    public RuntimeError(Kind kind) {
        this(kind, kind.message(), null);
    }

    /**
     * A trap with more to say.
     *
     * @param detail follows the spec's message after a colon
     */
    public RuntimeError(Kind kind, String detail) {
        this(kind, kind.message() + ": " + detail, null);
    }

    /** A trap with a message of its own. */
    public static RuntimeError of(Kind kind, String message) {
        return new RuntimeError(kind, message, null);
    }

    /** A trap that the JVM noticed first. */
    public RuntimeError(Kind kind, Throwable cause) {
        this(kind, kind.message(), cause);
    }

    /** For the engine alone: a trap without a stack trace that is made before it happens, for when it cannot be made. */
    public static RuntimeError prepared(Kind kind, String detail) {
        return new RuntimeError(kind.message() + ": " + detail, kind);
    }

    private RuntimeError(String message, Kind kind) {
        super(message);
        this.kind = kind;
    }

    private RuntimeError(Kind kind, String message, Throwable cause) {
        super(message, cause, true);
        this.kind = kind;
    }

    /** Why the code trapped. */
    public Kind kind() {
        return kind;
    }

    /** The WebAssembly functions that were running, innermost first. */
    public List<Frame> frames() {
        return frames;
    }

    /** For the engine alone: says where it happened, once that is known. */
    public void locate(List<Frame> frames) {
        if (this.frames.isEmpty()) {
            this.frames = List.copyOf(frames);
        }
    }

    /**
     * A WebAssembly function in a stack trace.
     *
     * @param module the module's name, or {@code "wasm"}
     * @param function the function's name, or {@code func} and its index
     * @param index the function's index
     * @param offset a byte of the module's binary inside the instruction that was running, or -1
     * @param source where that instruction comes from, if the module says it
     */
    public record Frame(String module, String function, int index, int offset, Optional<Source> source) {
        /**
         * As browsers write it: {@code module.function (wasm-function[index]:0xoffset)}, with the place in the source
         * before if it is known: {@code module.function (file.c:12:7, wasm-function[index]:0xoffset)}.
         */
        @Override
        public String toString() {
            String place = offset < 0 ? "" : ":0x" + Integer.toHexString(offset);
            return module + "." + function + " (" + source.map(known -> known.place() + ", ").orElse("")
                    + "wasm-function[" + index + "]" + place + ")";
        }
    }

    /**
     * A place in a source file, from the section {@code .debug_line} that compilers write with {@code -g} (DWARF). Of
     * code that was inlined it is the place where that was written.
     *
     * @param file its path, as the compiler was given it
     * @param line from 1
     * @param column from 1, or 0 if it is not known
     */
    public record Source(String file, int line, int column) {
        /** The file without its folders. */
        public String fileName() {
            return file.substring(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1);
        }

        /** The file without its folders, line and column. */
        String place() {
            return fileName() + ":" + line + (column > 0 ? ":" + column : "");
        }
    }
}
