package dev.jawa.binary.dwarf;

import dev.jawa.RuntimeError.Source;
import dev.jawa.model.Bytes;
import dev.jawa.model.CustomSection;
import dev.jawa.model.ModuleModel;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Which line of which source file each instruction of a module comes from, if the module has a custom section
 * {@code .debug_line}.
 *
 * <p>The section is read when a line is first asked for. It cannot make a module invalid: what is malformed in it is
 * taken as absent. Immutable as seen from outside, and usable by several threads.
 *
 * @see <a href="https://dwarfstd.org/doc/DWARF5.pdf">DWARF 5, 6.2: line number information</a>
 * @see <a href="https://yurydelendik.github.io/webassembly-dwarf/">DWARF for WebAssembly: addresses are offsets in the
 *     code section</a>
 */
public final class LineTable {
    private final ModuleModel module;
    private volatile List<LineSequence> sequences;

    private LineTable(ModuleModel module) {
        this.module = module;
    }

    /** The lines of a module. */
    public static LineTable of(ModuleModel module) {
        return new LineTable(module);
    }

    /** Where the instruction comes from that is at an offset of the module's binary. */
    public Optional<Source> source(int offset) {
        long address = (long) offset - module.codeOffset();
        List<LineSequence> all = sequences();
        int low = 0;
        int high = all.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (all.get(middle).start() <= address) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low == 0 ? Optional.empty() : all.get(low - 1).source(address);
    }

    private List<LineSequence> sequences() {
        List<LineSequence> known = sequences;
        if (known == null) {
            known = read();
            sequences = known;
        }
        return known;
    }

    private List<LineSequence> read() {
        Optional<Bytes> lines = contents(".debug_line");
        if (lines.isEmpty()) {
            return List.of();
        }
        var strings = new DebugStrings(contents(".debug_str"), contents(".debug_line_str"));
        LineSequence[] found = LineSections.read(lines.get(), strings).toArray(LineSequence[]::new);
        Arrays.sort(found, Comparator.comparingLong(LineSequence::start));
        return List.of(found);
    }

    private Optional<Bytes> contents(String section) {
        return module.customSection(section).map(CustomSection::contents);
    }
}
