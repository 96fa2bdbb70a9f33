package dev.jawa.runtime;

import dev.jawa.binary.InstructionReader;
import dev.jawa.model.FunctionBody;
import dev.jawa.model.Opcode;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Finds the instruction that an exception of the JVM comes from. */
public final class TrapInstructions {
    /** The message of the JVM for an index out of bounds: the index and the length, both as signed numbers. */
    public static final Pattern INDEX = Pattern.compile("Index (-?\\d+) out of bounds for length (-?\\d+)");

    private TrapInstructions() {
    }

    /**
     * The instruction at the innermost place of an exception, if it has one.
     *
     * @param possible which instructions throw such an exception: in a very large function, places are not exact
     * @return a reader that has just read the instruction, and the instruction
     */
    public static Optional<Found> find(Throwable thrown, Predicate<Opcode> possible) {
        return StackTraces.innermost(thrown)
                .filter(place -> place.offset() >= 0)
                .flatMap(place -> find(place, possible));
    }

    /** An instruction of a module, with its immediates. */
    public record Found(ModuleCode code, Opcode opcode, InstructionReader reader) {
    }

    private static Optional<Found> find(StackTraces.Place place, Predicate<Opcode> possible) {
        int defined = place.function() - place.code().model().spaces().importedFunctions();
        FunctionBody body = place.code().model().code().get(defined);
        var reader = new InstructionReader(body.code());
        int end = place.offset() + StackTraces.precision(body);
        if (StackTraces.precision(body) == 1) {
            reader.position(body.code().start() + place.offset() - body.code().offset());
        }
        while (reader.hasNext()) {
            Opcode opcode = reader.next();
            if (reader.offset() >= end) {
                break;
            } else if (reader.offset() >= place.offset() && possible.test(opcode)) {
                return Optional.of(new Found(place.code(), opcode, reader));
            }
        }
        return Optional.empty();
    }
}
