package dev.jawa.wasi.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.attribute.FileTime;
import java.util.Optional;

/** An open regular file, which remembers where it was found: that is how Java gives its times. */
public final class OpenFile implements AutoCloseable {
    private final SeekableByteChannel channel;
    private final Directory directory;
    private final String name;
    private FileStatus status;

    /** Takes over an open channel; keeps the directory open. */
    public OpenFile(Entry entry, SeekableByteChannel channel) throws IOException {
        this.channel = channel;
        this.directory = entry.directory().retain();
        this.name = entry.name();
        this.status = directory.status(name).orElseGet(() -> FileStatus.of(FileType.REGULAR_FILE));
    }

    @Override
    public void close() throws IOException {
        try (Directory _ = directory) {
            channel.close();
        }
    }

    /** What it says about itself. If it has another name by now, the times are those of when that was noticed. */
    public FileStatus status() throws IOException {
        Optional<FileStatus> now = directory.status(name);
        if (now.isPresent() && now.get().isSameFile(status)) {
            status = now.get();
        }
        return status.withSize(channel.size());
    }

    /** Sets times; {@code null} leaves one as it is. */
    public void setTimes(FileTime accessed, FileTime modified) throws IOException {
        Optional<FileStatus> now = directory.status(name);
        if (now.isEmpty() || !now.get().isSameFile(status)) {
            throw new ErrnoException(Errno.NOENT);
        }
        directory.setTimes(name, accessed, modified);
    }

    /** The size in bytes. */
    public long size() throws IOException {
        return channel.size();
    }

    /** Makes the file shorter, or longer with zeros. */
    public void resize(long size) throws IOException {
        long position = channel.position();
        if (size < channel.size()) {
            channel.truncate(size);
            channel.position(position);
        } else if (size > channel.size()) {
            writeAt(size - 1, ByteBuffer.wrap(new byte[1]));
        }
    }

    /** Where the next byte is read or written. */
    public long position() throws IOException {
        return channel.position();
    }

    /** Moves there. */
    public void position(long position) throws IOException {
        channel.position(position);
    }

    /** Reads what there is, up to what has room; -1 at the end. */
    public int read(ByteBuffer target) throws IOException {
        return channel.read(target);
    }

    /** Writes everything, at the end of the file if told so. */
    public void write(ByteBuffer source, boolean append) throws IOException {
        if (append) {
            channel.position(channel.size());
        }
        while (source.hasRemaining()) {
            channel.write(source);
        }
    }

    /** Reads elsewhere, without moving. */
    public int readAt(long position, ByteBuffer target) throws IOException {
        if (channel instanceof FileChannel file) {
            return file.read(target, position);
        }
        long before = channel.position();
        int read = channel.position(position).read(target);
        channel.position(before);
        return read;
    }

    /** Writes elsewhere, without moving. */
    public void writeAt(long position, ByteBuffer source) throws IOException {
        long before = channel.position();
        channel.position(position);
        while (source.hasRemaining()) {
            channel.write(source);
        }
        channel.position(before);
    }

    /** Waits until what was written is on the device. */
    public void force(boolean metadata) throws IOException {
        if (channel instanceof FileChannel file) {
            file.force(metadata);
        }
    }
}
