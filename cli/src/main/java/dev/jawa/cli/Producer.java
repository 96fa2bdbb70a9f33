package dev.jawa.cli;

import dev.jawa.Module;
import dev.jawa.binary.ByteReader;
import dev.jawa.model.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A tool that made a module, from its custom section {@code producers} (tool conventions, "Producers section").
 *
 * @param field language, processed-by or sdk
 * @param name of the tool
 * @param version of the tool, or an empty text
 */
record Producer(String field, String name, String version) {
    /** All that a module tells; nothing if the section is malformed, which does no harm. */
    static List<Producer> of(Module module) {
        var producers = new ArrayList<Producer>();
        for (byte[] section : module.customSections("producers")) {
            try {
                read(new ByteReader(Bytes.of(section)), producers);
            } catch (dev.jawa.CompileError _) {
                return List.of();
            }
        }
        return producers;
    }

    private static void read(ByteReader reader, List<Producer> producers) {
        for (int fields = reader.readUnsigned32(); fields > 0; fields--) {
            String field = text(reader);
            for (int values = reader.readUnsigned32(); values > 0; values--) {
                producers.add(new Producer(field, text(reader), text(reader)));
            }
        }
    }

    private static String text(ByteReader reader) {
        return new String(reader.readBytes(reader.readUnsigned32()).toArray(), StandardCharsets.UTF_8);
    }
}
