package dev.jawa.compile.function;

import dev.jawa.compile.bytecode.Bytecode;
import dev.jawa.compile.bytecode.ClassTooLargeException;
import dev.jawa.compile.bytecode.CodeBuilder;
import dev.jawa.compile.bytecode.Label;
import dev.jawa.compile.tree.BlockLabel;
import dev.jawa.compile.tree.Statement.Piece;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The labels of a method, and the branches to them. In a function that is split a label may be outside the method, or in
 * a piece that the method calls: then its number stands for it, in a local.
 */
public final class BranchEmitter {
    /** A table of more targets outside a piece gives their numbers rather than jump to a place for each. */
    private static final int MOST_TARGETS_OUTSIDE = 8;
    /** More entries than that for each number that is looked up make the table longer than the numbers. */
    private static final int MOST_ENTRIES_FOR_TARGET = 4;
    /** Longer tables would take too much of the method. */
    private static final int MOST_JUMPS = 512;
    private static final String STRING = "java/lang/String";

    private final CodeBuilder code;
    private final Map<BlockLabel, Label> labels = new IdentityHashMap<>();
    // The calls of the pieces that are entered at labels.
    private final Map<BlockLabel, Call> calls = new IdentityHashMap<>();
    // In a piece: what is outside, by number, and where control goes to hand on the number in the local.
    private final BitSet outside = new BitSet();
    private final Label handOn = new Label();
    private final int waySlot;

    /**
     * Where a piece is called.
     *
     * @param place in the code
     * @param byNumber whether it is told by the number in the local where it is entered
     */
    private record Call(Label place, boolean byNumber) {
    }

    private BranchEmitter(CodeBuilder code, int waySlot) {
        this.code = code;
        this.waySlot = waySlot;
    }

    /** For a function that is not split. */
    static BranchEmitter ofWhole(CodeBuilder code) {
        return new BranchEmitter(code, -1);
    }

    /** For a function's own method, and a local for numbers of labels. */
    static BranchEmitter ofRoot(CodeBuilder code, int waySlot) {
        return new BranchEmitter(code, waySlot);
    }

    /** For a piece, and a local for numbers of labels, in which there is the one at which the piece is entered, if any. */
    static BranchEmitter ofPiece(CodeBuilder code, int waySlot, Piece piece) {
        var branches = new BranchEmitter(code, waySlot);
        piece.exits().forEach(exit -> branches.outside.set(exit.number()));
        return branches;
    }

    Label label(BlockLabel label) {
        return labels.computeIfAbsent(label, _ -> new Label());
    }

    /** Forgets labels whose statements will be emitted once more. */
    void forget(Collection<BlockLabel> forgotten) {
        labels.keySet().removeAll(forgotten);
    }

    boolean isOutside(BlockLabel label) {
        return outside.get(label.number());
    }

    /** Where a piece is left for the label whose number is in the local. */
    Label handOn() {
        return handOn;
    }

    // ---- entries of pieces

    /** Says that a piece will be called: then whoever goes to one of its entries by a table or number goes there. */
    void called(Piece piece) {
        var call = new Call(new Label(), PieceEmitter.hasEntries(piece));
        piece.entries().forEach(entry -> calls.put(entry, call));
    }

    /**
     * Binds the entries of a piece, and its call.
     *
     * @param before emits what comes before the call for those who branch to an entry
     */
    void bindEntries(Piece piece, Runnable before) {
        Label place = calls.get(piece.entries().getFirst()).place();
        for (BlockLabel entry : piece.entries()) {
            if (label(entry).isTarget()) {
                code.bind(label(entry));
                before.run();
                enterOrJump(entry);
            }
        }
        piece.entries().forEach(calls::remove);
        if (place.isTarget()) {
            code.bind(place);
        }
    }

    /** Goes to a label, or if a piece is entered there, to its call. */
    void enterOrJump(BlockLabel target) {
        Call call = calls.get(target);
        if (call != null && call.byNumber()) {
            code.constant(target.number()).store('I', waySlot);
        }
        code.jump(Bytecode.GOTO, destination(target));
    }

    // ---- branches to one of many labels

    /** A branch by the index on the stack. */
    void table(BlockLabel[] targets, BlockLabel otherwise) {
        if (targets.length == 0) {
            code.op(Bytecode.POP).jump(Bytecode.GOTO, label(otherwise));
            return;
        }
        List<BlockLabel> distinct = Arrays.stream(targets).distinct().toList();
        if (targets.length <= MOST_JUMPS && distinct.stream().anyMatch(calls::containsKey)) {
            nearOrCalled(targets, otherwise);
        } else if (distinct.stream().filter(this::isOutside).count() > MOST_TARGETS_OUTSIDE
                || distinct.stream().anyMatch(calls::containsKey)
                || waySlot >= 0 && targets.length > MOST_ENTRIES_FOR_TARGET * distinct.size()) {
            lookUp(targets, otherwise);
            List<BlockLabel> here = distinct.stream().filter(target -> !isOutside(target)).toList();
            byNumber(here, here.size() < distinct.size() ? handOn : null);
        } else {
            code.tableSwitch(0, Arrays.stream(targets).map(this::label).toArray(Label[]::new), label(otherwise));
        }
    }

    /** Jumps to targets that are near, and to calls of pieces, before which it says the target's number if they ask. */
    private void nearOrCalled(BlockLabel[] targets, BlockLabel otherwise) {
        var told = new LinkedHashMap<BlockLabel, Label>();
        Label[] table = Arrays.stream(targets).map(target -> isTold(target)
                ? told.computeIfAbsent(target, _ -> new Label()) : destination(target)).toArray(Label[]::new);
        code.tableSwitch(0, table, label(otherwise));
        told.forEach((target, place) -> {
            code.bind(place).constant(target.number()).store('I', waySlot)
                    .jump(Bytecode.GOTO, isOutside(target) ? handOn : destination(target));
        });
    }

    /** Whether who goes to a label says its number. */
    private boolean isTold(BlockLabel target) {
        Call call = calls.get(target);
        return isOutside(target) || call != null && call.byNumber();
    }

    /** Looks the number of a target up in a string. */
    private void lookUp(BlockLabel[] targets, BlockLabel otherwise) {
        code.store('I', waySlot).load('I', waySlot).constant(targets.length)
                .invokeStatic("java/lang/Integer", "compareUnsigned", "(II)I").jump(Bytecode.IFGE, label(otherwise));
        code.constant(numbers(targets)).load('I', waySlot).invokeVirtual(STRING, "charAt", "(I)C").store('I', waySlot);
    }

    private static String numbers(BlockLabel[] targets) {
        var numbers = new StringBuilder();
        for (BlockLabel target : targets) {
            if (target.number() > Character.MAX_VALUE) {
                throw new ClassTooLargeException("branch table");
            }
            numbers.append((char) target.number());
        }
        return numbers.toString();
    }

    /** Where to go for a label when its number is in the local. */
    Label destination(BlockLabel target) {
        Call call = calls.get(target);
        return call != null ? call.place() : label(target);
    }

    /**
     * Goes to one of the labels, by the number in the local.
     *
     * @param otherwise for other numbers; null if there are none
     */
    void byNumber(List<BlockLabel> targets, Label otherwise) {
        List<BlockLabel> sorted = targets.stream().sorted(Comparator.comparingInt(BlockLabel::number)).toList();
        if (sorted.stream().map(this::destination).distinct().count() * 2 < sorted.size()) {
            byPiece(sorted, otherwise);
            return;
        }
        // The interpreter counts the rounds of a loop, after which it becomes compiled code, only at jumps.
        List<BlockLabel> loops = sorted.stream().filter(BlockLabel::isLoop).toList();
        List<BlockLabel> others = sorted.stream().filter(target -> !target.isLoop()).toList();
        for (BlockLabel loop : loops) {
            if (otherwise == null && others.isEmpty() && loop == loops.getLast()) {
                code.jump(Bytecode.GOTO, destination(loop));
                return;
            }
            code.load('I', waySlot).constant(loop.number()).jump(Bytecode.IF_ICMPEQ, destination(loop));
        }
        if (otherwise == null) {
            toEach(others.subList(0, others.size() - 1), destination(others.getLast()));
        } else {
            toEach(others, otherwise);
        }
    }

    private void toEach(List<BlockLabel> sorted, Label otherwise) {
        if (sorted.isEmpty()) {
            code.jump(Bytecode.GOTO, otherwise);
            return;
        }
        code.load('I', waySlot);
        int low = sorted.getFirst().number();
        int range = sorted.getLast().number() - low + 1;
        if (sorted.size() == 1) {
            code.constant(low).jump(Bytecode.IF_ICMPEQ, destination(sorted.getFirst()))
                    .jump(Bytecode.GOTO, otherwise);
        } else if (range <= 2 * sorted.size()) {
            Label[] table = new Label[range];
            Arrays.fill(table, otherwise);
            sorted.forEach(target -> table[target.number() - low] = destination(target));
            code.tableSwitch(low, table, otherwise);
        } else {
            code.lookupSwitch(sorted.stream().mapToInt(BlockLabel::number).toArray(),
                    sorted.stream().map(this::destination).toArray(Label[]::new), otherwise);
        }
    }

    /**
     * Where many labels are in few pieces: looks the piece up in a string, since a table of labels would be too large.
     * Labels outside have smaller numbers than all inside, so whatever is smaller than the first goes elsewhere.
     */
    private void byPiece(List<BlockLabel> sorted, Label otherwise) {
        int low = sorted.getFirst().number();
        if (otherwise != null) {
            code.load('I', waySlot).constant(low).jump(Bytecode.IF_ICMPLT, otherwise);
        }
        var destinations = new ArrayList<Label>();
        var ordinals = new StringBuilder();
        for (BlockLabel target : sorted) {
            if (destinations.isEmpty() || destinations.getLast() != destination(target)) {
                destinations.add(destination(target));
            }
            // Numbers between them are of labels that cannot be seen from here.
            ordinals.repeat(destinations.size() - 1, target.number() - low - ordinals.length() + 1);
        }
        Label last = destinations.removeLast();
        if (destinations.isEmpty()) {
            code.jump(Bytecode.GOTO, last);
            return;
        }
        code.constant(ordinals.toString()).load('I', waySlot).constant(low).op(Bytecode.ISUB);
        code.invokeVirtual(STRING, "charAt", "(I)C").tableSwitch(0, destinations.toArray(Label[]::new), last);
    }
}
