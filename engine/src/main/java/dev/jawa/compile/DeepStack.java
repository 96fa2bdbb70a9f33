package dev.jawa.compile;

import dev.jawa.CompileError;
import java.util.function.Supplier;

/**
 * Runs work that recurses as deep as code is nested. Functions nest blocks by the thousand, where every case of a
 * large switch is a block, and by the million if somebody means harm.
 */
final class DeepStack {
    /** Shorter functions do not nest deep enough to matter. */
    private static final int HARMLESS_LENGTH = 2000;
    private static final long BYTES_PER_CODE_BYTE = 512;
    private static final long SMALLEST = 4 << 20;
    private static final long LARGEST = 1 << 30;

    private DeepStack() {
    }

    /**
     * Does something on a stack that is large enough for a function.
     *
     * @param codeLength the length of the function's code in bytes
     */
    static <T> T call(int codeLength, Supplier<T> work) {
        if (codeLength < HARMLESS_LENGTH) {
            return work.get();
        }
        var task = new Task<>(work);
        long size = Math.clamp(codeLength * BYTES_PER_CODE_BYTE, SMALLEST, LARGEST);
        var thread = new Thread(null, task, "jawa-compiler", size);
        thread.setDaemon(true);
        thread.start();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return task.result();
    }

    private static final class Task<T> implements Runnable {
        private final Supplier<T> work;
        private T result;
        private Throwable failure;

        Task(Supplier<T> work) {
            this.work = work;
        }

        @Override
        public void run() {
            try {
                result = work.get();
            } catch (StackOverflowError _) {
                failure = new CompileError("the function's blocks are nested too deep");
            } catch (Throwable e) {
                failure = e;
            }
        }

        T result() {
            switch (failure) {
                case null -> {
                    return result;
                }
                case java.lang.RuntimeException e -> throw e;
                case Error e -> throw e;
                default -> throw new IllegalStateException(failure);
            }
        }
    }
}
