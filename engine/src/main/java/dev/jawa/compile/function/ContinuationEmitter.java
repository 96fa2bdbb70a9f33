package dev.jawa.compile.function;

import dev.jawa.compile.CompiledModule;
import dev.jawa.compile.bytecode.Bytecode;
import dev.jawa.compile.bytecode.CodeBuilder;
import dev.jawa.compile.bytecode.Names;
import dev.jawa.compile.tree.Carrier;
import dev.jawa.compile.tree.ContinuationBuilder;
import dev.jawa.compile.tree.Expression;
import dev.jawa.compile.tree.Expression.Constant;
import dev.jawa.compile.tree.Expression.Operation;
import dev.jawa.compile.type.Boxing;
import dev.jawa.compile.type.Signature;
import dev.jawa.model.Opcode;
import dev.jawa.runtime.continuation.Continuations;
import java.util.Arrays;
import java.util.List;

/** Emits continuations (stack switching proposal): calls of {@link Continuations}, with packed values. */
public final class ContinuationEmitter {
    private static final String OUTCOME = Names.CONTINUATIONS + "$Outcome";
    private static final String OBJECT = Names.descriptor(Names.OBJECT);
    private static final String TAG = Names.descriptor(Names.TAG_INSTANCE);
    private static final String INSTANCE = Names.descriptor(Names.MODULE_INSTANCE);
    private static final String STRING = "Ljava/lang/String;";

    private final CodeBuilder code;
    private final CompiledModule module;
    private final ExpressionEmitter expressions;
    private final ExpressionEmitter.Surroundings method;

    ContinuationEmitter(CodeBuilder code, CompiledModule module, ExpressionEmitter expressions,
            ExpressionEmitter.Surroundings method) {
        this.code = code;
        this.module = module;
        this.expressions = expressions;
        this.method = method;
    }

    void emit(Operation operation) {
        Expression[] operands = operation.operands();
        switch (ContinuationBuilder.part(operation)) {
            case WHOLE -> whole(operation);
            case HANDLER -> part(operands[0], "handler", "()I");
            case CONTINUATION -> part(operands[0], "continuation", "()" + OBJECT);
            case VALUES -> part(operands[0], "values", "()" + OBJECT);
            case VALUE -> {
                expressions.value(operands[0]);
                Boxing.unbox(code, operation.carrier());
            }
        }
    }

    private void part(Expression outcome, String name, String descriptor) {
        expressions.value(outcome);
        code.checkCast(OUTCOME).invokeVirtual(OUTCOME, name, descriptor);
    }

    private void whole(Operation operation) {
        Expression[] operands = operation.operands();
        switch (operation.opcode()) {
            case CONT_NEW -> {
                expressions.value(operands[0]);
                expressions.line(operation.offset());
                call("create", "(" + OBJECT + ")" + OBJECT);
            }
            case CONT_BIND -> {
                packAndContinuation(operands);
                code.constant(operands.length - 1);
                expressions.line(operation.offset());
                call("bind", "(" + OBJECT + OBJECT + "I)" + OBJECT);
            }
            case SUSPEND -> {
                pack(operands);
                expressions.loadTag(operation.index());
                suspend(operation, "suspend", "(" + OBJECT);
            }
            case SWITCH -> {
                packAndContinuation(operands);
                expressions.loadTag(operation.secondIndex());
                suspend(operation, "switchTo", "(" + OBJECT + OBJECT);
            }
            default -> resume(operation);
        }
    }

    private void call(String name, String descriptor) {
        code.invokeStatic(Names.CONTINUATIONS, name, descriptor);
    }

    private void suspend(Operation operation, String name, String operands) {
        String tuple = Signature.tuple(ContinuationBuilder.results(module.model().spaces(), operation));
        code.constant(tuple.substring(Names.TUPLE.length()));
        method.loadInstance();
        expressions.line(operation.offset());
        call(name, operands + TAG + STRING + INSTANCE + ")" + OBJECT);
        method.afterCall();
    }

    private void resume(Operation operation) {
        Expression[] all = operation.operands();
        int own = all.length - ContinuationBuilder.handlers(operation);
        Expression[] operands = Arrays.copyOf(all, own);
        if (operation.opcode() == Opcode.RESUME_THROW) {
            expressions.newException(operation.secondIndex(), Arrays.copyOf(operands, own - 1));
            expressions.value(operands[own - 1]);
        } else {
            packAndContinuation(operands);
        }
        List<Integer> handlers = Arrays.stream(all, own, all.length)
                .map(handler -> (int) ((Constant) handler).bits()).toList();
        tags(handlers, 0);
        tags(handlers, 1);
        method.loadInstance();
        expressions.line(operation.offset());
        call(operation.opcode() == Opcode.RESUME ? "resume" : "resumeThrow",
                "(" + OBJECT + OBJECT + "[" + TAG + "[" + TAG + INSTANCE + ")" + Names.descriptor(OUTCOME));
        method.afterCall();
    }

    /** The tags of the handlers whose lowest bit is {@code kind}. */
    private void tags(List<Integer> handlers, int kind) {
        List<Integer> tags = handlers.stream().filter(handler -> (handler & 1) == kind).map(handler -> handler >>> 1)
                .toList();
        code.constant(tags.size()).newArray(Names.TAG_INSTANCE);
        for (int i = 0; i < tags.size(); i++) {
            code.dup().constant(i);
            expressions.loadTag(tags.get(i));
            code.op(Bytecode.AASTORE);
        }
    }

    private void packAndContinuation(Expression[] operands) {
        int last = operands.length - 1;
        pack(Arrays.copyOf(operands, last));
        expressions.value(operands[last]);
    }

    private void pack(Expression[] operands) {
        switch (operands.length) {
            case 0 -> code.op(Bytecode.ACONST_NULL);
            case 1 -> {
                expressions.value(operands[0]);
                Boxing.box(code, operands[0].carrier());
            }
            default -> {
                Carrier[] carriers = new Carrier[operands.length];
                for (int i = 0; i < carriers.length; i++) {
                    carriers[i] = operands[i].carrier();
                }
                expressions.fillTuple(Signature.tuple(carriers), operands, carriers);
            }
        }
    }
}
