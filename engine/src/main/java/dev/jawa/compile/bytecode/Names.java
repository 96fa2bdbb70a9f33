package dev.jawa.compile.bytecode;

/** Internal names of the classes that generated code mentions. */
public final class Names {
    public static final String OBJECT = "java/lang/Object";
    public static final String THROWABLE = "java/lang/Throwable";
    public static final String METHOD_HANDLE = "java/lang/invoke/MethodHandle";
    public static final String UNSAFE = "jdk/internal/misc/Unsafe";
    public static final String UNSAFE_DESCRIPTOR = "Ljdk/internal/misc/Unsafe;";

    public static final String VECTORS = "dev/jawa/runtime/vector/Vectors";
    public static final String V128 = "dev/jawa/V128";
    public static final String HOST_FUNCTION = "dev/jawa/HostFunction";
    public static final String FUNCTION_INSTANCE = "dev/jawa/runtime/FunctionInstance";
    public static final String MODULE_INSTANCE = "dev/jawa/runtime/ModuleInstance";
    public static final String MEMORY_INSTANCE = "dev/jawa/runtime/memory/MemoryInstance";
    public static final String TABLE_INSTANCE = "dev/jawa/runtime/TableInstance";
    public static final String GLOBAL_INSTANCE = "dev/jawa/runtime/GlobalInstance";
    public static final String STORE = "dev/jawa/runtime/Store";
    public static final String TRAPS = "dev/jawa/runtime/Traps";
    public static final String NUMERICS = "dev/jawa/runtime/Numerics";
    public static final String BUILTIN_FUNCTION = "dev/jawa/runtime/BuiltinFunction";
    public static final String GLOBAL_READER = "dev/jawa/runtime/GlobalReader";
    public static final String INTERRUPTION = "dev/jawa/runtime/limits/Interruption";
    public static final String METER = "dev/jawa/runtime/limits/Meter";
    public static final String HOST_RESULTS = "dev/jawa/runtime/HostResults";
    public static final String MEMORY_VIEWS = "dev/jawa/runtime/memory/MemoryViews";
    public static final String STRUCT_INSTANCE = "dev/jawa/runtime/aggregate/StructInstance";
    public static final String ARRAY_INSTANCE = "dev/jawa/runtime/aggregate/ArrayInstance";
    public static final String REFERENCES = "dev/jawa/runtime/References";
    public static final String I31 = "dev/jawa/I31";
    public static final String EXCEPTION_INSTANCE = "dev/jawa/runtime/ExceptionInstance";
    public static final String CONTINUATIONS = "dev/jawa/runtime/continuation/Continuations";
    public static final String TAG_INSTANCE = "dev/jawa/runtime/TagInstance";
    public static final String TAIL_CALL = "dev/jawa/runtime/TailCall";
    public static final String RESULT_TUPLE = "dev/jawa/runtime/ResultTuple";

    /** The package of all generated classes. */
    public static final String GENERATED = "dev/jawa/generated/";
    public static final String TUPLE = GENERATED + "Tuple";
    public static final String AGGREGATE_TYPE = GENERATED + "Type";
    public static final String ARRAY_ACCESS = GENERATED + "ArrayAccess";
    public static final String FUNCTION_TYPE = GENERATED + "FunctionType";

    private Names() {
    }

    /** The descriptor of a class. */
    public static String descriptor(String internalName) {
        return "L" + internalName + ";";
    }

    public static String binary(String internalName) {
        return internalName.replace('/', '.');
    }

    public static String internal(Class<?> type) {
        return type.getName().replace('.', '/');
    }
}
