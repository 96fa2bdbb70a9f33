package dev.jawa.text.parser;

import dev.jawa.binary.ByteWriter;
import dev.jawa.model.Opcode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Parses a sequence of instructions, folded or not (core spec 6.5), and writes them in the binary format.
 *
 * <p>What is open is on a stack of its own rather than the JVM's, so that nesting may be as deep as the text is long.
 */
final class InstructionParser {
    /** What is open around the next token. */
    private enum Form {
        /** The sequence as a whole, up to a closing parenthesis that is not part of it. */
        WHOLE,
        /** {@code block}, {@code loop} or {@code try_table}, up to {@code end}. */
        BLOCK,
        /** From {@code if} to {@code else} or {@code end}. */
        IF,
        /** From {@code else} to {@code end}. */
        ELSE,
        /** From {@code try} to a clause or {@code end}. */
        TRY,
        /** From {@code catch} on. */
        CATCH,
        /** From {@code catch_all} to {@code end}. */
        CATCH_ALL,
        /** A folded instruction that is written after its operands. */
        FOLDED,
        /** A folded block, up to the closing parenthesis. */
        FOLDED_BLOCK,
        /** A folded {@code if} in front of its {@code then}. */
        FOLDED_IF,
        /** A folded {@code if} behind its {@code then}. */
        FOLDED_IF_THEN,
        /** A folded {@code if} behind its {@code else}. */
        FOLDED_IF_ELSE,
        /** A folded {@code try} in front of its {@code do}. */
        FOLDED_TRY,
        /** A folded {@code try} behind its {@code do}. */
        FOLDED_TRY_DO,
        /** A folded {@code try} behind a {@code catch}. */
        FOLDED_TRY_CATCH,
        /** A folded {@code try} behind its {@code catch_all}. */
        FOLDED_TRY_END,
        /** {@code (then ...)} and its kind: a sequence up to the closing parenthesis, with nothing written there. */
        CLAUSE
    }

    /** Something open. */
    private static final class Frame {
        private Form form;
        private final int token;
        private final Optional<String> label;
        private final byte[] pending;
        private final BranchHints.Hint hint;

        Frame(Form form, int token, Optional<String> label, byte[] pending, BranchHints.Hint hint) {
            this.form = form;
            this.token = token;
            this.label = label;
            this.pending = pending;
            this.hint = hint;
        }
    }

    private static final byte[] NOTHING = {};

    private final TokenReader reader;
    private final ByteWriter out;
    private final Labels labels;
    private final ImmediateParser immediates;
    private final BranchHints hints;
    private final Optional<Places> places;
    private final ByteWriter scratch = new ByteWriter();
    private final Deque<Frame> open = new ArrayDeque<>();

    InstructionParser(TokenReader reader, Scopes scopes, IndexSpace locals, Labels labels, BranchHints hints,
            Optional<Places> places, ByteWriter out) {
        this.reader = reader;
        this.out = out;
        this.labels = labels;
        this.hints = hints;
        this.places = places;
        this.immediates = new ImmediateParser(reader, scopes, locals, labels);
    }

    /** Instructions up to a closing parenthesis, which is left; then an {@code end}. */
    void parseSequence() {
        push(Form.WHOLE);
        while (!open.isEmpty()) {
            step();
        }
        place(reader.position());
        write(Opcode.END);
    }

    /** One folded instruction, then an {@code end}. */
    void parseFolded() {
        if (!reader.at(Token.LEFT_PARENTHESIS)) {
            throw reader.unexpected("'('");
        }
        startFolded();
        while (!open.isEmpty()) {
            step();
        }
        write(Opcode.END);
    }

    private void push(Form form) {
        open.push(new Frame(form, reader.position(), Optional.empty(), NOTHING, BranchHints.NONE));
    }

    private void step() {
        Frame frame = open.peek();
        switch (frame.form) {
            case WHOLE, BLOCK, IF, ELSE, TRY, CATCH, CATCH_ALL, FOLDED_BLOCK, CLAUSE -> stepInSequence(frame);
            case FOLDED -> stepInOperands(frame);
            case FOLDED_IF, FOLDED_IF_THEN, FOLDED_IF_ELSE -> stepInFoldedIf(frame);
            case FOLDED_TRY, FOLDED_TRY_DO, FOLDED_TRY_CATCH, FOLDED_TRY_END -> stepInFoldedTry(frame);
        }
    }

    private void stepInSequence(Frame frame) {
        switch (reader.peek()) {
            case LEFT_PARENTHESIS -> startFolded();
            case RIGHT_PARENTHESIS, END -> endSequence(frame);
            default -> plain(frame);
        }
    }

    private void endSequence(Frame frame) {
        switch (frame.form) {
            case WHOLE -> open.pop();
            case CLAUSE -> {
                reader.expectClose();
                open.pop();
            }
            case FOLDED_BLOCK -> {
                reader.expectClose();
                closeBlock();
            }
            default -> throw reader.errorAt(frame.token, "unexpected token: this block has no end");
        }
    }

    private void closeBlock() {
        open.pop();
        labels.pop();
        place(reader.position() - 1);
        write(Opcode.END);
    }

    private void write(Opcode opcode) {
        ImmediateParser.writeOpcode(opcode, out);
    }

    // What is written next is what a token says.
    private void place(int token) {
        places.ifPresent(present -> present.add(out.size(), token));
    }

    // An instruction that is not folded, or a part of one.
    private void plain(Frame frame) {
        int token = reader.position();
        BranchHints.Hint hint = hints.take(reader);
        Opcode opcode = immediates.expectOpcode();
        hints.check(hint, opcode);
        switch (opcode) {
            case BLOCK, LOOP, TRY_TABLE -> openPlain(Form.BLOCK, token, opcode, hint);
            case IF -> openPlain(Form.IF, token, opcode, hint);
            case TRY -> openPlain(Form.TRY, token, opcode, hint);
            case ELSE -> {
                require(frame.form == Form.IF, token);
                frame.form = Form.ELSE;
                repeatedLabel();
                place(token);
                write(Opcode.ELSE);
            }
            case CATCH -> {
                require(frame.form == Form.TRY || frame.form == Form.CATCH, token);
                frame.form = Form.CATCH;
                place(token);
                immediates.write(opcode, out);
            }
            case CATCH_ALL -> {
                require(frame.form == Form.TRY || frame.form == Form.CATCH, token);
                frame.form = Form.CATCH_ALL;
                repeatedLabel();
                place(token);
                write(opcode);
            }
            case DELEGATE -> {
                require(frame.form == Form.TRY, token);
                open.pop();
                labels.pop();
                place(token);
                immediates.write(opcode, out);
            }
            case END -> {
                require(isPlainBlock(frame.form), token);
                repeatedLabel();
                closeBlock();
            }
            default -> {
                hints.record(hint, out.size());
                place(token);
                immediates.write(opcode, out);
            }
        }
    }

    private static boolean isPlainBlock(Form form) {
        return switch (form) {
            case BLOCK, IF, ELSE, TRY, CATCH, CATCH_ALL -> true;
            default -> false;
        };
    }

    private void require(boolean condition, int token) {
        if (!condition) {
            throw reader.errorAt(token, "unexpected token: nothing is open that this belongs to");
        }
    }

    private void openPlain(Form form, int token, Opcode opcode, BranchHints.Hint hint) {
        Optional<String> label = reader.takeIdentifier();
        hints.record(hint, out.size());
        place(keyword(form, token));
        immediates.write(opcode, out);
        open.push(new Frame(form, token, label, NOTHING, BranchHints.NONE));
        labels.push(label);
    }

    // In a folded instruction it is behind the parenthesis.
    private static int keyword(Form form, int token) {
        return form == Form.FOLDED_BLOCK || form == Form.FOLDED_TRY ? token + 1 : token;
    }

    // The label of a block may be given again after else and end.
    private void repeatedLabel() {
        int token = reader.position();
        Optional<String> label = reader.takeIdentifier();
        if (label.isPresent() && !label.equals(labels.innermost())) {
            throw reader.errorAt(token, "mismatching label $" + label.get());
        }
    }

    private void startFolded() {
        int token = reader.position();
        BranchHints.Hint hint = hints.take(reader);
        reader.skip();
        Opcode opcode = immediates.expectOpcode();
        hints.check(hint, opcode);
        switch (opcode) {
            case BLOCK, LOOP, TRY_TABLE -> openPlain(Form.FOLDED_BLOCK, token, opcode, hint);
            case IF -> open.push(foldedHead(Form.FOLDED_IF, token, opcode, reader.takeIdentifier(), hint));
            case TRY -> openPlain(Form.FOLDED_TRY, token, opcode, hint);
            case ELSE, END, CATCH, CATCH_ALL, DELEGATE ->
                throw reader.errorAt(token + 1, "unexpected token: an instruction expected");
            default -> open.push(foldedHead(Form.FOLDED, token, opcode, Optional.empty(), hint));
        }
    }

    // What is written only after operands is encoded at once, and kept.
    private Frame foldedHead(Form form, int token, Opcode opcode, Optional<String> label, BranchHints.Hint hint) {
        scratch.clear();
        immediates.write(opcode, scratch);
        return new Frame(form, token, label, scratch.toArray(), hint);
    }

    private void stepInOperands(Frame frame) {
        if (reader.takeClose()) {
            open.pop();
            hints.record(frame.hint, out.size());
            place(frame.token + 1);
            out.writeBytes(frame.pending);
        } else if (reader.at(Token.LEFT_PARENTHESIS)) {
            startFolded();
        } else {
            throw reader.unexpected("an operand in parentheses or ')'");
        }
    }

    private void stepInFoldedIf(Frame frame) {
        if (frame.form == Form.FOLDED_IF) {
            if (reader.takeOpen("then")) {
                hints.record(frame.hint, out.size());
                place(frame.token + 1);
                out.writeBytes(frame.pending);
                labels.push(frame.label);
                frame.form = Form.FOLDED_IF_THEN;
                push(Form.CLAUSE);
            } else if (reader.at(Token.LEFT_PARENTHESIS)) {
                startFolded();
            } else {
                throw reader.unexpected("'(then'");
            }
        } else if (frame.form == Form.FOLDED_IF_THEN && reader.takeOpen("else")) {
            place(reader.position() - 1);
            write(Opcode.ELSE);
            frame.form = Form.FOLDED_IF_ELSE;
            push(Form.CLAUSE);
        } else {
            reader.expectClose();
            closeBlock();
        }
    }

    private void stepInFoldedTry(Frame frame) {
        if (frame.form == Form.FOLDED_TRY) {
            reader.expectOpen("do");
            frame.form = Form.FOLDED_TRY_DO;
            push(Form.CLAUSE);
        } else if (frame.form == Form.FOLDED_TRY_END || !reader.at(Token.LEFT_PARENTHESIS)) {
            reader.expectClose();
            closeBlock();
        } else {
            clauseOfFoldedTry(frame);
        }
    }

    private void clauseOfFoldedTry(Frame frame) {
        if (reader.takeOpen("catch")) {
            place(reader.position() - 1);
            immediates.write(Opcode.CATCH, out);
            frame.form = Form.FOLDED_TRY_CATCH;
            push(Form.CLAUSE);
        } else if (reader.takeOpen("catch_all")) {
            place(reader.position() - 1);
            write(Opcode.CATCH_ALL);
            frame.form = Form.FOLDED_TRY_END;
            push(Form.CLAUSE);
        } else if (frame.form == Form.FOLDED_TRY_CATCH) {
            throw reader.unexpected("'(catch', '(catch_all' or ')'");
        } else {
            reader.expectOpen("delegate");
            open.pop();
            labels.pop();
            place(reader.position() - 1);
            immediates.write(Opcode.DELEGATE, out);
            reader.expectClose();
            reader.expectClose();
        }
    }
}
