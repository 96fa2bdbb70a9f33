package dev.jawa.compile.tree;

import dev.jawa.compile.tree.Statement.Block;
import dev.jawa.compile.tree.Statement.Branch;
import dev.jawa.compile.tree.Statement.BranchIf;
import dev.jawa.compile.tree.Statement.BranchTable;
import dev.jawa.compile.tree.Statement.Cases;
import dev.jawa.compile.tree.Statement.Checkpoint;
import dev.jawa.compile.tree.Statement.Enter;
import dev.jawa.compile.tree.Statement.Evaluate;
import dev.jawa.compile.tree.Statement.If;
import dev.jawa.compile.tree.Statement.Loop;
import dev.jawa.compile.tree.Statement.Piece;
import dev.jawa.compile.tree.Statement.ProvedLoop;
import dev.jawa.compile.tree.Statement.Return;
import dev.jawa.compile.tree.Statement.Set;
import dev.jawa.compile.tree.Statement.SetAll;
import dev.jawa.compile.tree.Statement.Throw;
import dev.jawa.compile.tree.Statement.Try;
import dev.jawa.compile.tree.Statement.Unreachable;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Cuts a function that is too big for one JVM method into {@link Piece pieces}.
 *
 * <p>HotSpot never compiles a method over 8,000 bytes, and compiles badly long before a class file's own limit. So from
 * the inside out, each list of statements that is larger than a piece may be is made to fit: runs of its statements
 * become pieces, those at the end first, so that the beginning of a function, which is often all that runs, stays in
 * its own method. What fits is left whole, above all loops. Runs with few ways out are preferred. The cases of
 * a large {@code switch} ({@link CaseChain}) become pieces side by side.
 */
public final class Splitter {
    private static final int[] MOST_EXITS = {4, 12, Integer.MAX_VALUE};
    /** Smaller runs would save less than a call costs. */
    private static final int SMALLEST_PIECE = 150;
    private static final int FEWEST_CASES = 8;
    private static final int MOST_ACCESSES_A_BRANCH = 4;
    /** For each instruction the JVM's verifier looks at all handlers around it. */
    private static final int MOST_REGIONS = 16;
    /** The bit that stands for leaving the function among the exits. */
    private static final int RETURN = 0;

    private int limit;
    private final Map<Integer, BlockLabel> labels = new HashMap<>();
    // Blocks that are inside others which are no switch: nor are they.
    private final java.util.Set<Block> inChains = Collections.newSetFromMap(new IdentityHashMap<>());
    private int pieces;
    // The protected statements around, if there are any.
    private Try innermost;

    /**
     * What counts of something.
     *
     * @param size estimated
     * @param exits the labels outside it that it branches to, by number
     * @param regions how deep protected statements are nested in it, not counting those in pieces
     * @param enters whether it goes to the entry of the piece that it is in, which another piece could not
     */
    private record Weight(int size, BitSet exits, int regions, boolean enters) {
        Weight(int size, BitSet exits) {
            this(size, exits, 0, false);
        }
    }

    private Splitter(int limit) {
        this.limit = limit;
    }

    /**
     * Cuts a function, in place.
     *
     * @param limit how large a piece may be, in estimated bytes
     * @param rootLimit how large what remains may be
     * @return how many pieces there are
     */
    public static int split(FunctionTree tree, int limit, int rootLimit) {
        var splitter = new Splitter(limit);
        splitter.reduce(tree.body(), rootLimit);
        return splitter.pieces;
    }

    /** Whether protected statements are nested so deep that the function must be cut, however small it is. */
    public static boolean nestsDeep(FunctionTree tree) {
        return regions(tree.body()) > MOST_REGIONS;
    }

    private static int regions(List<Statement> statements) {
        int most = 0;
        for (Statement statement : statements) {
            most = Math.max(most, switch (statement) {
                case Block(var _, var body) -> regions(body);
                case Loop(var _, var body) -> regions(body);
                case If(var _, var then, var otherwise) -> Math.max(regions(then), regions(otherwise));
                case Try(var body, var _, var _) -> 1 + regions(body);
                default -> 0;
            });
        }
        return most;
    }

    /** The estimated size of a whole function. */
    public static int size(FunctionTree tree) {
        return Sizes.of(tree.body());
    }

    /** The estimated size of the cases of large switches. */
    public static int sizeOfCases(FunctionTree tree) {
        return sizeOfCases(tree.body());
    }

    private static int sizeOfCases(List<Statement> statements) {
        int size = 0;
        for (Statement statement : statements) {
            size += switch (statement) {
                case Block block -> {
                    CaseChain chain = CaseChain.of(block);
                    yield !chain.isSwitch() ? sizeOfCases(block.body())
                            : chain.cases().stream().mapToInt(Sizes::of).sum();
                }
                case Loop(var _, var body) -> sizeOfCases(body);
                case If(var _, var then, var otherwise) -> sizeOfCases(then) + sizeOfCases(otherwise);
                case Try(var body, var _, var _) -> sizeOfCases(body);
                default -> 0;
            };
        }
        return size;
    }

    /**
     * How much of the estimated size is for what C2 will hardly inline, since it is where code seldom comes: in functions
     * with a branch for every few accesses.
     */
    public static int sizeOfSeldomInlined(FunctionTree tree) {
        Mentions mentions = new Mentions(tree.variables().length).count(tree.body());
        return mentions.wideAccesses() > MOST_ACCESSES_A_BRANCH * mentions.branches() ? 0 : Sizes.inlined(mentions) / 2;
    }

    /** The estimated size of a piece's own code. */
    public static int size(Piece piece) {
        return Sizes.of(piece.body());
    }

    /** Whether a piece is a loop on whole vectors, which is never cut. */
    public static boolean isVectorLoop(Piece piece) {
        return isVectorLoop(piece.body());
    }

    private static boolean isVectorLoop(List<Statement> statements) {
        return statements.stream().anyMatch(statement -> switch (statement) {
            case Loop(var label, var _) -> label.isWhole();
            case Block(var label, var _) -> label.isWhole();
            case Try(var body, var _, var _) -> isVectorLoop(body);
            default -> false;
        });
    }

    private int number(BlockLabel label) {
        labels.put(label.number(), label);
        return label.number();
    }

    // ---- weighing, which makes what is inside fit

    private Weight weigh(Statement statement) {
        return switch (statement) {
            case Set _, SetAll _, Evaluate _, Checkpoint _, Throw _, Unreachable _ ->
                    new Weight(Sizes.of(statement), new BitSet());
            case Block block -> without(block.label(), weigh(block));
            case Loop(var label, var body) -> without(label, reduce(body, limit));
            // It is small enough to stay whole.
            case ProvedLoop(var loop, var _) -> new Weight(Sizes.of(statement), weigh(loop).exits());
            case If choice -> weigh(choice);
            case Try guarded -> weigh(guarded);
            case Branch(var label) -> exits(statement, label);
            case BranchIf(var _, var label) -> exits(statement, label);
            case BranchTable(var _, var targets, var otherwise) -> {
                Weight weight = exits(statement, otherwise);
                for (BlockLabel target : targets) {
                    weight.exits().set(number(target));
                }
                yield weight;
            }
            case Enter(var entries) -> {
                var weight = new Weight(Sizes.of(statement), new BitSet(), 0, true);
                entries.forEach(entry -> weight.exits().set(number(entry)));
                yield weight;
            }
            case Cases cases -> weigh(cases);
            case Return _ -> {
                var weight = new Weight(Sizes.of(statement), new BitSet());
                weight.exits().set(RETURN);
                yield weight;
            }
            case Piece piece -> {
                var weight = new Weight(Sizes.of(piece), new BitSet());
                piece.exits().forEach(exit -> weight.exits().set(number(exit)));
                weight.exits().set(RETURN, piece.returns());
                yield weight;
            }
        };
    }

    private Weight exits(Statement statement, BlockLabel label) {
        var weight = new Weight(Sizes.of(statement), new BitSet());
        weight.exits().set(number(label));
        return weight;
    }

    private Weight without(BlockLabel label, Weight weight) {
        weight.exits().clear(number(label));
        return weight;
    }

    private Weight weigh(Block block) {
        if (block.label().isWhole()) {
            return weighWhole(block.body());
        }
        if (!inChains.remove(block)) {
            CaseChain chain = CaseChain.of(block);
            if (chain.isSwitch()) {
                return weigh(block, chain);
            }
            inChains.addAll(chain.blocks());
        }
        return reduce(block.body(), limit);
    }

    /** A loop with whole vectors is never cut: if it is larger than a piece may be, it is one nevertheless. */
    private Weight weighWhole(List<Statement> statements) {
        int most = limit;
        limit = Integer.MAX_VALUE;
        Weighed list = weighed(statements);
        limit = most;
        Weight whole = total(list.weights());
        return whole.size() <= most ? whole
                : outline(list.statements(), list.weights(), 0, list.statements().size(), whole.exits());
    }

    private Weight weigh(Cases cases) {
        var weights = new ArrayList<>(weighed(cases.head()).weights());
        Weight here = total(weights);
        BitSet exits = here.exits();
        cases.pieces().forEach(piece -> exits.or(weigh(piece).exits()));
        cases.pieces().forEach(piece -> clear(exits, piece.entries()));
        return new Weight(Sizes.of(cases), exits, here.regions(), here.enters());
    }

    /** Cuts a switch, if it is too large, such that each case is a jump or one call away from the branch to it. */
    private Weight weigh(Block block, CaseChain chain) {
        Weight head = reduce(chain.head(), limit / 2);
        List<Weight> cases = chain.cases().stream().map(statements -> reduce(statements, limit)).toList();
        int total = cases.stream().mapToInt(Weight::size).sum();
        block.body().clear();
        if (head.size() + total <= limit) {
            block.body().addAll(chain.nested(chain.head(), 0, cases.size()));
            var weights = new ArrayList<>(cases);
            weights.add(head);
            Weight whole = total(weights);
            clear(whole.exits(), chain.labels(0, cases.size()));
            return whole;
        }
        // A case that has a piece of its own is one jump and one call away.
        int size = Sizes.CASE_PIECE + Sizes.ENTERED_PIECE * entered(chain, cases) / cases.size();
        int calls = Math.max(FEWEST_CASES, limit / 2 / size);
        var all = new Cases(chain.head(), casePieces(chain, cases, cases.size() <= calls ? 0 : total / calls));
        block.body().add(all);
        return weigh(all);
    }

    /** How many cases others go to. */
    private int entered(CaseChain chain, List<Weight> weights) {
        var exits = new BitSet();
        for (int i = 0; i < weights.size(); i++) {
            exits.or(weights.get(i).exits());
            if (i + 1 < weights.size() && Flow.completes(chain.cases().get(i))) {
                exits.set(number(chain.label(i + 1)));
            }
        }
        return (int) IntStream.range(0, weights.size()).filter(i -> exits.get(number(chain.label(i)))).count();
    }

    private static Branch branch(BlockLabel label) {
        label.branch();
        return new Branch(label);
    }

    /** Pieces for the cases, each of about a size; what is larger than a piece may be is cut again. */
    private List<Piece> casePieces(CaseChain chain, List<Weight> weights, int most) {
        var result = new ArrayList<Piece>();
        for (int from = 0; from < weights.size();) {
            int to = from;
            int size = 0;
            BitSet exits = exitsOfEveryPiece();
            do {
                size += weights.get(to).size();
                exits.or(weights.get(to++).exits());
            } while (to < weights.size() && size + weights.get(to).size() <= most);
            List<BlockLabel> entries = chain.labels(from, to);
            clear(exits, entries);
            List<Statement> body = to == from + 1 ? chain.cases().get(from)
                    : chain.nested(new ArrayList<>(List.of(new Enter(entries))), from, to);
            if (to < weights.size() && Flow.completes(body)) {
                body.add(branch(chain.label(to)));
                exits.set(number(chain.label(to)));
            }
            if (size > limit && to > from + 1) {
                reduce(body, limit);
            }
            result.add(piece(body, entries, exits));
            from = to;
        }
        return List.copyOf(result);
    }

    private void clear(BitSet exits, List<BlockLabel> inside) {
        inside.forEach(label -> exits.clear(number(label)));
    }

    private Weight weigh(Try statement) {
        Try outside = innermost;
        innermost = statement;
        Weighed list = weighed(statement.body());
        Weight body = fit(list, limit);
        body.exits().set(number(statement.handler()));
        if (body.regions() >= MOST_REGIONS) {
            body = outline(list.statements(), list.weights(), 0, list.statements().size(), body.exits());
        }
        innermost = outside;
        return new Weight(body.size() + Sizes.TRY, body.exits(), body.regions() + 1, body.enters());
    }

    private Weight weigh(If choice) {
        int condition = 6 + choice.condition().size();
        Weighed thenList = weighed(choice.then());
        Weighed otherwiseList = weighed(choice.otherwise());
        Weight then = fit(thenList, limit);
        Weight otherwise = fit(otherwiseList, limit);
        if (condition + then.size() + otherwise.size() > limit) {
            // Together they are too large: the larger one gives way.
            if (then.size() > otherwise.size()) {
                then = fit(thenList, Math.max(limit - otherwise.size() - condition, limit / 4));
            } else {
                otherwise = fit(otherwiseList, Math.max(limit - then.size() - condition, limit / 4));
            }
        }
        var exits = (BitSet) then.exits().clone();
        exits.or(otherwise.exits());
        return new Weight(condition + then.size() + otherwise.size(), exits,
                Math.max(then.regions(), otherwise.regions()), false);
    }

    // ---- making a list fit

    /** A list of statements and the weight of each; both change as statements become pieces. */
    private record Weighed(List<Statement> statements, List<Weight> weights) {
        int size() {
            int size = 0;
            for (Weight weight : weights) {
                size += weight.size();
            }
            return size;
        }
    }

    private Weight reduce(List<Statement> statements, int most) {
        return fit(weighed(statements), most);
    }

    private Weighed weighed(List<Statement> statements) {
        var weights = new ArrayList<Weight>(statements.size());
        for (int i = 0; i < statements.size(); i++) {
            weights.add(weigh(statements.get(i)));
            if (statements.get(i) instanceof Loop(var _, var body) && continuesIn(body, weights.get(i).exits())) {
                // In a method of its own it exchanges no more with the cases than they and it mention.
                outline(statements, weights, i, i + 1, weights.get(i).exits());
            }
        }
        return new Weighed(statements, weights);
    }

    /** Whether statements have the cases of a switch, most of which go on in them rather than to one of the exits. */
    private static boolean continuesIn(List<Statement> statements, BitSet exits) {
        return statements.stream().anyMatch(statement -> switch (statement) {
            case Cases(var _, var pieces) -> {
                Map<Integer, Long> counts = pieces.stream().flatMap(piece -> piece.exits().stream())
                        .collect(Collectors.groupingBy(BlockLabel::number, Collectors.counting()));
                yield counts.entrySet().stream().max(Map.Entry.comparingByValue())
                        .map(most -> !exits.get(most.getKey())).orElse(false);
            }
            case Block(var _, var body) -> continuesIn(body, exits);
            case Loop(var _, var body) -> continuesIn(body, exits);
            case If(var _, var then, var otherwise) -> continuesIn(then, exits) || continuesIn(otherwise, exits);
            case Try(var body, var _, var _) -> continuesIn(body, exits);
            default -> false;
        });
    }

    private Weight fit(Weighed list, int most) {
        int total = list.size();
        for (int mostExits : MOST_EXITS) {
            // Pieces may themselves become part of larger pieces, as long as that helps.
            for (int before = Integer.MAX_VALUE; total > most && total < before;) {
                before = total;
                total = outline(list.statements(), list.weights(), total, most, mostExits);
            }
        }
        return total(list.weights());
    }

    private static Weight total(List<Weight> weights) {
        int size = 0;
        var exits = new BitSet();
        int regions = 0;
        boolean enters = false;
        for (Weight weight : weights) {
            size += weight.size();
            exits.or(weight.exits());
            regions = Math.max(regions, weight.regions());
            enters |= weight.enters();
        }
        return new Weight(size, exits, regions, enters);
    }

    /** Turns runs of statements into pieces, from the end, until the list fits; gives its new size. */
    private int outline(List<Statement> statements, List<Weight> weights, int total, int most, int mostExits) {
        int size = total;
        int end = statements.size();
        while (end > 0 && size > most) {
            int start = end;
            int runSize = 0;
            BitSet exits = exitsOfEveryPiece();
            while (start > 0) {
                Weight next = weights.get(start - 1);
                var joined = (BitSet) exits.clone();
                joined.or(next.exits());
                if (next.enters() || runSize + next.size() > limit || joined.cardinality() > mostExits) {
                    break;
                }
                exits = joined;
                runSize += next.size();
                start--;
            }
            if (runSize >= Math.min(SMALLEST_PIECE, limit / 2)
                    && runSize > Math.min(2 * Sizes.ofPiece(exits.cardinality()), limit / 2)
                    && !(end - start == 1 && statements.get(start) instanceof Piece)) {
                Weight weight = outline(statements, weights, start, end, exits);
                size += weight.size() - runSize;
            }
            end = start == end ? end - 1 : start;
        }
        return size;
    }

    private BitSet exitsOfEveryPiece() {
        var exits = new BitSet();
        if (innermost != null) {
            exits.set(number(innermost.handler()));
        }
        return exits;
    }

    private Weight outline(List<Statement> statements, List<Weight> weights, int start, int end, BitSet exits) {
        List<Statement> run = statements.subList(start, end);
        Piece piece = piece(new ArrayList<>(run), List.of(), exits);
        run.clear();
        statements.add(start, piece);
        weights.subList(start, end).clear();
        var weight = new Weight(Sizes.of(piece), exits);
        weights.add(start, weight);
        return weight;
    }

    private Piece piece(List<Statement> statements, List<BlockLabel> entries, BitSet exits) {
        List<Statement> body = statements;
        if (innermost != null) {
            // The handler needs the variables as they are then, so the piece catches exceptions itself and leaves.
            body = new ArrayList<>(List.of(new Try(body, innermost.caught(), innermost.handler())));
        }
        pieces++;
        return new Piece(body, entries, exits.stream().filter(exit -> exit != RETURN).mapToObj(labels::get).toList(),
                exits.get(RETURN));
    }
}
