package dev.jawa.model;

/**
 * The one registry of what makes up WebAssembly: the versions of the standard and the proposals, with the phase each
 * has reached in the standard's process (5 is finished and part of the standard).
 *
 * @see <a href="https://github.com/WebAssembly/proposals">WebAssembly proposals</a>
 */
public enum Feature {
    /** WebAssembly 1.0, the first version. */
    MVP("WebAssembly 1.0", Standard.WASM_1_0, 5),
    SIGN_EXTENSION("sign-extension operators", Standard.WASM_2_0, 5),
    SATURATING_FLOAT_TO_INT("non-trapping float-to-int conversions", Standard.WASM_2_0, 5),
    MULTI_VALUE("multi-value", Standard.WASM_2_0, 5),
    BULK_MEMORY("bulk memory operations", Standard.WASM_2_0, 5),
    REFERENCE_TYPES("reference types", Standard.WASM_2_0, 5),
    MUTABLE_GLOBALS("import and export of mutable globals", Standard.WASM_2_0, 5),
    SIMD("fixed-width SIMD", Standard.WASM_2_0, 5),
    EXTENDED_CONST("extended constant expressions", Standard.WASM_3_0, 5),
    TAIL_CALL("tail call", Standard.WASM_3_0, 5),
    TYPED_FUNCTION_REFERENCES("typed function references", Standard.WASM_3_0, 5),
    GC("garbage collection", Standard.WASM_3_0, 5),
    EXCEPTION_HANDLING("exception handling with exnref", Standard.WASM_3_0, 5),
    MULTI_MEMORY("multiple memories", Standard.WASM_3_0, 5),
    MEMORY64("memory64", Standard.WASM_3_0, 5),
    RELAXED_SIMD("relaxed SIMD", Standard.WASM_3_0, 5),
    THREADS("threads and atomics", Standard.PROPOSAL, 4),
    WIDE_ARITHMETIC("wide arithmetic", Standard.PROPOSAL, 4),
    COMPACT_IMPORT_SECTION("compact import section", Standard.PROPOSAL, 3),
    CUSTOM_PAGE_SIZES("custom page sizes", Standard.PROPOSAL, 3),
    STACK_SWITCHING("stack switching", Standard.PROPOSAL, 3),
    CUSTOM_DESCRIPTORS("custom descriptors and JS interop", Standard.PROPOSAL, 3),
    /** Superseded by {@link #EXCEPTION_HANDLING}, but still what many toolchains emit. */
    LEGACY_EXCEPTIONS("legacy exception handling", Standard.LEGACY, 0);

    /** Where a feature stands. */
    public enum Standard {
        /** Version 1.0 of 2019. */
        WASM_1_0,
        /** Version 2.0 of 2022. */
        WASM_2_0,
        /** Version 3.0 of 2025. */
        WASM_3_0,
        /** Not part of the standard yet. */
        PROPOSAL,
        /** Never part of it, or superseded. */
        LEGACY
    }

    private final String title;
    private final Standard standard;
    private final int phase;

    Feature(String title, Standard standard, int phase) {
        this.title = title;
        this.standard = standard;
        this.phase = phase;
    }

    /** What people call it. */
    public String title() {
        return title;
    }

    /** The version of the standard that holds it. */
    public Standard standard() {
        return standard;
    }

    /** The phase in the standard's process, 0 to 5. */
    public int phase() {
        return phase;
    }
}
