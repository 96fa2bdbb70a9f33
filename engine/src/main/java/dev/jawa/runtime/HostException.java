package dev.jawa.runtime;

/** Carries what a host function threw through WebAssembly frames, apart from what those throw themselves. */
final class HostException extends java.lang.RuntimeException {
    private static final long serialVersionUID = 1L;

    HostException(Throwable thrown) {
        super(null, thrown, false, false);
    }

    Throwable thrown() {
        return getCause();
    }
}
