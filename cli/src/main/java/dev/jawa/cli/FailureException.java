package dev.jawa.cli;

/** A program cannot do what was asked of it; the message says all there is to say. */
final class FailureException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    FailureException(String message) {
        super(message);
    }
}
