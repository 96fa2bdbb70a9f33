package dev.jawa.binary;

/**
 * A handler of {@code resume} and its relatives (stack switching proposal).
 *
 * @param tag the tag it handles
 * @param label where it continues; -1 for a handler of {@code switch}
 */
public record ResumptionHandler(int tag, int label) {
    /** Whether it handles {@code switch} rather than {@code suspend}. */
    public boolean isSwitch() {
        return label < 0;
    }
}
