package dev.jawa.binary;

import dev.jawa.CompileError;
import dev.jawa.model.Bytes;
import dev.jawa.model.CustomSection;
import dev.jawa.model.ModuleModel;
import java.util.Optional;

/**
 * The names that a module's {@code name} section gives to its parts, for messages, stack traces and printing (core
 * spec, appendix 7.4, and the extended name section proposal).
 *
 * <p>The section is read when a name is first asked for. It cannot make a module invalid: what is malformed in it is
 * taken as absent. Immutable as seen from outside, and usable by several threads.
 */
public final class NameSection {
    /** Of a module without names. */
    public static final NameSection EMPTY = new NameSection(new Bytes(new byte[0], 0, 0, 0));

    private static final String SECTION_NAME = "name";
    private static final int KINDS = Kind.values().length;

    private final Bytes contents;
    // By the id of the subsection; null until the section has been read.
    private volatile Subsections subsections;

    /** What has a name. The order is that of the subsection ids. */
    private enum Kind {
        MODULE, FUNCTION, LOCAL, LABEL, TYPE, TABLE, MEMORY, GLOBAL, ELEMENT, DATA, FIELD, TAG
    }

    private record Subsections(Optional<String> module, NameMap[] names) {
    }

    private NameSection(Bytes contents) {
        this.contents = contents;
    }

    /** The names of a module, {@link #EMPTY} if it has none. */
    public static NameSection of(ModuleModel module) {
        return module.customSection(SECTION_NAME).map(NameSection::of).orElse(EMPTY);
    }

    /** The names in a custom section. */
    public static NameSection of(CustomSection section) {
        return new NameSection(section.contents());
    }

    /** The name of the module. */
    public Optional<String> module() {
        return subsections().module();
    }

    /** The name of a function. */
    public Optional<String> function(int index) {
        return name(Kind.FUNCTION, index);
    }

    /** The name of a local of a function, parameters first. */
    public Optional<String> local(int function, int index) {
        return name(Kind.LOCAL, function, index);
    }

    /** The name of a label of a function, in the order in which blocks begin. */
    public Optional<String> label(int function, int index) {
        return name(Kind.LABEL, function, index);
    }

    /** The name of a type. */
    public Optional<String> type(int index) {
        return name(Kind.TYPE, index);
    }

    /** The name of a table. */
    public Optional<String> table(int index) {
        return name(Kind.TABLE, index);
    }

    /** The name of a memory. */
    public Optional<String> memory(int index) {
        return name(Kind.MEMORY, index);
    }

    /** The name of a global. */
    public Optional<String> global(int index) {
        return name(Kind.GLOBAL, index);
    }

    /** The name of an element segment. */
    public Optional<String> element(int index) {
        return name(Kind.ELEMENT, index);
    }

    /** The name of a data segment. */
    public Optional<String> data(int index) {
        return name(Kind.DATA, index);
    }

    /** The name of a field of a struct type. */
    public Optional<String> field(int type, int index) {
        return name(Kind.FIELD, type, index);
    }

    /** The name of a tag. */
    public Optional<String> tag(int index) {
        return name(Kind.TAG, index);
    }

    private Optional<String> name(Kind kind, int index) {
        NameMap names = subsections().names()[kind.ordinal()];
        return names == null ? Optional.empty() : names.name(index);
    }

    private Optional<String> name(Kind kind, int outer, int inner) {
        NameMap names = subsections().names()[kind.ordinal()];
        return names == null ? Optional.empty() : names.name(outer, inner);
    }

    private Subsections subsections() {
        Subsections known = subsections;
        if (known == null) {
            known = read();
            subsections = known;
        }
        return known;
    }

    // Subsections whose contents are broken are absent; after one whose length is broken, nothing more can be found.
    private Subsections read() {
        Optional<String> module = Optional.empty();
        var names = new NameMap[KINDS];
        var bytes = new ByteReader(contents);
        try {
            while (bytes.remaining() > 0) {
                int id = bytes.readByte();
                Bytes subsection = bytes.readRun();
                if (id == Kind.MODULE.ordinal()) {
                    module = readModule(subsection);
                } else if (id < KINDS && names[id] == null) {
                    names[id] = NameMap.read(subsection, isIndirect(id));
                }
            }
        } catch (CompileError _) {
            // What has been found so far is kept.
        }
        return new Subsections(module, names);
    }

    private static Optional<String> readModule(Bytes subsection) {
        try {
            return Optional.of(Names.read(new ByteReader(subsection)));
        } catch (CompileError _) {
            return Optional.empty();
        }
    }

    private static boolean isIndirect(int id) {
        return id == Kind.LOCAL.ordinal() || id == Kind.LABEL.ordinal() || id == Kind.FIELD.ordinal();
    }
}
