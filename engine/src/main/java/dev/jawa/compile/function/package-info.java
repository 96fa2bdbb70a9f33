/**
 * The code of a function: from its tree to the methods of its class.
 *
 * <p>{@link dev.jawa.compile.function.FunctionEmitter} emits a function, a
 * {@link dev.jawa.compile.function.MethodEmitter} the statements of one of its methods, and the other emitters what
 * stands in them.
 */
package dev.jawa.compile.function;
