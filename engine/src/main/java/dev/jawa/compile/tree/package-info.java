/**
 * Functions as trees: the form between validated code and JVM bytecode.
 *
 * <p>{@link dev.jawa.compile.tree.TreeBuilder} turns the stack machine's code into statements over expressions, with
 * an empty operand stack between statements. That is what lets a loop be replaced on the stack while it runs, a memory
 * access push its base before its address, and a big function be cut between any two statements.
 */
package dev.jawa.compile.tree;
