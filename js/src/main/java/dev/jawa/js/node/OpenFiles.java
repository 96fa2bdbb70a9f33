package dev.jawa.js.node;

import dev.jawa.js.Permissions;
import dev.jawa.js.graal.Values;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Open files by their descriptors: 0, 1 and 2 are the standard streams. Closing it closes all files. */
public final class OpenFiles implements AutoCloseable {
    private static final int STANDARD_INPUT = 0;
    private static final int STANDARD_OUTPUT = 1;
    private static final int STANDARD_ERROR = 2;
    private static final int FIRST = 3;
    /** A read of more is cut: whoever needs all of it reads again. */
    private static final int MAXIMUM_READ = 16 << 20;

    /** A folder has no channel: it can be opened, and asked what it is. */
    private record OpenFile(Optional<FileChannel> channel, Path path) {
    }

    private final InputStream input;
    private final PrintStream output;
    private final PrintStream error;
    private final Map<Integer, OpenFile> open = new HashMap<>();

    /** With the streams of a program. */
    public OpenFiles(InputStream input, PrintStream output, PrintStream error) {
        this.input = input;
        this.output = output;
        this.error = error;
    }

    @Override
    public void close() {
        for (OpenFile file : open.values()) {
            try {
                if (file.channel().isPresent()) {
                    file.channel().get().close();
                }
            } catch (IOException _) {
                // Nobody is left to tell.
            }
        }
        open.clear();
    }

    /**
     * Opens a file.
     *
     * @param flags the letters of Node.js: {@code r}, {@code w} or {@code a}, perhaps {@code +} and {@code x}
     */
    int open(Path path, String flags, Permissions permissions) throws IOException {
        boolean reads = flags.contains("r") || flags.contains("+");
        boolean writes = !flags.contains("r") || flags.contains("+");
        if (reads && !permissions.mayRead(path) || writes && !permissions.mayWrite(path)) {
            throw new FileError.Denied(FileError.EACCES);
        }
        if (Files.isDirectory(path)) {
            if (writes) {
                throw new FileError.Denied(FileError.EISDIR);
            }
            return add(new OpenFile(Optional.empty(), path));
        }
        Set<OpenOption> options = new HashSet<>();
        boolean appends = flags.contains("a");
        if (appends && !flags.contains("+")) {
            options.add(StandardOpenOption.APPEND);
        } else if (writes) {
            options.add(StandardOpenOption.WRITE);
        }
        if (reads) {
            options.add(StandardOpenOption.READ);
        }
        if (!flags.contains("r") && !flags.contains("u")) {
            options.add(flags.contains("x") ? StandardOpenOption.CREATE_NEW : StandardOpenOption.CREATE);
        }
        if (flags.contains("w")) {
            options.add(StandardOpenOption.TRUNCATE_EXISTING);
        }
        FileChannel channel = FileChannel.open(path, options);
        if (appends && channel.size() > 0) {
            channel.position(channel.size());
        }
        return add(new OpenFile(Optional.of(channel), path));
    }

    private int add(OpenFile file) {
        int descriptor = FIRST;
        while (open.containsKey(descriptor)) {
            descriptor++;
        }
        open.put(descriptor, file);
        return descriptor;
    }

    Object close(int descriptor) throws IOException {
        if (descriptor >= 0 && descriptor < FIRST) {
            return Values.UNDEFINED;
        }
        OpenFile file = open.remove(descriptor);
        if (file == null) {
            throw new FileError.Denied(FileError.EBADF);
        }
        if (file.channel().isPresent()) {
            file.channel().get().close();
        }
        return Values.UNDEFINED;
    }

    private FileChannel channel(int descriptor) throws IOException {
        OpenFile file = open.get(descriptor);
        if (file == null) {
            throw new FileError.Denied(FileError.EBADF);
        }
        return file.channel().orElseThrow(() -> new FileError.Denied(FileError.EISDIR));
    }

    /** What is read from a descriptor; it need not be closed. */
    public InputStream input(int descriptor) throws IOException {
        return descriptor == STANDARD_INPUT ? input : Channels.newInputStream(channel(descriptor));
    }

    /** What writes to a descriptor; it need not be closed. */
    public OutputStream output(int descriptor) throws IOException {
        return switch (descriptor) {
            case STANDARD_OUTPUT -> output;
            case STANDARD_ERROR -> error;
            default -> Channels.newOutputStream(channel(descriptor));
        };
    }

    /** The file behind a descriptor; empty for the standard streams. */
    Optional<Path> path(int descriptor) throws IOException {
        if (descriptor >= 0 && descriptor < FIRST) {
            return Optional.empty();
        }
        if (!open.containsKey(descriptor)) {
            throw new FileError.Denied(FileError.EBADF);
        }
        return Optional.of(open.get(descriptor).path());
    }

    long size(int descriptor) throws IOException {
        return descriptor < FIRST ? 0 : channel(descriptor).size();
    }

    Object truncate(int descriptor, long length) throws IOException {
        FileChannel channel = channel(descriptor);
        if (length < channel.size()) {
            channel.truncate(length);
        } else if (length > channel.size()) {
            channel.write(ByteBuffer.allocate(1), length - 1);
        }
        return Values.UNDEFINED;
    }

    /** Reads into a view: how many bytes, 0 at the end. */
    int read(int descriptor, Object view, int offset, int length, long position) throws IOException {
        byte[] bytes = new byte[Math.clamp(length, 0, MAXIMUM_READ)];
        int count;
        if (descriptor == STANDARD_INPUT) {
            count = input.read(bytes);
        } else if (position >= 0) {
            count = channel(descriptor).read(ByteBuffer.wrap(bytes), position);
        } else {
            count = channel(descriptor).read(ByteBuffer.wrap(bytes));
        }
        return count <= 0 ? 0 : Values.write(view, offset, bytes, count);
    }

    int write(int descriptor, byte[] bytes, long position) throws IOException {
        switch (descriptor) {
            case STANDARD_OUTPUT -> output.write(bytes, 0, bytes.length);
            case STANDARD_ERROR -> error.write(bytes, 0, bytes.length);
            default -> writeAll(channel(descriptor), ByteBuffer.wrap(bytes), position);
        }
        return bytes.length;
    }

    private static void writeAll(FileChannel channel, ByteBuffer bytes, long position) throws IOException {
        while (bytes.hasRemaining()) {
            if (position >= 0) {
                channel.write(bytes, position + bytes.position());
            } else {
                channel.write(bytes);
            }
        }
    }
}
