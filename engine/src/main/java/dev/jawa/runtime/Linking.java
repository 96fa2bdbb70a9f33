package dev.jawa.runtime;

import dev.jawa.Extern;
import dev.jawa.LinkError;
import dev.jawa.model.ExternalFunctionType;
import dev.jawa.model.GlobalType;
import dev.jawa.model.Import;
import dev.jawa.model.MemoryType;
import dev.jawa.model.Subtyping;
import dev.jawa.model.TableType;
import dev.jawa.model.TagType;
import dev.jawa.runtime.memory.MemoryInstance;
import java.util.List;

/** Import matching (core spec 3.3.13 and 4.7.2). */
final class Linking {
    private Linking() {
    }

    static void check(ModuleCode code, List<? extends Extern> externs) {
        List<Import> imports = code.model().imports();
        if (externs.size() != imports.size()) {
            throw new LinkError("the module has " + imports.size() + " imports, not " + externs.size());
        }
        for (int i = 0; i < imports.size(); i++) {
            check(code, imports.get(i), externs.get(i));
        }
    }

    private static void check(ModuleCode code, Import wanted, Extern extern) {
        boolean matches = switch (wanted.type()) {
            case ExternalFunctionType(int typeIndex, boolean exact) -> extern instanceof FunctionInstance function
                    && (exact ? function.definedType() == code.definedType(typeIndex)
                            : function.definedType().matches(code.definedType(typeIndex)));
            case TableType type -> extern instanceof TableInstance table
                    && matches(table.type(), code.closed(type));
            case MemoryType type -> extern instanceof MemoryInstance memory && matches(memory.type(), type);
            case GlobalType type -> extern instanceof GlobalInstance global
                    && matches(global.type(), code.closed(type));
            case TagType(int typeIndex) -> extern instanceof TagInstance tag
                    && tag.definedType() == code.definedType(typeIndex);
        };
        if (!matches) {
            throw new LinkError("incompatible import type: " + wanted.module() + "." + wanted.name() + " must be a "
                    + wanted.type().kind() + " " + type(code, wanted) + ", not " + describe(extern));
        }
    }

    private static Object type(ModuleCode code, Import wanted) {
        return switch (wanted.type()) {
            case ExternalFunctionType(int typeIndex, _) -> code.definedType(typeIndex);
            case TagType(int typeIndex) -> code.definedType(typeIndex);
            default -> wanted.type();
        };
    }

    private static String describe(Extern extern) {
        return switch (extern) {
            case FunctionInstance function -> "a function " + function.type();
            case TableInstance table -> "a table " + table.type();
            case MemoryInstance memory -> "a memory " + memory.type();
            case GlobalInstance global -> "a global " + global.type();
            case TagInstance tag -> "a tag " + tag.type();
        };
    }

    private static boolean matches(TableType table, TableType wanted) {
        return table.addressType() == wanted.addressType() && table.limits().matches(wanted.limits())
                && Subtyping.matches(table.element(), wanted.element())
                && Subtyping.matches(wanted.element(), table.element());
    }

    private static boolean matches(MemoryType memory, MemoryType wanted) {
        return memory.addressType() == wanted.addressType() && memory.shared() == wanted.shared()
                && memory.pageSizeLog2() == wanted.pageSizeLog2() && memory.limits().matches(wanted.limits());
    }

    private static boolean matches(GlobalType global, GlobalType wanted) {
        return global.mutable() == wanted.mutable() && Subtyping.matches(global.type(), wanted.type())
                && (!wanted.mutable() || Subtyping.matches(wanted.type(), global.type()));
    }
}
