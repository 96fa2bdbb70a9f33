package dev.jawa.compile.function;

import dev.jawa.CompileError;
import dev.jawa.CompilePlan;
import dev.jawa.compile.CompiledModule;
import dev.jawa.compile.ModuleClasses;
import dev.jawa.compile.bytecode.Bytecode;
import dev.jawa.compile.bytecode.ClassBuilder;
import dev.jawa.compile.bytecode.ClassTooLargeException;
import dev.jawa.compile.bytecode.Names;
import dev.jawa.compile.tree.Carrier;
import dev.jawa.compile.tree.FramePlan;
import dev.jawa.compile.tree.FunctionTree;
import dev.jawa.compile.tree.InBounds;
import dev.jawa.compile.tree.LoopProver;
import dev.jawa.compile.tree.Splitter;
import dev.jawa.compile.tree.Statement.Block;
import dev.jawa.compile.tree.Statement.If;
import dev.jawa.compile.tree.Statement.Loop;
import dev.jawa.compile.tree.Statement.Piece;
import dev.jawa.compile.tree.Statement.ProvedLoop;
import dev.jawa.compile.tree.TreeBuilder;
import dev.jawa.compile.type.Signature;
import dev.jawa.compile.type.TailCallEmitter;
import dev.jawa.model.FunctionBody;
import dev.jawa.model.IndexSpaces;
import dev.jawa.runtime.memory.MemoryAccess;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Emits a function: as one method if HotSpot will compile that, else cut into pieces that it will.
 *
 * <p>Sizes are estimated before and measured after; if a method came out too large, the function is cut smaller.
 */
public final class FunctionEmitter {
    /** HotSpot's limit, {@code HugeMethodLimit}: larger methods stay in its interpreter for ever. */
    private static final int LARGEST_METHOD = 8000;
    private static final int LARGEST_PIECE = 5000;
    private static final int ATTEMPTS = 5;
    private static final boolean WITH_UNSAFE = MemoryAccess.current() == MemoryAccess.UNSAFE;
    /** Smaller pieces are not tried, except by tests. */
    private static final int SMALLEST_PIECE = 200;
    /** The JVM takes no method of more than 65,535 bytes. */
    private static final int LARGEST_ESTIMATE = 60_000;
    /** Twice its code would cost more than its checks. */
    private static final int LARGEST_PROVED_LOOP = WITH_UNSAFE ? 2500 : 5000;
    /** For tests: cuts every function into pieces of this estimated size. */
    private static final String PIECE_SIZE = "dev.jawa.pieceSize";

    private final CompiledModule module;
    private final ModuleClasses classes;
    private final int index;
    private final FunctionBody body;
    private final Integer forcedPiece = Integer.getInteger(PIECE_SIZE);
    private CompilePlan.Function plan;
    private CompilePlan.Reason reason;
    private int estimate;
    // How many a loop on vectors that is there twice may have: fewer if one turns out not to fit into a method.
    private int vectorInstructions = 1500;
    private boolean hasTooLargeVectorLoop;

    public FunctionEmitter(CompiledModule module, ModuleClasses classes, int index, FunctionBody body) {
        this.module = module;
        this.classes = classes;
        this.index = index;
        this.body = body;
    }

    /** Estimated size above which a function is cut: with variable handles, of all that is inlined for them besides. */
    private int largestWhole() {
        return forcedPiece != null ? forcedPiece : WITH_UNSAFE ? 7500 : 5500;
    }

    /** Of the cases of a switch most never run, nor of the ways through much branching code; nothing is inlined into them. */
    private int rarelyInlined(FunctionTree tree) {
        return WITH_UNSAFE || forcedPiece != null ? 0
                : Math.max(Splitter.sizeOfCases(tree) * 2 / 3, Splitter.sizeOfSeldomInlined(tree));
    }

    /** Estimated size that a piece may have; much smaller ones would cut up hot loops. */
    private int largestPiece(FunctionTree tree) {
        return forcedPiece != null ? forcedPiece : WITH_UNSAFE ? LARGEST_PIECE
                : (int) ((long) LARGEST_PIECE * estimate / (estimate - Splitter.sizeOfSeldomInlined(tree)));
    }

    /** Adds the function's methods to a class, and says which. */
    public CompilePlan.Function emit(ClassBuilder builder) {
        Signature signature = Signature.of(module.model().spaces().functionType(index));
        String instance = classes.instanceClass().name();
        if (module.checks().nested()) {
            CallCountEmitter.entry(builder, ModuleClasses.codeMethod(index), ModuleClasses.countedMethod(index),
                    signature, instance);
        }
        if (classes.tailCalls().in(index)) {
            String entry = module.checks().nested() ? ModuleClasses.countedMethod(index)
                    : ModuleClasses.codeMethod(index);
            TailCallEmitter.entry(builder, entry, classes.lastTailMethod(index), signature, instance);
            emitCopies(builder);
        }
        FunctionTree tree = tree(0);
        ClassBuilder.Mark start = builder.mark();
        estimate = Splitter.size(tree);
        if (estimate - rarelyInlined(tree) > largestWhole()) {
            reason = CompilePlan.Reason.ESTIMATE;
        } else if (Splitter.nestsDeep(tree)) {
            reason = CompilePlan.Reason.HANDLERS;
        } else {
            // Nothing is inlined into the copy of a loop that does not run.
            int loops = proveLoops(tree, largestWhole(), (WITH_UNSAFE ? largestWhole() : LARGEST_METHOD) - estimate);
            try {
                int size = new MethodEmitter(module, classes, tree, body).emitFunction(builder);
                if (size <= LARGEST_METHOD) {
                    return plan(tree, size, 0, List.of(), loops);
                }
            } catch (ClassTooLargeException _) {
                // Then it is cut.
            }
            reason = CompilePlan.Reason.SIZE;
        }
        emitInPieces(builder, start, largestPiece(tree));
        return plan;
    }

    /** The copies of a small function that call others at its end as functions are called otherwise. */
    private void emitCopies(ClassBuilder builder) {
        for (int copy = 1; copy <= classes.tailCalls().lastCopy(index); copy++) {
            new MethodEmitter(module, classes, tree(copy), body)
                    .emitFunction(builder, ModuleClasses.tailMethod(index, copy));
        }
    }

    private CompilePlan.Function plan(FunctionTree tree, int size, int frameFields, List<CompilePlan.Piece> pieces,
            int loops) {
        return new CompilePlan.Function(index, body.code().length(), estimate, Optional.ofNullable(reason), size,
                frameFields, pieces, tree.inBounds().size(), loops);
    }

    private static int proveLoops(FunctionTree tree, int largestLoop, int budget) {
        return LoopProver.prove(tree, Math.min(LARGEST_PROVED_LOOP, largestLoop), budget);
    }

    /**
     * Cuts ever smaller until all methods are small enough, or that does not help any more. If even the smallest pieces
     * do not, since those need many names and calls, larger ones may.
     */
    private void emitInPieces(ClassBuilder builder, ClassBuilder.Mark start, int largestPiece) {
        int limit = largestPiece;
        int best = 0;
        int bestSize = Integer.MAX_VALUE;
        boolean larger = false;
        for (int attempt = 1; attempt <= ATTEMPTS || bestSize == Integer.MAX_VALUE; attempt++) {
            builder.truncate(start);
            int size = emitSplit(builder, limit);
            while (size > LARGEST_METHOD && hasTooLargeVectorLoop) {
                vectorInstructions /= 4;
                builder.truncate(start);
                size = emitSplit(builder, limit);
            }
            if (size <= LARGEST_METHOD) {
                return;
            } else if (size < bestSize) {
                best = limit;
                bestSize = size;
            } else if (bestSize < Integer.MAX_VALUE) {
                break;
            } else if (limit > LARGEST_ESTIMATE) {
                throw new CompileError("the function is too large for the JVM", body.code().offset(), index);
            }
            larger |= limit < SMALLEST_PIECE;
            limit = larger ? Math.max(limit * 2, 2 * largestPiece) : size == Integer.MAX_VALUE ? limit / 2
                    : Math.min(limit * 3 / 4, (int) ((long) limit * LARGEST_METHOD / size));
        }
        builder.truncate(start);
        emitSplit(builder, best);
    }

    private FunctionTree tree(int copy) {
        IndexSpaces spaces = module.model().spaces();
        FunctionTree tree = TreeBuilder.build(spaces, index, body, classes.tailCalls().plan(copy),
                module.checks(), module.hints().unlikely(index, body), vectorInstructions);
        return tree.withInBounds(InBounds.of(tree, spaces.memories()));
    }

    /**
     * Adds the function's methods, cut into pieces; gives the size of the largest, or the largest number if they do
     * not fit into a class.
     */
    private int emitSplit(ClassBuilder builder, int limit) {
        FunctionTree tree = tree(0);
        int loops = proveLoops(tree, limit, Integer.MAX_VALUE);
        Splitter.split(tree, limit, limit * 3 / 2);
        FramePlan frames = FramePlan.of(tree);
        var pieces = new ArrayList<CompilePlan.Piece>();
        hasTooLargeVectorLoop = false;
        try {
            int root = new MethodEmitter(module, classes, tree, body, frames, frames.root()).emitFunction(builder);
            int largest = root;
            for (Piece piece : frames.pieces()) {
                FramePlan.Method method = frames.method(piece);
                int size = new MethodEmitter(module, classes, tree, body, frames, method).emitPiece(builder, piece);
                largest = Math.max(largest, size);
                hasTooLargeVectorLoop |= size > LARGEST_METHOD && Splitter.isVectorLoop(piece);
                pieces.add(new CompilePlan.Piece(method.number(), kind(piece), Splitter.size(piece), size,
                        piece.exits().size(), piece.returns()));
            }
            classes.addFrame(tree.index(), frame(tree, frames));
            plan = plan(tree, root, frames.shared().cardinality(), pieces, loops);
            return largest;
        } catch (ClassTooLargeException _) {
            return Integer.MAX_VALUE;
        }
    }

    private static CompilePlan.Kind kind(Piece piece) {
        if (Splitter.isVectorLoop(piece)) {
            return CompilePlan.Kind.VECTOR_LOOP;
        }
        // The last case of a switch may be empty.
        return piece.body().isEmpty() ? CompilePlan.Kind.STATEMENTS : switch (piece.body().getLast()) {
            case Loop _, ProvedLoop _ -> CompilePlan.Kind.LOOP;
            case If _ -> CompilePlan.Kind.CHOICE;
            case Block _ -> CompilePlan.Kind.BLOCK;
            default -> CompilePlan.Kind.STATEMENTS;
        };
    }

    /** The class of the function's frame. */
    private byte[] frame(FunctionTree tree, FramePlan plan) {
        var builder = new ClassBuilder(ClassBuilder.FINAL, classes.frameClass(tree.index()), Names.OBJECT);
        plan.shared().stream().forEach(number -> builder.field(0, PieceEmitter.field(number),
                tree.variables()[number].carrier().descriptor()));
        Carrier result = Signature.of(tree.type()).result();
        if (result != Carrier.VOID) {
            builder.field(0, PieceEmitter.RESULT, result.descriptor());
        }
        builder.method(0, "<init>", "()V", code -> code.load('A', 0)
                .invokeSpecial(Names.OBJECT, "<init>", "()V").op(Bytecode.RETURN));
        return builder.build();
    }
}
