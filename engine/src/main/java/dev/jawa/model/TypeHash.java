package dev.jawa.model;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The hash of a recursive group, with a random factor of this process: modules are not to be trusted, and one whose
 * types all had the same hash would make looking them up take forever.
 */
final class TypeHash {
    private static final long FACTOR = ThreadLocalRandom.current().nextLong() | 1;

    private long hash = FACTOR;

    private TypeHash() {
    }

    static int of(RecursiveType group) {
        var hash = new TypeHash();
        group.types().forEach(hash::add);
        return (int) (hash.hash >>> 32);
    }

    private void add(long part) {
        hash = (hash ^ part) * FACTOR;
        hash ^= hash >>> 29;
    }

    private void add(SubType type) {
        add(type.isFinal() ? 1 : 2);
        type.supertypes().forEach(this::add);
        add(7, type.describes());
        add(8, type.descriptor());
        switch (type.type()) {
            case FunctionType(var parameters, var results) -> {
                addAll(parameters);
                addAll(results);
            }
            case StructType(var fields) -> fields.forEach(this::add);
            case ArrayType(var field) -> add(field);
            case ContinuationType(var function) -> add(function);
        }
    }

    private void add(int clause, Optional<HeapType> type) {
        type.ifPresent(present -> {
            add(clause);
            add(present);
        });
    }

    private void addAll(List<ValueType> types) {
        add(types.size());
        types.forEach(this::add);
    }

    private void add(FieldType field) {
        add(field.mutable() ? 3 : 4);
        add(field.storage());
    }

    private void add(StorageType type) {
        switch (type) {
            case NumberType number -> add(0x100 + number.ordinal());
            case VectorType vector -> add(0x200 + vector.ordinal());
            case PackedType packed -> add(0x300 + packed.ordinal());
            case ReferenceType(boolean nullable, HeapType heapType) -> {
                add(nullable ? 5 : 6);
                add(heapType);
            }
        }
    }

    private void add(HeapType type) {
        switch (type) {
            case AbstractHeapType abstractType -> add(0x400 + abstractType.ordinal());
            case ExactType(HeapType exact) -> {
                add(0x500);
                add(exact);
            }
            case TypeIndex(int index) -> add(0x1_0000_0000L + index);
            case DefinedType defined -> add(0x2_0000_0000L + System.identityHashCode(defined));
        }
    }
}
