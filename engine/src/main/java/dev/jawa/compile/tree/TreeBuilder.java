package dev.jawa.compile.tree;

import dev.jawa.CompileError;
import dev.jawa.binary.InstructionReader;
import dev.jawa.compile.tree.Expression.Constant;
import dev.jawa.compile.tree.Expression.Get;
import dev.jawa.compile.tree.Statement.Block;
import dev.jawa.compile.tree.Statement.Branch;
import dev.jawa.compile.tree.Statement.Checkpoint;
import dev.jawa.compile.tree.Statement.If;
import dev.jawa.compile.tree.Statement.Loop;
import dev.jawa.compile.tree.Statement.Unreachable;
import dev.jawa.model.FunctionBody;
import dev.jawa.model.FunctionType;
import dev.jawa.model.IndexSpaces;
import dev.jawa.model.Opcode;
import dev.jawa.runtime.limits.Checks;
import dev.jawa.runtime.vector.Vectors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;

/**
 * Builds the tree of a validated function.
 *
 * <p>The operand stack is held as expressions that have not been evaluated yet. Where evaluating one later than the
 * code says would show, because a statement comes in between that it must not pass, it is evaluated into a variable of
 * its own before that statement ({@link PendingStack}).
 */
public final class TreeBuilder {
    private final IndexSpaces spaces;
    private final FunctionType type;
    private final int functionIndex;
    private final InstructionReader reader;
    private final PendingStack stack;
    private final OperationBuilder operations;
    private final CallBuilder calls;
    private final ExceptionBuilder exceptions;
    private final ContinuationBuilder continuations;
    private final TailCallPlan tailCalls;
    private final ArrayList<OpenBlock> frames = new ArrayList<>();
    private final Variable[] parameters;
    private final LocalVariables locals;
    private final WholeVectorLoopBuilder wholeVectors;
    private final BranchBuilder branches;
    // Where a function that calls itself at its end begins again.
    private final BlockLabel restart;
    private final Checks checks;
    private final IntPredicate unlikely;
    private final int codeOffset;
    // Where the instructions that follow are counted; null at the beginning of a run of them.
    private Checkpoint checkpoint;
    private boolean hasCalls;
    private int deepest;
    private int labels;

    private TreeBuilder(IndexSpaces spaces, int functionIndex, FunctionBody body, TailCallPlan tailCalls,
            Checks checks, IntPredicate unlikely, int vectorInstructions) {
        this.checks = checks;
        this.unlikely = unlikely;
        codeOffset = body.code().offset();
        this.spaces = spaces;
        this.tailCalls = tailCalls;
        this.functionIndex = functionIndex;
        type = spaces.functionType(functionIndex);
        reader = new InstructionReader(body.code(), functionIndex);
        stack = new PendingStack(spaces);
        operations = new OperationBuilder(spaces, stack, reader);
        restart = newLabel(true);
        calls = new CallBuilder(reader, stack);
        exceptions = new ExceptionBuilder(this, spaces, reader, stack);
        continuations = new ContinuationBuilder(this, spaces, reader, stack);
        parameters = stack.variables(type.parameters(), false);
        locals = new LocalVariables(type.parameters(), body, parameters, stack, operations.lanes());
        wholeVectors = new WholeVectorLoopBuilder(this, spaces, reader, stack, operations, locals,
                vectorInstructions);
        branches = new BranchBuilder(this, type, reader, stack, operations, wholeVectors);
    }

    /**
     * Builds the tree of a function.
     *
     * @param tailCalls how it calls others at its end
     * @param checks what the code looks at while it runs
     * @param unlikely says of which offsets in the code the branches are not likely to be taken
     * @param vectorInstructions how many a loop on vectors that is there twice has at most
     * @throws CompileError if it uses a feature that the compiler does not have
     */
    public static FunctionTree build(IndexSpaces spaces, int functionIndex, FunctionBody body,
            TailCallPlan tailCalls, Checks checks, IntPredicate unlikely, int vectorInstructions) {
        return new TreeBuilder(spaces, functionIndex, body, tailCalls, checks, unlikely, vectorInstructions).build();
    }

    private FunctionTree build() {
        frames.add(new OpenBlock(null, Opcode.BLOCK, newLabel(false), type.results(), 0, stack.statements()));
        stack.statements(new ArrayList<>());
        addCheckpoint(true);
        Checkpoint entry = checkpoint;
        takeIn(0);
        if (entry != null && !hasCalls && !checks.countdown()) {
            // What calls nothing ends, or loops.
            entry.onlyCount();
        }
        List<Statement> statements = withRestart(exceptions.withEscape(stack.statements()));
        if (wholeVectors.hasLoops()) {
            Liveness.removeDeadVectors(statements);
        }
        return tree(statements);
    }

    private FunctionTree tree(List<Statement> body) {
        return new FunctionTree(functionIndex, type, parameters, stack.variables(), locals.count(), deepest, body,
                Set.of());
    }

    private void addCheckpoint(boolean interruptible) {
        if (checks.interruptible()) {
            checkpoint = new Checkpoint(interruptible);
            stack.statements().add(checkpoint);
        }
    }

    private boolean counted(Opcode opcode) {
        if (!checks.interruptible()) {
            return instruction(opcode);
        }
        hasCalls |= isCall(opcode);
        if (!checks.metered()) {
            return instruction(opcode);
        }
        if (checkpoint == null) {
            addCheckpoint(false);
        }
        checkpoint.addInstruction();
        boolean goesOn = instruction(opcode);
        if (endsRun(opcode)) {
            checkpoint = null;
        }
        return goesOn;
    }

    private static boolean isCall(Opcode opcode) {
        return switch (opcode) {
            case CALL, CALL_INDIRECT, CALL_REF, RETURN_CALL, RETURN_CALL_INDIRECT, RETURN_CALL_REF -> true;
            default -> false;
        };
    }

    /** Whether what follows an instruction is not always executed when it is. A loop has a checkpoint of its own. */
    private static boolean endsRun(Opcode opcode) {
        return switch (opcode) {
            case IF, ELSE, END, BR_IF, CALL, CALL_INDIRECT, CALL_REF, BR_ON_NULL, BR_ON_NON_NULL, BR_ON_CAST,
                    BR_ON_CAST_FAIL, TRY_TABLE, TRY, CATCH, CATCH_ALL, DELEGATE -> true;
            default -> false;
        };
    }

    BlockLabel newLabel(boolean loop) {
        return new BlockLabel(++labels, loop);
    }

    /** Passes over code that never runs, to the end of the block or its other arm. */
    private boolean skip() {
        int depth = 0;
        while (true) {
            Opcode opcode = reader.next();
            switch (opcode) {
                case BLOCK, LOOP, IF, TRY, TRY_TABLE -> depth++;
                case CATCH, CATCH_ALL -> {
                    if (depth == 0) {
                        exceptions.startCatch(frames.getLast(), opcode, false);
                        return true;
                    }
                }
                case DELEGATE -> {
                    if (depth-- == 0) {
                        return exceptions.delegate(frames.removeLast(), frames, false);
                    }
                }
                case ELSE -> {
                    if (depth == 0) {
                        return otherwise(frames.getLast(), false);
                    }
                }
                case END -> {
                    if (depth-- == 0) {
                        return end(false);
                    }
                }
                default -> {
                }
            }
        }
    }

    /** Takes in an instruction that runs; says whether the next one does. */
    private boolean instruction(Opcode opcode) {
        switch (opcode) {
            case NOP -> {
            }
            case BLOCK -> open(opcode, newLabel(false));
            case LOOP -> {
                return loop();
            }
            case IF -> {
                Expression condition = stack.pop();
                OpenBlock block = open(opcode, newLabel(false));
                block.condition = condition;
                block.unlikely = unlikely.test(reader.offset() - codeOffset);
            }
            case ELSE -> {
                return otherwise(frames.getLast(), true);
            }
            case END -> {
                return end(true);
            }
            case BR -> {
                branches.branch(reader.index());
                return false;
            }
            case BR_IF -> branches.branchIf(reader.index());
            case BR_TABLE -> {
                branches.branchTable();
                return false;
            }
            case RETURN -> {
                branches.giveBack();
                return false;
            }
            case UNREACHABLE -> {
                stack.settleObservable();
                stack.add(new Unreachable(reader.offset()), 0);
                return false;
            }
            case LOCAL_GET -> locals.get(reader.index());
            case LOCAL_SET -> locals.set(reader.index());
            case LOCAL_TEE -> {
                locals.set(reader.index());
                locals.get(reader.index());
            }
            case DROP -> drop();
            case CALL -> calls.call(opcode, spaces.functionType(reader.index()), 0);
            case CALL_INDIRECT, CALL_REF -> calls.call(opcode, functionType(reader.index()), 1);
            case RETURN_CALL -> {
                tailCall(reader.index());
                return false;
            }
            case RETURN_CALL_INDIRECT, RETURN_CALL_REF -> {
                tailCall(opcode, functionType(reader.index()), 1, tailCalls.copyThrough(reader.index()));
                return false;
            }
            case BR_ON_NULL -> branches.branchOnNull(reader.index());
            case BR_ON_NON_NULL -> branches.branchOnNonNull(reader.index());
            case BR_ON_CAST, BR_ON_CAST_FAIL -> branches.branchOnCast(opcode, reader.index());
            case BR_ON_CAST_DESC_EQ, BR_ON_CAST_DESC_EQ_FAIL -> branches.branchOnDescriptor(opcode, reader.index());
            case TRY_TABLE, TRY, CATCH, CATCH_ALL, DELEGATE, THROW, THROW_REF, RETHROW -> {
                return exceptionInstruction(opcode);
            }
            case CONT_NEW, CONT_BIND, SUSPEND, RESUME, RESUME_THROW, RESUME_THROW_REF, SWITCH ->
                continuations.add(opcode);
            default -> operations.add(opcode);
        }
        return true;
    }

    private boolean exceptionInstruction(Opcode opcode) {
        switch (opcode) {
            case TRY_TABLE -> exceptions.openTryTable();
            case TRY -> exceptions.openTry();
            case CATCH, CATCH_ALL -> exceptions.startCatch(frames.getLast(), opcode, true);
            case DELEGATE -> {
                return exceptions.delegate(frames.removeLast(), frames, true);
            }
            case THROW -> {
                exceptions.throwNew();
                return false;
            }
            case THROW_REF -> {
                exceptions.rethrow(stack.pop());
                return false;
            }
            default -> {
                exceptions.rethrow(reader.index());
                return false;
            }
        }
        return true;
    }

    private FunctionType functionType(int typeIndex) {
        return (FunctionType) spaces.types().get(typeIndex).type();
    }

    // ---- blocks

    private FunctionType blockType() {
        if (reader.blockTypeIsIndex()) {
            return functionType(reader.blockTypeIndex());
        }
        return new FunctionType(List.of(), reader.blockTypeIsEmpty() ? List.of() : List.of(reader.blockValueType()));
    }

    OpenBlock open(Opcode opcode, BlockLabel label) {
        FunctionType blockType = blockType();
        // What waits on the stack here would be evaluated in only one of the ways through the block.
        stack.settleAll();
        int height = stack.size() - Carrier.count(blockType.parameters());
        var frame = new OpenBlock(frames.getLast(), opcode, label, blockType.results(), height, stack.statements());
        frame.parameters = stack.copyFrom(height);
        frames.add(frame);
        deepest = Math.max(deepest, frames.size());
        stack.statements(new ArrayList<>());
        return frame;
    }

    /** Opens a loop, or takes it in as a whole; says whether the next instruction runs. */
    private boolean loop() {
        // Before the search, which reads on.
        FunctionType blockType = blockType();
        WholeVectorLoop wholeLoop = checks.metered() ? null : wholeVectors.find();
        if (wholeLoop != null) {
            return wholeVectors.add(wholeLoop);
        }
        var label = newLabel(true);
        Variable[] variables = stack.variables(blockType.parameters(), false);
        label.variables(variables);
        stack.settleAll();
        Expression[] initial = stack.pop(variables.length);
        for (int i = 0; i < variables.length; i++) {
            stack.set(variables[i], initial[i]);
        }
        frames.add(new OpenBlock(frames.getLast(), Opcode.LOOP, label, blockType.results(), stack.size(),
                stack.statements()));
        stack.statements(new ArrayList<>());
        addCheckpoint(true);
        for (Variable variable : variables) {
            stack.push(new Get(variable));
        }
        return true;
    }

    /** Opens a loop without parameters and results. */
    void openLoop(BlockLabel label) {
        label.variables(new Variable[0]);
        frames.add(new OpenBlock(frames.getLast(), Opcode.LOOP, label, List.of(), stack.size(), stack.statements()));
        stack.statements(new ArrayList<>());
        addCheckpoint(true);
    }

    /** How many blocks are open. */
    int openBlocks() {
        return frames.size();
    }

    /** Takes in instructions until so many blocks are open; says whether the next one runs. */
    boolean takeIn(int depth) {
        boolean reachable = true;
        while (frames.size() > depth) {
            if (reachable) {
                reachable = counted(reader.next());
            } else {
                reachable = skip();
                checkpoint = null;
            }
        }
        return reachable;
    }

    /** Whether a branch to a label takes vectors along. */
    boolean takesVectors(int label) {
        OpenBlock frame = target(label);
        return frame.label.isLoop()
                ? Arrays.stream(frame.label.variables()).anyMatch(variable -> variable.carrier() == Carrier.HIGH)
                : Vectors.among(frame.results);
    }

    private boolean otherwise(OpenBlock frame, boolean reachable) {
        frame.thenGoesOn = reachable;
        if (reachable) {
            assignResults(frame);
        }
        stack.truncate(frame.height);
        for (Expression parameter : frame.parameters) {
            stack.push(parameter);
        }
        frame.then = stack.statements();
        stack.statements(new ArrayList<>());
        return true;
    }

    private boolean end(boolean reachable) {
        OpenBlock frame = frames.removeLast();
        if (frames.isEmpty()) {
            endFunction(frame, reachable);
            return false;
        }
        return switch (frame.opcode) {
            case IF -> endIf(frame, reachable);
            case LOOP -> endLoop(frame, reachable);
            case TRY_TABLE -> exceptions.endTryTable(frame, reachable);
            case TRY -> exceptions.endTry(frame, reachable);
            default -> endBlock(frame, reachable);
        };
    }

    private void endFunction(OpenBlock frame, boolean reachable) {
        if (!frame.label.isTarget()) {
            if (reachable) {
                branches.giveBack();
            }
            stack.statements(joined(frame.outer, stack.statements()));
            return;
        }
        if (reachable) {
            assignResults(frame);
        }
        List<Statement> body = stack.statements();
        stack.statements(frame.outer);
        stack.truncate(0);
        frame.outer.add(new Block(frame.label, body));
        pushResults(frame);
        branches.giveBack();
    }

    private boolean endBlock(OpenBlock frame, boolean reachable) {
        List<Statement> body = stack.statements();
        if (!frame.label.isTarget()) {
            // Nothing branches here: the block is just its statements.
            stack.statements(joined(frame.outer, body));
            return reachable;
        }
        if (reachable) {
            assignResults(frame);
        }
        stack.statements(frame.outer);
        stack.truncate(frame.height);
        frame.outer.add(new Block(frame.label, body));
        pushResults(frame);
        return true;
    }

    private boolean endLoop(OpenBlock frame, boolean reachable) {
        List<Statement> body = stack.statements();
        if (frame.label.isTarget()) {
            frame.outer.add(new Loop(frame.label, body));
            stack.statements(frame.outer);
        } else {
            stack.statements(joined(frame.outer, body));
        }
        return reachable;
    }

    /** One list after the other. The smaller one is copied, so that deep nesting does not copy everything often. */
    private static List<Statement> joined(List<Statement> first, List<Statement> second) {
        if (first.size() < second.size()) {
            second.addAll(0, first);
            return second;
        }
        first.addAll(second);
        return first;
    }

    private boolean endIf(OpenBlock frame, boolean reachable) {
        if (frame.then == null) {
            // Without an else, the parameters are the results.
            otherwise(frame, reachable);
            return finishIf(frame, true);
        }
        return finishIf(frame, reachable);
    }

    private boolean finishIf(OpenBlock frame, boolean reachable) {
        if (reachable) {
            assignResults(frame);
        }
        List<Statement> otherwise = stack.statements();
        stack.statements(frame.outer);
        stack.truncate(frame.height);
        // What is likely comes first and is fallen into.
        If statement = frame.unlikely && !otherwise.isEmpty()
                ? new If(operations.isZero(frame.condition), otherwise, frame.then)
                : new If(frame.condition, frame.then, otherwise);
        boolean target = frame.label.isTarget();
        // The condition was taken off the stack before everything below it was settled, so nothing is in its way.
        frame.outer.add(target ? new Block(frame.label, new ArrayList<>(List.of(statement))) : statement);
        if (reachable || frame.thenGoesOn || target) {
            pushResults(frame);
            return true;
        }
        return false;
    }

    /** The variables for the results of a block. */
    Variable[] resultVariables(OpenBlock frame) {
        if (frame.label.variables() == null) {
            // Several branches may assign them, but all come before the end of the block, where they are first read.
            frame.label.variables(stack.variables(frame.results, true));
        }
        return frame.label.variables();
    }

    void assignResults(OpenBlock frame) {
        assign(resultVariables(frame));
    }

    void pushResults(OpenBlock frame) {
        for (Variable variable : resultVariables(frame)) {
            stack.push(new Get(variable));
        }
    }

    /** Assigns what the top of the stack holds. */
    void assign(Variable[] variables) {
        if (variables.length > 1) {
            // One assignment must not change what a later one reads.
            stack.settleTop(variables.length);
        }
        Expression[] values = stack.pop(variables.length);
        for (int i = 0; i < variables.length; i++) {
            stack.set(variables[i], values[i]);
        }
    }

    // ---- branches

    OpenBlock target(int label) {
        return frames.get(frames.size() - 1 - label);
    }

    /** Adds a branch to a label. */
    void branch(int label) {
        branches.branch(label);
    }

    private void drop() {
        if (stack.isVector(0)) {
            stack.drop();
        }
        stack.drop();
    }

    // ---- tail calls

    private void tailCall(int called) {
        boolean itself = called == functionIndex;
        boolean defined = called >= spaces.importedFunctions();
        if (itself) {
            assign(parameters);
            stack.settleObservable();
            restart.branch();
            stack.add(new Branch(restart), 0);
        } else if (defined && !stack.isInRegion() && !tailCalls.isTailCaller(called)) {
            // It ends by itself, so nothing is lost if this function waits for it.
            calls.call(Opcode.CALL, spaces.functionType(called), 0);
            branches.giveBack();
        } else {
            tailCall(Opcode.RETURN_CALL, spaces.functionType(called), 0, defined ? tailCalls.copy(called) : TailCallPlan.PREPARED);
        }
    }

    private void tailCall(Opcode opcode, FunctionType called, int callee, int copy) {
        // Not at once if the result would be looked into: there is none where a call is prepared.
        if (copy != TailCallPlan.PREPARED && !stack.isInRegion() && Carrier.count(called.results()) <= 1) {
            // What it prepares is part of its result, and so of this function's.
            calls.callAtOnce(opcode, called, callee, copy);
            branches.giveBack();
        } else {
            calls.tailCall(opcode, called, callee);
        }
    }

    /** The function's statements in a loop, if it calls itself at its end: with its locals as they are at first. */
    private List<Statement> withRestart(List<Statement> body) {
        if (!restart.isTarget()) {
            return body;
        }
        List<Statement> statements = new ArrayList<>();
        List<Statement> loop = List.of(new Loop(restart, body));
        BitSet live = Liveness.atEntry(tree(loop));
        for (Variable local : locals.declared()) {
            if (live.get(local.number())) {
                statements.add(new Statement.Set(local, new Constant(local.carrier(), 0)));
            }
        }
        statements.addAll(body);
        return new ArrayList<>(List.of(new Loop(restart, statements)));
    }
}
