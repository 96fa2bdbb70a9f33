package dev.jawa.model;

/** The type of something imported or exported (core spec 2.3.16). */
public sealed interface ExternalType
        permits ExternalFunctionType, TableType, MemoryType, GlobalType, TagType {

    /** Which of the index spaces it is in. */
    default ExternalKind kind() {
        return switch (this) {
            case ExternalFunctionType _ -> ExternalKind.FUNCTION;
            case TableType _ -> ExternalKind.TABLE;
            case MemoryType _ -> ExternalKind.MEMORY;
            case GlobalType _ -> ExternalKind.GLOBAL;
            case TagType _ -> ExternalKind.TAG;
        };
    }
}
