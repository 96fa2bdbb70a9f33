package dev.jawa.model;

import java.util.List;

/**
 * The code of a function the module defines (core spec 2.5.3 and 5.5.13).
 *
 * @param locals the declared locals, run by run, without the parameters
 * @param code the instructions in the binary format, {@code end} included
 */
public record FunctionBody(List<Locals> locals, Bytes code) {
    public FunctionBody {
        locals = List.copyOf(locals);
    }

    /** How many locals are declared, the parameters not counted. */
    public int localCount() {
        return locals.stream().mapToInt(Locals::count).sum();
    }

    /**
     * Some locals of one type.
     *
     * @param count how many
     * @param type of each
     */
    public record Locals(int count, ValueType type) {
    }
}
