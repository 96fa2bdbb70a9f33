package dev.jawa.runtime.limits;

import dev.jawa.Limits;
import dev.jawa.RuntimeError;
import dev.jawa.RuntimeError.Kind;
import dev.jawa.runtime.Traps;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What a store may use and has used, and how it is stopped. One for each store that has limits. */
public final class Budget {
    private static final long UNLIMITED = Long.MAX_VALUE;

    private final Allowance memory;
    private final Allowance elements;
    private final Allowance instances;
    private final List<Limits.Growth> questions = new CopyOnWriteArrayList<>();
    private final Execution execution;

    /** What limits allow to a store with one instance. */
    public Budget(Limits limits, Interruption interruption) {
        memory = new Allowance("all memories together may have %d bytes", limits.memory().orElse(UNLIMITED));
        elements = new Allowance("all tables together may have %d elements",
                limits.tableElements().orElse(UNLIMITED));
        instances = new Allowance("%d instances may be linked", limits.instances().orElse(UNLIMITED));
        questions.add(limits.growth());
        execution = new Execution(limits.deadline(), interruption);
    }

    /** How what runs is stopped. */
    public Execution execution() {
        return execution;
    }

    /** Takes over another one's limits, when its store joins this one's. */
    public void join(Budget other) {
        memory.join(other.memory);
        elements.join(other.elements);
        instances.join(other.instances);
        questions.addAll(other.questions);
        execution.join(other.execution);
    }

    /** Throws if so many instances must not be linked. */
    public void requireInstances(long count) {
        if (!instances.isWithin(count)) {
            throw refused(count + " instances", instances);
        }
    }

    // ---- growing; whoever is asked may take its time, so nothing is locked meanwhile

    /** Whether memories may get so many bytes more; if so, they have them. */
    public boolean takeMemory(long current, long added) {
        return take(memory, Limits.Resource.MEMORY, current, added);
    }

    /** Takes what a memory has from the beginning. */
    public void requireMemory(long bytes, String which) {
        require(memory, Limits.Resource.MEMORY, bytes, which + " of " + bytes + " bytes");
    }

    public void giveMemory(long bytes) {
        memory.give(bytes);
    }

    /** Whether tables may get so many elements more; if so, they have them. */
    public boolean takeElements(long current, long added) {
        return take(elements, Limits.Resource.TABLE, current, added);
    }

    /** Takes what a table has from the beginning. */
    public void requireElements(long count, String which) {
        require(elements, Limits.Resource.TABLE, count, which + " of " + count + " elements");
    }

    public void giveElements(long count) {
        elements.give(count);
    }

    /** The limits on what grows, in words. */
    public String memoryLimit() {
        return memory.toString();
    }

    public String elementLimit() {
        return elements.toString();
    }

    private boolean take(Allowance allowance, Limits.Resource resource, long current, long added) {
        return allowance.take(added) && mayGrow(allowance, resource, current, added);
    }

    private void require(Allowance allowance, Limits.Resource resource, long amount, String what) {
        if (amount < 0 || !allowance.take(amount)) {
            throw refused(what, allowance);
        }
        if (!mayGrow(allowance, resource, 0, amount)) {
            throw new RuntimeError(Kind.LIMIT_EXCEEDED, "the host's growth callback refuses " + what);
        }
    }

    private static RuntimeError refused(String what, Allowance allowance) {
        long used = allowance.used();
        return new RuntimeError(Kind.LIMIT_EXCEEDED, "no room for " + what + ": " + allowance
                + (used == 0 ? "" : ", " + used + " are taken"));
    }

    /** Asks the host; what it refuses is given back. */
    private boolean mayGrow(Allowance allowance, Limits.Resource resource, long current, long added) {
        boolean granted = false;
        try {
            granted = questions.stream().allMatch(question -> question.mayGrow(resource, current, current + added));
        } catch (java.lang.RuntimeException e) {
            // As if a host function had thrown it.
            throw Traps.unchecked(Traps.thrownByHost(e));
        } finally {
            if (!granted) {
                allowance.give(added);
            }
        }
        return granted;
    }
}
