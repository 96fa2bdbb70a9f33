package dev.jawa.compile;

import dev.jawa.Builtins;
import dev.jawa.CompileError;
import dev.jawa.CompileOptions;
import dev.jawa.Extern;
import dev.jawa.model.DefinedType;
import dev.jawa.model.ExternalFunctionType;
import dev.jawa.model.GlobalType;
import dev.jawa.model.Import;
import dev.jawa.model.ModuleModel;
import dev.jawa.model.ReferenceType;
import dev.jawa.model.Subtyping;
import dev.jawa.runtime.BuiltinFunction;
import dev.jawa.runtime.GlobalInstance;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/** The imports of a module that {@link CompileOptions} answer, so that no instance has to be given them. */
final class KnownImports {
    private static final ReferenceType STRING = new ReferenceType(false, ReferenceType.EXTERNREF.heapType());

    /** What an import is known to be. */
    private sealed interface Known {
        Extern extern();

        /** A function, which is the same for all instances. */
        record Function(BuiltinFunction builtin) implements Known {
            @Override
            public Extern extern() {
                return builtin.function();
            }
        }

        /** A string. Each instance gets a global of its own, since a shared one would link their stores. */
        record StringConstant(GlobalType type, Object value) implements Known {
            @Override
            public Extern extern() {
                return GlobalInstance.of(type, value);
            }
        }
    }

    private final List<Optional<Known>> imports = new ArrayList<>();
    private final List<Optional<MethodHandle>> functions = new ArrayList<>();
    private final boolean any;

    /** @throws CompileError if an import is of another type than what it is known to be */
    KnownImports(ModuleModel model, IntFunction<DefinedType> types, CompileOptions options) {
        for (Import wanted : model.imports()) {
            Optional<Known> known = find(wanted, types, options);
            imports.add(known);
            if (wanted.type() instanceof ExternalFunctionType) {
                functions.add(known.map(found -> ((Known.Function) found).builtin().handle()));
            }
        }
        any = imports.stream().anyMatch(Optional::isPresent);
    }

    private static Optional<Known> find(Import wanted, IntFunction<DefinedType> types, CompileOptions options) {
        Optional<CompileOptions.StringConstants> constants = options.importedStringConstants()
                .filter(strings -> strings.module().equals(wanted.module()));
        if (constants.isPresent()) {
            if (wanted.type() instanceof GlobalType type && !type.mutable() && Subtyping.matches(STRING, type.type())) {
                return Optional.of(new Known.StringConstant(type, constants.get().constant().apply(wanted.name())));
            }
            throw mismatch(wanted, "an immutable global of the type externref or (ref extern)");
        }
        for (Builtins builtins : options.builtins()) {
            Optional<BuiltinFunction> function = builtins.module().equals(wanted.module())
                    ? builtins.function(wanted.name()) : Optional.empty();
            if (function.isPresent()) {
                if (wanted.type() instanceof ExternalFunctionType(int index, _)
                        && function.get().type().matches(types.apply(index))) {
                    return Optional.of(new Known.Function(function.get()));
                }
                throw mismatch(wanted, "a function " + function.get().type());
            }
        }
        return Optional.empty();
    }

    private static CompileError mismatch(Import wanted, String expected) {
        return new CompileError("the import " + wanted.module() + "." + wanted.name() + " must be " + expected
                + ", not a " + wanted.type().kind() + " " + wanted.type());
    }

    /** Whether an instance need not be given an import. */
    boolean contains(int importIndex) {
        return imports.get(importIndex).isPresent();
    }

    /** What code calls for an imported function, if that is known. */
    Optional<MethodHandle> function(int functionIndex) {
        return functionIndex < functions.size() ? functions.get(functionIndex) : Optional.empty();
    }

    /** All imports of an instance. */
    List<Extern> complete(List<Extern> given) {
        if (!any) {
            return given;
        }
        var all = new ArrayList<Extern>(imports.size());
        int next = 0;
        for (Optional<Known> known : imports) {
            if (known.isPresent()) {
                all.add(known.get().extern());
            } else if (next < given.size()) {
                all.add(given.get(next++));
            }
        }
        // Too many or too few are for linking to refuse.
        all.addAll(given.subList(next, given.size()));
        return all;
    }
}
