package dev.jawa.runtime.continuation;

/**
 * What a host does when a thread of its own waits for a continuation that runs on another one: for hosts whose
 * functions may only be called on a thread that is inside of something, as those of a JavaScript realm are.
 *
 * <p>It is only asked where continuations are threads. Frames of the host are never on a stack that is suspended.
 */
public interface HandOver {
    /** For hosts that do not care. */
    HandOver NONE = new HandOver() {
        @Override
        public void outside(Waiting waiting) {
            waiting.uninterruptibly();
        }

        @Override
        public Object enter() {
            return null;
        }

        @Override
        public void leave(Object entered) {
        }
    };

    /** Wakes another thread and waits for it. */
    interface Waiting {
        /** Waits until it is over; may be called again after it was interrupted. */
        void await() throws InterruptedException;

        /** The same whether the thread is interrupted or not. */
        void uninterruptibly();
    }

    /** Leaves what the current thread is in, waits, and enters it again. */
    void outside(Waiting waiting);

    /** Enters with the current thread, which runs a continuation. */
    Object enter();

    /** Leaves with what {@link #enter} gave. */
    void leave(Object entered);

    /** Sets what is done for continuations that the current thread resumes, and those that they resume. */
    static void set(HandOver handOver) {
        ThreadCoroutine.HAND_OVER.set(handOver);
    }
}
