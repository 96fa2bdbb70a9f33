package dev.jawa.runtime;

import dev.jawa.Function;
import dev.jawa.RuntimeError;
import dev.jawa.V128;
import dev.jawa.model.DefinedType;
import dev.jawa.model.FunctionType;
import dev.jawa.model.NumberType;
import dev.jawa.model.ReferenceType;
import dev.jawa.model.ValueType;
import dev.jawa.model.VectorType;
import dev.jawa.runtime.vector.Vectors;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * A function (core spec 4.2.6).
 *
 * <p>For each function type there is a generated subclass with two methods of its JVM type: {@code call}, which
 * compiled code calls, and {@code enter}, which everybody else calls; it takes possession of the store and translates
 * what is thrown. So the class is the signature that {@code call_indirect} checks. Below it there is a class for each
 * WebAssembly function and some for host functions.
 */
public abstract non-sealed class FunctionInstance implements Function {
    /** The JVM allows 255 slots, one of which is the receiver or the instance. */
    public static final int LARGEST_PARAMETER_SLOTS = 254;

    /** A method handle is itself an argument, and so is the function that its own code is bound to. */
    private static final int LARGEST_HANDLE_SLOTS = 253;

    private static final MethodHandle TUPLE_TO_LIST;
    private static final MethodHandle CALL_BOXED;
    private static final MethodHandle CONVERT;

    static {
        try {
            TUPLE_TO_LIST = MethodHandles.lookup().findStatic(FunctionInstance.class, "list",
                    MethodType.methodType(List.class, Object.class));
            CALL_BOXED = MethodHandles.lookup().findVirtual(FunctionInstance.class, "callBoxed",
                    MethodType.methodType(Object.class, Object[].class));
            CONVERT = MethodHandles.lookup().findStatic(Values.class, "convert",
                    MethodType.methodType(Object.class, ValueType.class, Object.class));
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Where it prepares tail calls. */
    public final TailCall tailCall;

    private final DefinedType type;
    private final ModuleInstance instance;
    private final int index;
    // The store it may touch, null for a host function; the root when it was last entered.
    private Store store;

    /**
     * A function.
     *
     * @param type a function type
     * @param instance the instance whose code it is, {@code null} for a host function
     * @param index in the instance's function index space
     */
    protected FunctionInstance(DefinedType type, ModuleInstance instance, int index) {
        this.type = type;
        this.instance = instance;
        this.index = index;
        store = instance == null ? null : instance.store();
        tailCall = instance == null ? TailCall.NONE : instance.tailCall;
    }

    public DefinedType definedType() {
        return type;
    }

    @Override
    public FunctionType type() {
        return (FunctionType) type.type();
    }

    /** Its index in the module that defines it; 0 for a host function. */
    public int index() {
        return index;
    }

    /** The instance whose code it is, or {@code null} if it is the host's. */
    ModuleInstance instance() {
        return instance;
    }

    /** The store it may touch, or {@code null} if it is the host's. */
    Store store() {
        return store;
    }

    /** Comes in from outside. */
    public final Store entered() {
        Store known = store;
        try {
            Store entered = known == null ? null : known.enter();
            if (entered != known && entered != null) {
                store = entered;
            }
            return entered;
        } catch (StackOverflowError | OutOfMemoryError e) {
            throw Traps.unchecked(Traps.translate(e));
        }
    }

    /** Goes out again, with what {@link #entered} gave. */
    public final void left(Store entered) {
        if (entered != null) {
            entered.leave();
        }
    }

    /** Makes sure that a reference from outside is of the type of a parameter. */
    protected final Object argument(Object reference, int parameter) {
        return Values.convert(type().parameters().get(parameter), reference);
    }

    /** Calls with boxed arguments of the exact types; gives the boxed result, a tuple, or null if there is none. */
    protected abstract Object enterBoxed(Object[] arguments);

    /** The same from within the store. */
    public abstract Object invokeBoxed(Object[] arguments);

    private Object enterConverted(Object... arguments) {
        List<ValueType> parameters = type().parameters();
        if (arguments.length != parameters.size()) {
            throw new RuntimeError(RuntimeError.Kind.TYPE_MISMATCH, "the function takes " + parameters.size()
                    + " arguments, not " + arguments.length);
        }
        Object[] converted = new Object[arguments.length];
        for (int i = 0; i < converted.length; i++) {
            converted[i] = Values.convert(parameters.get(i), arguments[i]);
        }
        Object result = enterBoxed(Vectors.halved(parameters, converted));
        return type().results().equals(List.of(VectorType.V128)) ? listOfResults(result).getFirst() : result;
    }

    /**
     * Calls with as many arguments as there are parameters, numbers in the boxes of their types. No vectors.
     *
     * @return the boxed result, an array of several, or {@code null} if there is none
     */
    public final Object callExactly(Object[] arguments) {
        List<ValueType> parameters = type().parameters();
        for (int i = 0; i < arguments.length; i++) {
            if (parameters.get(i) instanceof ReferenceType reference) {
                arguments[i] = Values.convert(reference, arguments[i]);
            }
        }
        Object result = enterBoxed(arguments);
        return result instanceof ResultTuple tuple ? tuple.toArray() : result;
    }

    private static List<Object> list(Object tuple) {
        return list(((ResultTuple) tuple).toArray());
    }

    private static List<Object> list(Object[] values) {
        return Collections.unmodifiableList(Arrays.asList(values));
    }

    private Object callBoxed(Object[] arguments) {
        Object result = enterConverted(arguments);
        return type().results().size() > 1 ? listOfResults(result) : result;
    }

    private List<Object> listOfResults(Object tuple) {
        return list(Vectors.joined(type().results(), ((ResultTuple) tuple).toArray()));
    }

    @Override
    public List<Object> call(Object... arguments) {
        Object result = enterConverted(arguments);
        return switch (type().results().size()) {
            case 0 -> List.of();
            case 1 -> Collections.singletonList(result);
            default -> listOfResults(result);
        };
    }

    @Override
    public <R> R call(Class<R> wanted, Object... arguments) {
        List<ValueType> results = type().results();
        if (!wanted.isRecord() || results.size() == 1 && Records.components(wanted) != 1) {
            return Values.single(wanted, results, () -> call(arguments).getFirst());
        }
        MethodHandle constructor = Records.constructor(wanted, results);
        return Records.create(wanted, constructor, call(arguments));
    }

    private Object single(NumberType wanted, Object... arguments) {
        if (!type().results().equals(List.of(wanted))) {
            throw new RuntimeError(RuntimeError.Kind.TYPE_MISMATCH,
                    "the function's type is " + type() + ", its result not " + wanted);
        }
        return enterConverted(arguments);
    }

    /**
     * As {@link #single}, with arguments that Java may have widened to fit an overload: {@code callDouble(1, 2)} passes
     * doubles whatever the function takes. What comes back unchanged is narrowed again.
     */
    private Object singleOfWidened(NumberType wanted, Object... arguments) {
        List<ValueType> parameters = type().parameters();
        for (int i = 0; i < Math.min(arguments.length, parameters.size()); i++) {
            arguments[i] = Values.narrowed(parameters.get(i), (Number) arguments[i]);
        }
        return single(wanted, arguments);
    }

    @Override
    public int callInt(Object... arguments) {
        return (int) single(NumberType.I32, arguments);
    }

    // Subclasses of the fitting types override these.

    @Override
    public int callInt() {
        return (int) single(NumberType.I32);
    }

    @Override
    public int callInt(int a) {
        return (int) single(NumberType.I32, a);
    }

    @Override
    public int callInt(int a, int b) {
        return (int) single(NumberType.I32, a, b);
    }

    @Override
    public int callInt(int a, int b, int c) {
        return (int) single(NumberType.I32, a, b, c);
    }

    @Override
    public long callLong(Object... arguments) {
        return (long) single(NumberType.I64, arguments);
    }

    @Override
    public long callLong(long a) {
        return (long) singleOfWidened(NumberType.I64, a);
    }

    @Override
    public long callLong(long a, long b) {
        return (long) singleOfWidened(NumberType.I64, a, b);
    }

    @Override
    public float callFloat(Object... arguments) {
        return (float) single(NumberType.F32, arguments);
    }

    @Override
    public double callDouble(Object... arguments) {
        return (double) single(NumberType.F64, arguments);
    }

    @Override
    public double callDouble(double a) {
        return (double) singleOfWidened(NumberType.F64, a);
    }

    @Override
    public double callDouble(double a, double b) {
        return (double) singleOfWidened(NumberType.F64, a, b);
    }

    // ---- tail calls; subclasses override the one that fits their result. The caller passes the callee's own place,
    // since it mostly knows it already: waiting for it to be read from the callee would cost most of a call's time.

    /** Makes a call that was prepared; it ends with its result or with the next prepared call in its own place. */
    public int makeTailCallI(TailCall prepared, TailCall own) {
        throw new IllegalStateException("not of this type: " + type);
    }

    /** Makes a call that was prepared; it ends with its result or with the next prepared call in its own place. */
    public long makeTailCallJ(TailCall prepared, TailCall own) {
        throw new IllegalStateException("not of this type: " + type);
    }

    /** Makes a call that was prepared; it ends with its result or with the next prepared call in its own place. */
    public float makeTailCallF(TailCall prepared, TailCall own) {
        throw new IllegalStateException("not of this type: " + type);
    }

    /** Makes a call that was prepared; it ends with its result or with the next prepared call in its own place. */
    public double makeTailCallD(TailCall prepared, TailCall own) {
        throw new IllegalStateException("not of this type: " + type);
    }

    /** Makes a call that was prepared; it ends with its result or with the next prepared call in its own place. */
    public Object makeTailCallA(TailCall prepared, TailCall own) {
        throw new IllegalStateException("not of this type: " + type);
    }

    /** Makes a call that was prepared; it ends with its result or with the next prepared call in its own place. */
    public void makeTailCallV(TailCall prepared, TailCall own) {
        throw new IllegalStateException("not of this type: " + type);
    }

    @Override
    public MethodHandle methodHandle() {
        List<ValueType> parameters = type().parameters();
        if (slots(parameters) > LARGEST_HANDLE_SLOTS) {
            throw new RuntimeError(RuntimeError.Kind.TYPE_MISMATCH,
                    "a method handle cannot have " + parameters.size() + " parameters");
        }
        MethodType exact = methodType(type());
        if (Vectors.among(type())) {
            return CALL_BOXED.bindTo(this).asCollector(Object[].class, exact.parameterCount()).asType(exact);
        }
        boolean tuple = type().results().size() > 1;
        try {
            MethodHandle handle = MethodHandles.publicLookup()
                    .findVirtual(getClass(), "enter", tuple ? exact.changeReturnType(Object.class) : exact)
                    .bindTo(this);
            for (int i = 0; i < exact.parameterCount(); i++) {
                if (restricts(parameters.get(i))) {
                    handle = MethodHandles.filterArguments(handle, i, CONVERT.bindTo(parameters.get(i)));
                }
            }
            return tuple ? MethodHandles.filterReturnValue(handle, TUPLE_TO_LIST) : handle;
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("generated class without its entry", e);
        }
    }

    private static int slots(List<ValueType> types) {
        int slots = 0;
        for (ValueType type : types) {
            slots += type == NumberType.I64 || type == NumberType.F64 ? 2 : 1;
        }
        return slots;
    }

    /** Whether there are values of a type's Java class that are not of the type. */
    public static boolean restricts(ValueType type) {
        return !(type instanceof NumberType) && !type.equals(ReferenceType.EXTERNREF);
    }

    /** The JVM type of the method handle for a function type. */
    static MethodType methodType(FunctionType type) {
        Class<?> result = switch (type.results().size()) {
            case 0 -> void.class;
            case 1 -> carrier(type.results().getFirst());
            default -> List.class;
        };
        return MethodType.methodType(result, type.parameters().stream().map(FunctionInstance::carrier).toList());
    }

    static Class<?> carrier(ValueType type) {
        if (!(type instanceof NumberType number)) {
            return type instanceof VectorType ? V128.class : Object.class;
        }
        return switch (number) {
            case I32 -> int.class;
            case I64 -> long.class;
            case F32 -> float.class;
            case F64 -> double.class;
        };
    }

    @Override
    public String toString() {
        return "function" + type();
    }
}
