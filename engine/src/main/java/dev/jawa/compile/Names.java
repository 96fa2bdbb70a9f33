package dev.jawa.compile;

/** Internal names of the classes that generated code mentions. */
final class Names {
    static final String OBJECT = "java/lang/Object";
    static final String THROWABLE = "java/lang/Throwable";
    static final String METHOD_HANDLE = "java/lang/invoke/MethodHandle";
    static final String UNSAFE = "jdk/internal/misc/Unsafe";
    static final String UNSAFE_DESCRIPTOR = "Ljdk/internal/misc/Unsafe;";

    static final String VECTORS = "dev/jawa/runtime/vector/Vectors";
    static final String V128 = "dev/jawa/V128";
    static final String HOST_FUNCTION = "dev/jawa/HostFunction";
    static final String FUNCTION_INSTANCE = "dev/jawa/runtime/FunctionInstance";
    static final String MODULE_INSTANCE = "dev/jawa/runtime/ModuleInstance";
    static final String MEMORY_INSTANCE = "dev/jawa/runtime/memory/MemoryInstance";
    static final String TABLE_INSTANCE = "dev/jawa/runtime/TableInstance";
    static final String GLOBAL_INSTANCE = "dev/jawa/runtime/GlobalInstance";
    static final String STORE = "dev/jawa/runtime/Store";
    static final String TRAPS = "dev/jawa/runtime/Traps";
    static final String NUMERICS = "dev/jawa/runtime/Numerics";
    static final String BUILTIN_FUNCTION = "dev/jawa/runtime/BuiltinFunction";
    static final String GLOBAL_READER = "dev/jawa/runtime/GlobalReader";
    static final String INTERRUPTION = "dev/jawa/runtime/limits/Interruption";
    static final String METER = "dev/jawa/runtime/limits/Meter";
    static final String HOST_RESULTS = "dev/jawa/runtime/HostResults";
    static final String MEMORY_VIEWS = "dev/jawa/runtime/memory/MemoryViews";
    static final String STRUCT_INSTANCE = "dev/jawa/runtime/aggregate/StructInstance";
    static final String ARRAY_INSTANCE = "dev/jawa/runtime/aggregate/ArrayInstance";
    static final String REFERENCES = "dev/jawa/runtime/References";
    static final String I31 = "dev/jawa/I31";
    static final String EXCEPTION_INSTANCE = "dev/jawa/runtime/ExceptionInstance";
    static final String CONTINUATIONS = "dev/jawa/runtime/continuation/Continuations";
    static final String TAG_INSTANCE = "dev/jawa/runtime/TagInstance";
    static final String TAIL_CALL = "dev/jawa/runtime/TailCall";
    static final String RESULT_TUPLE = "dev/jawa/runtime/ResultTuple";

    /** The package of all generated classes. */
    static final String GENERATED = "dev/jawa/generated/";
    static final String TUPLE = GENERATED + "Tuple";
    static final String AGGREGATE_TYPE = GENERATED + "Type";
    static final String FUNCTION_TYPE = GENERATED + "FunctionType";

    private Names() {
    }

    /** The descriptor of a class. */
    static String descriptor(String internalName) {
        return "L" + internalName + ";";
    }

    static String binary(String internalName) {
        return internalName.replace('/', '.');
    }

    static String internal(Class<?> type) {
        return type.getName().replace('.', '/');
    }
}
