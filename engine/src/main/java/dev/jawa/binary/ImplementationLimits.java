package dev.jawa.binary;

import dev.jawa.CompileError;

/**
 * What a module may not exceed, whatever its bytes say. The numbers are those the JavaScript interface fixes for all
 * engines, so that a module that is accepted by one is accepted by the others.
 *
 * <p>The sizes of tables and memories are not here: those are limits of instances, a module may declare more.
 *
 * @see <a href="https://webassembly.github.io/spec/js-api/#limits">JavaScript interface, implementation-defined
 *     limits</a>
 */
public enum ImplementationLimits {
    MODULE_BYTES("bytes in a module", 1 << 30),
    TYPES("types", 1_000_000),
    SUBTYPE_DEPTH("supertypes above a type", 63),
    FUNCTIONS("functions", 1_000_000),
    IMPORTS("imports", 1_000_000),
    EXPORTS("exports", 1_000_000),
    GLOBALS("globals", 1_000_000),
    TAGS("tags", 1_000_000),
    DATA_SEGMENTS("data segments", 100_000),
    TABLES("tables", 100_000),
    ELEMENTS("elements in a segment", 10_000_000),
    MEMORIES("memories", 100),
    PARAMETERS("parameters", 1_000),
    RESULTS("results", 1_000),
    BODY_BYTES("bytes in a function body", 7_654_321),
    LOCALS("locals", 50_000),
    FIELDS("fields in a struct", 10_000),
    FIXED_ARRAY_OPERANDS("operands of array.new_fixed", 10_000),
    /** Our own: no body reaches it but by calls with very many results, over and over. */
    OPERANDS("operands on the stack", 7_654_321);

    private final String what;
    private final int maximum;

    ImplementationLimits(String what, int maximum) {
        this.what = what;
        this.maximum = maximum;
    }

    /** The largest number allowed. */
    public int maximum() {
        return maximum;
    }

    /** Whether an unsigned number is above the limit. */
    public boolean isExceededBy(int number) {
        return Integer.compareUnsigned(number, maximum) > 0;
    }

    /** What is wrong when the limit is exceeded, for messages. */
    public String reason() {
        return "too many " + what + ": at most " + maximum + " are supported";
    }

    /** Throws an error at the reader's place if an unsigned number is above the limit. */
    void check(int number, ByteReader bytes) throws CompileError {
        if (isExceededBy(number)) {
            throw bytes.error(reason());
        }
    }
}
