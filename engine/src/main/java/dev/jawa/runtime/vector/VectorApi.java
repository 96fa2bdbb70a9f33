package dev.jawa.runtime.vector;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.WeakHashMap;

/**
 * The JDK's {@code jdk.incubator.vector}, where it can be had: compiled code computes by it once HotSpot's optimizing
 * compiler has compiled that, and never before, since each vector is an object until then.
 *
 * <p>It needs {@code java.base/java.lang.invoke} open, to ask which compiler is at work, and the module resolved, or
 * {@code java.base/jdk.internal.module} exported, to resolve it now. It takes a tenth of a second to load, and so is
 * loaded on a thread of its own when the first function wants it; until it is there, code does without.
 */
public final class VectorApi {
    /**
     * Set to {@code false} to do without even where it could be had, or to {@code always} to use it whoever has compiled the
     * code, which is very slow and for tests.
     */
    private static final String PROPERTY = "dev.jawa.vectorApi";
    private static final String MODULE = "jdk.incubator.vector";
    private static final String[] SHAPES = {"Byte", "Short", "Int", "Long", "Float", "Double"};
    private static final String[] OTHERS = {"Vector", "VectorMask", "VectorSpecies", "VectorOperators",
        "VectorOperators$Unary", "VectorOperators$Binary", "VectorOperators$Ternary", "VectorOperators$Associative",
        "VectorOperators$Comparison", "VectorOperators$Conversion"};

    private static final String[] UNARY = {"NOT", "ABS", "NEG", "BIT_COUNT", "SQRT"};
    private static final String[] BINARY = {"ADD", "SUB", "MUL", "DIV", "MIN", "MAX", "UMIN", "UMAX", "AND", "OR", "XOR",
        "AND_NOT", "SADD", "SUADD", "SSUB", "SUSUB"};
    private static final String[] SHIFTS = {"LSHL", "ASHR", "LSHR"};
    private static final String[] TERNARY = {"BITWISE_BLEND", "FMA"};
    private static final String[] COMPARISONS = {"EQ", "NE", "LT", "LE", "GT", "GE", "ULT", "ULE", "UGT", "UGE"};

    private static final boolean ALWAYS = "always".equals(System.getProperty(PROPERTY));
    private static final boolean POSSIBLE = choose();
    private static final List<ClassLoader> WAITING = new ArrayList<>();
    /** Loaders that have been asked for its classes, or are about to be. */
    private static final Set<ClassLoader> RESOLVED =
            Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));
    private static boolean started;

    /** Whether it is loaded, as compiled code reads it. */
    public static boolean ready;

    private VectorApi() {
    }

    /** What compiled code uses once it is {@link #ready}. */
    public static final class Loaded {
        /**
         * Takes a constant and says whether the code that passes it knows that it is one, which only the optimizing
         * compiler does.
         */
        public static final MethodHandle OPTIMIZED;
        // The classes of vectors of 128 bits, which are no public ones.
        public static final Class<?> BYTE;
        public static final Class<?> SHORT;
        public static final Class<?> INT;
        public static final Class<?> LONG;
        public static final Class<?> FLOAT;
        public static final Class<?> DOUBLE;

        static {
            try {
                Method test = Class.forName("java.lang.invoke.MethodHandleImpl")
                        .getDeclaredMethod("isCompileConstant", Object.class);
                test.setAccessible(true);
                OPTIMIZED = ALWAYS ? MethodHandles.dropArguments(MethodHandles.constant(boolean.class, true), 0, Object.class)
                        : MethodHandles.lookup().unreflect(test);
                BYTE = broadcast("Byte").getClass();
                SHORT = broadcast("Short").getClass();
                INT = broadcast("Int").getClass();
                LONG = broadcast("Long").getClass();
                FLOAT = broadcast("Float").getClass();
                DOUBLE = broadcast("Double").getClass();
            } catch (ReflectiveOperationException e) {
                throw new LinkageError("no vectors", e);
            }
        }

        private Loaded() {
        }
    }

    /** Whether this process can load it. */
    public static boolean isPossible() {
        return POSSIBLE;
    }

    private static boolean choose() {
        Module base = Object.class.getModule();
        Module engine = VectorApi.class.getModule();
        boolean suits = switch (System.getProperty("os.arch", "")) {
            case "amd64", "x86_64", "aarch64", "arm64" -> true;
            default -> false;
        };
        return suits && hasC2() && !"false".equals(System.getProperty(PROPERTY))
                && base.isOpen("java.lang.invoke", engine)
                && (ModuleLayer.boot().findModule(MODULE).isPresent() || base.isExported("jdk.internal.module", engine));
    }

    /** Graal's compiler says of constants what C2 does, but does not keep vectors in registers in all its editions. */
    private static boolean hasC2() {
        return !System.getProperty("java.vm.version", "").contains("jvmci")
                && !System.getProperty("java.vendor.version", "").contains("GraalVM");
    }

    /** Says that classes of a loader use it; they will as soon as it is {@link #ready}. */
    public static void require(ClassLoader loader) {
        if (isWaiting(loader)) {
            return;
        }
        if (!ready) {
            load();
        }
        // On a thread of its own, since whoever waits for this one may have the loader's lock.
        if (RESOLVED.add(loader)) {
            Thread.ofPlatform().daemon().name("jawa-vector-api").start(() -> resolve(loader));
        }
    }

    /** Whether a loader waits for it to be loaded on the thread for that. */
    private static boolean isWaiting(ClassLoader loader) {
        synchronized (WAITING) {
            if (ready || ALWAYS) {
                return false;
            }
            if (!WAITING.contains(loader)) {
                WAITING.add(loader);
            }
            if (!started) {
                started = true;
                Thread.ofPlatform().daemon().name("jawa-vector-api").start(VectorApi::load);
            }
            return true;
        }
    }

    private static void load() {
        try {
            if (ModuleLayer.boot().findModule(MODULE).isEmpty()) {
                Class.forName("jdk.internal.module.Modules").getMethod("loadModule", String.class).invoke(null, MODULE);
            }
            Class.forName(Loaded.class.getName(), true, VectorApi.class.getClassLoader());
            initialize();
        } catch (ReflectiveOperationException | LinkageError e) {
            // A JDK without the module, or with another one: code does without.
            return;
        }
        while (!isReady()) {
            resolveWaiting();
        }
    }

    /** Says that it is ready, if no loader is waiting. */
    private static boolean isReady() {
        synchronized (WAITING) {
            ready = WAITING.isEmpty();
            return ready;
        }
    }

    /** Without the lock, since who asks for it may have a loader's. */
    private static void resolveWaiting() {
        List<ClassLoader> waiting;
        synchronized (WAITING) {
            waiting = List.copyOf(WAITING);
            WAITING.clear();
        }
        waiting.forEach(VectorApi::resolve);
    }

    /** The optimizing compiler takes a class for unknown that its loader has never been asked for. */
    private static void resolve(ClassLoader loader) {
        try {
            for (String shape : SHAPES) {
                Class.forName(name(shape + "Vector"), false, loader);
            }
            Class.forName(Class.class.getName(), false, loader);
            Class.forName(MethodHandle.class.getName(), false, loader);
            Class.forName(Objects.class.getName(), false, loader);
            Class.forName(VectorApi.class.getName(), false, loader);
            Class.forName(Loaded.class.getName(), false, loader);
            for (String other : OTHERS) {
                Class.forName(name(other), false, loader);
            }
        } catch (ClassNotFoundException e) {
            throw new LinkageError("no vectors", e);
        }
    }

    private static String name(String simpleName) {
        return MODULE + "." + simpleName;
    }

    private static Object species(String shape) throws ReflectiveOperationException {
        return Class.forName(name(shape + "Vector")).getField("SPECIES_128").get(null);
    }

    private static Object broadcast(String shape) throws ReflectiveOperationException {
        Class<?> vector = Class.forName(name(shape + "Vector"));
        return vector.getMethod("broadcast", Class.forName(name("VectorSpecies")), long.class)
                .invoke(null, species(shape), 1L);
    }

    /**
     * Does once what compiled code will: the optimizing compiler gives up where something is not initialized, or where an
     * operator has never been used with lanes of a kind.
     */
    private static void initialize() throws ReflectiveOperationException {
        Class<?> vector = Class.forName(name("Vector"));
        Class<?> species = Class.forName(name("VectorSpecies"));
        Class<?> mask = Class.forName(name("VectorMask"));
        for (String shape : SHAPES) {
            Object ones = broadcast(shape);
            for (String each : SHAPES) {
                vector.getMethod("reinterpretAs" + each + "s").invoke(ones);
            }
            Method unary = lanewise("Unary");
            Method binary = lanewise("Binary", vector);
            Method shift = lanewise("Binary", long.class);
            Method ternary = lanewise("Ternary", vector, vector);
            each(UNARY, operator -> unary.invoke(ones, operator));
            each(BINARY, operator -> binary.invoke(ones, operator, ones));
            each(SHIFTS, operator -> shift.invoke(ones, operator, 1L));
            each(TERNARY, operator -> ternary.invoke(ones, operator, ones, ones));
            Class<?> comparison = Class.forName(name("VectorOperators$Comparison"));
            Method compare = vector.getMethod("compare", comparison, vector);
            Method compareAll = vector.getMethod("compare", comparison, long.class);
            each(COMPARISONS, operator -> {
                compareAll.invoke(ones, operator, 0L);
                Object found = compare.invoke(ones, operator, ones);
                mask.getMethod("toVector").invoke(found);
                mask.getMethod("toLong").invoke(found);
                mask.getMethod("anyTrue").invoke(found);
                mask.getMethod("cast", species).invoke(found, species(shape.equals("Float") ? "Int"
                        : shape.equals("Double") ? "Long" : shape));
                vector.getMethod("blend", vector, mask).invoke(ones, ones, found);
            });
            Class<?> kind = Class.forName(name(shape + "Vector"));
            Class<?> lane = kind.getMethod("lane", int.class).getReturnType();
            Object first = kind.getMethod("lane", int.class).invoke(ones, 0);
            kind.getMethod("withLane", int.class, lane).invoke(ones, 1, first);
            kind.getMethod("broadcast", species, lane).invoke(null, species(shape), first);
        }
        Class<?> bytes = Class.forName(name("ByteVector"));
        Object read = bytes.getMethod("fromArray", species, byte[].class, int.class)
                .invoke(null, species("Byte"), new byte[16], 0);
        bytes.getMethod("intoArray", byte[].class, int.class).invoke(read, new byte[16], 0);
        bytes.getMethod("selectFrom", vector).invoke(read, read);
        bytes.getMethod("selectFrom", vector, vector).invoke(read, read, read);
        Class<?> conversion = Class.forName(name("VectorOperators$Conversion"));
        Method convert = vector.getMethod("convert", conversion, int.class);
        convert.invoke(broadcast("Int"), operator("I2F"), 0);
        convert.invoke(broadcast("Float"), operator("F2I"), 0);
        Method convertShape = vector.getMethod("convertShape", conversion, species, int.class);
        convertShape.invoke(broadcast("Int"), operator("I2D"), species("Double"), 0);
        convertShape.invoke(broadcast("Float"), operator("F2D"), species("Double"), 0);
    }

    /** Something that is done with an operator. */
    private interface Use {
        void with(Object operator) throws ReflectiveOperationException;
    }

    private static void each(String[] operators, Use use) throws ReflectiveOperationException {
        for (String operator : operators) {
            try {
                use.with(operator(operator));
            } catch (InvocationTargetException e) {
                // Not every operator is for lanes of every kind.
                continue;
            }
        }
    }

    private static Object operator(String name) throws ReflectiveOperationException {
        return Class.forName(name("VectorOperators")).getField(name).get(null);
    }

    private static Method lanewise(String kind, Class<?>... operands) throws ReflectiveOperationException {
        var types = new ArrayList<Class<?>>(List.of(operands));
        types.addFirst(Class.forName(name("VectorOperators$" + kind)));
        return Class.forName(name("Vector")).getMethod("lanewise", types.toArray(Class[]::new));
    }
}
