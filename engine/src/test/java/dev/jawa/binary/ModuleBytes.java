package dev.jawa.binary;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Puts modules together byte by byte, well-formed or not. */
public final class ModuleBytes {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private ModuleBytes() {
    }

    /** Starts with magic number and version. */
    public static ModuleBytes module() {
        return new ModuleBytes().hex("00 61 73 6D 01 00 00 00");
    }

    /** Starts with nothing. */
    public static ModuleBytes bytes() {
        return new ModuleBytes();
    }

    /** The bytes of hexadecimal digits; blanks do not count. */
    public static byte[] parse(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    public ModuleBytes hex(String hex) {
        out.writeBytes(parse(hex));
        return this;
    }

    public ModuleBytes add(byte... bytes) {
        out.writeBytes(bytes);
        return this;
    }

    /** An unsigned LEB128. */
    public ModuleBytes number(long value) {
        long rest = value;
        while (rest >>> 7 != 0) {
            out.write((int) (rest & 0x7F | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
        return this;
    }

    /** A name with its length. */
    public ModuleBytes name(String name) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        return number(bytes.length).add(bytes);
    }

    /** A section with its size. */
    public ModuleBytes section(int id, byte... contents) {
        out.write(id);
        return number(contents.length).add(contents);
    }

    public ModuleBytes section(int id, String hex) {
        return section(id, parse(hex));
    }

    public ModuleBytes section(int id, ModuleBytes contents) {
        return section(id, contents.toArray());
    }

    /** Something with its size in front, such as a function body. */
    public ModuleBytes sized(byte... contents) {
        return number(contents.length).add(contents);
    }

    public ModuleBytes repeat(int count, byte... bytes) {
        for (int i = 0; i < count; i++) {
            out.writeBytes(bytes);
        }
        return this;
    }

    public byte[] toArray() {
        return out.toByteArray();
    }
}
