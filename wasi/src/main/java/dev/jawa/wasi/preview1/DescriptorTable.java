package dev.jawa.wasi.preview1;

import dev.jawa.wasi.file.Errno;
import dev.jawa.wasi.file.ErrnoException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The file descriptors of a process. */
public final class DescriptorTable implements AutoCloseable {
    private static final int MOST = 1 << 16;

    private final List<Descriptor> descriptors = new ArrayList<>();
    private int lowestFree;

    /** Gives a descriptor the lowest number that is free. */
    int add(Descriptor descriptor) throws IOException {
        while (lowestFree < descriptors.size() && descriptors.get(lowestFree) != null) {
            lowestFree++;
        }
        if (lowestFree >= MOST) {
            descriptor.close();
            throw new ErrnoException(Errno.MFILE);
        }
        if (lowestFree == descriptors.size()) {
            descriptors.add(descriptor);
        } else {
            descriptors.set(lowestFree, descriptor);
        }
        return lowestFree;
    }

    Descriptor find(int fd) throws ErrnoException {
        Descriptor descriptor = fd >= 0 && fd < descriptors.size() ? descriptors.get(fd) : null;
        if (descriptor == null) {
            throw new ErrnoException(Errno.BADF);
        }
        return descriptor;
    }

    /** A descriptor that may be used for something. */
    Descriptor find(int fd, long rights) throws ErrnoException {
        Descriptor descriptor = find(fd);
        descriptor.require(rights);
        return descriptor;
    }

    /** A directory that may be used for something. */
    DirectoryDescriptor directory(int fd, long rights) throws ErrnoException {
        if (find(fd) instanceof DirectoryDescriptor directory) {
            directory.require(rights);
            return directory;
        }
        throw new ErrnoException(Errno.NOTDIR);
    }

    /** A regular file that may be used for something. */
    FileDescriptor file(int fd, long rights, Errno otherwise) throws ErrnoException {
        Descriptor descriptor = find(fd);
        if (descriptor instanceof FileDescriptor file) {
            file.require(rights);
            return file;
        }
        throw new ErrnoException(descriptor instanceof DirectoryDescriptor ? Errno.BADF : otherwise);
    }

    void close(int fd) throws IOException {
        Descriptor descriptor = find(fd);
        remove(fd);
        descriptor.close();
    }

    private void remove(int fd) {
        descriptors.set(fd, null);
        lowestFree = Math.min(lowestFree, fd);
    }

    /** Gives a descriptor another's number; the other one is closed. */
    void renumber(int from, int to) throws IOException {
        Descriptor moved = find(from);
        Descriptor replaced = find(to);
        if (from != to) {
            descriptors.set(to, moved);
            remove(from);
            replaced.close();
        }
    }

    /** Closes everything. */
    @Override
    public void close() throws IOException {
        IOException failure = null;
        for (Descriptor descriptor : descriptors) {
            try {
                if (descriptor != null) {
                    descriptor.close();
                }
            } catch (IOException e) {
                failure = e;
            }
        }
        descriptors.clear();
        lowestFree = 0;
        if (failure != null) {
            throw failure;
        }
    }
}
