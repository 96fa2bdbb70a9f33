package dev.jawa.js.web;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.LinkedBlockingQueue;

/** Bytes that JavaScript gives piece by piece and another thread reads. */
final class Pipe extends InputStream {
    /** What JavaScript said went wrong. */
    static final class Failure extends IOException {
        private static final long serialVersionUID = 1L;

        private final transient Object reason;

        Failure(Object reason) {
            super("the stream failed");
            this.reason = reason;
        }

        /** The JavaScript value. */
        Object reason() {
            return reason;
        }
    }

    private sealed interface Piece {
    }

    private record Bytes(byte[] bytes) implements Piece {
    }

    private record End() implements Piece {
    }

    private record Broken(Object reason) implements Piece {
    }

    private final LinkedBlockingQueue<Piece> pieces = new LinkedBlockingQueue<>();
    private byte[] current = new byte[0];
    private int position;
    private boolean ended;

    void write(byte[] bytes) {
        pieces.add(new Bytes(bytes));
    }

    void end() {
        pieces.add(new End());
    }

    void fail(Object reason) {
        pieces.add(new Broken(reason));
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (position == current.length) {
            if (ended) {
                return -1;
            }
            next();
        }
        int count = Math.min(length, current.length - position);
        System.arraycopy(current, position, target, offset, count);
        position += count;
        return count;
    }

    private void next() throws IOException {
        try {
            switch (pieces.take()) {
                case Bytes(byte[] bytes) -> {
                    current = bytes;
                    position = 0;
                }
                case End() -> ended = true;
                case Broken(Object reason) -> {
                    ended = true;
                    throw new Failure(reason);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
