package dev.jawa.runtime;

import dev.jawa.RuntimeError;
import dev.jawa.model.DefinedType;
import dev.jawa.model.GlobalType;
import dev.jawa.model.ModuleModel;
import dev.jawa.model.TableType;
import dev.jawa.runtime.limits.Checks;
import dev.jawa.runtime.limits.Interruption;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/** What instances and stack traces need to know of a compiled module. */
public interface ModuleCode {
    /** What the module says. */
    ModuleModel model();

    /** The type of a type index. */
    DefinedType definedType(int typeIndex);

    /** A type of the module without type indices in it. */
    TableType closed(TableType type);

    /** A type of the module without type indices in it. */
    GlobalType closed(GlobalType type);

    /** What code calls for an imported function that is known to the host. */
    Optional<MethodHandle> builtin(int functionIndex);

    /** What its code looks at while it runs. */
    Checks checks();

    /** How its code learns that it may have to stop. */
    Interruption interruption();

    /** A new, empty instance of the class generated for the module. */
    ModuleInstance newInstance();

    /** What reads the globals that instances have in fields. */
    GlobalReader globalReader();

    /** A function of an instance, as an object of a class of its own. */
    FunctionInstance newFunction(ModuleInstance instance, int index);

    /** Whether a global lives in a field of the instance, out of sight of others. */
    boolean isPrivateGlobal(int index);

    /** Where the instruction at an offset of the binary comes from, if the module says it. */
    Optional<RuntimeError.Source> source(int offset);

    /** The module's name, if its name section has one. */
    Optional<String> name();

    /** A function's name: that in the name section, else the first one that it is exported under. */
    Optional<String> functionName(int index);
}
