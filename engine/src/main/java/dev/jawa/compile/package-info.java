/**
 * From a validated module to JVM classes.
 *
 * <p>A {@link dev.jawa.compile.CompiledModule} has a class loader of its own, in which groups of functions become
 * classes when the JVM first links to them. Function types, and tuples of results, are classes that modules share.
 */
package dev.jawa.compile;
