package dev.jawa.runtime.memory;

import dev.jawa.runtime.ModuleInstance;

/**
 * What generated code asks where an access is not in the array that it knows: the memory may be too large for an array, or
 * the address out of bounds.
 */
public final class LargeMemory {
    private LargeMemory() {
    }

    public static byte getByte(ModuleInstance instance, int memory, long address) {
        return instance.memories[memory].readByte(address);
    }

    public static void setByte(ModuleInstance instance, int memory, long address, byte value) {
        instance.memories[memory].writeByte(address, value);
    }

    public static short getShort(ModuleInstance instance, int memory, long address) {
        return instance.memories[memory].readShort(address);
    }

    public static void setShort(ModuleInstance instance, int memory, long address, short value) {
        instance.memories[memory].writeShort(address, value);
    }

    public static char getChar(ModuleInstance instance, int memory, long address) {
        return (char) instance.memories[memory].readShort(address);
    }

    public static void setChar(ModuleInstance instance, int memory, long address, char value) {
        instance.memories[memory].writeShort(address, (short) value);
    }

    public static int getInt(ModuleInstance instance, int memory, long address) {
        return instance.memories[memory].readInt(address);
    }

    public static void setInt(ModuleInstance instance, int memory, long address, int value) {
        instance.memories[memory].writeInt(address, value);
    }

    public static long getLong(ModuleInstance instance, int memory, long address) {
        return instance.memories[memory].readLong(address);
    }

    public static void setLong(ModuleInstance instance, int memory, long address, long value) {
        instance.memories[memory].writeLong(address, value);
    }

    public static float getFloat(ModuleInstance instance, int memory, long address) {
        return instance.memories[memory].readFloat(address);
    }

    public static void setFloat(ModuleInstance instance, int memory, long address, float value) {
        instance.memories[memory].writeFloat(address, value);
    }

    public static double getDouble(ModuleInstance instance, int memory, long address) {
        return instance.memories[memory].readDouble(address);
    }

    public static void setDouble(ModuleInstance instance, int memory, long address, double value) {
        instance.memories[memory].writeDouble(address, value);
    }
}
