package dev.jawa;

import dev.jawa.model.MemoryType;
import dev.jawa.model.ResizableLimits;
import dev.jawa.runtime.memory.MemoryInstance;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/**
 * A linear memory: bytes that WebAssembly code and the host share.
 *
 * <p>Addresses are in bytes; numbers are little endian. Every access outside the memory throws {@link RuntimeError}
 * of the kind {@link RuntimeError.Kind#MEMORY_OUT_OF_BOUNDS}.
 *
 * {@snippet class="dev.jawa.TutorialTest" region="memory"}
 *
 * @see <a href="https://developer.mozilla.org/docs/WebAssembly/Reference/JavaScript_interface/Memory">MDN:
 *     WebAssembly.Memory</a>
 */
public sealed interface Memory extends Extern permits MemoryInstance {
    /** A memory of some pages of 64 KiB that can grow as far as the engine allows. */
    static Memory of(long initial) {
        return of(MemoryType.of(ResizableLimits.of(initial)));
    }

    /** A memory of some pages of 64 KiB that can grow to {@code maximum} pages. */
    static Memory of(long initial, long maximum) {
        return of(MemoryType.of(ResizableLimits.of(initial, maximum)));
    }

    /**
     * A memory of any type.
     *
     * @throws RuntimeError of the kind {@code OUT_OF_MEMORY} if there is no room for it
     */
    static Memory of(MemoryType type) {
        return MemoryInstance.of(type);
    }

    /** Its type, with the size it has now as the minimum. */
    MemoryType type();

    /** The size in bytes. */
    long size();

    /** The size in pages. */
    long pages();

    /**
     * Makes the memory larger.
     *
     * @param delta by how many pages
     * @return the size before, in pages
     * @throws RuntimeError of the kind {@code OUT_OF_MEMORY} if it would pass its maximum or what the JVM has
     */
    long grow(long delta);

    byte readByte(long address);

    short readShort(long address);

    int readInt(long address);

    long readLong(long address);

    float readFloat(long address);

    double readDouble(long address);

    /** A copy of {@code length} bytes. */
    byte[] readBytes(long address, int length);

    void writeByte(long address, byte value);

    void writeShort(long address, short value);

    void writeInt(long address, int value);

    void writeLong(long address, long value);

    void writeFloat(long address, float value);

    void writeDouble(long address, double value);

    void writeBytes(long address, byte... bytes);

    /** Decodes UTF-8; malformed parts become U+FFFD. */
    String string(long address, int length);

    /** Decodes UTF-8 up to the first zero byte. */
    String string(long address);

    /**
     * Encodes as UTF-8, without a zero byte at the end.
     *
     * @return how many bytes were written
     */
    int putString(long address, String text);

    /**
     * A live view of the memory as it is now. After {@link #grow}, and after WebAssembly code has grown the memory, a
     * view taken before may show old contents: take a new one.
     */
    MemorySegment segment();

    /**
     * A live view in little endian order, with the same caution as {@link #segment()}.
     *
     * @throws RuntimeError of the kind {@code OUT_OF_MEMORY} for a memory over 2 GiB
     */
    ByteBuffer buffer();
}
