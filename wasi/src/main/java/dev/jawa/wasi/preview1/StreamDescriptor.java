package dev.jawa.wasi.preview1;

import dev.jawa.wasi.file.Errno;
import dev.jawa.wasi.file.ErrnoException;
import dev.jawa.wasi.file.FileType;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/** Standard input, output or error: a stream of the host's, which stays open. */
final class StreamDescriptor extends Descriptor {
    private static final int CHUNK = 1 << 16;

    private final InputStream input;
    private final OutputStream output;

    private StreamDescriptor(InputStream input, OutputStream output, boolean terminal, long rights) {
        super(terminal ? FileType.CHARACTER_DEVICE : FileType.UNKNOWN, rights, 0, 0);
        this.input = input;
        this.output = output;
    }

    static StreamDescriptor of(InputStream input, boolean terminal) {
        return new StreamDescriptor(input, OutputStream.nullOutputStream(), terminal, Rights.INPUT);
    }

    static StreamDescriptor of(OutputStream output, boolean terminal) {
        return new StreamDescriptor(InputStream.nullInputStream(), output, terminal, Rights.OUTPUT);
    }

    @Override
    int read(ByteBuffer target) throws IOException {
        if (has(NONBLOCK) && input.available() == 0 && !(input instanceof PolledInput)) {
            throw new ErrnoException(Errno.AGAIN);
        }
        var bytes = new byte[Math.min(target.remaining(), CHUNK)];
        int read = input.read(bytes);
        if (read > 0) {
            target.put(bytes, 0, read);
        }
        return read;
    }

    @Override
    int write(ByteBuffer source) throws IOException {
        int length = source.remaining();
        var bytes = new byte[Math.min(length, CHUNK)];
        while (source.hasRemaining()) {
            int part = Math.min(source.remaining(), bytes.length);
            source.get(bytes, 0, part);
            output.write(bytes, 0, part);
        }
        output.flush();
        return length;
    }

    /** Waits until a byte can be read, the end is reached or a time has passed, and says whether the first is so. */
    boolean awaitInput(long nanoseconds) throws IOException, InterruptedException {
        return input instanceof PolledInput polled ? polled.await(nanoseconds) : input.available() > 0;
    }

    @Override
    long readable() throws IOException {
        return input.available();
    }
}
