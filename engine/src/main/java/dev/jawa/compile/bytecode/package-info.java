/**
 * A small writer of class files (JVM specification, chapter 4), made for the one shape of code that the compiler
 * emits. It computes stack map frames on the fly from what it is told about locals, in one pass.
 *
 * <p>{@code RATIONALE.md} says why this is not {@link java.lang.classfile}: generating the first class of a process
 * takes a third of the time.
 */
package dev.jawa.compile.bytecode;
