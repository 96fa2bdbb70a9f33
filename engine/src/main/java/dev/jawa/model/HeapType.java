package dev.jawa.model;

/**
 * What a reference points to (core spec 2.3.3): an abstract type, a type of the module by its index, or a
 * {@link DefinedType}, the same without a module around it; or one of the latter two as an {@link ExactType}.
 */
public sealed interface HeapType permits AbstractHeapType, TypeIndex, DefinedType, ExactType {
}
