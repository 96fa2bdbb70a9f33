package dev.jawa.bench;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Something that is compared; 0 where it was not measured.
 *
 * @param title its heading
 * @param unit of its values
 * @param value gives it
 */
record Figure(String title, String unit, ToDoubleFunction<Measurement> value) {
    static final Figure STEADY = new Figure("Steady state", "ms", Measurement::steady);

    /** All, as they stand in tables. */
    static final List<Figure> ALL = List.of(STEADY,
            new Figure("First run", "ms", Measurement::first),
            new Figure("Peak memory", "MiB", Measurement::peak),
            new Figure("Instantiation", "µs", measurement -> measurement.instantiation() * 1000));

    double of(Measurement measurement) {
        return value.applyAsDouble(measurement);
    }
}
