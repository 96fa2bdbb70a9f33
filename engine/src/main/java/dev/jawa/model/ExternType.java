package dev.jawa.model;

/**
 * The type of an import or export without the module around it: heap types inside it are abstract or
 * {@link DefinedType}s. A tag has a function type, whose parameters are the values it carries.
 */
public sealed interface ExternType permits FunctionType, TableType, MemoryType, GlobalType {
}
