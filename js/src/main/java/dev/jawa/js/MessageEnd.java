package dev.jawa.js;

import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;

/**
 * One of the two ends of a message channel (HTML section 9.4.3), which may go from program to program with the messages
 * that wait in it. Any thread may use it.
 */
final class MessageEnd {
    /** What a program wants to know that has an end: both are tasks of its event loop. */
    record Owner(EventLoop loop, Runnable arrived, Runnable closed) {
    }

    // The monitor of both ends.
    private final Object lock;
    private final Queue<Message> queue = new ArrayDeque<>();
    private MessageEnd other;
    private Optional<Owner> owner = Optional.empty();
    private boolean started;
    private boolean closed;

    private MessageEnd(Object lock) {
        this.lock = lock;
    }

    /** One end of a new channel. */
    static MessageEnd ofNewChannel() {
        Object lock = new Object();
        var first = new MessageEnd(lock);
        first.other = new MessageEnd(lock);
        first.other.other = first;
        return first;
    }

    /** The end that it is entangled with. */
    MessageEnd other() {
        return other;
    }

    /** Sends a message to the other end. */
    void post(Message message) {
        synchronized (lock) {
            if (!other.closed) {
                other.queue.add(message);
                other.announce();
            }
        }
    }

    private void announce() {
        if (started) {
            owner.ifPresent(it -> it.loop().post(it.arrived()));
        }
    }

    /** A program has it from now on. */
    void own(Owner program) {
        synchronized (lock) {
            owner = Optional.of(program);
            started = false;
            if (closed) {
                program.loop().post(program.closed());
            }
        }
    }

    /** Announces the messages that have come and those that will, one task for each. */
    void start() {
        synchronized (lock) {
            if (!started) {
                started = true;
                queue.forEach(_ -> announce());
            }
        }
    }

    /** The next message, if there is one. */
    Optional<Message> take() {
        synchronized (lock) {
            return Optional.ofNullable(queue.poll());
        }
    }

    /** Nobody has it any more, until somebody does: it is on its way. */
    void disown() {
        synchronized (lock) {
            owner = Optional.empty();
            started = false;
        }
    }

    /** Closes the channel, for both ends; what has come is still there to be taken. */
    void close() {
        synchronized (lock) {
            end();
            other.end();
        }
    }

    private void end() {
        if (!closed) {
            closed = true;
            owner.ifPresent(it -> it.loop().post(it.closed()));
        }
    }
}
