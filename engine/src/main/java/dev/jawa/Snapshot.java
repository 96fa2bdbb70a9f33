package dev.jawa;

import dev.jawa.runtime.InstanceState;

/**
 * The state of an instance at a time: what was in the memories, tables and globals that its module defines, and which
 * segments it had dropped. It makes as many copies of the instance as are wanted, which have done already what that one
 * had done: its start function, or the making ready of an interpreter. Immutable, for any threads.
 *
 * {@snippet class="dev.jawa.SnapshotTest" region="snapshot"}
 *
 * <p>A copy has the same imports; host functions that ask which instance calls are told the copy. What an instance
 * imports and can change, a memory say, belongs to others: it is not part of the state, copies share it.
 *
 * <p>Functions of the instance become those of the copy. Structs and arrays are copied with all that they lead to, and
 * stay the same objects wherever they were the same. References to objects and functions of the host are copied as
 * references: the object is shared. Continuations, exceptions held as values and memories that threads share cannot be
 * copied.
 */
public final class Snapshot {
    private final Instance original;
    private final InstanceState state;

    private Snapshot(Instance original, InstanceState state) {
        this.original = original;
        this.state = state;
    }

    static Snapshot of(Instance original, InstanceState state) {
        return new Snapshot(original, state);
    }

    InstanceState state() {
        return state;
    }

    /** The module that it is of an instance of. */
    public Module module() {
        return original.module();
    }

    /**
     * A new instance with this state, and limits as the first one's. Its start function is not called again.
     *
     * @throws RuntimeError if the limits do not allow what it has, or there is no room for it
     */
    public Instance instantiate() {
        return instantiate(original.limits());
    }

    /**
     * A new instance with this state. Its start function is not called again.
     *
     * @throws RuntimeError if the limits do not allow what it has, or there is no room for it
     */
    public Instance instantiate(Limits limits) {
        return new Instance(original, limits, state);
    }
}
