package dev.jawa.compile.type;

import dev.jawa.RuntimeError;
import dev.jawa.RuntimeError.Kind;
import dev.jawa.compile.bytecode.Names;
import dev.jawa.model.ArrayType;
import dev.jawa.model.DefinedType;
import dev.jawa.model.StructType;
import dev.jawa.runtime.aggregate.AggregateLoader;
import dev.jawa.runtime.aggregate.ArrayInstance;
import dev.jawa.runtime.aggregate.StructInstance;
import java.lang.reflect.Constructor;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The classes of the struct and array types of a recursive group, one for each type, whichever modules use it. A
 * declared subtype is a subclass, so tests and casts are the JVM's own.
 *
 * <p>The group keeps its loader, objects keep their classes, and those their types; when nothing uses a group any more,
 * all of it is collected.
 */
public final class AggregateClasses extends GeneratedLoader implements AggregateLoader {
    private static final WeakRegistry LOADERS = new WeakRegistry();

    private final List<DefinedType> group;
    private final String prefix;
    private final ConcurrentHashMap<Integer, Constructor<?>> constructors = new ConcurrentHashMap<>();

    private AggregateClasses(List<DefinedType> group) {
        this.group = group;
        prefix = Names.AGGREGATE_TYPE + LOADERS.add(this) + "_";
    }

    private static AggregateClasses of(DefinedType type) {
        return (AggregateClasses) type.groupImplementation(() -> new AggregateClasses(type.group()));
    }

    /** The internal name of the class of a struct or array type. */
    public static String name(DefinedType type) {
        return of(type).prefix + type.position();
    }

    static boolean isAggregate(String binaryName) {
        return binaryName.startsWith(Names.binary(Names.AGGREGATE_TYPE));
    }

    /** The class of this binary name. Whoever knows the name keeps the type alive. */
    static Class<?> find(String binaryName) throws ClassNotFoundException {
        return LOADERS.load(binaryName, Names.AGGREGATE_TYPE.length());
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
