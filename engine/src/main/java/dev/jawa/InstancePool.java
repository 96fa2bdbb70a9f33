package dev.jawa;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Instances of a module for whoever needs one for a while, each time in its initial state: a service that calls a guest
 * for every request. Giving an instance its initial state again takes less time than making one, and no guest finds
 * what the one before left.
 *
 * {@snippet class="dev.jawa.InstancePoolTest" region="pool"}
 *
 * <p>Instances are made when they are first needed, up to the size of the pool; who comes when all are taken waits. All
 * methods may be called by any threads, virtual ones too.
 */
public final class InstancePool implements AutoCloseable {
    private final Snapshot initial;
    private final int size;
    private final Semaphore permits;
    private final ReentrantLock lock = new ReentrantLock();
    // Those that nobody has, the latest first: their memory is most likely still in a cache.
    private final ArrayDeque<Instance> idle = new ArrayDeque<>();
    private volatile boolean closed;

    private InstancePool(Builder builder) {
        size = builder.size;
        var first = new Instance(builder.module, builder.imports, builder.limits);
        if (first.isLinked()) {
            throw new LinkError("instances of a pool have to be independent: the module imports a memory, a table, a"
                    + " global that changes or a function of another instance, which all of them would share");
        }
        builder.preparation.accept(first);
        initial = first.snapshot();
        permits = new Semaphore(size, true);
        idle.add(first);
    }

    /**
     * A pool.
     *
     * @param size how many instances there are at most
     * @throws LinkError if an import is missing or of another type, or instances would not be independent
     * @throws RuntimeError if an instance cannot be made, or not be copied
     */
    public static InstancePool of(Module module, Imports imports, Limits limits, int size) {
        return builder(module).imports(imports).limits(limits).size(size).build();
    }

    /** Says what a pool is like. */
    public static Builder builder(Module module) {
        return new Builder(Objects.requireNonNull(module));
    }

    /** An instance that belongs to one user until it is closed. */
    public final class Lease implements AutoCloseable {
        private final Instance instance;
        private final AtomicBoolean returned = new AtomicBoolean();

        private Lease(Instance instance) {
            this.instance = instance;
        }

        /**
         * The instance. It must not be used after the lease is closed, nor anything that was got from it.
         *
         * @throws IllegalStateException if it is closed
         */
        public Instance instance() {
            if (returned.get()) {
                throw new IllegalStateException("the lease is closed");
            }
            return instance;
        }

        /** Gives the instance back, which loses what was done with it. Closing again does nothing. */
        @Override
        public void close() {
            if (returned.compareAndSet(false, true)) {
                takeBack(instance);
            }
        }
    }

    /** What is done with an instance. */
    @FunctionalInterface
    public interface Use<R, E extends Exception> {
        /** Does it; the instance must not be kept. */
        R apply(Instance instance) throws E;
    }

    /**
     * Takes an instance, and waits until there is one.
     *
     * @throws RuntimeError of the kind {@code INTERRUPTED} if the thread is interrupted while it waits; of another if
     *     an instance cannot be made
     * @throws IllegalStateException if the pool is closed
     */
    public Lease acquire() {
        try {
            permits.acquire();
        } catch (InterruptedException _) {
            throw interrupted();
        }
        return lease();
    }

    /**
     * Takes an instance if there is one.
     *
     * @throws IllegalStateException if the pool is closed
     */
    public Optional<Lease> tryAcquire() {
        return permits.tryAcquire() ? Optional.of(lease()) : Optional.empty();
    }

    /**
     * Takes an instance, and waits for one no longer than so long.
     *
     * @throws RuntimeError of the kind {@code INTERRUPTED} if the thread is interrupted while it waits
     * @throws IllegalStateException if the pool is closed
     */
    public Optional<Lease> tryAcquire(Duration patience) {
        try {
            return permits.tryAcquire(TimeUnit.NANOSECONDS.convert(patience), TimeUnit.NANOSECONDS)
                    ? Optional.of(lease()) : Optional.empty();
        } catch (InterruptedException _) {
            throw interrupted();
        }
    }

    private static RuntimeError interrupted() {
        Thread.currentThread().interrupt();
        return new RuntimeError(RuntimeError.Kind.INTERRUPTED, "the thread was waiting for an instance of a pool");
    }

    /**
     * Takes an instance, does something with it and gives it back.
     *
     * @return what that gives
     * @throws E what that throws
     * @throws IllegalStateException if the pool is closed
     */
    public <R, E extends Exception> R use(Use<R, E> use) throws E {
        try (Lease lease = acquire()) {
            return use.apply(lease.instance());
        }
    }

    /** How many instances there are at most. */
    public int size() {
        return size;
    }

    /** How many could be taken now without waiting. */
    public int available() {
        return closed ? 0 : permits.availablePermits();
    }

    /** Lets go of all instances, those that are taken when they come back; who waits for one is told. */
    @Override
    public void close() {
        lock.lock();
        try {
            if (!closed) {
                closed = true;
                idle.clear();
                permits.release(Integer.MAX_VALUE - size);
            }
        } finally {
            lock.unlock();
        }
    }

    /** With a permit: an instance that nobody has, or a new one. */
    private Lease lease() {
        if (closed) {
            throw new IllegalStateException("the pool is closed");
        }
        boolean made = false;
        try {
            Instance known = poll();
            var lease = new Lease(known != null ? known : initial.instantiate());
            made = true;
            return lease;
        } finally {
            if (!made) {
                release();
            }
        }
    }

    private Instance poll() {
        lock.lock();
        try {
            return idle.poll();
        } finally {
            lock.unlock();
        }
    }

    private void release() {
        lock.lock();
        try {
            if (!closed) {
                permits.release();
            }
        } finally {
            lock.unlock();
        }
    }

    private void takeBack(Instance instance) {
        try {
            if (!closed) {
                instance.restore(initial);
                add(instance);
            }
        } catch (RuntimeError _) {
            // Something still runs in it, or there is no room: the next user gets a new one.
        } finally {
            release();
        }
    }

    private void add(Instance instance) {
        lock.lock();
        try {
            if (!closed) {
                idle.push(instance);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Says what a pool is like. */
    public static final class Builder {
        private final Module module;
        private Imports imports = Imports.none();
        private Limits limits = Limits.none();
        private int size = Runtime.getRuntime().availableProcessors();
        private Consumer<Instance> preparation = _ -> {
        };

        private Builder(Module module) {
            this.module = module;
        }

        /** What each instance is given. */
        public Builder imports(Imports given) {
            imports = Objects.requireNonNull(given);
            return this;
        }

        /** What each instance may use, each time anew. */
        public Builder limits(Limits each) {
            limits = Objects.requireNonNull(each);
            return this;
        }

        /** How many instances there are at most; by default as many as processors. */
        public Builder size(int most) {
            if (most < 1) {
                throw new IllegalArgumentException("a pool of " + most + " instances");
            }
            size = most;
            return this;
        }

        /** What is done once with the first instance, and then belongs to the initial state of all. */
        public Builder prepare(Consumer<Instance> once) {
            preparation = Objects.requireNonNull(once);
            return this;
        }

        /**
         * The pool, with its first instance.
         *
         * @throws LinkError if an import is missing or of another type, or instances would not be independent
         * @throws RuntimeError if an instance cannot be made, or not be copied
         */
        public InstancePool build() {
            return new InstancePool(this);
        }
    }
}
