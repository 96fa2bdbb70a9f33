package dev.jawa.wasi.preview1;

import dev.jawa.wasi.file.Errno;
import dev.jawa.wasi.file.ErrnoException;
import dev.jawa.wasi.file.FileType;
import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/** A socket that connections come in by. */
final class ServerSocketDescriptor extends Descriptor {
    private final ServerSocketChannel channel;

    ServerSocketDescriptor(ServerSocketChannel channel) {
        super(FileType.SOCKET_STREAM, Rights.SERVER, Rights.SOCKET, channel.isBlocking() ? 0 : NONBLOCK);
        this.channel = channel;
    }

    ServerSocketChannel channel() {
        return channel;
    }

    SocketDescriptor accept(int flags) throws IOException {
        SocketChannel accepted = channel.accept();
        if (accepted == null) {
            throw new ErrnoException(Errno.AGAIN);
        }
        return new SocketDescriptor(accepted, flags);
    }

    @Override
    void flags(int newFlags) throws IOException {
        super.flags(newFlags);
        channel.configureBlocking((newFlags & NONBLOCK) == 0);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
