package dev.jawa.random;

import dev.jawa.model.Opcode;
import java.util.List;

/** The code of a random function, as a tree. Values are raw bits in a long, i32 extended with its sign. */
sealed interface Node {
    /** A constant of a type, {@code i}, {@code l}, {@code f} or {@code d}. */
    record Constant(char type, long bits) implements Node {
    }

    record LocalGet(int index) implements Node {
    }

    record LocalTee(int index, Node value) implements Node {
    }

    record GlobalGet(int index) implements Node {
    }

    record Operation(Opcode opcode, List<Node> operands) implements Node {
    }

    /** The value, or the one quiet NaN if it is any NaN: which NaN arithmetic gives is not specified. */
    record Canonical(char type, int temporary, Node value) implements Node {
    }

    record Load(Opcode opcode, int offset, Node address) implements Node {
    }

    record Select(Node first, Node second, Node condition) implements Node {
    }

    /** {@code if} with a result, or without one if the type is {@code -}. */
    record Choice(char type, Node condition, Node then, Node otherwise) implements Node {
    }

    record Call(int function, List<Node> arguments) implements Node {
    }

    /** Assigns several results, the last one first. */
    record CallMany(int function, List<Node> arguments, List<Integer> locals) implements Node {
    }

    record CallIndirect(int type, List<Node> arguments, Node index) implements Node {
    }

    /** A {@code block} with a result, or without one if the type is {@code -}. */
    record Block(char type, Node body) implements Node {
    }

    /** A {@code loop} in a {@code block}, left when there is no fuel. */
    record Loop(Node body) implements Node {
    }

    record Sequence(List<Node> nodes) implements Node {
    }

    record LocalSet(int index, Node value) implements Node {
    }

    record GlobalSet(int index, Node value) implements Node {
    }

    record Store(Opcode opcode, int offset, Node address, Node value) implements Node {
    }

    record Drop(Node value) implements Node {
    }

    /** {@code br} without a value; a loop's label is that of its beginning. */
    record Branch(int depth) implements Node {
    }

    /** {@code br} with a value. */
    record BranchWith(int depth, Node value) implements Node {
    }

    record BranchIf(int depth, Node condition) implements Node {
    }

    /** {@code br_if} with a value, which stays if it does not branch. */
    record BranchIfWith(int depth, Node value, Node condition) implements Node {
    }

    record BranchTable(List<Integer> depths, Node index) implements Node {
    }

    record Return(List<Node> values) implements Node {
    }
}
