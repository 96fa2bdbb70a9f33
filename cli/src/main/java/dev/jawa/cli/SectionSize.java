package dev.jawa.cli;

import dev.jawa.binary.ByteReader;
import dev.jawa.model.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A section of a binary.
 *
 * @param name as the spec calls it; of a custom section {@code custom} and its name
 * @param customName the name of a custom section
 * @param start of its first byte, which says what it is
 * @param offset of the first byte of its contents
 * @param size of its contents in bytes
 */
record SectionSize(String name, Optional<String> customName, int start, int offset, int size) {
    private static final int HEADER_BYTES = 8;
    // By id, core spec 5.5.2.
    private static final List<String> NAMES = List.of("custom", "type", "import", "function", "table", "memory",
            "global", "export", "start", "element", "code", "data", "data count", "tag");

    /** The sections of a module that is valid. */
    static List<SectionSize> list(byte[] module) {
        var sections = new ArrayList<SectionSize>();
        var reader = new ByteReader(Bytes.of(module));
        reader.position(HEADER_BYTES);
        while (reader.remaining() > 0) {
            int first = reader.position();
            String name = NAMES.get(reader.readByte());
            Optional<String> customName = Optional.empty();
            int size = reader.readUnsigned32();
            int start = reader.position();
            if (name.equals("custom")) {
                byte[] custom = reader.readBytes(reader.readUnsigned32()).toArray();
                customName = Optional.of(new String(custom, StandardCharsets.UTF_8));
                name += " \"" + customName.get() + "\"";
            }
            sections.add(new SectionSize(name, customName, first, start, size));
            reader.position(start + size);
        }
        return sections;
    }
}
