package dev.jawa.compile;

import dev.jawa.binary.InstructionReader;
import dev.jawa.model.FunctionBody;
import dev.jawa.model.ModuleModel;
import dev.jawa.model.Opcode;
import java.util.concurrent.atomic.AtomicIntegerArray;

/** Which of a module's functions call others at their end. Each is looked at when that is first asked. */
public final class TailCalls {
    private static final int NO = 1;
    private static final int YES = 2;

    private final ModuleModel model;
    private final AtomicIntegerArray known;

    TailCalls(ModuleModel model) {
        this.model = model;
        known = new AtomicIntegerArray(model.code().size());
    }

    /** Whether a function of the module, not an imported one, calls others at its end, if only in code never run. */
    public boolean in(int functionIndex) {
        int defined = functionIndex - model.spaces().importedFunctions();
        if (known.get(defined) == 0) {
            known.set(defined, find(functionIndex, model.code().get(defined)) ? YES : NO);
        }
        return known.get(defined) == YES;
    }

    private static boolean find(int functionIndex, FunctionBody body) {
        var reader = new InstructionReader(body.code(), functionIndex);
        while (reader.hasNext()) {
            Opcode opcode = reader.next();
            switch (opcode) {
                case RETURN_CALL_INDIRECT, RETURN_CALL_REF -> {
                    return true;
                }
                case RETURN_CALL -> {
                    if (reader.index() != functionIndex) {
                        return true;
                    }
                }
                default -> {
                }
            }
        }
        return false;
    }
}
