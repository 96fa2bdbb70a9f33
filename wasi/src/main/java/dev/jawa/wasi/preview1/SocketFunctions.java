package dev.jawa.wasi.preview1;

import dev.jawa.Instance;
import dev.jawa.wasi.file.Errno;
import dev.jawa.wasi.file.ErrnoException;
import java.nio.ByteBuffer;

/** The functions on sockets that the guest was given. */
public final class SocketFunctions {
    private static final int PEEK = 1;
    private static final int WAIT_ALL = 1 << 1;

    private static final int SHUT_READ = 1;
    private static final int SHUT_WRITE = 1 << 1;

    private final Process process;
    private final DescriptorTable table;

    /** The functions of a process. */
    public SocketFunctions(Process process) {
        this.process = process;
        this.table = process.descriptors();
    }

    private SocketDescriptor connected(int fd, long rights) throws ErrnoException {
        Descriptor descriptor = table.find(fd);
        if (descriptor instanceof SocketDescriptor socket) {
            socket.require(rights);
            return socket;
        }
        throw new ErrnoException(descriptor instanceof ServerSocketDescriptor ? Errno.NOTCONN : Errno.NOTSOCK);
    }

    public int sock_accept(Instance caller, int fd, int flags, int result) {
        GuestMemory memory = process.memory(caller);
        return GuestMemory.attempt(() -> {
            Descriptor descriptor = table.find(fd);
            if (descriptor instanceof ServerSocketDescriptor server) {
                server.require(Rights.SOCK_ACCEPT);
                memory.putInt(result, table.add(server.accept(flags)));
            } else {
                throw new ErrnoException(descriptor instanceof SocketDescriptor ? Errno.INVAL : Errno.NOTSOCK);
            }
        });
    }

    public int sock_recv(Instance caller, int fd, int vectors, int count, int flags, int received, int resultFlags) {
        GuestMemory memory = process.memory(caller);
        return GuestMemory.attempt(() -> {
            SocketDescriptor socket = connected(fd, Rights.FD_READ);
            int sum = 0;
            for (ByteBuffer buffer : memory.buffers(vectors, count)) {
                int wanted = buffer.remaining();
                int read;
                do {
                    read = (flags & PEEK) != 0 ? socket.peek(buffer) : socket.read(buffer);
                } while (read > 0 && buffer.hasRemaining() && (flags & WAIT_ALL) != 0 && (flags & PEEK) == 0);
                sum += wanted - buffer.remaining();
                if (buffer.hasRemaining() || (flags & PEEK) != 0) {
                    break;
                }
            }
            memory.putInt(received, sum);
            memory.putShort(resultFlags, 0);
        });
    }

    public int sock_send(Instance caller, int fd, int vectors, int count, int flags, int sent) {
        GuestMemory memory = process.memory(caller);
        return GuestMemory.attempt(() -> {
            if (flags != 0) {
                throw new ErrnoException(Errno.INVAL);
            }
            SocketDescriptor socket = connected(fd, Rights.FD_WRITE);
            int sum = 0;
            for (ByteBuffer buffer : memory.buffers(vectors, count)) {
                sum += socket.write(buffer);
                if (buffer.hasRemaining()) {
                    break;
                }
            }
            memory.putInt(sent, sum);
        });
    }

    public int sock_shutdown(int fd, int how) {
        return GuestMemory.attempt(() -> {
            SocketDescriptor socket = connected(fd, Rights.SOCK_SHUTDOWN);
            if (how == 0 || (how & ~(SHUT_READ | SHUT_WRITE)) != 0) {
                throw new ErrnoException(Errno.INVAL);
            }
            if ((how & SHUT_READ) != 0) {
                socket.channel().shutdownInput();
            }
            if ((how & SHUT_WRITE) != 0) {
                socket.channel().shutdownOutput();
            }
        });
    }
}
