package dev.jawa.runtime;

import dev.jawa.RuntimeError;
import dev.jawa.RuntimeError.Frame;
import dev.jawa.model.FunctionBody;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * WebAssembly's frames in the JVM's stack traces.
 *
 * <p>The classes of a module are in a package of their own, whose name ends in a number that is registered here;
 * methods are called {@code f} and the function's index, pieces of a split function with a suffix; line numbers stand
 * for positions in the function's body.
 */
public final class StackTraces {
    /** The package that all generated packages are in. */
    public static final String GENERATED = "dev.jawa.generated.";
    private static final String MODULE_PREFIX = GENERATED + "m";
    private static final int LINES = 0xFFFE;

    private static final ConcurrentHashMap<Long, WeakReference<ModuleCode>> MODULES = new ConcurrentHashMap<>();

    static {
        // The JDK initializes classes for the first one, which must not happen at the end of a stack.
        new Throwable().getStackTrace();
    }

    private StackTraces() {
    }

    /** Makes a module known by the number in the names of its classes. */
    public static void register(long number, ModuleCode code) {
        MODULES.values().removeIf(module -> module.refersTo(null));
        MODULES.put(number, new WeakReference<>(code));
    }

    /** The module of a number. Whoever has a class of it keeps it alive. */
    public static ModuleCode module(long number) {
        return java.util.Objects.requireNonNull(MODULES.get(number).get());
    }

    /** The line number that stands for an offset in a function's body. */
    public static int line(FunctionBody body, int offset) {
        return (offset - body.code().offset() >> shift(body)) + 1;
    }

    /** How many offsets share a line number. */
    static int precision(FunctionBody body) {
        return 1 << shift(body);
    }

    private static int shift(FunctionBody body) {
        int shift = 0;
        while (body.code().length() >> shift > LINES) {
            shift++;
        }
        return shift;
    }

    /** Gives an error the frames of the exception it stands for, WebAssembly's by their own names. */
    static void locate(RuntimeError error, Throwable where) {
        var elements = new ArrayList<StackTraceElement>();
        var frames = new ArrayList<Frame>();
        boolean inPiece = false;
        for (StackTraceElement element : where.getStackTrace()) {
            Optional<Frame> frame = frame(element);
            if (frame.isPresent()) {
                // The pieces of a split function are one frame, and the innermost says where.
                if (!inPiece) {
                    frames.add(frame.get());
                    elements.add(element(frame.get()));
                }
                inPiece = element.getMethodName().indexOf('_') >= 0;
            } else if (!isInternal(element) && !(frames.isEmpty() && isCheck(element))) {
                elements.add(element);
            }
        }
        error.setStackTrace(elements.toArray(StackTraceElement[]::new));
        error.locate(frames);
    }

    /** Takes the engine's own frames out of a stack trace. */
    static void removeInternal(Throwable thrown) {
        thrown.setStackTrace(Arrays.stream(thrown.getStackTrace()).filter(element -> !isInternal(element))
                .toArray(StackTraceElement[]::new));
    }

    /** The range checks of the JDK that compiled code relies on. */
    private static boolean isCheck(StackTraceElement element) {
        String name = element.getClassName();
        return name.startsWith("jdk.internal.") || name.startsWith("java.util.Objects")
                || name.startsWith("java.lang.invoke.");
    }

    private static boolean isInternal(StackTraceElement element) {
        String name = element.getClassName();
        return name.startsWith(GENERATED) || name.startsWith("dev.jawa.runtime.");
    }

    private static StackTraceElement element(Frame frame) {
        if (frame.source().isPresent()) {
            RuntimeError.Source source = frame.source().get();
            return new StackTraceElement(frame.module(), frame.function(), source.fileName(), source.line());
        }
        String place = "wasm-function[" + frame.index() + "]"
                + (frame.offset() < 0 ? "" : ":0x" + Integer.toHexString(frame.offset()));
        return new StackTraceElement(frame.module(), frame.function(), place, -1);
    }

    /** The innermost WebAssembly frame of an exception. */
    static Optional<Place> innermost(Throwable thrown) {
        for (StackTraceElement element : thrown.getStackTrace()) {
            Optional<Place> place = place(element);
            if (place.isPresent()) {
                return place;
            }
        }
        return Optional.empty();
    }

    /**
     * A place in a module.
     *
     * @param code the module
     * @param function its index
     * @param offset in the module's binary, or -1
     */
    record Place(ModuleCode code, int function, int offset) {
    }

    private static Optional<Frame> frame(StackTraceElement element) {
        return place(element).map(place -> new Frame(place.code().name().orElse("wasm"),
                place.code().functionName(place.function()).orElse("func" + place.function()),
                place.function(), place.offset(),
                place.offset() < 0 ? Optional.empty() : place.code().source(place.offset())));
    }

    private static Optional<Place> place(StackTraceElement element) {
        String name = element.getClassName();
        String method = element.getMethodName();
        if (!name.startsWith(MODULE_PREFIX) || !method.startsWith("f")) {
            return Optional.empty();
        }
        try {
            long number = Long.parseLong(name.substring(MODULE_PREFIX.length(), name.lastIndexOf('.')));
            int suffix = method.indexOf('_');
            int function = Integer.parseInt(method.substring(1, suffix < 0 ? method.length() : suffix));
            WeakReference<ModuleCode> reference = MODULES.get(number);
            ModuleCode code = reference == null ? null : reference.get();
            return code == null ? Optional.empty()
                    : Optional.of(new Place(code, function, offset(code, function, element.getLineNumber())));
        } catch (NumberFormatException _) {
            return Optional.empty();
        }
    }

    private static int offset(ModuleCode code, int function, int line) {
        int defined = function - code.model().spaces().importedFunctions();
        if (line <= 0 || defined < 0) {
            return -1;
        }
        FunctionBody body = code.model().code().get(defined);
        return body.code().offset() + (line - 1 << shift(body));
    }
}
