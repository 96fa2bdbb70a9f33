package dev.jawa.compile;

import dev.jawa.RuntimeError;
import dev.jawa.RuntimeError.Kind;
import dev.jawa.model.ArrayType;
import dev.jawa.model.DefinedType;
import dev.jawa.model.StructType;
import dev.jawa.runtime.AggregateLoader;
import dev.jawa.runtime.ArrayInstance;
import dev.jawa.runtime.StructInstance;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.lang.reflect.Constructor;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The classes of the struct and array types of a recursive group, one for each type, whichever modules use it. A
 * declared subtype is a subclass, so tests and casts are the JVM's own.
 *
 * <p>The group keeps its loader, objects keep their classes, and those their types; when nothing uses a group any more,
 * all of it is collected.
 */
public final class AggregateClasses extends GeneratedLoader implements AggregateLoader {
    private static final AtomicLong NUMBER = new AtomicLong();
    // The loaders alive by their number, which the names of their classes hold.
    private static final ConcurrentHashMap<Long, Registered> LOADERS = new ConcurrentHashMap<>();
    private static final ReferenceQueue<AggregateClasses> FORGOTTEN = new ReferenceQueue<>();

    private final List<DefinedType> group;
    private final String prefix;
    private final ConcurrentHashMap<Integer, Constructor<?>> constructors = new ConcurrentHashMap<>();

    private static final class Registered extends WeakReference<AggregateClasses> {
        private final long number;

        Registered(AggregateClasses loader, long number) {
            super(loader, FORGOTTEN);
            this.number = number;
        }
    }

    private AggregateClasses(List<DefinedType> group) {
        this.group = group;
        long number = NUMBER.incrementAndGet();
        prefix = Names.AGGREGATE_TYPE + number + "_";
        for (var old = (Registered) FORGOTTEN.poll(); old != null; old = (Registered) FORGOTTEN.poll()) {
            LOADERS.remove(old.number);
        }
        LOADERS.put(number, new Registered(this, number));
    }

    private static AggregateClasses of(DefinedType type) {
        return (AggregateClasses) type.groupImplementation(() -> new AggregateClasses(type.group()));
    }

    /** The internal name of the class of a struct or array type. */
    static String name(DefinedType type) {
        return of(type).prefix + type.position();
    }

    static boolean isAggregate(String binaryName) {
        return binaryName.startsWith(Names.binary(Names.AGGREGATE_TYPE));
    }

    /** The class of this binary name. Whoever knows the name keeps the type alive. */
    static Class<?> find(String binaryName) throws ClassNotFoundException {
        int start = Names.AGGREGATE_TYPE.length();
        long number = Long.parseLong(binaryName.substring(start, binaryName.indexOf('_', start)));
        Registered registered = LOADERS.get(number);
        AggregateClasses loader = registered == null ? null : registered.get();
        if (loader == null) {
            throw new ClassNotFoundException(binaryName);
        }
        return loader.loadClass(binaryName);
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        String start = Names.binary(prefix);
        if (!name.startsWith(start)) {
            return super.findClass(name);
        }
        DefinedType type = group.get(Integer.parseInt(name.substring(start.length())));
        return define(switch (type.type()) {
            case StructType _ -> StructClass.generate(type);
            case ArrayType _ -> ArrayClass.generate(type);
            default -> throw new ClassNotFoundException(name);
        });
    }

    @Override
    public DefinedType type(int position) {
        return group.get(position);
    }

    // ---- objects made by the host, or by constant expressions

    private Object construct(DefinedType type, Object... arguments) {
        try {
            Constructor<?> constructor = constructors.get(type.position());
            if (constructor == null) {
                constructor = loadClass(Names.binary(name(type))).getConstructors()[0];
                constructors.put(type.position(), constructor);
            }
            return constructor.newInstance(arguments);
        } catch (java.lang.reflect.InvocationTargetException e) {
            // The constructors do nothing but allocate.
            throw new RuntimeError(Kind.OUT_OF_MEMORY, e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("generated class that cannot be instantiated", e);
        }
    }

    /** A struct with all fields zero or null, which some of them may not be by their types. */
    public static StructInstance newStruct(DefinedType type) {
        if (!(type.type() instanceof StructType)) {
            throw new RuntimeError(Kind.TYPE_MISMATCH, type + " is not a struct type");
        }
        return (StructInstance) of(type).construct(type);
    }

    /** A struct with these fields. */
    public static StructInstance newStruct(DefinedType type, Object[] fields) {
        StructInstance struct = newStruct(type);
        struct.initialize(fields);
        return struct;
    }

    /** An array with all elements zero or null, which they may not be by its type. */
    public static ArrayInstance newArray(DefinedType type, int length) {
        if (!(type.type() instanceof ArrayType)) {
            throw new RuntimeError(Kind.TYPE_MISMATCH, type + " is not an array type");
        }
        return (ArrayInstance) of(type).construct(type, length);
    }

    /** An array with these elements. */
    public static ArrayInstance newArray(DefinedType type, Object[] elements) {
        ArrayInstance array = newArray(type, elements.length);
        array.initialize(elements);
        return array;
    }

    /** An array whose elements are all the same. */
    public static ArrayInstance newArray(DefinedType type, int length, Object element) {
        ArrayInstance array = newArray(type, length);
        array.initialize(element);
        return array;
    }
}
