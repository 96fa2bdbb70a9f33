package dev.jawa.compile.tree;

import dev.jawa.compile.tree.Statement.Block;
import dev.jawa.compile.tree.Statement.Branch;
import dev.jawa.compile.tree.Statement.BranchIf;
import dev.jawa.compile.tree.Statement.BranchTable;
import dev.jawa.compile.tree.Statement.Cases;
import dev.jawa.compile.tree.Statement.Checkpoint;
import dev.jawa.compile.tree.Statement.Enter;
import dev.jawa.compile.tree.Statement.Evaluate;
import dev.jawa.compile.tree.Statement.If;
import dev.jawa.compile.tree.Statement.Loop;
import dev.jawa.compile.tree.Statement.Piece;
import dev.jawa.compile.tree.Statement.ProvedLoop;
import dev.jawa.compile.tree.Statement.Return;
import dev.jawa.compile.tree.Statement.Set;
import dev.jawa.compile.tree.Statement.SetAll;
import dev.jawa.compile.tree.Statement.Throw;
import dev.jawa.compile.tree.Statement.Try;
import dev.jawa.compile.tree.Statement.Unreachable;
import dev.jawa.model.Opcode;
import dev.jawa.runtime.memory.MemoryAccess;
import java.util.BitSet;
import java.util.List;

/** Estimates how many bytes of JVM code something takes, a little high. */
final class Sizes {
    /** A handler's way to its label, the reloading of the memory included. */
    static final int TRY = 18;
    /** A call of a piece with a case of a switch, and the jump to it. */
    static final int CASE_PIECE = 12;
    /** What more there is if another case goes to it: its own place where the calls before it come back. */
    static final int ENTERED_PIECE = 60;
    /** Saying where a piece is entered. */
    private static final int TOLD_ENTRY = 7;
    /** What is exchanged through the frame around the calls of the pieces of a switch, which they share. */
    private static final int CASES = 200;
    /** An operation that gives a whole vector. */
    static final int VECTOR = 6;

    /**
     * A load or store. Behind a variable handle are 150 bytes that C2 inlines, before a method with all of them has 8,000;
     * bytes are elements of the array.
     */
    private static final int ACCESS = 20;
    private static final int WIDE_ACCESS = MemoryAccess.current() == MemoryAccess.UNSAFE ? ACCESS : 100;

    private Sizes() {
    }

    /** An instruction, without the code of its operands. */
    static int of(Opcode opcode, int operands) {
        return switch (opcode) {
            case STRUCT_NEW -> 7 + 8 * operands;
            case ARRAY_NEW_FIXED -> 14 + 5 * operands;
            // Lanes that are put together.
            case F32X4_SPLAT, I32X4_SPLAT -> 18;
            default -> of(opcode);
        };
    }

    static int of(Opcode opcode) {
        if (opcode.accessBytes() != 0) {
            return opcode.accessBytes() > 1 ? WIDE_ACCESS : ACCESS;
        }
        return switch (opcode) {
            case I32_ADD, I32_SUB, I32_MUL, I32_AND, I32_OR, I32_XOR, I32_SHL, I32_SHR_S, I32_SHR_U,
                    I64_ADD, I64_SUB, I64_MUL, I64_AND, I64_OR, I64_XOR,
                    F32_ADD, F32_SUB, F32_MUL, F32_DIV, F64_ADD, F64_SUB, F64_MUL, F64_DIV, I32_WRAP_I64,
                    I64_EXTEND_I32_S -> 1;
            case I64_SHL, I64_SHR_S, I64_SHR_U -> 2;
            case I32_DIV_S, I32_REM_S, I64_DIV_S, I64_REM_S -> 6;
            case GLOBAL_GET, GLOBAL_SET -> 6;
            case STRUCT_GET, ARRAY_LEN, I31_GET_S, I31_GET_U -> 6;
            case ARRAY_GET, ARRAY_GET_S, ARRAY_GET_U, ARRAY_SET, REF_TEST_NULL -> 12;
            case REF_CAST, REF_AS_NON_NULL -> 14;
            case MEMORY_COPY, MEMORY_FILL, MEMORY_INIT, TABLE_COPY, TABLE_INIT, CATCH -> 12;
            case THROW -> 20;
            default -> 8;
        };
    }

    /** A call without its operands, the reloading of the memory included. */
    static int ofCall(Opcode opcode, int arguments) {
        return switch (opcode) {
            case CALL -> 14;
            case RETURN_CALL, RETURN_CALL_INDIRECT, RETURN_CALL_REF -> 40 + 8 * arguments;
            default -> 24;
        };
    }

    /** How much of the estimate for statements is for what C2 inlines into them. */
    static int inlined(Mentions mentions) {
        return (WIDE_ACCESS - ACCESS) * mentions.wideAccesses();
    }

    static int of(List<Statement> statements) {
        int size = 0;
        for (Statement statement : statements) {
            size += of(statement);
        }
        return size;
    }

    static int of(Statement statement) {
        return switch (statement) {
            case Set(var _, var value) -> 3 + value.size();
            case SetAll(var variables, var tuple) -> tuple.size() + 8 * variables.length;
            case Evaluate(var expression) -> 1 + expression.size();
            case Block(var _, var body) -> of(body);
            case Loop(var _, var body) -> 2 + of(body);
            case ProvedLoop(var loop, var proof) -> 2 * of(loop) + 80 + 35 * proof.ranges().size();
            case If(var condition, var then, var otherwise) -> 6 + condition.size() + of(then) + of(otherwise);
            case Branch _ -> 3;
            case BranchIf(var condition, var _) -> 3 + condition.size();
            // In a piece, a table of many targets outside is a string and a jump.
            case BranchTable(var index, var labels, var _) -> 16 + index.size() + 4 * Math.min(labels.length, 100);
            case Return(var values) -> returnSize(values);
            case Unreachable _ -> 4;
            case Checkpoint point -> (point.interruptible() ? 28 : 0) + 10;
            case Try(var body, var _, var _) -> TRY + of(body);
            case Throw(var exception, var _) -> 4 + exception.size();
            case Piece piece -> of(piece);
            case Cases(var head, var pieces) -> of(head) + CASES + ofCases(pieces);
            case Enter(var labels) -> 8 + 4 * labels.size();
        };
    }

    private static int ofCases(List<Piece> pieces) {
        int size = 0;
        var exits = new BitSet();
        for (Piece piece : pieces) {
            int entries = piece.entries().size();
            boolean isEntered = piece.entries().stream().anyMatch(entry -> exits.get(entry.number()));
            size += CASE_PIECE + (entries == 1 ? 0 : TOLD_ENTRY * entries) + (isEntered ? ENTERED_PIECE : 0);
            piece.exits().forEach(exit -> exits.set(exit.number()));
        }
        return size;
    }

    /** A call of a piece, with what is exchanged through the frame. */
    static int of(Piece piece) {
        return ofPiece(piece.exits().size());
    }

    /** A call of a piece with so many exits; of many, only some are told apart at one place. */
    static int ofPiece(int exits) {
        return 60 + 5 * Math.min(exits, 24);
    }

    private static int returnSize(Expression[] values) {
        int size = 1 + (values.length > 1 ? 8 : 0);
        for (Expression value : values) {
            size += value.size() + (values.length > 1 ? 4 : 0);
        }
        return size;
    }
}
