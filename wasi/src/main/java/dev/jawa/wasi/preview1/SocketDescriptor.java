package dev.jawa.wasi.preview1;

import dev.jawa.wasi.file.Errno;
import dev.jawa.wasi.file.ErrnoException;
import dev.jawa.wasi.file.FileType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/** A connected socket. */
final class SocketDescriptor extends Descriptor {
    private final SocketChannel channel;
    // What was looked at and not taken yet.
    private ByteBuffer peeked = ByteBuffer.allocate(0);

    SocketDescriptor(SocketChannel channel, int flags) throws IOException {
        super(FileType.SOCKET_STREAM, Rights.SOCKET, 0, 0);
        this.channel = channel;
        flags(flags);
    }

    SocketChannel channel() {
        return channel;
    }

    @Override
    void flags(int newFlags) throws IOException {
        super.flags(newFlags);
        channel.configureBlocking((newFlags & NONBLOCK) == 0);
    }

    @Override
    int read(ByteBuffer target) throws IOException {
        if (peeked.hasRemaining()) {
            int part = Math.min(target.remaining(), peeked.remaining());
            target.put(peeked.slice(peeked.position(), part));
            peeked.position(peeked.position() + part);
            return part;
        }
        int read = channel.read(target);
        if (read == 0 && target.hasRemaining() && has(NONBLOCK)) {
            throw new ErrnoException(Errno.AGAIN);
        }
        return read;
    }

    /** Reads what there is and leaves it there. */
    int peek(ByteBuffer target) throws IOException {
        if (!peeked.hasRemaining()) {
            ByteBuffer ahead = ByteBuffer.allocate(Math.max(1, target.remaining()));
            if (read(ahead) < 0) {
                return -1;
            }
            peeked = ahead.flip();
        }
        int part = Math.min(target.remaining(), peeked.remaining());
        target.put(peeked.slice(peeked.position(), part));
        return part;
    }

    @Override
    int write(ByteBuffer source) throws IOException {
        int written = channel.write(source);
        if (written == 0 && source.hasRemaining() && has(NONBLOCK)) {
            throw new ErrnoException(Errno.AGAIN);
        }
        return written;
    }

    /** Whether something was looked at that can still be read. */
    @Override
    long readable() {
        return peeked.remaining();
    }

    static int interest(boolean read) {
        return read ? SelectionKey.OP_READ : SelectionKey.OP_WRITE;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
