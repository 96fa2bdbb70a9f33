package dev.jawa.compile;

import dev.jawa.binary.InstructionReader;
import dev.jawa.compile.bytecode.Bytecode;
import dev.jawa.compile.bytecode.ClassBuilder;
import dev.jawa.compile.bytecode.CodeBuilder;
import dev.jawa.compile.bytecode.Label;
import dev.jawa.compile.bytecode.Names;
import dev.jawa.compile.type.Boxing;
import dev.jawa.compile.type.Signature;
import dev.jawa.compile.type.TailCallEmitter;
import dev.jawa.model.ConstantExpression;
import dev.jawa.model.DefinedType;
import dev.jawa.model.ElementSegment.Expressions;
import dev.jawa.model.ElementSegment.FunctionIndices;
import dev.jawa.model.FunctionType;
import dev.jawa.model.IndexSpaces;
import dev.jawa.model.Opcode;
import dev.jawa.runtime.TailCall;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Calls through tables and references that can hardly mean more than a few functions: those of the call's type that the
 * module's element segments name. Others may come into a table from outside.
 *
 * <p>HotSpot inlines the two functions that it saw called at a place, or jumps to where the callee says, which processors
 * predict badly. A few it inlines all if they are asked for one after the other, in a method that it inlines too. There is
 * a class with that method for each type that is called so, and another one for tail calls.
 */
public final class IndirectCalls {
    /** The names of the classes, before the index of the type. */
    static final String CALLS = "Calls";
    static final String TAIL_CALLS = "TailCalls";
    /** Fewer are left to HotSpot. */
    private static final int FEWEST = 3;
    /** Of more, asking for each takes too long. */
    private static final int MOST = 8;
    private static final int MOST_OF_TAIL_CALLS = 4;

    private final CompiledModule module;
    private final String prefix;
    private final Map<DefinedType, Set<Integer>> callees = new HashMap<>();

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
    }

    private void add(ConstantExpression expression) {
        var reader = new InstructionReader(expression.code());
        if (reader.next() == Opcode.REF_FUNC) {
            add(reader.index());
        }
    }

    private void add(int function) {
        IndexSpaces spaces = module.model().spaces();
        if (function >= spaces.importedFunctions()) {
            callees.computeIfAbsent(module.definedType(spaces.functionTypeIndex(function)), _ -> new TreeSet<>()).add(function);
        }
    }

    private Set<Integer> callees(int typeIndex) {
        return callees.getOrDefault(module.definedType(typeIndex), Set.of());
    }

    /** Whether calls of a type at the end of a function mean one of a few functions, or one from outside. */
    boolean haveFewAtEnd(int typeIndex) {
        int count = callees(typeIndex).size();
        return count > 0 && count <= MOST_OF_TAIL_CALLS
                && Signature.of(functionType(typeIndex)).parameters().length <= TailCall.MOST_FIELDS;
    }

    private FunctionType functionType(int typeIndex) {
        return (FunctionType) module.definedType(typeIndex).type();
    }

    /** Emits a call of a function of a type, which is on the stack below the arguments. */
    public void emit(CodeBuilder code, int typeIndex) {
        int count = callees(typeIndex).size();
        Signature signature = Signature.of(functionType(typeIndex));
        if (count >= FEWEST && count <= MOST) {
            code.invokeStatic(prefix + CALLS + typeIndex, "call", withFunction(typeIndex, signature.callDescriptor()));
        } else {
            code.invokeVirtual(module.functionTypeClass(typeIndex), "call", signature.callDescriptor());
        }
    }

    /**
     * Emits a call at the end of a function, of a function of a type with {@linkplain #haveFewAtEnd few}, which is on the
     * stack below the arguments and the instance. What it gives may be a prepared call.
     *
     * @param copy of the code of the functions that are called
     */
    public void emitAtEnd(CodeBuilder code, int typeIndex, int copy, String instanceClass) {
        code.invokeStatic(prefix + TAIL_CALLS + typeIndex, "call" + copy,
                withFunction(typeIndex, Signature.of(functionType(typeIndex)).codeDescriptor(instanceClass)));
    }

    private String withFunction(int typeIndex, String descriptor) {
        return "(" + Names.descriptor(module.functionTypeClass(typeIndex)) + descriptor.substring(1);
    }

    private String functionClass(int function) {
        return prefix + "Function" + function;
    }

    // ---- the classes

    /** Writes the class for calls of a type. */
    byte[] generate(int typeIndex) {
        var builder = new ClassBuilder(ClassBuilder.PUBLIC | ClassBuilder.FINAL, prefix + CALLS + typeIndex, Names.OBJECT);
        Signature signature = Signature.of(functionType(typeIndex));
        builder.method(ClassBuilder.PUBLIC | ClassBuilder.STATIC, "call", withFunction(typeIndex, signature.callDescriptor()),
                code -> {
                    for (int function : callees(typeIndex)) {
                        var other = new Label();
                        code.load('A', 0).instanceOf(functionClass(function)).jump(Bytecode.IFEQ, other);
                        call(code, functionClass(function), signature);
                        code.bind(other);
                    }
                    call(code, module.functionTypeClass(typeIndex), signature);
                });
        return builder.build();
    }

    private static void call(CodeBuilder code, String functionClass, Signature signature) {
        code.load('A', 0).checkCast(functionClass);
        signature.loadParameters(code, 1);
        code.invokeVirtual(functionClass, "call", signature.callDescriptor());
        Boxing.giveBack(code, signature.result());
    }

    /** Writes the class for calls of a type at the end of functions, with a method for each copy of those called. */
    byte[] generateAtEnd(int typeIndex, ModuleClasses classes) {
        var builder = new ClassBuilder(ClassBuilder.PUBLIC | ClassBuilder.FINAL, prefix + TAIL_CALLS + typeIndex, Names.OBJECT);
        Signature signature = Signature.of(functionType(typeIndex));
        String instanceClass = classes.instanceClass().name();
        String descriptor = signature.codeDescriptor(instanceClass);
        int instance = 1 + signature.parameterSlots();
        for (int i = 0; i < TailCalls.COPIES; i++) {
            int copy = i;
            builder.method(ClassBuilder.PUBLIC | ClassBuilder.STATIC, "call" + copy, withFunction(typeIndex, descriptor), code -> {
                var elsewhere = new Label();
                for (int function : callees(typeIndex)) {
                    var other = new Label();
                    code.load('A', 0).instanceOf(functionClass(function)).jump(Bytecode.IFEQ, other)
                            .load('A', 0).checkCast(functionClass(function))
                            .getField(functionClass(function), "instance", Names.descriptor(instanceClass))
                            .load('A', instance).jump(Bytecode.IF_ACMPNE, elsewhere);
                    signature.loadParameters(code, 1);
                    code.load('A', instance)
                            .invokeStatic(classes.codeClass(function), classes.methodAtEnd(function, copy), descriptor);
                    Boxing.giveBack(code, signature.result());
                    code.bind(other);
                }
                code.bind(elsewhere);
                TailCallEmitter.prepareParameters(code, signature);
            });
        }
        return builder.build();
    }
}
