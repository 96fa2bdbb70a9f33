package dev.jawa.compile.tree;

/** Where branches go: the end of a block, or the beginning of a loop. */
public final class BlockLabel {
    private final int number;
    private final boolean loop;
    private Variable[] variables;
    private int branches;
    private boolean whole;

    BlockLabel(int number, boolean loop) {
        this.number = number;
        this.loop = loop;
    }

    /** Counts the labels of a function from 1, outer ones first. */
    public int number() {
        return number;
    }

    /** Whether it is the beginning of a loop. */
    public boolean isLoop() {
        return loop;
    }

    /**
     * Whether it is the beginning of a loop that only the optimizing compiler's code goes round, so that HotSpot has never
     * seen a branch to it taken; or the end of a block with such a loop.
     */
    public boolean isWhole() {
        return whole;
    }

    void makeWhole() {
        whole = true;
    }

    /** Whether any branch goes there. */
    public boolean isTarget() {
        return branches > 0;
    }

    void branch() {
        branches++;
    }

    /** What a branch carries its values in; {@code null} until it is known. */
    Variable[] variables() {
        return variables;
    }

    void variables(Variable[] variables) {
        this.variables = variables;
    }
}
