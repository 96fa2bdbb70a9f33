package dev.jawa.bench;

/** How a program did on an engine. */
sealed interface Outcome permits Measurement, Outcome.Failed {
    /** It did not run to its end, or gave something wrong. */
    record Failed(String reason) implements Outcome {
    }
}
