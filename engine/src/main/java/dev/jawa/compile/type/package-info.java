/**
 * The classes that stand for types, which modules share, and how functions of a type are called.
 *
 * <p>{@link dev.jawa.compile.type.FunctionTypeClasses} are those of function types, through which
 * {@code call_indirect} calls, {@link dev.jawa.compile.type.AggregateClasses} those of structs and arrays, and
 * {@link dev.jawa.compile.type.Tuples} those of several results.
 */
package dev.jawa.compile.type;
