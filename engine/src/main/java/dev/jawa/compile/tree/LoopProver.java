package dev.jawa.compile.tree;

import dev.jawa.compile.tree.Expression.Operation;
import dev.jawa.compile.tree.LinearForm.Terms;
import dev.jawa.compile.tree.LoopProof.Place;
import dev.jawa.compile.tree.LoopProof.Range;
import dev.jawa.compile.tree.LoopRound.Access;
import dev.jawa.compile.tree.LoopRound.Test;
import dev.jawa.compile.tree.Statement.Block;
import dev.jawa.compile.tree.Statement.If;
import dev.jawa.compile.tree.Statement.Loop;
import dev.jawa.compile.tree.Statement.ProvedLoop;
import dev.jawa.compile.tree.Statement.Try;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.ListIterator;
import java.util.Map;

/**
 * Finds loops whose memory accesses can be checked once for all rounds: innermost ones, with a counter that is compared
 * to something that does not change, and addresses that move by the same amount in every round.
 *
 * <p>HotSpot does that for loops as {@code javac} makes them. Those of clang and rustc end when a pointer is
 * <em>not equal</em> to its end, or compare without sign, and count in bytes; HotSpot sees in them no counter.
 */
public final class LoopProver {
    /** Checking more ranges before a loop would hardly pay. */
    // Whole vectors take the optimizing compiler much longer than numbers do, so that only small loops are worth it.
    private static final int LARGEST_WHOLE = 500;
    private static final int MOST_RANGES = 12;
    private static final int LARGEST_STEP = 1 << 20;

    private final FunctionTree tree;
    private final int largestLoop;
    private int budget;
    private int proved;

    private LoopProver(FunctionTree tree, int largestLoop, int budget) {
        this.tree = tree;
        this.largestLoop = largestLoop;
        this.budget = budget;
    }

    /**
     * Replaces loops, in place, by {@link ProvedLoop proved ones}.
     *
     * @param largestLoop how large one may become, in estimated bytes
     * @param budget by how much the function may grow
     * @return how many there are
     */
    public static int prove(FunctionTree tree, int largestLoop, int budget) {
        var prover = new LoopProver(tree, largestLoop, budget);
        prover.replaceIn(tree.body());
        return prover.proved;
    }

    private boolean replaceIn(List<Statement> statements) {
        boolean loops = false;
        for (ListIterator<Statement> all = statements.listIterator(); all.hasNext();) {
            Statement statement = all.next();
            loops |= switch (statement) {
                case Block(var _, var body) -> replaceIn(body);
                case If(var _, var then, var otherwise) -> replaceIn(then) | replaceIn(otherwise);
                case Try(var body, var _, var _) -> replaceIn(body);
                case Loop loop -> {
                    if (!replaceIn(loop.body())) {
                        replace(loop, all);
                    }
                    yield true;
                }
                default -> false;
            };
        }
        return loops;
    }

    private void replace(Loop loop, ListIterator<Statement> place) {
        int size = Sizes.of(loop);
        if (loop.label().isWhole() && size > LARGEST_WHOLE) {
            return;
        }
        // Nothing is inlined into the copy that does not run.
        int inlined = Sizes.inlined(new Mentions(tree.variables().length).count(List.of(loop)));
        if (2 * size - inlined > largestLoop || size - inlined > budget) {
            return;
        }
        LoopProof proof = prove(loop);
        if (proof != null) {
            var replacement = new ProvedLoop(loop, proof);
            int growth = Sizes.of(replacement) - size - inlined;
            if (size + growth <= largestLoop && growth <= budget) {
                budget -= growth;
                place.set(replacement);
                proved++;
            }
        }
    }

    private LoopProof prove(Loop loop) {
        LoopRound round = LoopRound.of(tree, loop);
        if (round == null) {
            return null;
        }
        for (Test test : round.tests()) {
            LoopProof proof = prove(round, test);
            if (proof != null) {
                return proof;
            }
        }
        return null;
    }

    private LoopProof prove(LoopRound round, Test test) {
        Long left = round.step(test.left());
        Long right = round.step(test.right());
        int variable = -1;
        if (left == null && right != null && right == 0) {
            variable = round.stepVariable(test.left());
            if (variable < 0 || test.relation() == Relation.NE) {
                return null;
            }
            left = 0L;
        } else if (left == null || right == null || (left == 0) == (right == 0)) {
            return null;
        }
        boolean swapped = right != 0;
        long step = swapped ? right : left;
        Relation relation = swapped ? test.relation().swapped() : test.relation();
        Relation signed = relation.signed(variable >= 0 || step > 0);
        if (signed == null || !isSmall(step)) {
            return null;
        }
        Map<Operation, Place> accesses = new IdentityHashMap<>();
        LinearForm counter = swapped ? test.right() : test.left();
        List<Range> ranges = ranges(round, variable, accesses);
        if (ranges.stream().noneMatch(range -> range.step() != 0 || range.withCounter())) {
            return null;
        }
        return new LoopProof(test.branch(), condition(test, signed, swapped), test.goesOnIf(),
                counter, swapped ? test.left() : test.right(), relation, (int) step, variable, ranges, accesses,
                round.labels());
    }

    private static boolean isSmall(long step) {
        return -LARGEST_STEP <= step && step <= LARGEST_STEP;
    }

    private static Expression condition(Test test, Relation signed, boolean swapped) {
        Relation inOrder = swapped ? signed.swapped() : signed;
        Relation relation = test.goesOnIf() ? inOrder : inOrder.negated();
        Expression[] operands = {test.first(), test.second()};
        return new Operation(relation.opcode(test.left().wide()), operands, Carrier.INT, 0, 0, 0,
                test.offset(), 0, test.branch().condition().size() + 2);
    }

    /** The bytes that are accessed by addresses that differ by a constant, together. */
    private List<Range> ranges(LoopRound round, int variable, Map<Operation, Place> accesses) {
        Map<Integer, Map<Terms, List<Access>>> groups = new LinkedHashMap<>();
        for (Access access : round.accesses()) {
            if (!tree.inBounds().contains(access.operation())) {
                groups.computeIfAbsent(access.operation().index(), _ -> new LinkedHashMap<>())
                        .computeIfAbsent(access.address().terms(), _ -> new ArrayList<>()).add(access);
            }
        }
        var ranges = new ArrayList<Range>();
        groups.forEach((memory, byTerms) -> byTerms.values().forEach(group -> {
            LinearForm address = group.getFirst().address();
            Long step = round.step(address);
            boolean withCounter = step == null && variable >= 0 && round.stepVariable(address) == variable;
            if (ranges.size() < MOST_RANGES && (withCounter || step != null && isSmall(step))) {
                ranges.add(range(memory, group, withCounter ? 0 : (int) (long) step, withCounter, ranges.size(), accesses));
            }
        }));
        return ranges;
    }

    private static Range range(int memory, List<Access> group, int step, boolean withCounter, int index,
            Map<Operation, Place> accesses) {
        LinearForm first = group.getFirst().address();
        for (Access access : group) {
            long distance = access.address().constant() - first.constant();
            if (distance < 0 && distance >= -LARGEST_STEP) {
                first = access.address();
            }
        }
        long length = 0;
        for (Access access : group) {
            long distance = access.address().constant() - first.constant();
            if (distance >= 0 && distance <= 2L * LARGEST_STEP) {
                length = Math.max(length, distance + access.length());
                accesses.put(access.operation(), new Place(index, distance));
            }
        }
        return new Range(memory, first, length, step, withCounter);
    }
}
