package dev.jawa.compile;

import dev.jawa.binary.InstructionReader;
import dev.jawa.compile.bytecode.Bytecode;
import dev.jawa.compile.bytecode.ClassBuilder;
import dev.jawa.compile.bytecode.CodeBuilder;
import dev.jawa.compile.bytecode.Label;
import dev.jawa.compile.bytecode.Names;
import dev.jawa.compile.type.Boxing;
import dev.jawa.compile.type.FunctionTypeClasses;
import dev.jawa.compile.type.Signature;
import dev.jawa.model.ConstantExpression;
import dev.jawa.model.DefinedType;
import dev.jawa.model.ElementSegment.Expressions;
import dev.jawa.model.ElementSegment.FunctionIndices;
import dev.jawa.model.FunctionType;
import dev.jawa.model.ModuleModel;
import dev.jawa.model.Opcode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Calls through tables and references that can hardly mean more than a few functions: those of the call's type that the
 * module's element segments name. Others may come into a table from outside.
 *
 * <p>HotSpot inlines the two functions that it saw called at a place, or jumps to where the callee says, which processors
 * predict badly. A few it inlines all if they are asked for one after the other, in a method that it inlines too.
 */
public final class IndirectCalls {
    /** Fewer are left to HotSpot. */
    private static final int FEWEST = 3;
    /** Of more, asking for each takes too long. */
    private static final int MOST = 8;

    private final CompiledModule module;
    private final String prefix;
    private final Map<DefinedType, SortedSet<Integer>> callees = new LinkedHashMap<>();

    /** @param prefix of the names of the module's classes */
    IndirectCalls(CompiledModule module, String prefix) {
        this.module = module;
        this.prefix = prefix;
        for (var segment : module.model().elements()) {
            switch (segment.elements()) {
                case FunctionIndices(int[] indices) -> IntStream.of(indices).forEach(this::add);
                case Expressions(var expressions) -> expressions.forEach(this::add);
            }
        }
        callees.values().removeIf(known -> known.size() < FEWEST || known.size() > MOST);
    }

    private void add(ConstantExpression expression) {
        var reader = new InstructionReader(expression.code());
        if (reader.next() == Opcode.REF_FUNC) {
            add(reader.index());
        }
    }

    private void add(int function) {
        ModuleModel model = module.model();
        if (function >= model.spaces().importedFunctions()) {
            callees.computeIfAbsent(type(model.spaces().functionTypeIndex(function)), _ -> new TreeSet<>()).add(function);
        }
    }

    private DefinedType type(int typeIndex) {
        return module.definedType(typeIndex);
    }

    /** Emits a call of a function of a type, which is on the stack below the arguments. */
    public void emit(CodeBuilder code, int typeIndex) {
        DefinedType type = type(typeIndex);
        Signature signature = Signature.of((FunctionType) type.type());
        if (callees.containsKey(type)) {
            code.invokeStatic(prefix + "Calls", method(type), descriptor(type, signature));
        } else {
            code.invokeVirtual(FunctionTypeClasses.name(type), "call", signature.callDescriptor());
        }
    }

    private static String method(DefinedType type) {
        return FunctionTypeClasses.name(type).substring(Names.GENERATED.length());
    }

    private static String descriptor(DefinedType type, Signature signature) {
        return "(" + Names.descriptor(FunctionTypeClasses.name(type)) + signature.callDescriptor().substring(1);
    }

    /** Writes the class with a method for each type of which a few functions are known. */
    byte[] generate() {
        var builder = new ClassBuilder(ClassBuilder.PUBLIC | ClassBuilder.FINAL, prefix + "Calls", Names.OBJECT);
        callees.forEach((type, known) -> {
            Signature signature = Signature.of((FunctionType) type.type());
            builder.method(ClassBuilder.PUBLIC | ClassBuilder.STATIC, method(type),
                    descriptor(type, signature), code -> {
                        for (int function : known) {
                            var other = new Label();
                            String functionClass = prefix + "Function" + function;
                            code.load('A', 0).instanceOf(functionClass).jump(Bytecode.IFEQ, other);
                            call(code, functionClass, signature);
                            code.bind(other);
                        }
                        call(code, FunctionTypeClasses.name(type), signature);
                    });
        });
        return builder.build();
    }

    private static void call(CodeBuilder code, String functionClass, Signature signature) {
        code.load('A', 0).checkCast(functionClass);
        signature.loadParameters(code, 1);
        code.invokeVirtual(functionClass, "call", signature.callDescriptor());
        Boxing.giveBack(code, signature.result());
    }
}
