package dev.jawa.compile.tree;

import dev.jawa.compile.tree.Statement.Block;
import dev.jawa.compile.tree.Statement.Branch;
import dev.jawa.compile.tree.Statement.BranchIf;
import dev.jawa.compile.tree.Statement.BranchTable;
import dev.jawa.compile.tree.Statement.Cases;
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
import java.util.List;

/** Where control goes. */
public final class Flow {
    private Flow() {
    }

    /** Whether control may come to the end of statements. */
    public static boolean completes(List<Statement> statements) {
        return statements.isEmpty() || completes(statements.getLast());
    }

    private static boolean completes(Statement last) {
        return switch (last) {
            case Set _, SetAll _, Evaluate _, Statement.Checkpoint _, BranchIf _ -> true;
            case Branch _, BranchTable _, Enter _, Return _, Throw _, Unreachable _ -> false;
            case Block(var label, var body) -> label.isTarget() || completes(body);
            case Loop(var _, var body) -> completes(body);
            case ProvedLoop(var loop, var _) -> completes(loop);
            case Try(var body, var _, var _) -> completes(body);
            case If(var _, var then, var otherwise) -> completes(then) || completes(otherwise);
            case Cases(var _, var pieces) -> completes(pieces.getLast());
            case Piece piece -> completes(piece.body());
        };
    }
}
