package dev.jawa.binary;

import dev.jawa.CompileError;
import dev.jawa.model.Bytes;
import dev.jawa.model.FunctionBody;
import dev.jawa.model.ModuleModel;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;

/**
 * The branches of a module that are said to be unlikely. Like all of a custom section, hints cannot make a module
 * invalid: from where they are malformed on, there are none.
 *
 * @see <a href="https://webassembly.github.io/branch-hinting/core/appendix/custom.html">Branch hinting</a>
 */
public final class BranchHints {
    /** The name of the custom section. */
    public static final String SECTION_NAME = "metadata.code.branch_hint";

    // By function, offsets from the beginning of its body, the declaration of locals included.
    private final Map<Integer, Set<Integer>> unlikely = new HashMap<>();

    private BranchHints() {
    }

    /** The hints of a module. */
    public static BranchHints of(ModuleModel module) {
        var hints = new BranchHints();
        module.customSection(SECTION_NAME).ifPresent(section -> hints.read(section.contents()));
        return hints;
    }

    private void read(Bytes contents) {
        var bytes = new ByteReader(contents, -1);
        try {
            for (int functions = bytes.readLength(); functions > 0; functions--) {
                int function = bytes.readUnsigned32();
                for (int hints = bytes.readLength(); hints > 0; hints--) {
                    int offset = bytes.readUnsigned32();
                    if (bytes.readUnsigned32() != 1) {
                        return;
                    }
                    if (bytes.readByte() == 0) {
                        unlikely.computeIfAbsent(function, _ -> new HashSet<>()).add(offset);
                    }
                }
            }
        } catch (CompileError _) {
            // What came before it counts.
        }
    }

    /** Whether the condition of the instruction at an offset in a function's code is said to be false mostly. */
    public IntPredicate unlikely(int function, FunctionBody body) {
        Set<Integer> offsets = unlikely.get(function);
        if (offsets == null) {
            return _ -> false;
        }
        int start = localsSize(body);
        return offset -> offsets.contains(start + offset);
    }

    private static int localsSize(FunctionBody body) {
        var out = new ByteWriter();
        out.writeUnsigned32(body.locals().size());
        for (FunctionBody.Locals locals : body.locals()) {
            out.writeUnsigned32(locals.count());
            TypeWriter.write(locals.type(), out);
        }
        return out.toBytes().length();
    }
}
