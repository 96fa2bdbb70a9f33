package dev.jawa.compile.type;

import dev.jawa.compile.bytecode.CodeBuilder;
import dev.jawa.compile.bytecode.Names;
import dev.jawa.compile.tree.Carrier;
import dev.jawa.model.FunctionType;
import dev.jawa.model.ValueType;
import dev.jawa.runtime.FunctionInstance;
import java.util.List;

/**
 * A function type as the JVM sees it.
 *
 * <p>Several results come back in a tuple, and so do arguments go in when they are more than the JVM allows.
 *
 * @param parameters the carriers of the parameters
 * @param results the carriers of the results
 */
public record Signature(Carrier[] parameters, Carrier[] results) {

    public static Signature of(FunctionType type) {
        return new Signature(Carrier.of(type.parameters()), Carrier.of(type.results()));
    }

    /** Whether the arguments are passed in a tuple. */
    public boolean packsParameters() {
        int slots = 0;
        for (Carrier parameter : parameters) {
            slots += parameter.slots();
        }
        return slots > FunctionInstance.LARGEST_PARAMETER_SLOTS;
    }

    /** How many slots the parameters take as they are passed. */
    public int parameterSlots() {
        int slots = 0;
        for (Carrier parameter : parameters) {
            slots += parameter.slots();
        }
        return slots > FunctionInstance.LARGEST_PARAMETER_SLOTS ? 1 : slots;
    }

    /** The class of the tuple of arguments. */
    public String parameterTuple() {
        return tuple(parameters);
    }

    /** The class of the tuple of results. */
    public String resultTuple() {
        return tuple(results);
    }

    /** The class of a tuple of values of these types. */
    public static String tuple(List<ValueType> types) {
        return tuple(Carrier.of(types));
    }

    /** The class of a tuple of values with these carriers. */
    public static String tuple(Carrier[] carriers) {
        var name = new StringBuilder(Names.TUPLE);
        for (Carrier carrier : carriers) {
            name.append(carrier.kind());
        }
        return name.toString();
    }

    private String parameterDescriptors() {
        if (packsParameters()) {
            return Names.descriptor(Names.RESULT_TUPLE);
        }
        var descriptor = new StringBuilder();
        for (Carrier parameter : parameters) {
            descriptor.append(parameter.descriptor());
        }
        return descriptor.toString();
    }

    /** Pushes the parameters of a method, the first of which is in a slot, as they were passed. */
    public void loadParameters(CodeBuilder code, int firstSlot) {
        if (packsParameters()) {
            code.load('A', firstSlot);
            return;
        }
        int slot = firstSlot;
        for (Carrier parameter : parameters) {
            code.load(parameter.kind(), slot);
            slot += parameter.slots();
        }
    }

    /** The carrier of what a call gives back. */
    public Carrier result() {
        return switch (results.length) {
            case 0 -> Carrier.VOID;
            case 1 -> results[0];
            default -> Carrier.REFERENCE;
        };
    }

    /** The descriptor of the methods of function objects. */
    public String callDescriptor() {
        return "(" + parameterDescriptors() + ")" + result().descriptor();
    }

    /** The descriptor of the static method that holds a function's code, with the instance as last parameter. */
    public String codeDescriptor(String instanceClass) {
        return "(" + parameterDescriptors() + Names.descriptor(instanceClass) + ")" + result().descriptor();
    }
}
