package dev.jawa.compile.bytecode;

import java.util.HashMap;
import java.util.Map;
import java.util.function.IntPredicate;

/**
 * The constant pool of a class (JVM specification 4.4). Entries are found again by a hash table over their tag and
 * contents, without objects of their own.
 */
final class ConstantPool {
    private static final int UTF8 = 1;
    private static final int INTEGER = 3;
    private static final int FLOAT = 4;
    private static final int LONG = 5;
    private static final int DOUBLE = 6;
    private static final int CLASS = 7;
    private static final int STRING = 8;
    private static final int FIELD = 9;
    private static final int METHOD = 10;
    private static final int INTERFACE_METHOD = 11;
    private static final int NAME_AND_TYPE = 12;

    /** Leaves room for what has to be in the pool: names, and what they make up. */
    private static final int ROOM_FOR_NUMBERS = 0x8000;

    private final ByteVector bytes = new ByteVector(1024);
    private final Map<String, Integer> utf8 = new HashMap<>();
    private int count = 1;
    private int[] tags = new int[256];
    private long[] contents = new long[256];
    private int[] indices = new int[256];
    private int used;

    /** What there is at some time. */
    record Mark(int count, int size) {
    }

    int utf8(String text) {
        Integer known = utf8.get(text);
        if (known != null) {
            return known;
        }
        bytes.u1(UTF8).modifiedUtf8(text);
        utf8.put(text, count);
        return next(1);
    }

    int classInfo(String internalName) {
        int name = utf8(internalName);
        int known = find(CLASS, name);
        if (known > 0) {
            return known;
        }
        bytes.u1(CLASS).u2(name);
        return add(CLASS, name, 1);
    }

    int string(String text) {
        int value = utf8(text);
        int known = find(STRING, value);
        if (known > 0) {
            return known;
        }
        bytes.u1(STRING).u2(value);
        return add(STRING, value, 1);
    }

    /** Whether numbers still belong here; otherwise the code should compute them. */
    boolean hasRoomForNumbers() {
        return count <= ROOM_FOR_NUMBERS;
    }

    int integer(int value) {
        int known = find(INTEGER, value);
        if (known > 0) {
            return known;
        }
        bytes.u1(INTEGER).u4(value);
        return add(INTEGER, value, 1);
    }

    /** By its bits, so that NaNs keep their payloads. */
    int floatBits(int bits) {
        int known = find(FLOAT, bits);
        if (known > 0) {
            return known;
        }
        bytes.u1(FLOAT).u4(bits);
        return add(FLOAT, bits, 1);
    }

    int longValue(long value) {
        int known = find(LONG, value);
        if (known > 0) {
            return known;
        }
        bytes.u1(LONG).u8(value);
        return add(LONG, value, 2);
    }

    /** By its bits, so that NaNs keep their payloads. */
    int doubleBits(long bits) {
        int known = find(DOUBLE, bits);
        if (known > 0) {
            return known;
        }
        bytes.u1(DOUBLE).u8(bits);
        return add(DOUBLE, bits, 2);
    }

    int field(String owner, String name, String descriptor) {
        return member(FIELD, owner, name, descriptor);
    }

    int method(String owner, String name, String descriptor) {
        return member(METHOD, owner, name, descriptor);
    }

    int interfaceMethod(String owner, String name, String descriptor) {
        return member(INTERFACE_METHOD, owner, name, descriptor);
    }

    private int member(int tag, String owner, String name, String descriptor) {
        int classIndex = classInfo(owner);
        int nameAndType = pair(NAME_AND_TYPE, utf8(name), utf8(descriptor));
        return pair(tag, classIndex, nameAndType);
    }

    private int pair(int tag, int first, int second) {
        long value = (long) first << 16 | second;
        int known = find(tag, value);
        if (known > 0) {
            return known;
        }
        bytes.u1(tag).u2(first).u2(second);
        return add(tag, value, 1);
    }

    /** How much there is, to go back to with {@link #truncate}. */
    Mark mark() {
        return new Mark(count, bytes.size());
    }

    /** Forgets what has been added since. */
    void truncate(Mark mark) {
        count = mark.count();
        bytes.truncate(mark.size());
        utf8.values().removeIf(index -> index >= count);
        rehash(tags.length, index -> index < count);
    }

    private int next(int entries) {
        int index = count;
        count += entries;
        if (count > 0xFFFF) {
            throw new ClassTooLargeException("constant pool");
        }
        return index;
    }

    private int find(int tag, long content) {
        int mask = tags.length - 1;
        for (int slot = hash(tag, content) & mask; tags[slot] != 0; slot = slot + 1 & mask) {
            if (tags[slot] == tag && contents[slot] == content) {
                return indices[slot];
            }
        }
        return 0;
    }

    private int add(int tag, long content, int entries) {
        if ((used + 1) * 2 > tags.length) {
            rehash(tags.length * 2, _ -> true);
        }
        int index = next(entries);
        insert(tag, content, index);
        return index;
    }

    private void insert(int tag, long content, int index) {
        int mask = tags.length - 1;
        int slot = hash(tag, content) & mask;
        while (tags[slot] != 0) {
            slot = slot + 1 & mask;
        }
        tags[slot] = tag;
        contents[slot] = content;
        indices[slot] = index;
        used++;
    }

    private void rehash(int size, IntPredicate kept) {
        int[] oldTags = tags;
        long[] oldContents = contents;
        int[] oldIndices = indices;
        tags = new int[size];
        contents = new long[size];
        indices = new int[size];
        used = 0;
        for (int i = 0; i < oldTags.length; i++) {
            if (oldTags[i] != 0 && kept.test(oldIndices[i])) {
                insert(oldTags[i], oldContents[i], oldIndices[i]);
            }
        }
    }

    private static int hash(int tag, long content) {
        long mixed = (content * 31 + tag) * 0x9E3779B97F4A7C15L;
        return (int) (mixed >>> 32);
    }

    void writeTo(ByteVector out) {
        out.u2(count).append(bytes);
    }
}
