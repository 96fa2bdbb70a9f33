package dev.jawa.compile.type;

import dev.jawa.compile.bytecode.Bytecode;
import dev.jawa.compile.bytecode.ClassBuilder;
import dev.jawa.compile.bytecode.CodeBuilder;
import dev.jawa.compile.bytecode.Label;
import dev.jawa.compile.bytecode.Names;
import dev.jawa.compile.tree.Carrier;
import dev.jawa.runtime.TailCall;

/** Emits what tail calls need: preparing one, making one that is prepared, and the entries that do so in a loop. */
public final class TailCallEmitter {
    private static final String TAIL_CALL = Names.descriptor(Names.TAIL_CALL);

    private TailCallEmitter() {
    }

    /** The name of the method that makes a prepared call, which its result is part of. */
    static String makeMethod(Carrier result) {
        return "makeTailCall" + result.kind();
    }

    /** The descriptor of that method. */
    static String makeDescriptor(Carrier result) {
        return "(" + TAIL_CALL + TAIL_CALL + ")" + result.descriptor();
    }

    private static boolean inTuple(Carrier[] parameters) {
        return parameters.length > TailCall.MOST_FIELDS;
    }

    /** Prepares a call; {@code argument} pushes an argument, {@code callee} the function object, never null. */
    public static void prepare(CodeBuilder code, Runnable loadInstance, Signature signature,
            java.util.function.IntConsumer argument, Runnable tuple, Runnable callee) {
        Carrier[] parameters = signature.parameters();
        Runnable loadTailCall = () -> {
            loadInstance.run();
            code.getField(Names.MODULE_INSTANCE, "tailCall", TAIL_CALL);
        };
        if (inTuple(parameters)) {
            loadTailCall.run();
            tuple.run();
            code.putField(Names.TAIL_CALL, "reference0", Names.descriptor(Names.OBJECT));
        } else {
            for (int i = 0; i < parameters.length; i++) {
                loadTailCall.run();
                argument.accept(i);
                storeArgument(code, parameters[i], i);
            }
        }
        loadTailCall.run();
        callee.run();
        code.putField(Names.TAIL_CALL, "callee", Names.descriptor(Names.FUNCTION_INSTANCE));
    }

    /** Prepares a call, in a method whose parameters are the callee, arguments that all have fields, and the instance. */
    public static void prepareParameters(CodeBuilder code, Signature signature) {
        Carrier[] parameters = signature.parameters();
        int[] slots = new int[parameters.length];
        int slot = 1;
        for (int i = 0; i < slots.length; i++) {
            slots[i] = slot;
            slot += parameters[i].slots();
        }
        int instance = slot;
        prepare(code, () -> code.load('A', instance), signature, i -> code.load(parameters[i].kind(), slots[i]),
                () -> {
                    throw new IllegalArgumentException("a tuple of arguments");
                }, () -> code.load('A', 0));
        // Whoever makes the call does not look at this.
        switch (signature.result()) {
            case INT -> code.constant(0);
            case LONG, HIGH -> code.constant(0L);
            case FLOAT -> code.floatConstant(0);
            case DOUBLE -> code.doubleConstant(0);
            case REFERENCE, VECTOR -> code.op(Bytecode.ACONST_NULL);
            case VOID -> {
            }
        }
        Boxing.giveBack(code, signature.result());
    }

    private static void storeArgument(CodeBuilder code, Carrier carrier, int index) {
        switch (carrier) {
            case INT -> code.op(Bytecode.I2L);
            case FLOAT -> code.invokeStatic("java/lang/Float", "floatToRawIntBits", "(F)I").op(Bytecode.I2L);
            case DOUBLE -> code.invokeStatic("java/lang/Double", "doubleToRawLongBits", "(D)J");
            default -> {
            }
        }
        if (carrier == Carrier.REFERENCE) {
            code.putField(Names.TAIL_CALL, "reference" + index, Names.descriptor(Names.OBJECT));
        } else {
            code.putField(Names.TAIL_CALL, "number" + index, "J");
        }
    }

    /** Pushes the arguments of a prepared call, as they are passed, in a method that makes one. */
    static void loadArguments(CodeBuilder code, Signature signature) {
        int slot = 1;
        int free = 3;
        Carrier[] parameters = signature.parameters();
        if (!inTuple(parameters)) {
            for (int i = 0; i < parameters.length; i++) {
                loadArgument(code, parameters[i], i, slot);
            }
            return;
        }
        String tuple = signature.parameterTuple();
        code.load('A', slot).getField(Names.TAIL_CALL, "reference0", Names.descriptor(Names.OBJECT)).checkCast(tuple);
        if (signature.packsParameters()) {
            return;
        }
        code.storeReference(free, tuple);
        for (int i = 0; i < parameters.length; i++) {
            code.load('A', free).getField(tuple, Tuples.field(i), parameters[i].descriptor());
        }
    }

    /** Pushes the instance, in a method of one of its functions that makes a prepared call. */
    static void loadInstance(CodeBuilder code, String instanceClass) {
        code.load('A', 2).getField(Names.TAIL_CALL, "instance", Names.descriptor(Names.MODULE_INSTANCE))
                .checkCast(instanceClass);
    }

    private static void loadArgument(CodeBuilder code, Carrier carrier, int index, int slot) {
        code.load('A', slot);
        if (carrier == Carrier.REFERENCE) {
            code.getField(Names.TAIL_CALL, "reference" + index, Names.descriptor(Names.OBJECT));
            // It must not be kept alive from here.
            code.load('A', slot).op(Bytecode.ACONST_NULL)
                    .putField(Names.TAIL_CALL, "reference" + index, Names.descriptor(Names.OBJECT));
            return;
        }
        code.getField(Names.TAIL_CALL, "number" + index, "J");
        switch (carrier) {
            case INT -> code.op(Bytecode.L2I);
            case FLOAT -> code.op(Bytecode.L2I).invokeStatic("java/lang/Float", "intBitsToFloat", "(I)F");
            case DOUBLE -> code.invokeStatic("java/lang/Double", "longBitsToDouble", "(J)D");
            default -> {
            }
        }
    }

    /** Adds the entry of a function: it calls the method that holds the code, and then what that has prepared. */
    public static void entry(ClassBuilder builder, String method, String codeMethod, Signature signature, String instance) {
        String descriptor = signature.codeDescriptor(instance);
        builder.method(ClassBuilder.PUBLIC | ClassBuilder.STATIC, method, descriptor, code -> {
            int instanceSlot = signature.parameterSlots();
            signature.loadParameters(code, 0);
            code.load('A', instanceSlot).invokeStatic(builder.name(), codeMethod, descriptor);
            complete(code, signature.result(), instanceSlot);
        });
    }

    private static void complete(CodeBuilder code, Carrier result, int instanceSlot) {
        int tailCall = instanceSlot + 1;
        int callee = tailCall + 1;
        int resultSlot = callee + 1;
        storeResult(code, result, resultSlot);
        code.load('A', instanceSlot).getField(Names.MODULE_INSTANCE, "tailCall", TAIL_CALL)
                .storeReference(tailCall, Names.TAIL_CALL);
        var next = new Label();
        var end = new Label();
        code.bindLoop(next);
        code.load('A', tailCall).getField(Names.TAIL_CALL, "callee", Names.descriptor(Names.FUNCTION_INSTANCE))
                .storeReference(callee, Names.FUNCTION_INSTANCE)
                .load('A', callee).jump(Bytecode.IFNULL, end);
        // Before the call, so that nothing is left prepared if it throws.
        code.load('A', tailCall).op(Bytecode.ACONST_NULL)
                .putField(Names.TAIL_CALL, "callee", Names.descriptor(Names.FUNCTION_INSTANCE));
        // Within an instance the place stays the same, which the processor can foresee.
        var elsewhere = new Label();
        code.load('A', callee).getField(Names.FUNCTION_INSTANCE, "tailCall", TAIL_CALL)
                .load('A', tailCall).jump(Bytecode.IF_ACMPNE, elsewhere);
        code.load('A', callee).load('A', tailCall).load('A', tailCall)
                .invokeVirtual(Names.FUNCTION_INSTANCE, makeMethod(result), makeDescriptor(result));
        storeResult(code, result, resultSlot);
        code.forget(callee);
        code.jump(Bytecode.GOTO, next).bind(elsewhere);
        code.load('A', callee).load('A', tailCall)
                .load('A', callee).getField(Names.FUNCTION_INSTANCE, "tailCall", TAIL_CALL)
                .invokeVirtual(Names.FUNCTION_INSTANCE, makeMethod(result), makeDescriptor(result));
        storeResult(code, result, resultSlot);
        code.load('A', callee).getField(Names.FUNCTION_INSTANCE, "tailCall", TAIL_CALL)
                .storeReference(tailCall, Names.TAIL_CALL)
                .forget(callee);
        code.jump(Bytecode.GOTO, next).bind(end);
        if (result != Carrier.VOID) {
            code.load(result.kind(), resultSlot);
        }
        Boxing.giveBack(code, result);
    }

    private static void storeResult(CodeBuilder code, Carrier result, int slot) {
        switch (result) {
            case VOID -> {
            }
            case REFERENCE -> code.storeReference(slot, Names.OBJECT);
            default -> code.store(result.kind(), slot);
        }
    }
}
