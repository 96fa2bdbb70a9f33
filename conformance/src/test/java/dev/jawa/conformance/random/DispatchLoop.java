package dev.jawa.conformance.random;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Writes a switch in a loop, as interpreters have them: cases that go on with the next round, fall through, go to another
 * case, leave the loop or go somewhere outside.
 */
final class DispatchLoop {
    private static final int MOST_CASES = 40;

    private final NumberFunction code;

    DispatchLoop(NumberFunction code) {
        this.code = code;
    }

    void write(int depth) {
        int cases = code.chance(20) ? 2 + code.random.nextInt(6) : 8 + code.random.nextInt(MOST_CASES);
        code.budget = Math.max(code.budget, 4 * cases);
        int state = code.chance(70) ? code.ownLocal('i') : code.anyLocal('i');
        int pointer = code.ownLocal(code.address);
        code.address(1);
        code.set(pointer);
        code.value('i', 1);
        code.set(state);
        NumberFunction.Label out = code.open("block", "", "");
        NumberFunction.Label again = code.open("loop", "", "");
        code.add(NumberFunction.BURN).add("br_if " + out.name());
        // Some cases are given a value, so that no branch table goes there.
        List<NumberFunction.Label> labels = IntStream.range(0, cases)
                .mapToObj(_ -> code.open("block", "", code.chance(12) ? code.types() : "")).toList().reversed();
        List<NumberFunction.Label> plain = labels.stream().filter(label -> label.types().isEmpty()).toList();
        code.statements(1, 2);
        opcode(state, pointer, cases);
        code.add("br_table");
        for (int i = code.random.nextInt(3) == 0 ? cases / 2 : cases + code.random.nextInt(cases); i >= 0; i--) {
            code.add(!plain.isEmpty() && code.chance(90) ? code.pick(plain).name() : code.pick(out.name(), again.name()));
        }
        for (int i = 0; i < cases; i++) {
            code.close();
            code.assignAll(labels.get(i).types());
            code.statements(depth, 3);
            next(state);
            end(labels.subList(i + 1, cases), out, again);
            if (i < cases - 1) {
                code.values(labels.get(i + 1).types(), 1);
            }
        }
        code.add("br_if " + again.name());
        code.close();
        code.close();
    }

    /** Pushes what is branched on: from memory, as an interpreter does, or computed. */
    private void opcode(int state, int pointer, int cases) {
        if (code.chance(40)) {
            code.get(pointer);
            code.add("i32.load8_u" + code.offset());
            code.get(pointer);
            code.constant(code.address, 1 + code.random.nextInt(3));
            code.onAddress("add");
            code.set(pointer);
            code.get(state);
            code.add("i32.add");
        } else {
            code.get(state);
        }
        if (code.chance(80)) {
            code.constant('i', Integer.highestOneBit(cases) * 2 - 1);
            code.add("i32.and");
        }
    }

    private void next(int state) {
        if (code.chance(70)) {
            code.get(state);
            code.constant('i', code.random.nextInt(40));
            code.add(code.pick("i32.add", "i32.xor", "i32.sub", "i32.mul"));
            code.set(state);
        }
    }

    /** What a case ends with, other cases being still to come; after the last one a condition is on the stack. */
    private void end(List<NumberFunction.Label> others, NumberFunction.Label out, NumberFunction.Label again) {
        if (others.isEmpty()) {
            code.value('i', 2);
            return;
        }
        NumberFunction.Label other = code.pick(others);
        switch (code.random.nextInt(10)) {
            case 0 -> {
            }
            case 1 -> {
                code.values(other.types(), 2);
                code.add("br " + other.name());
            }
            case 2 -> {
                code.values(other.types(), 2);
                code.value('i', 2);
                code.add("br_if " + other.name());
                code.assignAll(other.types());
            }
            case 3 -> code.add(code.chance(30) ? "br " + out.name() : "br " + again.name());
            case 4 -> code.jump();
            case 5 -> {
                code.value('i', 2);
                String plain = other.types().isEmpty() ? other.name() : out.name();
                code.add("br_table " + plain + " " + again.name() + " " + (code.chance(30) ? out.name() : again.name()));
            }
            default -> code.add("br " + again.name());
        }
    }
}
