package dev.jawa.compile.tree;

import dev.jawa.compile.tree.Expression.Operation;
import dev.jawa.compile.tree.Statement.BranchIf;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What has to be checked before a loop so that its memory accesses need no checks, and its counter no care for
 * overflow. Sums are of the variables as they are before the loop, by number.
 *
 * @param test the branch, done once in each round, that goes on only while the counter compares to the bound
 * @param condition a condition for it that is as good after the checks, and compares with sign
 * @param goesOnIf whether the loop goes on if the branch is taken
 * @param counter the counter, as it is first tested
 * @param bound what it is compared to, which never changes
 * @param relation the comparison of the two that holds while the loop goes on
 * @param step what is added to the counter each round; not 0, or 0 if that is in a variable
 * @param stepVariable the variable that is added to the counter, or -1
 * @param ranges what must be in bounds
 * @param accesses those that need no check then, by identity, and where they are
 * @param labels those inside, the loop's own included
 */
public record LoopProof(BranchIf test, Expression condition, boolean goesOnIf,
        LinearForm counter, LinearForm bound, Relation relation, int step, int stepVariable, List<Range> ranges,
        Map<Operation, Place> accesses, Set<BlockLabel> labels) {
    /** Whether the number of rounds is known, so that they can be counted. */
    public boolean counts() {
        return stepVariable < 0;
    }

    /**
     * Bytes that a round accesses.
     *
     * @param memory the memory
     * @param first their address in the first round
     * @param length how many
     * @param step how far they move each round
     * @param withCounter whether they move as the counter does, whose step is in a variable
     */
    public record Range(int memory, LinearForm first, long length, int step, boolean withCounter) {
    }

    /**
     * Where an access is.
     *
     * @param range in which range, by its index
     * @param distance how far its address is from the range's, without the offset in the instruction
     */
    public record Place(int range, long distance) {
    }
}
