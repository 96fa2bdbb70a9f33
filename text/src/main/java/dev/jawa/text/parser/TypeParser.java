package dev.jawa.text.parser;

import dev.jawa.model.AbstractHeapType;
import dev.jawa.model.AddressType;
import dev.jawa.model.ArrayType;
import dev.jawa.model.CompositeType;
import dev.jawa.model.ContinuationType;
import dev.jawa.model.ExactType;
import dev.jawa.model.FieldType;
import dev.jawa.model.FunctionType;
import dev.jawa.model.GlobalType;
import dev.jawa.model.HeapType;
import dev.jawa.model.MemoryType;
import dev.jawa.model.NumberType;
import dev.jawa.model.PackedType;
import dev.jawa.model.RecursiveType;
import dev.jawa.model.ReferenceType;
import dev.jawa.model.ResizableLimits;
import dev.jawa.model.StorageType;
import dev.jawa.model.StructType;
import dev.jawa.model.SubType;
import dev.jawa.model.TypeIndex;
import dev.jawa.model.ValueType;
import dev.jawa.model.VectorType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Parses types (core spec 6.4). */
final class TypeParser {
    private static final Map<String, AbstractHeapType> HEAP_TYPES = new HashMap<>();
    private static final Map<String, ValueType> VALUE_TYPES = new HashMap<>();

    static {
        for (AbstractHeapType type : AbstractHeapType.values()) {
            HEAP_TYPES.put(type.toString(), type);
            var reference = new ReferenceType(true, type);
            VALUE_TYPES.put(reference.toString(), reference);
        }
        for (NumberType type : NumberType.values()) {
            VALUE_TYPES.put(type.toString(), type);
        }
        VALUE_TYPES.put("v128", VectorType.V128);
    }

    private final TokenReader reader;
    private final Scopes scopes;

    TypeParser(TokenReader reader, Scopes scopes) {
        this.reader = reader;
        this.scopes = scopes;
    }

    HeapType heapType() {
        if (reader.at(Token.KEYWORD)) {
            AbstractHeapType type = HEAP_TYPES.get(reader.text());
            if (type == null) {
                throw reader.unexpected("a heap type");
            }
            reader.skip();
            return type;
        }
        if (reader.takeOpen("exact")) {
            HeapType exact = new ExactType(typeIndex());
            reader.expectClose();
            return exact;
        }
        return typeIndex();
    }

    private TypeIndex typeIndex() {
        return new TypeIndex(scopes.types.expectIndex(reader));
    }

    boolean atValueType() {
        return reader.atOpen("ref") || reader.at(Token.KEYWORD) && VALUE_TYPES.containsKey(reader.text());
    }

    boolean atReferenceType() {
        return reader.atOpen("ref")
                || reader.at(Token.KEYWORD) && VALUE_TYPES.get(reader.text()) instanceof ReferenceType;
    }

    ValueType valueType() {
        if (reader.takeOpen("ref")) {
            boolean nullable = reader.takeKeyword("null");
            HeapType type = heapType();
            reader.expectClose();
            return new ReferenceType(nullable, type);
        }
        ValueType type = reader.at(Token.KEYWORD) ? VALUE_TYPES.get(reader.text()) : null;
        if (type == null) {
            throw reader.unexpected("a value type");
        }
        reader.skip();
        return type;
    }

    ReferenceType referenceType() {
        int token = reader.position();
        if (valueType() instanceof ReferenceType type) {
            return type;
        }
        throw reader.errorAt(token, "unexpected token: a reference type expected");
    }

    private StorageType storageType() {
        if (reader.takeKeyword("i8")) {
            return PackedType.I8;
        }
        return reader.takeKeyword("i16") ? PackedType.I16 : valueType();
    }

    private FieldType fieldType() {
        if (!reader.takeOpen("mut")) {
            return new FieldType(storageType(), false);
        }
        StorageType type = storageType();
        reader.expectClose();
        return new FieldType(type, true);
    }

    GlobalType globalType() {
        if (!reader.takeOpen("mut")) {
            return new GlobalType(valueType(), false);
        }
        ValueType type = valueType();
        reader.expectClose();
        return new GlobalType(type, true);
    }

    AddressType addressType() {
        if (reader.takeKeyword("i64")) {
            return AddressType.I64;
        }
        reader.takeKeyword("i32");
        return AddressType.I32;
    }

    ResizableLimits limits() {
        long minimum = reader.expectUnsigned(64);
        return reader.at(Token.NUMBER)
                ? ResizableLimits.of(minimum, reader.expectUnsigned(64)) : ResizableLimits.of(minimum);
    }

    MemoryType memoryType() {
        AddressType addressType = addressType();
        ResizableLimits limits = limits();
        boolean shared = reader.takeKeyword("shared");
        return new MemoryType(addressType, limits, shared, pageSizeLog2());
    }

    /** The size of pages (custom page sizes proposal), the usual one if none is given. */
    int pageSizeLog2() {
        if (!reader.takeOpen("pagesize")) {
            return MemoryType.DEFAULT_PAGE_SIZE_LOG2;
        }
        int token = reader.position();
        long size = reader.expectUnsigned(32);
        if (Long.bitCount(size) != 1) {
            throw reader.errorAt(token, "invalid custom page size");
        }
        reader.expectClose();
        return Long.numberOfTrailingZeros(size);
    }

    // Definitions

    /** The group at {@code (rec} or {@code (type}; identifiers were taken before. */
    RecursiveType group(int firstIndex) {
        if (!reader.takeOpen("rec")) {
            return new RecursiveType(List.of(definition(firstIndex)));
        }
        var types = new ArrayList<SubType>();
        while (reader.atOpen("type")) {
            types.add(definition(firstIndex + types.size()));
        }
        reader.expectClose();
        return new RecursiveType(types);
    }

    private SubType definition(int index) {
        reader.expectOpen("type");
        reader.takeIdentifier();
        SubType type = subType(index);
        reader.expectClose();
        return type;
    }

    private SubType subType(int index) {
        if (!reader.takeOpen("sub")) {
            return described(true, List.of(), index);
        }
        boolean isFinal = reader.takeKeyword("final");
        var supertypes = new ArrayList<HeapType>();
        while (reader.atIndex()) {
            supertypes.add(typeIndex());
        }
        SubType type = described(isFinal, supertypes, index);
        reader.expectClose();
        return type;
    }

    private SubType described(boolean isFinal, List<HeapType> supertypes, int index) {
        Optional<HeapType> describes = clause("describes");
        Optional<HeapType> descriptor = clause("descriptor");
        return new SubType(isFinal, supertypes, describes, descriptor, compositeType(index));
    }

    private Optional<HeapType> clause(String keyword) {
        if (!reader.takeOpen(keyword)) {
            return Optional.empty();
        }
        HeapType type = typeIndex();
        reader.expectClose();
        return Optional.of(type);
    }

    private CompositeType compositeType(int index) {
        int token = reader.position();
        CompositeType type = switch (reader.expectOpen()) {
            case "func" -> functionType(new IndexSpace("local"));
            case "struct" -> structType(index);
            case "array" -> new ArrayType(fieldType());
            case "cont" -> new ContinuationType(heapType());
            default -> throw reader.errorAt(token + 1, "unexpected token: a type definition expected");
        };
        reader.expectClose();
        return type;
    }

    private StructType structType(int index) {
        var fields = new ArrayList<FieldType>();
        var names = new IndexSpace("field");
        while (reader.takeOpen("field")) {
            if (reader.at(Token.IDENTIFIER)) {
                names.add(reader);
                fields.add(fieldType());
            } else {
                while (!reader.at(Token.RIGHT_PARENTHESIS)) {
                    names.add();
                    fields.add(fieldType());
                }
            }
            reader.expectClose();
        }
        scopes.fields.put(index, names);
        return new StructType(fields);
    }

    // Function types and their uses

    /** Parameters and results; the parameters are added to {@code locals}. */
    FunctionType functionType(IndexSpace locals) {
        var parameters = new ArrayList<ValueType>();
        while (reader.takeOpen("param")) {
            namedTypes(parameters, locals);
        }
        return new FunctionType(parameters, results());
    }

    /** The types in a {@code param} or {@code local} to its end: one with an identifier, or any number without. */
    void namedTypes(List<ValueType> types, IndexSpace locals) {
        if (reader.at(Token.IDENTIFIER)) {
            locals.add(reader);
            types.add(valueType());
        } else {
            while (!reader.at(Token.RIGHT_PARENTHESIS)) {
                locals.add();
                types.add(valueType());
            }
        }
        reader.expectClose();
    }

    /** The types of all {@code (result ...)} that follow. */
    List<ValueType> results() {
        var results = new ArrayList<ValueType>();
        while (reader.takeOpen("result")) {
            while (!reader.at(Token.RIGHT_PARENTHESIS)) {
                results.add(valueType());
            }
            reader.expectClose();
        }
        return results;
    }

    /** The type index of a type use (spec 6.4.11) whose parameters are added to {@code locals}. */
    int typeUse(IndexSpace locals) {
        Optional<Integer> index = explicitTypeUse();
        int token = reader.position();
        FunctionType inline = functionType(locals);
        if (index.isEmpty()) {
            return scopes.functionType(inline);
        }
        checkInline(index.get(), inline, token);
        if (reader.position() == token) {
            scopes.functionType(index.get()).ifPresent(type -> type.parameters().forEach(_ -> locals.add()));
        }
        return index.get();
    }

    /** {@code (type x)}, if it follows. */
    Optional<Integer> explicitTypeUse() {
        if (!reader.takeOpen("type")) {
            return Optional.empty();
        }
        int index = scopes.types.expectIndex(reader);
        reader.expectClose();
        return Optional.of(index);
    }

    /** Checks that what is written out beside a type index, from a token on, is that type. */
    void checkInline(int index, FunctionType inline, int token) {
        if (reader.position() == token) {
            return;
        }
        Optional<FunctionType> type = scopes.functionType(index);
        if (type.isEmpty()) {
            throw reader.errorAt(token, "unknown type " + index);
        }
        if (!type.get().equals(inline)) {
            throw reader.errorAt(token, "inline function type does not match type " + index);
        }
    }

    /** Parameters and results where no parameter may have an identifier. */
    FunctionType anonymousFunctionType() {
        int token = reader.position();
        var locals = new IndexSpace("local");
        FunctionType type = functionType(locals);
        if (locals.names().stream().anyMatch(Optional::isPresent)) {
            throw reader.errorAt(token, "unexpected token: a parameter has no identifier here");
        }
        return type;
    }
}
