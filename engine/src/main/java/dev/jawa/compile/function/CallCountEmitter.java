package dev.jawa.compile.function;

import dev.jawa.compile.bytecode.Bytecode;
import dev.jawa.compile.bytecode.ClassBuilder;
import dev.jawa.compile.bytecode.CodeBuilder;
import dev.jawa.compile.bytecode.Names;
import dev.jawa.compile.bytecode.ProtectedRegion;
import dev.jawa.compile.type.Boxing;
import dev.jawa.compile.type.Signature;

/** Emits what counts the calls that are inside each other. */
public final class CallCountEmitter {
    private CallCountEmitter() {
    }

    /** Adds the entry of a function: it counts the call while the method that it calls runs. */
    static void entry(ClassBuilder builder, String method, String counted, Signature signature, String instance) {
        String descriptor = signature.codeDescriptor(instance);
        builder.method(ClassBuilder.PUBLIC | ClassBuilder.STATIC, method, descriptor, code -> {
            int instanceSlot = signature.parameterSlots();
            meter(code, instanceSlot, "enter");
            ProtectedRegion region = code.beginRegion();
            signature.loadParameters(code, 0);
            code.load('A', instanceSlot).invokeStatic(builder.name(), counted, descriptor);
            code.endRegion();
            meter(code, instanceSlot, "leave");
            Boxing.giveBack(code, signature.result());
            code.bindHandler(region, Names.THROWABLE).storeReference(instanceSlot + 1, Names.THROWABLE);
            meter(code, instanceSlot, "leave");
            code.load('A', instanceSlot + 1).op(Bytecode.ATHROW);
        });
    }

    private static void meter(CodeBuilder code, int instanceSlot, String change) {
        code.load('A', instanceSlot).getField(Names.MODULE_INSTANCE, "meter", Names.descriptor(Names.METER))
                .invokeVirtual(Names.METER, change, "()V");
    }
}
