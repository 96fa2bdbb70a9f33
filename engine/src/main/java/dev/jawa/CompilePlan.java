package dev.jawa;

import java.util.List;
import java.util.Optional;

/**
 * What becomes of a module's functions: which are one method of the JVM, which are cut into several, and why.
 *
 * <p>HotSpot never compiles a method of more than 8,000 bytes. Sizes are of JVM code in bytes unless it says otherwise.
 * The plan is that of this process: without access to {@code jdk.internal.misc}, modules with native memories are cut
 * smaller.
 *
 * @param functions those that the module defines, in order
 * @see Module#compilePlan()
 */
public record CompilePlan(List<Function> functions) {
    /** A copy of the list is kept. */
    public CompilePlan {
        functions = List.copyOf(functions);
    }

    /**
     * A function.
     *
     * @param index in the function index space
     * @param size of its WebAssembly code in bytes
     * @param estimate the size that was expected of a single method
     * @param reason why it is cut; empty if it is one method
     * @param methodSize of the function's own method
     * @param frameFields how many variables the pieces exchange
     * @param pieces the further methods that it is cut into, in order
     * @param uncheckedAccesses how many memory accesses need no check because an earlier one covers them
     * @param provedLoops how many loops are checked once for all rounds
     */
    public record Function(int index, int size, int estimate, Optional<Reason> reason, int methodSize, int frameFields,
            List<Piece> pieces, int uncheckedAccesses, int provedLoops) {
        /** A copy of the list is kept. */
        public Function {
            pieces = List.copyOf(pieces);
        }
    }

    /** Why a function is cut. */
    public enum Reason {
        /** More code was expected than HotSpot compiles well. */
        ESTIMATE("expected to be too large"),
        /** The code came out larger than HotSpot compiles. */
        SIZE("came out too large"),
        /** Handlers of exceptions are nested too deep in it. */
        HANDLERS("handlers nested too deep");

        private final String title;

        Reason(String title) {
            this.title = title;
        }

        /** In a few words. */
        public String title() {
            return title;
        }
    }

    /**
     * A part of a function that is a method of its own.
     *
     * @param number from 1; the method's name in a JVM stack trace ends with it
     * @param kind what it is made of
     * @param estimate the size that was expected
     * @param methodSize its size
     * @param exits how many labels outside it branches to
     * @param returns whether it may leave the function
     */
    public record Piece(int number, Kind kind, int estimate, int methodSize, int exits, boolean returns) {
    }

    /** What a piece is made of. */
    public enum Kind {
        /** A loop as a whole, and maybe what goes before it. */
        LOOP,
        /** A loop as a whole in the copy of it that works with whole vectors, which is never cut. */
        VECTOR_LOOP,
        /** One or both arms of a choice. */
        CHOICE,
        /** A block, of which a case of a branch table is the most frequent. */
        BLOCK,
        /** Other statements in a row. */
        STATEMENTS
    }
}
