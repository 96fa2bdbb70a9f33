package dev.jawa.binary.dwarf;

import dev.jawa.binary.ByteReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The header of a unit of the section {@code .debug_line} (DWARF 5, 6.2.4).
 *
 * @param version 2 to 5
 * @param minimumLength what addresses are counted in
 * @param operations how many operations an instruction may have, 1 in all practice
 * @param lineBase the least that a special opcode adds to the line
 * @param lineRange how many different numbers they add
 * @param operands how many operands standard opcodes have, by opcode less 1
 * @param files the paths of files, by number
 */
record LineHeader(int version, int minimumLength, int operations, int lineBase, int lineRange, List<Integer> operands,
        List<String> files) {
    private static final int DW_LNCT_PATH = 1;
    private static final int DW_LNCT_DIRECTORY_INDEX = 2;

    /** What an entry of a list of directories or files has, and in which form (DWARF 5, 6.2.4.1). */
    private record Format(int content, int form) {
    }

    /** Reads one; the length of the unit and the version have been read. */
    static LineHeader read(ByteReader bytes, int version, boolean wide, DebugStrings strings) {
        if (version >= 5) {
            // The sizes of addresses and segment selectors.
            bytes.readByte();
            bytes.readByte();
        }
        long length = wide ? bytes.readFixed64() : bytes.readFixed32() & 0xFFFF_FFFFL;
        if (length < 0 || length > bytes.remaining()) {
            throw bytes.error("line table header out of bounds");
        }
        int end = bytes.position() + (int) length;
        int minimumLength = bytes.readByte();
        int operations = version >= 4 ? bytes.readByte() : 1;
        // Whether rows are statements by default.
        bytes.readByte();
        int lineBase = (byte) bytes.readByte();
        int lineRange = bytes.readByte();
        int opcodeBase = bytes.readByte();
        if (lineRange == 0 || opcodeBase == 0) {
            throw bytes.error("line table without range");
        }
        var operands = new ArrayList<Integer>();
        for (int opcode = 1; opcode < opcodeBase; opcode++) {
            operands.add(bytes.readByte());
        }
        List<String> files = version >= 5 ? files(bytes, wide, strings) : earlierFiles(bytes);
        bytes.position(end);
        return new LineHeader(version, minimumLength, operations, lineBase, lineRange, List.copyOf(operands), files);
    }

    /** The path of a file. */
    Optional<String> file(int number) {
        // Numbers begin with 1 before version 5; file 0 of version 5 is the unit's own.
        int index = version >= 5 ? number : number - 1;
        return index >= 0 && index < files.size() ? Optional.of(files.get(index)) : Optional.empty();
    }

    private static String path(List<String> directories, long directory, String name) {
        if (name.startsWith("/") || directory < 0 || directory >= directories.size()
                || directories.get((int) directory).isEmpty()) {
            return name;
        }
        return directories.get((int) directory) + "/" + name;
    }

    // ---- before version 5

    private static List<String> earlierFiles(ByteReader bytes) {
        var directories = new ArrayList<String>();
        // The directory of the compilation, which another section names.
        directories.add("");
        for (String name = text(bytes); !name.isEmpty(); name = text(bytes)) {
            directories.add(name);
        }
        var files = new ArrayList<String>();
        for (String name = text(bytes); !name.isEmpty(); name = text(bytes)) {
            long directory = bytes.readUnsigned64();
            // When it was changed, and its length.
            bytes.readUnsigned64();
            bytes.readUnsigned64();
            files.add(path(directories, directory, name));
        }
        return List.copyOf(files);
    }

    private static String text(ByteReader bytes) {
        int start = bytes.position();
        while (bytes.readByte() != 0) {
            // To the end.
        }
        int end = bytes.position();
        bytes.position(start);
        return DebugStrings.terminated(bytes.readBytes(end - start), start);
    }

    // ---- version 5

    private static List<String> files(ByteReader bytes, boolean wide, DebugStrings strings) {
        var directories = new ArrayList<String>();
        entries(bytes, wide, strings, (name, _) -> directories.add(name));
        var files = new ArrayList<String>();
        // A path that begins at the compilation's own directory, the first one, is shorter without it.
        entries(bytes, wide, strings, (name, directory) -> files.add(
                directory == 0 ? name : path(directories, directory, name)));
        return List.copyOf(files);
    }

    /** Takes an entry. */
    @FunctionalInterface
    private interface Entry {
        void accept(String path, long directory);
    }

    private static void entries(ByteReader bytes, boolean wide, DebugStrings strings, Entry consumer) {
        var formats = new ArrayList<Format>();
        int formatCount = bytes.readByte();
        for (int i = 0; i < formatCount; i++) {
            formats.add(new Format(bytes.readUnsigned32(), bytes.readUnsigned32()));
        }
        long count = bytes.readUnsigned64();
        if (count != 0 && formats.isEmpty() || count < 0 || count > bytes.remaining()) {
            throw bytes.error("more entries than bytes");
        }
        for (long i = 0; i < count; i++) {
            String path = "";
            long directory = -1;
            for (Format format : formats) {
                Object value = value(bytes, format.form(), wide, strings);
                if (format.content() == DW_LNCT_PATH && value instanceof String text) {
                    path = text;
                } else if (format.content() == DW_LNCT_DIRECTORY_INDEX && value instanceof Long number) {
                    directory = number;
                }
            }
            consumer.accept(path, directory);
        }
    }

    /** A value in one of the forms that are allowed here (DWARF 5, 7.5.6). */
    private static Object value(ByteReader bytes, int form, boolean wide, DebugStrings strings) {
        return switch (form) {
            case 0x08 -> text(bytes);
            case 0x0E -> strings.string(offset(bytes, wide));
            case 0x1F -> strings.lineString(offset(bytes, wide));
            case 0x0B -> (long) bytes.readByte();
            case 0x05 -> (long) (bytes.readByte() | bytes.readByte() << 8);
            case 0x06 -> bytes.readFixed32() & 0xFFFF_FFFFL;
            case 0x07 -> bytes.readFixed64();
            case 0x0F -> bytes.readUnsigned64();
            case 0x1E -> bytes.readBytes(16);
            case 0x09 -> bytes.readBytes(bytes.readLength());
            default -> throw bytes.error("form " + form + " in a line table");
        };
    }

    private static long offset(ByteReader bytes, boolean wide) {
        return wide ? bytes.readFixed64() : bytes.readFixed32() & 0xFFFF_FFFFL;
    }
}
