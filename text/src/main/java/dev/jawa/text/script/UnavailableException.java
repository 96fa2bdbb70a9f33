package dev.jawa.text.script;

/** A command needs a module whose own command did not pass; it shares that command's outcome. */
final class UnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Outcome outcome;

    UnavailableException(Outcome outcome) {
        this.outcome = outcome;
    }

    Outcome outcome() {
        return outcome;
    }
}
