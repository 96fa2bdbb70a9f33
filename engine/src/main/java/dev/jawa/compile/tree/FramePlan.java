package dev.jawa.compile.tree;

import dev.jawa.compile.tree.Statement.Piece;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How the pieces of a function exchange variables through its frame.
 *
 * <p>Each method keeps variables in JVM locals. A piece is given some of what it may read, begins by loading the rest, and
 * ends by storing what it changed and somebody may read; its caller stores what the piece may read before the call, and
 * loads what it may have changed after it. So the frame is right where control changes hands, and only there. A piece with
 * the cases of a switch rather stores what it changes at once, unless that is in a loop: each case changes other variables,
 * and few of them.
 */
public final class FramePlan {
    /** HotSpot passes six in registers, the frame, the instance and the number of an entry among them, and eight others. */
    private static final int WHOLE_ARGUMENTS = 3;
    private static final int FLOAT_ARGUMENTS = 8;

    private final FunctionTree tree;
    private final Map<Piece, Method> methods = new IdentityHashMap<>();
    private final List<Piece> pieces = new ArrayList<>();
    private final Method root;
    private final BitSet shared = new BitSet();

    /** A method: the function's own, or a piece's. Sets are of the numbers of variables. */
    public static final class Method {
        private final Mentions mentions;
        private final BitSet mentioned;
        // In the frame: what must be right there before it is called, and what may be different after it.
        private final BitSet wanted = new BitSet();
        private final BitSet changed = new BitSet();
        private final BitSet loads = new BitSet();
        private final BitSet stores = new BitSet();
        private final BitSet clears = new BitSet();
        private final BitSet storesThrough = new BitSet();
        private final Liveness.AtPiece live;
        private List<Variable> arguments = List.of();
        private int number;

        private Method(List<Statement> body, int variables, Liveness.AtPiece live) {
            mentions = new Mentions(variables).count(body);
            mentioned = mentions.mentioned();
            this.live = live;
        }

        /** What its own code mentions. */
        public Mentions mentions() {
            return mentions;
        }

        /** What it loads from the frame at its beginning. */
        public BitSet loads() {
            var loaded = (BitSet) loads.clone();
            arguments.forEach(variable -> loaded.clear(variable.number()));
            return loaded;
        }

        /** What it is given besides the frame, in this order: its caller has these anyway. */
        public List<Variable> arguments() {
            return arguments;
        }

        /** What it sets to zero at its beginning, so that it has a value wherever it ends. */
        public BitSet clears() {
            return clears;
        }

        /** What it stores to the frame at its end. */
        public BitSet storesAtEnd() {
            var atEnd = (BitSet) stores.clone();
            atEnd.andNot(storesThrough);
            return atEnd;
        }

        /** What it stores to the frame whenever it assigns it. */
        public boolean storesThrough(Variable variable) {
            return storesThrough.get(variable.number());
        }

        private boolean changes(Variable variable) {
            return changed.get(variable.number()) || mentions.assigned().get(variable.number());
        }

        /** Its number among the pieces, from 1. */
        public int number() {
            return number;
        }
    }

    private FramePlan(FunctionTree tree) {
        this.tree = tree;
        Map<Piece, Liveness.AtPiece> live = Liveness.atPieces(tree);
        root = method(tree.body(), false, null, live);
    }

    /** Plans for a function that has been split. */
    public static FramePlan of(FunctionTree tree) {
        return new FramePlan(tree);
    }

    private Method method(List<Statement> body, boolean hasCases, Liveness.AtPiece around,
            Map<Piece, Liveness.AtPiece> live) {
        var method = new Method(body, tree.variables().length, around);
        if (around != null) {
            exchange(method);
            if (hasCases) {
                method.storesThrough.or(method.stores);
                method.storesThrough.andNot(method.mentions.assignedOften());
                method.clears.andNot(method.storesThrough);
            }
            method.changed.or(method.stores);
            // What it may change, or not, its caller reads afterwards: so it must have the right value before.
            method.wanted.or(method.loads);
            method.wanted.or(method.stores);
        }
        for (Piece piece : method.mentions.pieces()) {
            Method called = method(piece.body(), !piece.entries().isEmpty(), live.get(piece), live);
            methods.put(piece, called);
            pieces.add(piece);
            called.number = pieces.size();
            method.wanted.or(called.wanted);
            method.changed.or(called.changed);
        }
        method.mentions.pieces().forEach(piece -> methods.get(piece).arguments = arguments(method, methods.get(piece)));
        return method;
    }

    /**
     * What of the variables that a piece loads fits into registers. First what changes: it has just been stored, and to
     * load that again takes the processor several cycles.
     */
    private List<Variable> arguments(Method caller, Method called) {
        var candidates = (BitSet) called.loads.clone();
        candidates.and(caller.mentioned);
        int[] mentions = called.mentions.variables();
        List<Variable> sorted = candidates.stream().mapToObj(number -> tree.variables()[number])
                .sorted(Comparator.comparing((Variable variable) -> !caller.changes(variable))
                        .thenComparing(variable -> -mentions[variable.number()])).toList();
        return Stream.concat(
                sorted.stream().filter(variable -> isWhole(variable.carrier())).limit(WHOLE_ARGUMENTS),
                sorted.stream().filter(variable -> isFloat(variable.carrier())).limit(FLOAT_ARGUMENTS)).toList();
    }

    private static boolean isWhole(Carrier carrier) {
        return carrier == Carrier.INT || carrier == Carrier.LONG || carrier == Carrier.HIGH;
    }

    private static boolean isFloat(Carrier carrier) {
        return carrier == Carrier.FLOAT || carrier == Carrier.DOUBLE;
    }

    /** What a piece loads and stores for itself. */
    private void exchange(Method method) {
        method.stores.or(method.mentions.assigned());
        method.stores.and(method.live.after());
        method.loads.or(method.mentioned);
        method.loads.and(method.live.before());
        method.clears.or(method.stores);
        method.clears.andNot(method.loads);
        shared.or(method.loads);
        shared.or(method.stores);
    }

    /** The function's own method. */
    public Method root() {
        return root;
    }

    /** The pieces, in the order of their numbers. */
    public List<Piece> pieces() {
        return pieces;
    }

    /** The method of a piece. */
    public Method method(Piece piece) {
        return methods.get(piece);
    }

    /** The variables that have a place in the frame. */
    public BitSet shared() {
        return shared;
    }

    /** The parameters that a new frame is given, since the function's own method never stores them otherwise. */
    public BitSet initial() {
        var initial = (BitSet) shared.clone();
        initial.clear(tree.parameters().length, tree.variables().length);
        initial.andNot(root.mentions.assigned());
        return initial;
    }

    /**
     * What a method stores to the frame before it calls one of several pieces: what it may have changed and they may read.
     *
     * @param pieces those that it may call
     * @param together those that may be called next, or after which it loads the same, so that all of that must be right in
     *     the frame
     */
    public BitSet storesBefore(Method caller, Collection<Piece> pieces, Collection<Piece> together) {
        var stores = new BitSet();
        pieces.forEach(piece -> stores.or(methods.get(piece).live.before()));
        var wanted = new BitSet();
        together.forEach(piece -> wanted.or(methods.get(piece).wanted));
        stores.and(wanted);
        stores.and(caller.mentions.assigned());
        stores.andNot(caller.storesThrough);
        return stores;
    }

    /**
     * What a method loads from the frame after it called one of several pieces: what they may have changed and it may
     * read.
     *
     * @param exit where it goes then; empty if to the end of the piece
     */
    public BitSet loadsAfter(Method caller, Collection<Piece> pieces, Optional<BlockLabel> exit) {
        var loads = new BitSet();
        var live = new BitSet();
        for (Piece piece : pieces) {
            Method called = methods.get(piece);
            loads.or(called.changed);
            live.or(exit.map(called.live::at).orElse(called.live.atEnd()));
        }
        loads.and(live);
        loads.and(caller.mentioned);
        return loads;
    }
}
