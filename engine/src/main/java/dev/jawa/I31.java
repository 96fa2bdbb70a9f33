package dev.jawa;

/**
 * A value of the type {@code i31ref}: an integer of 31 bits that is a reference (core spec 2.3.3). Equal values are one
 * reference to WebAssembly.
 *
 * @param value from -2<sup>30</sup> to 2<sup>30</sup> - 1
 */
public record I31(int value) {
    /**
     * Checks the range.
     *
     * @throws RuntimeError of the kind {@code TYPE_MISMATCH} if the value has more than 31 bits
     */
    public I31 {
        if (value << 1 >> 1 != value) {
            throw new RuntimeError(RuntimeError.Kind.TYPE_MISMATCH, value + " does not fit into 31 bits");
        }
    }
}
