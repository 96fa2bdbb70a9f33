package dev.jawa.runtime;

/**
 * How WebAssembly sees what a host's functions throw: as exceptions of one tag, which have one value, an
 * {@code externref}. A {@link TagInstance} made with one of these is that tag: for the JavaScript host,
 * {@code WebAssembly.JSTag}. It catches what any host function threw, unless that was a
 * {@link dev.jawa.WasmException}.
 */
public interface HostExceptions {
    /** For hosts in Java: the value is the {@link Throwable}. */
    HostExceptions JAVA = new HostExceptions() {
        @Override
        public Object reference(Throwable thrown) {
            return thrown;
        }

        @Override
        public Throwable throwable(Object reference) {
            return reference instanceof Throwable thrown ? thrown : null;
        }
    };

    /** The value that a handler gets for what a host function threw. */
    Object reference(Throwable thrown);

    /**
     * What the host is thrown for an exception of the tag that WebAssembly code itself made.
     *
     * @param reference its value
     * @return {@code null} for a {@link dev.jawa.WasmException} of the tag
     */
    Throwable throwable(Object reference);
}
