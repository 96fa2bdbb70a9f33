package dev.jawa.conformance.random;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Writes a loop as compilers make them of loops over arrays: pointers that move by constants or by a variable, a counter
 * or an end that one of them is compared to, in any way, and accesses by the pointers around the beginning and the end of
 * the memory. What the compiler proves about such loops must be true of all of them.
 */
final class PointerLoop {
    private static final String[] LOADS = {"i32.load8_s", "i32.load16_u", "i32.load", "f64.load"};
    private static final String[] STORES = {"i32.store8", "i32.store16", "i32.store", "f64.store"};

    private static final List<Long> ENDS = List.of(0L, (long) Integer.MAX_VALUE - 1, (long) Integer.MAX_VALUE - 1,
            Integer.MIN_VALUE + 2L, Long.MAX_VALUE - 1, Long.MIN_VALUE + 2, (long) NumberCode.END, 1L << 40);

    private final NumberFunction code;
    private final Random random;
    private final char address;
    private final List<Pointer> pointers = new ArrayList<>();
    /** Where pointers stop, and what they are counted by. */
    private Counter counter;
    private boolean moved;
    private final int rounds;
    /** Whether it does little but access memory. */
    private final boolean simple;
    /** Whether everything just fits into the memory, or just does not. */
    private final boolean tight;

    /**
     * A local that moves by a step in each round, or by another local that does not change if there is one.
     *
     * @param own whether nothing else assigns it
     */
    private record Pointer(int local, boolean own, int step, int stepLocal) {
    }

    /** What decides whether there is another round. */
    private record Counter(char type, int local, int step, int stepLocal, int bound, long boundConstant,
            boolean endsByItself) {
    }

    PointerLoop(NumberFunction code) {
        this.code = code;
        random = code.random;
        address = code.address;
        rounds = random.nextInt(random.nextInt(10) == 0 ? 60 : random.nextInt(3) == 0 ? 20 : 10);
        simple = code.chance(50);
        tight = code.chance(simple ? 60 : 30);
    }

    void write(int depth) {
        for (int i = random.nextInt(simple ? 2 : 4); i >= 0; i--) {
            pointers.add(pointer());
        }
        counter();
        boolean plain = code.plain;
        code.plain |= simple || code.chance(85);
        String out = code.name();
        String again = code.name();
        boolean testsFirst = counter.step == 0 || code.chance(20);
        code.add("block " + out + " loop " + again + "\n");
        if (!counter.endsByItself || testsFirst) {
            code.add(NumberFunction.BURN).add("br_if " + out);
        }
        if (testsFirst) {
            test();
            code.add(code.chance(50) ? "i32.eqz br_if " + out : "i32.const 0 i32.eq br_if " + out);
        }
        moved = false;
        int accesses = 1 + random.nextInt(simple ? 2 : 5);
        for (int i = 0; i < accesses; i++) {
            if (!moved && code.chance(15)) {
                move();
            }
            if (simple) {
                access();
            } else {
                step(depth, out, again);
            }
        }
        move();
        advance();
        if (testsFirst) {
            code.add("br " + again);
        } else {
            test();
            code.add(code.chance(80) ? "" : "i32.eqz i32.eqz").add("br_if " + again);
        }
        code.add("end end\n");
        code.plain = plain;
    }

    // ---- before the loop

    private int step() {
        int step = 1 << random.nextInt(5);
        return code.chance(10) ? 3 * step : code.chance(5) ? 0 : code.chance(20) ? -step : step;
    }

    private Pointer pointer() {
        boolean own = code.chance(85);
        int local = own ? code.ownLocal(address) : code.anyLocal(address);
        int step = step();
        boolean byLocal = code.chance(10);
        if (tight) {
            int way = rounds * Math.abs(step);
            code.constant(address, step < 0 ? way - random.nextInt(12) : NumberCode.END - way - random.nextInt(simple ? 12 : 48));
            code.set(local);
            return new Pointer(local, own, step, -1);
        }
        switch (random.nextInt(20)) {
            case 0, 1, 2, 3, 4, 5 -> code.constant(address, random.nextInt(300));
            case 6, 7 -> code.constant(address, NumberCode.END - random.nextInt(500));
            case 8 -> code.constant(address, -random.nextInt(300));
            case 9, 10 -> {
                code.constant(address, NumberCode.END);
                code.value(address, 1);
                code.constant(address, 0x1FF);
                code.onAddress("and");
                code.onAddress("sub");
            }
            case 11, 12, 13 -> {
                if (pointers.isEmpty()) {
                    code.constant(address, NumberCode.END / 2 - random.nextInt(300));
                } else {
                    code.get(pointers.getLast().local);
                    code.constant(address, random.nextInt(100) - 20);
                    code.onAddress("add");
                }
            }
            case 14 -> code.value(address, 1);
            default -> {
                code.value(address, 1);
                code.constant(address, 0x1FFC);
                code.onAddress("and");
            }
        }
        code.set(local);
        return new Pointer(local, own, step, byLocal ? stepLocal(address) : -1);
    }

    private int stepLocal(char type) {
        int local = code.hiddenLocal(type);
        code.value(type, 1);
        if (code.chance(90)) {
            code.constant(type, 31);
            code.add(NumberCode.name(type) + ".and");
        }
        code.set(local);
        return local;
    }

    /** Makes the counter, and its bound: it counts down to 0, up to a number, or is one of the pointers. */
    private void counter() {
        // Where the bound is missed the loop goes on until something traps, or the fuel ends.
        int miss = code.chance(15) ? 1 : 0;
        switch (random.nextInt(5)) {
            case 0, 1 -> byPointer(rounds, miss);
            case 2 -> {
                char type = type();
                int local = code.ownLocal(type);
                int step = 1 << random.nextInt(3);
                code.constant(type, (long) rounds * step + miss);
                code.set(local);
                counter = new Counter(type, local, -step, -1, -1, 0, miss == 0 && rounds > 0);
            }
            case 3 -> {
                // A counter that ends anywhere, or where it may wrap around or change its sign.
                char type = type();
                int local = code.ownLocal(type);
                int step = step();
                if (code.chance(40)) {
                    miss = 1;
                }
                long bound = code.chance(30) ? random.nextInt(300) : random.nextInt(5) - 2 + code.pick(List.of(0L,
                        (long) Integer.MAX_VALUE, (long) Integer.MIN_VALUE, Long.MAX_VALUE, (long) NumberCode.END, 1L << 40));
                long start = bound - (long) rounds * step - miss * random.nextInt(Math.abs(step) + 1);
                code.constant(type, start);
                code.set(local);
                counter = new Counter(type, local, step, -1, -1, bound,
                        miss == 0 && rounds > 0 && step != 0 && code.chance(70));
            }
            default -> byVariable();
        }
    }

    private char type() {
        return code.chance(70) ? address : code.pick('i', 'l');
    }

    private void byPointer(int rounds, int miss) {
        Pointer pointer = pointers.getFirst();
        boolean fixed = pointer.own && code.chance(70);
        int bound = fixed ? code.ownLocal(address) : code.local(address);
        code.get(pointer.local);
        if (code.chance(70)) {
            code.constant(address, (long) rounds * pointer.step + miss);
        } else {
            code.value(address, 1);
            code.constant(address, 0xFF);
            code.onAddress("and");
            miss = 1;
        }
        code.onAddress("add");
        code.set(bound);
        counter = new Counter(address, pointer.local, pointer.step, pointer.stepLocal, bound, 0,
                fixed && miss == 0 && rounds > 0 && pointer.step != 0 && pointer.stepLocal < 0);
    }

    private void byVariable() {
        char type = type();
        int local = code.ownLocal(type);
        code.constant(type, random.nextInt(100));
        code.set(local);
        int bound = code.ownLocal(type);
        code.value(type, 1);
        if (code.chance(80)) {
            code.constant(type, 0x3FF);
            code.add(NumberCode.name(type) + ".and");
        }
        code.set(bound);
        counter = new Counter(type, local, 1, stepLocal(type), bound, 0, false);
    }

    // ---- the test

    /** Pushes whether there is another round; the counter has changed already. */
    private void test() {
        String type = NumberCode.name(counter.type);
        boolean toZero = counter.bound < 0 && counter.boundConstant == 0;
        if (toZero && counter.step < 0 && code.chance(50)) {
            code.get(counter.local);
            if (code.chance(30) || counter.type == 'l') {
                code.add(type + ".eqz i32.eqz");
            }
            return;
        }
        boolean up = counter.step >= 0;
        boolean strict = counter.endsByItself || code.chance(60);
        String[] relations = up
                ? strict ? new String[] {"ne", "lt_u", "lt_s"} : new String[] {"ne", "lt_u", "le_u", "lt_s", "le_s", "gt_s"}
                : strict ? new String[] {"ne", "gt_u", "gt_s"} : new String[] {"ne", "gt_u", "ge_u", "gt_s", "ge_s", "lt_u"};
        String relation = code.pick(relations);
        switch (random.nextInt(4)) {
            case 0 -> {
                bound();
                code.get(counter.local);
                code.add(type + "." + swapped(relation));
            }
            case 1 -> {
                code.get(counter.local);
                bound();
                code.add(type + "." + negated(relation) + " i32.eqz");
            }
            default -> {
                code.get(counter.local);
                bound();
                code.add(type + "." + relation);
            }
        }
    }

    private void bound() {
        if (counter.bound >= 0) {
            code.get(counter.bound);
        } else {
            code.constant(counter.type, counter.boundConstant);
        }
    }

    private static String swapped(String relation) {
        return switch (relation.charAt(0)) {
            case 'l' -> "g" + relation.substring(1);
            case 'g' -> "l" + relation.substring(1);
            default -> relation;
        };
    }

    private static String negated(String relation) {
        return switch (relation.substring(0, 2)) {
            case "lt" -> "ge" + relation.substring(2);
            case "le" -> "gt" + relation.substring(2);
            case "gt" -> "le" + relation.substring(2);
            case "ge" -> "lt" + relation.substring(2);
            default -> "eq";
        };
    }

    // ---- what a round does

    private void move() {
        if (moved) {
            return;
        }
        moved = true;
        for (Pointer pointer : pointers) {
            if (pointer.local != counter.local) {
                add(address, pointer.local, pointer.step, pointer.stepLocal);
            }
        }
    }

    private void advance() {
        add(counter.type, counter.local, counter.step, counter.stepLocal);
    }

    private void add(char type, int local, int step, int stepLocal) {
        String name = NumberCode.name(type);
        if (stepLocal >= 0) {
            code.get(local);
            code.get(stepLocal);
            code.add(name + ".add");
        } else if (step < 0 && code.chance(50)) {
            code.get(local);
            code.constant(type, -(long) step);
            code.add(name + ".sub");
        } else if (code.chance(30)) {
            code.constant(type, step);
            code.get(local);
            code.add(name + ".add");
        } else {
            code.get(local);
            code.constant(type, step);
            code.add(name + ".add");
        }
        code.set(local);
    }

    private void step(int depth, String out, String again) {
        switch (random.nextInt(24)) {
            case 0, 6 -> {
                // A choice around accesses, or around more that is not done in every round.
                code.value('i', 2);
                code.add("if");
                access();
                int local = code.pick(pointers).local;
                if (!(counter.endsByItself && local == counter.local) && code.chance(40)) {
                    add(address, local, 4, -1);
                }
                code.add(code.chance(40) ? "else" : "");
                access();
                code.add("end");
            }
            case 1 -> {
                String skipped = code.name();
                code.add("block " + skipped);
                code.value('i', 2);
                code.add("br_if " + skipped);
                access();
                access();
                code.add("end");
            }
            case 2 -> {
                code.value('i', 2);
                code.constant('i', 15);
                code.add("i32.and i32.eqz br_if " + out);
            }
            case 3 -> {
                if (!counter.endsByItself) {
                    code.value('i', 2);
                    code.constant('i', 7);
                    code.add("i32.and i32.eqz br_if " + again);
                }
            }
            case 4 -> {
                char type = code.type();
                code.value(type, 3);
                code.set(code.local(type));
            }
            case 5 -> {
                if (code.chance(40)) {
                    code.constant(address, random.nextInt(6) / 5);
                    code.add("memory.grow drop");
                } else if (depth > 0 && code.chance(50)) {
                    code.statement(1);
                }
            }
            default -> access();
        }
        code.add("\n");
    }

    /** A load into a sum, a store, or a copy by two pointers. */
    private void access() {
        switch (random.nextInt(6)) {
            case 0, 1 -> {
                char type = code.pick('i', 'l', 'i', 'l', 'f', 'd');
                int sum = code.local(type);
                boolean adds = code.chance(70);
                if (adds) {
                    code.get(sum);
                }
                address();
                code.add(code.loading(type) + offset());
                if (adds) {
                    code.add(NumberCode.name(type) + ".add");
                }
                code.set(sum);
            }
            case 2, 3 -> {
                address();
                char type = code.pick('i', 'l');
                code.value(type, 2);
                code.add((type == 'i' ? code.pick("i32.store8", "i32.store16", "i32.store")
                        : code.pick("i64.store8", "i64.store32", "i64.store")) + offset());
            }
            default -> {
                address();
                address();
                int width = random.nextInt(4);
                code.add(LOADS[width] + offset()).add(STORES[width] + offset());
            }
        }
    }

    private String offset() {
        return simple ? " offset=" + random.nextInt(12) : code.offset();
    }

    /** Pushes an address that moves with the rounds. */
    private void address() {
        int pointer = code.pick(pointers).local;
        switch (random.nextInt(simple ? 25 : 10)) {
            case 0 -> {
                code.get(pointer);
                code.constant(address, random.nextInt(64) - 20);
                code.onAddress(code.pick("add", "sub"));
            }
            case 1 -> {
                code.get(pointer);
                index();
                code.constant(address, random.nextInt(4));
                code.onAddress("shl");
                code.onAddress("add");
            }
            case 2 -> {
                index();
                code.constant(address, 1 + random.nextInt(9));
                code.onAddress("mul");
                code.get(pointer);
                code.onAddress("add");
            }
            case 3 -> {
                code.get(pointer);
                code.get(code.pick(pointers).local);
                code.get(code.pick(pointers).local);
                code.onAddress("sub");
                code.onAddress("add");
            }
            case 4 -> {
                code.get(pointer);
                if (counter.type == address && code.chance(50)) {
                    code.get(counter.local);
                    code.onAddress("add");
                }
            }
            default -> code.get(pointer);
        }
    }

    /** Pushes the counter as an index. */
    private void index() {
        code.get(counter.local);
        if (counter.type != address) {
            code.add(address == 'i' ? "i32.wrap_i64" : code.pick("i64.extend_i32_u", "i64.extend_i32_s"));
        }
    }
}
