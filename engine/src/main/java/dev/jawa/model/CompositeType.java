package dev.jawa.model;

/** A function, struct, array or continuation type (core spec 2.3.9). */
public sealed interface CompositeType permits FunctionType, StructType, ArrayType, ContinuationType {
}
