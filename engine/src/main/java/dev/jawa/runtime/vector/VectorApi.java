package dev.jawa.runtime.vector;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
    private static final String PACKAGE = "jdk.incubator.vector.";
    /** The classes of vectors of 128 bits, which are no public ones. */
    private static final List<String> VECTORS = List.of("Byte128Vector", "Short128Vector", "Int128Vector", "Long128Vector",
            "Float128Vector", "Double128Vector");
    /** The classes that have a method for each instruction. */
    private static final List<String> INSTRUCTIONS = List.of("I8x16", "I16x8", "I32x4", "I64x2", "F32x4", "F64x2");
    private static final List<String> ADDED = List.of("Otherwise", "I64x2", "I8x16", "I16x8", "I32x4", "F32x4", "F64x2");

    private static final int VECTOR_BYTES = 16;

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
        static {
            try {
                Method test = Class.forName("java.lang.invoke.MethodHandleImpl")
                        .getDeclaredMethod("isCompileConstant", Object.class);
                test.setAccessible(true);
                OPTIMIZED = ALWAYS ? MethodHandles.dropArguments(MethodHandles.constant(boolean.class, true), 0, Object.class)
                        : MethodHandles.lookup().unreflect(test);
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
            add();
        } catch (ReflectiveOperationException | IOException | RuntimeException | LinkageError e) {
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
            for (String name : VECTORS) {
                Class.forName(PACKAGE + name, false, loader);
            }
            for (String name : INSTRUCTIONS) {
                Class.forName(PACKAGE + name, false, loader);
            }
            Class.forName(MethodHandle.class.getName(), false, loader);
            Class.forName(VectorApi.class.getName(), false, loader);
            Class.forName(Loaded.class.getName(), false, loader);
        } catch (ClassNotFoundException e) {
            throw new LinkageError("no vectors", e);
        }
    }

    /**
     * Adds classes to the package, which only there may name the classes of its vectors, and is inlined in any case. Each
     * method is called once, since the optimizing compiler gives up where something is not linked or initialized.
     */
    private static void add() throws ReflectiveOperationException, IOException {
        Field trusted = MethodHandles.Lookup.class.getDeclaredField("IMPL_LOOKUP");
        trusted.setAccessible(true);
        Lookup lookup = ((Lookup) trusted.get(null)).in(Class.forName(PACKAGE + "Vector"));
        for (String name : ADDED) {
            try (InputStream code = VectorApi.class.getResourceAsStream("added/" + name + ".class")) {
                lookup.defineClass(code.readAllBytes());
            }
        }
        Map<Class<?>, Object> arguments = new HashMap<>(Map.of(int.class, 0, long.class, 1L, float.class, 1f,
                double.class, 1.0, byte[].class, new byte[VECTOR_BYTES]));
        List<Method> methods = new ArrayList<>();
        for (String name : INSTRUCTIONS) {
            for (Method method : Class.forName(PACKAGE + name).getMethods()) {
                if (Modifier.isStatic(method.getModifiers())) {
                    methods.add(method);
                }
                if (method.getName().equals("splat")) {
                    Object vector = method.invoke(null, arguments.get(method.getParameterTypes()[0]));
                    arguments.put(vector.getClass(), vector);
                    arguments.putIfAbsent(Object.class, vector);
                }
            }
        }
        try (Arena arena = Arena.ofConfined()) {
            // The numbers of 64 bits are addresses in some methods.
            arguments.put(long.class, arena.allocate(VECTOR_BYTES, VECTOR_BYTES).address());
            for (Method method : methods) {
                method.invoke(null, Arrays.stream(method.getParameterTypes()).map(arguments::get).toArray());
            }
        }
    }
}
