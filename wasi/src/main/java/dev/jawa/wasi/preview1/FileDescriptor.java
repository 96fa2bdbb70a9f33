package dev.jawa.wasi.preview1;

import dev.jawa.wasi.file.FileStatus;
import dev.jawa.wasi.file.FileType;
import dev.jawa.wasi.file.OpenFile;
import java.io.IOException;
import java.nio.ByteBuffer;

/** An open regular file. */
final class FileDescriptor extends Descriptor {
    private final OpenFile file;

    FileDescriptor(OpenFile file, long rights, long inheriting, int flags) {
        super(FileType.REGULAR_FILE, rights, inheriting, flags);
        this.file = file;
    }

    OpenFile file() {
        return file;
    }

    @Override
    FileStatus status() throws IOException {
        return file.status();
    }

    @Override
    int read(ByteBuffer target) throws IOException {
        return file.read(target);
    }

    @Override
    int write(ByteBuffer source) throws IOException {
        int length = source.remaining();
        file.write(source, has(APPEND));
        if (has(SYNC) || has(DSYNC)) {
            file.force(has(SYNC));
        }
        return length;
    }

    @Override
    void sync(boolean metadata) throws IOException {
        file.force(metadata);
    }

    @Override
    long readable() throws IOException {
        return Math.max(0, file.size() - file.position());
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
