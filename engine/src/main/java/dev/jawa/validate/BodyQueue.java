package dev.jawa.validate;

import dev.jawa.CompileError;
import dev.jawa.model.FunctionBody;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Validates function bodies in batches on all cores while further bodies arrive.
 *
 * <p>The error that is reported is that of the first invalid function of the module, whichever thread found another
 * one earlier. The thread that waits for the end works off batches that no other thread has begun, so that progress
 * never depends on the common pool having a thread to spare.
 */
final class BodyQueue {
    private static final int BATCH_BYTES = 1 << 16;
    private static final int BATCH_BODIES = 1 << 10;
    private static final int NONE = Integer.MAX_VALUE;

    private final ModuleContext context;
    private final List<Batch> batches = new ArrayList<>();
    private final AtomicReference<FunctionValidator> spare = new AtomicReference<>();
    // The number of the first batch that has failed, as far as is known.
    private final AtomicInteger firstFailed = new AtomicInteger(NONE);
    private volatile boolean aborted;
    private Batch current;
    private int currentBytes;

    BodyQueue(ModuleContext context) {
        this.context = context;
    }

    /**
     * Adds a body.
     *
     * @throws CompileError if a body before it has turned out to be invalid
     */
    void add(int function, FunctionBody body) {
        if (current == null) {
            current = new Batch(batches.size(), function);
            currentBytes = 0;
        }
        current.bodies.add(body);
        currentBytes += body.code().length();
        if (currentBytes >= BATCH_BYTES || current.bodies.size() >= BATCH_BODIES) {
            submit();
            if (firstFailed.get() != NONE) {
                await();
            }
        }
    }

    private void submit() {
        batches.add(current);
        ForkJoinPool.commonPool().execute(current);
        current = null;
    }

    /**
     * Waits until all bodies that were added are validated.
     *
     * @throws CompileError the error of the first of them that is invalid
     */
    void await() {
        if (current != null) {
            batches.add(current);
            current = null;
        }
        // From the end, away from the batches that other threads take.
        for (int i = batches.size() - 1; i >= 0; i--) {
            batches.get(i).run();
        }
        for (Batch batch : batches) {
            batch.join();
        }
    }

    /** Makes all work end soon; the queue is of no use any more. */
    void abort() {
        aborted = true;
    }

    /** Some bodies that follow each other. Runs once, in the thread that comes first. */
    private final class Batch implements Runnable {
        private static final int NEW = 0;
        private static final int RUNNING = 1;
        private static final int DONE = 2;

        private final int number;
        private final int firstFunction;
        private final List<FunctionBody> bodies = new ArrayList<>();
        private final AtomicInteger state = new AtomicInteger(NEW);
        private Throwable failure;

        Batch(int number, int firstFunction) {
            this.number = number;
            this.firstFunction = firstFunction;
        }

        @Override
        public void run() {
            if (!state.compareAndSet(NEW, RUNNING)) {
                return;
            }
            try {
                validate();
            } catch (Throwable error) {
                // Whatever it is belongs to the thread that waits, not to the pool.
                failure = error;
                firstFailed.accumulateAndGet(number, Math::min);
            } finally {
                bodies.clear();
                synchronized (this) {
                    state.set(DONE);
                    notifyAll();
                }
            }
        }

        private void validate() {
            FunctionValidator validator = spare.getAndSet(null);
            if (validator == null) {
                validator = new FunctionValidator(context);
            }
            for (int i = 0; i < bodies.size(); i++) {
                // A batch behind a failed one cannot hold the first error.
                if (aborted || firstFailed.get() < number) {
                    return;
                }
                validator.validate(firstFunction + i, bodies.get(i));
            }
            if (!validator.isLarge()) {
                spare.set(validator);
            }
        }

        void join() {
            boolean interrupted = false;
            synchronized (this) {
                while (state.get() != DONE) {
                    try {
                        wait();
                    } catch (InterruptedException _) {
                        interrupted = true;
                    }
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            switch (failure) {
                case null -> {
                }
                case CompileError error -> throw error;
                case RuntimeException error -> throw error;
                case Error error -> throw error;
                default -> throw new IllegalStateException(failure);
            }
        }
    }
}
