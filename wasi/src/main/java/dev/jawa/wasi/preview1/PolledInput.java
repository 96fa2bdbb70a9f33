package dev.jawa.wasi.preview1;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets a guest wait for input and for other things at once. Java's streams can only be waited for by reading, so once
 * somebody polls, a thread reads ahead; until then reading is direct.
 */
final class PolledInput extends InputStream {
    private static final int CAPACITY = 1 << 13;

    private final InputStream source;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final byte[] buffer = new byte[CAPACITY];
    private int start;
    private int end;
    private boolean readingAhead;
    private boolean atEnd;
    private IOException failure;

    PolledInput(InputStream source) {
        this.source = source;
    }

    /** Waits until something can be read without waiting, at most for a time; says whether that is so. */
    boolean await(long nanoseconds) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            if (!readingAhead) {
                readingAhead = true;
                Thread.ofVirtual().name("wasi-stdin").start(this::readAhead);
            }
            long left = nanoseconds;
            while (!isReady() && left > 0) {
                left = changed.awaitNanos(left);
            }
            return isReady();
        } finally {
            lock.unlock();
        }
    }

    private boolean isReady() {
        return start < end || atEnd || failure != null;
    }

    private void readAhead() {
        var chunk = new byte[CAPACITY];
        while (true) {
            try {
                int read = source.read(chunk);
                if (!accept(chunk, read)) {
                    return;
                }
            } catch (IOException e) {
                lock.lock();
                failure = e;
                changed.signalAll();
                lock.unlock();
                return;
            } catch (InterruptedException _) {
                return;
            }
        }
    }

    private boolean accept(byte[] chunk, int read) throws InterruptedException {
        lock.lock();
        try {
            while (start < end) {
                changed.await();
            }
            if (read < 0) {
                atEnd = true;
            } else {
                System.arraycopy(chunk, 0, buffer, 0, read);
                start = 0;
                end = read;
            }
            changed.signalAll();
            return read >= 0;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        lock.lock();
        try {
            if (!readingAhead) {
                return source.read(bytes, offset, length);
            }
            while (!isReady()) {
                changed.await(1, TimeUnit.DAYS);
            }
            if (start < end) {
                int part = Math.min(length, end - start);
                System.arraycopy(buffer, start, bytes, offset, part);
                start += part;
                changed.signalAll();
                return part;
            } else if (failure != null) {
                throw failure;
            }
            return -1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new java.io.InterruptedIOException();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int available() throws IOException {
        lock.lock();
        try {
            return readingAhead ? end - start : source.available();
        } finally {
            lock.unlock();
        }
    }
}
