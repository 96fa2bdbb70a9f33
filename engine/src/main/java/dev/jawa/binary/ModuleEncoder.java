package dev.jawa.binary;

import dev.jawa.model.CustomSection;
import dev.jawa.model.ModuleModel;
import java.util.List;

/**
 * Encodes a module in the binary format (core spec 5.5), custom sections at the places they were decoded at.
 *
 * <p>Decoding what this writes gives an equal model. Encoding what was decoded gives the same bytes where those were in
 * the shortest form; these are shortened: LEB128 numbers with padding outside of function bodies, reference types and
 * groups of types for which there is an abbreviation, segments that say that they are for table or memory 0, empty
 * sections, and imports of the compact import section proposal, which are written in full. Function bodies and constant
 * expressions are kept byte by byte, padding included.
 */
public final class ModuleEncoder {
    private final ModuleModel module;
    private final SectionWriter sections;
    private final ByteWriter out = new ByteWriter();

    private ModuleEncoder(ModuleModel module) {
        this.module = module;
        this.sections = new SectionWriter(module);
    }

    /** The bytes of a module, which need not be valid. */
    public static byte[] encode(ModuleModel module) {
        return new ModuleEncoder(module).encode();
    }

    /** Whether a module has something in a section that is not a custom section. */
    public static boolean hasSection(ModuleModel module, Section section) {
        return new SectionWriter(module).isPresent(section);
    }

    private byte[] encode() {
        out.writeFixed32(ModuleDecoder.MAGIC);
        out.writeFixed32(ModuleDecoder.VERSION);
        for (Section section : Section.inOrder()) {
            List<CustomSection> following = module.customSections().stream()
                    .filter(custom -> custom.after() == section.id()).toList();
            // The place of a custom section may be behind an empty section, which then must be there.
            if (section != Section.CUSTOM && (sections.isPresent(section) || canBeEmpty(section, following))) {
                out.writeByte(section.id());
                out.writeRun(sections.contents(section));
            }
            following.forEach(this::writeCustom);
        }
        return out.toArray();
    }

    private static boolean canBeEmpty(Section section, List<CustomSection> following) {
        return !following.isEmpty() && section != Section.START && section != Section.DATA_COUNT;
    }

    private void writeCustom(CustomSection section) {
        var contents = new ByteWriter();
        contents.writeName(section.name());
        contents.writeBytes(section.contents());
        out.writeByte(Section.CUSTOM.id());
        out.writeRun(contents);
    }
}
