package dev.jawa.runtime;

/** Carries what a host function threw through WebAssembly frames, apart from what those throw themselves. */
final class HostException extends ExceptionInstance {
    private static final long serialVersionUID = 1L;

    HostException(Throwable thrown) {
        super(null, null, thrown);
    }

    @Override
    Throwable thrown() {
        return getCause();
    }
}
