package dev.jawa.runtime.memory;

/**
 * How generated code reads and writes memories, chosen once for the process.
 *
 * <p>{@code RATIONALE.md} has the measurements: the JDK's own {@code Unsafe} needs a quarter of the compiler's nodes
 * for an access, so that bigger functions are compiled well. It is there for a program whose manifest or command line
 * exports {@code java.base/jdk.internal.misc} to unnamed modules; otherwise it is variable handles.
 */
public enum MemoryAccess {
    /** {@code jdk.internal.misc.Unsafe}, after a check against the memory's size. */
    UNSAFE,
    /** The same check, and then variable handles over the array, which check against its length. */
    VAR_HANDLE;

    /** Set to {@code var-handle} to do without {@code Unsafe} even where it could be had. */
    private static final String PROPERTY = "dev.jawa.memoryAccess";

    private static final MemoryAccess CURRENT = choose();

    /** The way of this process. */
    public static MemoryAccess current() {
        return CURRENT;
    }

    private static MemoryAccess choose() {
        boolean little = java.nio.ByteOrder.nativeOrder() == java.nio.ByteOrder.LITTLE_ENDIAN;
        boolean unaligned = switch (System.getProperty("os.arch", "")) {
            case "amd64", "x86_64", "aarch64", "arm64" -> true;
            default -> false;
        };
        // Generated classes are in the unnamed modules of their loaders, which get what all unnamed modules get.
        ClassLoader loader = new ClassLoader(MemoryAccess.class.getClassLoader()) {
        };
        boolean exported = Object.class.getModule().isExported("jdk.internal.misc", loader.getUnnamedModule());
        boolean wanted = !"var-handle".equals(System.getProperty(PROPERTY));
        return wanted && exported && little && unaligned ? UNSAFE : VAR_HANDLE;
    }
}
