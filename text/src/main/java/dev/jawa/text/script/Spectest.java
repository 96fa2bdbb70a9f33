package dev.jawa.text.script;

import static dev.jawa.model.NumberType.F32;
import static dev.jawa.model.NumberType.F64;
import static dev.jawa.model.NumberType.I32;
import static dev.jawa.model.NumberType.I64;

import dev.jawa.Extern;
import dev.jawa.Function;
import dev.jawa.Global;
import dev.jawa.ImportDescriptor;
import dev.jawa.Imports;
import dev.jawa.Memory;
import dev.jawa.Module;
import dev.jawa.Table;
import dev.jawa.model.AddressType;
import dev.jawa.model.FunctionType;
import dev.jawa.model.MemoryType;
import dev.jawa.model.ReferenceType;
import dev.jawa.model.ResizableLimits;
import dev.jawa.model.TableType;
import dev.jawa.model.ValueType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The host module {@code spectest} that the official scripts import from: some globals, a table, a memory, and functions
 * that would print. Every script has one of its own.
 */
public final class Spectest {
    private static final String NAME = "spectest";

    private final Table table = table(AddressType.I32);
    private final Memory memory = Memory.of(1, 2);
    // Made for those scripts alone that ask for them, since not every engine has them.
    private final Map<String, Extern> onDemand = new HashMap<>();

    /** One with a table and a memory that nobody has changed yet. */
    public Spectest() {
    }

    private static Table table(AddressType addressType) {
        return Table.of(new TableType(addressType, ResizableLimits.of(10, 20), ReferenceType.FUNCREF), null);
    }

    private static Memory sharedMemory() {
        return Memory.of(new MemoryType(AddressType.I32, ResizableLimits.of(1, 2), true,
                MemoryType.DEFAULT_PAGE_SIZE_LOG2));
    }

    /** Adds what a module may import from here. */
    public void addTo(Imports.Builder imports, Module module) {
        addPrint(imports, "print");
        addPrint(imports, "print_i32", I32);
        addPrint(imports, "print_i64", I64);
        addPrint(imports, "print_f32", F32);
        addPrint(imports, "print_f64", F64);
        addPrint(imports, "print_i32_f32", I32, F32);
        addPrint(imports, "print_f64_f64", F64, F64);
        imports.global(NAME, "global_i32", Global.of(666))
                .global(NAME, "global_i64", Global.of(666L))
                .global(NAME, "global_f32", Global.of(666.6f))
                .global(NAME, "global_f64", Global.of(666.6))
                .table(NAME, "table", table)
                .memory(NAME, "memory", memory);
        for (ImportDescriptor descriptor : module.imports()) {
            if (descriptor.module().equals(NAME)) {
                addOnDemand(imports, descriptor.name());
            }
        }
    }

    // What it would print tells nobody anything.
    private static void addPrint(Imports.Builder imports, String name, ValueType... parameters) {
        var type = new FunctionType(List.of(parameters), List.of());
        imports.function(NAME, name, Function.of(type, _ -> null));
    }

    private void addOnDemand(Imports.Builder imports, String name) {
        switch (name) {
            case "shared_memory" -> imports.extern(NAME, name, onDemand.computeIfAbsent(name, _ -> sharedMemory()));
            case "table64" -> imports.extern(NAME, name, onDemand.computeIfAbsent(name, _ -> table(AddressType.I64)));
            default -> {
            }
        }
    }
}
