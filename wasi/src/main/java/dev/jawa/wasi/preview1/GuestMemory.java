package dev.jawa.wasi.preview1;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import dev.jawa.Extern;
import dev.jawa.Instance;
import dev.jawa.LinkError;
import dev.jawa.Memory;
import dev.jawa.RuntimeError;
import dev.jawa.wasi.file.Errno;
import dev.jawa.wasi.file.ErrnoException;
import dev.jawa.wasi.file.FileStatus;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** The memory of a guest, where arguments and results of functions are. */
final class GuestMemory {
    private static final int MOST_VECTORS = 1024;
    private static final int FILE_STATUS_SIZE = 64;

    private final Memory memory;

    GuestMemory(Memory memory) {
        this.memory = memory;
    }

    /** What an instance exports as {@code memory}. */
    static GuestMemory of(Instance instance) {
        Extern export = instance.exports().all().get("memory");
        if (export instanceof Memory memory) {
            return new GuestMemory(memory);
        }
        throw new LinkError("a program for WASI has to export its memory as \"memory\"");
    }

    /** A function of WASI. */
    @FunctionalInterface
    interface Call {
        void run() throws IOException;
    }

    /** Calls, and makes of every failure the code that the guest is given. */
    static int attempt(Call call) {
        try {
            call.run();
            return Errno.SUCCESS.code();
        } catch (IOException | IllegalStateException | IllegalArgumentException | UnsupportedOperationException e) {
            return ErrnoException.of(e).code();
        } catch (RuntimeError e) {
            if (e.kind() == RuntimeError.Kind.MEMORY_OUT_OF_BOUNDS) {
                return Errno.FAULT.code();
            }
            throw e;
        }
    }

    void putByte(int address, int value) {
        memory.writeByte(Integer.toUnsignedLong(address), (byte) value);
    }

    void putShort(int address, int value) {
        memory.writeShort(Integer.toUnsignedLong(address), (short) value);
    }

    void putInt(int address, int value) {
        memory.writeInt(Integer.toUnsignedLong(address), value);
    }

    void putLong(int address, long value) {
        memory.writeLong(Integer.toUnsignedLong(address), value);
    }

    int byteAt(int address) {
        return memory.readByte(Integer.toUnsignedLong(address)) & 0xFF;
    }

    int shortAt(int address) {
        return memory.readShort(Integer.toUnsignedLong(address)) & 0xFFFF;
    }

    int intAt(int address) {
        return memory.readInt(Integer.toUnsignedLong(address));
    }

    long longAt(int address) {
        return memory.readLong(Integer.toUnsignedLong(address));
    }

    void putBytes(int address, byte... bytes) {
        memory.writeBytes(Integer.toUnsignedLong(address), bytes);
    }

    void putFileStatus(int address, FileStatus status) {
        slice(address, FILE_STATUS_SIZE).fill((byte) 0);
        putLong(address, status.device());
        putLong(address + 8, status.inode());
        putByte(address + 16, status.type().code());
        putLong(address + 24, 1);
        putLong(address + 32, status.size());
        putLong(address + 40, status.accessed());
        putLong(address + 48, status.modified());
        putLong(address + 56, status.changed());
    }

    /** A path or another text; WASI wants UTF-8. */
    String text(int address, int length) throws ErrnoException {
        byte[] bytes = slice(address, length).toArray(JAVA_BYTE);
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException _) {
            throw new ErrnoException(Errno.ILSEQ);
        }
    }

    /** A view of a part. */
    MemorySegment slice(int address, int length) {
        long start = Integer.toUnsignedLong(address);
        long size = Integer.toUnsignedLong(length);
        if (start + size > memory.size()) {
            throw new RuntimeError(RuntimeError.Kind.MEMORY_OUT_OF_BOUNDS);
        }
        return memory.segment().asSlice(start, size);
    }

    /** A part as a buffer. */
    ByteBuffer buffer(int address, int length) throws ErrnoException {
        if (length < 0) {
            throw new ErrnoException(Errno.INVAL);
        }
        return slice(address, length).asByteBuffer();
    }

    /** The buffers of an array of {@code iovec}. */
    ByteBuffer[] buffers(int address, int count) throws ErrnoException {
        if (count < 0 || count > MOST_VECTORS) {
            throw new ErrnoException(Errno.INVAL);
        }
        var buffers = new ByteBuffer[count];
        for (int i = 0; i < count; i++) {
            buffers[i] = buffer(intAt(address + 8 * i), intAt(address + 8 * i + 4));
        }
        return buffers;
    }
}
