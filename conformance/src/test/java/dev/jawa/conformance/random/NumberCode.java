package dev.jawa.conformance.random;

import dev.jawa.model.Feature;
import dev.jawa.model.Immediates;
import dev.jawa.model.Opcode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Writes random expressions into a function. Types are letters: {@code i} i32, {@code l} i64, {@code f} f32, {@code d}
 * f64. Which NaN arithmetic gives is not said, so floating-point numbers are looked at as bits only if they are exact:
 * loaded, constant, or with the one NaN in place of any.
 */
abstract class NumberCode extends RandomText {
    static final String TYPES = "ilfd";
    /** Where the memory ends, as long as it has not grown. */
    static final int END = 1 << 16;
    private static final Map<Character, List<Opcode>> OPERATIONS = new HashMap<>();
    private static final Map<Character, List<Opcode>> LOADS = new HashMap<>();
    private static final List<Opcode> STORES = new ArrayList<>();
    private static final List<Opcode> ATOMICS = new ArrayList<>();
    private static final long[] INTEGERS = {0, 1, -1, 2, 7, 31, 32, 63, 64, 127, 128, -128, 255, 256, 65535, 65536,
        Integer.MAX_VALUE, Integer.MIN_VALUE, 1L << 32, Long.MAX_VALUE, Long.MIN_VALUE, 0xFFFF_FFFFL};
    private static final String[] NUMBERS = {"0", "-0", "1", "-1", "0.5", "-0.5", "1.5", "2.5", "1e10", "-1e10", "0x1p31",
        "0x1p32", "0x1p63", "0x1p64", "-0x1p63", "1e-40", "inf", "-inf", "nan", "-nan", "nan:0x3f1", "16777217"};

    static {
        for (Opcode opcode : Opcode.values()) {
            if (!opcode.hasFixedType() || opcode.feature() == Feature.WIDE_ARITHMETIC) {
                continue;
            }
            String results = opcode.results();
            if (opcode.accessBytes() != 0 && opcode.prefix() == 0) {
                (results.isEmpty() ? STORES : LOADS.computeIfAbsent(results.charAt(0), _ -> new ArrayList<>())).add(opcode);
            } else if (opcode.accessBytes() != 0 && opcode.mnemonic().contains(".rmw")) {
                ATOMICS.add(opcode);
            } else if (opcode.immediates() == Immediates.NONE && results.length() == 1 && !opcode.operands().isEmpty()
                    && (opcode.operands() + results).chars().allMatch(type -> TYPES.indexOf(type) >= 0)) {
                OPERATIONS.computeIfAbsent(results.charAt(0), _ -> new ArrayList<>()).add(opcode);
            }
        }
    }

    /** The letter of the type of addresses. */
    final char address;
    final NumberModule module;
    /** The code so far. */
    final StringBuilder code = new StringBuilder();
    private final StringBuilder locals = new StringBuilder();
    /** The locals of each type that may be read, and that any statement may assign. */
    private final Map<Character, List<Integer>> readable = new HashMap<>();
    private final Map<Character, List<Integer>> assignable = new HashMap<>();
    /** How much more may be written. */
    int budget;
    /** How likely it is that an expression ends soon, and that it calls something, in percent. */
    int leaves = 15;
    int calls = 4;
    /** Whether expressions call nothing, and have no statements in them. */
    boolean plain;

    NumberCode(NumberModule module, Random random) {
        super(random);
        this.module = module;
        address = module.address();
    }

    final NumberCode add(String instructions) {
        code.append(' ').append(instructions);
        return this;
    }

    // ---- locals

    /** A local that any statement may read and assign. */
    final int anyLocal(char type) {
        int local = ownLocal(type);
        assignable.computeIfAbsent(type, _ -> new ArrayList<>()).add(local);
        return local;
    }

    /** A local that any statement may read, but not assign. */
    final int ownLocal(char type) {
        int local = hiddenLocal(type);
        readable.computeIfAbsent(type, _ -> new ArrayList<>()).add(local);
        return local;
    }

    /** A local that nothing else uses. */
    final int hiddenLocal(char type) {
        locals.append(type);
        return locals.length() - 1;
    }

    /** The types of all locals. */
    final String locals() {
        return locals.toString();
    }

    /** A local that may be assigned. */
    final int local(char type) {
        List<Integer> known = assignable.getOrDefault(type, List.of());
        return known.isEmpty() ? anyLocal(type) : pick(known);
    }

    final void get(int local) {
        add("local.get").add(Integer.toString(local));
    }

    final void set(int local) {
        add("local.set").add(Integer.toString(local));
    }

    final void tee(int local) {
        add("local.tee").add(Integer.toString(local));
    }

    // ---- constants

    final void constant(char type, long number) {
        add(name(type) + ".const").add(Long.toString(type == 'i' ? (int) number : number));
    }

    static String name(char type) {
        return switch (type) {
            case 'i' -> "i32";
            case 'l' -> "i64";
            case 'f' -> "f32";
            case 'd' -> "f64";
            default -> throw new IllegalArgumentException("no type " + type);
        };
    }

    static String names(String types) {
        return types.chars().mapToObj(type -> " " + name((char) type)).reduce("", String::concat);
    }

    /** An instruction on addresses. */
    final void onAddress(String operation) {
        add(name(address) + "." + operation);
    }

    private void constant(char type) {
        switch (type) {
            case 'i', 'l' -> constant(type, switch (random.nextInt(4)) {
                case 0, 1 -> random.nextInt(20) - 4;
                case 2 -> INTEGERS[random.nextInt(INTEGERS.length)];
                default -> random.nextLong();
            });
            default -> {
                add(name(type) + ".const");
                add(chance(50) ? pick(NUMBERS) : Float.toString(random.nextFloat() * 1000));
            }
        }
    }

    // ---- expressions

    final void values(String types, int depth) {
        for (char type : types.toCharArray()) {
            value(type, depth);
        }
    }

    /** Any expression of a type. */
    final void value(char type, int depth) {
        budget--;
        if (depth <= 0 || budget < 0 || chance(leaves)) {
            leaf(type);
            return;
        }
        if (!plain && chance(calls)) {
            call(type, depth - 1);
            return;
        }
        switch (random.nextInt(plain ? 21 : 24)) {
            case 0, 1, 2 -> load(type);
            case 3 -> select(type, depth - 1);
            case 4 -> {
                value(type, depth - 1);
                tee(local(type));
            }
            case 21 -> structured(type, depth - 1);
            case 22 -> size(type);
            case 23 -> atomic(type, depth);
            default -> operation(type, depth - 1);
        }
    }

    /** A block, a choice or anything else that has code in it and gives a value. */
    abstract void structured(char type, int depth);

    /** A call whose first result is of a type; the other ones are assigned. */
    abstract void call(char type, int depth);

    private void leaf(char type) {
        List<Integer> known = readable.getOrDefault(type, List.of());
        if (!known.isEmpty() && chance(70)) {
            get(pick(known));
        } else if (chance(20)) {
            add("global.get").add(global(type));
        } else {
            constant(type);
        }
    }

    final String global(char type) {
        return "$" + pick('g', 'h') + type;
    }

    private void select(char type, int depth) {
        value(type, depth);
        value(type, depth);
        value('i', depth);
        add(chance(50) ? "select" : "select (result " + name(type) + ")");
    }

    private void size(char type) {
        if (type == address) {
            if (chance(30)) {
                constant(type, random.nextInt(8) / 7);
                add("memory.grow");
            } else {
                add("memory.size");
            }
        } else if (type == 'i') {
            table();
        } else {
            leaf(type);
        }
    }

    private void table() {
        switch (random.nextInt(3)) {
            case 0 -> add("table.size $t");
            case 1 -> {
                index(15);
                add("table.get $t ref.is_null");
            }
            default -> {
                add("ref.null func i32.const " + random.nextInt(3));
                add("table.grow $t");
            }
        }
    }

    /** An i32 that is mostly small. */
    final void index(int mask) {
        value('i', 2);
        if (!chance(1)) {
            constant('i', mask);
            add("i32.and");
        }
    }

    private void operation(char type, int depth) {
        Opcode opcode = pick(OPERATIONS.get(type));
        String mnemonic = opcode.mnemonic();
        if (mnemonic.contains("trunc_f") && chance(90)) {
            leaf(type);
            return;
        }
        String operands = opcode.operands();
        for (int i = 0; i < operands.length(); i++) {
            char operand = operands.charAt(i);
            if (mnemonic.contains("reinterpret_f") || mnemonic.endsWith("copysign") && i == 1) {
                exact(operand, depth);
            } else {
                value(operand, depth);
            }
        }
        if ((mnemonic.contains(".div_") || mnemonic.contains(".rem_")) && chance(96)) {
            constant(type, 1);
            add(name(type) + ".or");
        }
        add(mnemonic);
    }

    /** An expression whose bits are known if it is a NaN. */
    final void exact(char type, int depth) {
        switch (type) {
            case 'i', 'l' -> value(type, depth);
            default -> {
                switch (depth <= 0 ? 2 : random.nextInt(5)) {
                    case 0 -> load(type);
                    case 1 -> {
                        value(type == 'f' ? 'i' : 'l', depth - 1);
                        add(type == 'f' ? "f32.reinterpret_i32" : "f64.reinterpret_i64");
                    }
                    case 2 -> constant(type);
                    case 3 -> {
                        exact(type, depth - 1);
                        add(name(type) + pick(".neg", ".abs"));
                    }
                    default -> canonical(type, depth - 1);
                }
            }
        }
    }

    private void canonical(char type, int depth) {
        int temporary = hiddenLocal(type);
        value(type, depth);
        tee(temporary);
        add(name(type) + ".const nan");
        get(temporary);
        get(temporary);
        add(name(type) + ".eq select");
    }

    // ---- memory

    /** An address that is mostly in bounds: at the memory's beginning, anywhere, or near its end. */
    final void address(int depth) {
        int kind = random.nextInt(50);
        if (kind == 0 && chance(25)) {
            value(address, depth);
            return;
        }
        if (kind == 1) {
            // Where the memory ends now.
            add("memory.size");
            constant(address, 16);
            onAddress("shl");
            constant(address, 40 + random.nextInt(100));
            onAddress("sub");
            return;
        }
        if (kind < 8) {
            constant(address, kind < 5 ? random.nextInt(300) : END - random.nextInt(300));
            return;
        }
        value(address, depth);
        constant(address, kind < 35 ? pick(0x3F8, 0x7F, 0x1FF) : kind < 40 ? 0xFFFF : 0x7F);
        onAddress("and");
        if (kind >= 40) {
            constant(address, END - 0x7F - random.nextInt(30));
            onAddress("add");
        }
    }

    private int pick(int... choices) {
        return choices[random.nextInt(choices.length)];
    }

    final String offset() {
        return chance(40) ? "" : " offset="
                + (random.nextInt(300) > 0 ? random.nextInt(40) : pick(0x7FFF_FFFF, 0xFFF0, 0xFFFF));
    }

    /** A load instruction that gives a type. */
    final String loading(char type) {
        return pick(LOADS.get(type)).mnemonic();
    }

    final void load(char type) {
        address(2);
        add(loading(type) + offset());
    }

    /** A store instruction. */
    final Opcode storing() {
        return pick(STORES);
    }

    private void atomic(char type, int depth) {
        Opcode opcode = pick(ATOMICS);
        if (opcode.results().charAt(0) != type) {
            operation(type, depth);
            return;
        }
        value(address, 1);
        constant(address, random.nextInt(300) > 0 ? 0x3F8 : 0x3FF);
        onAddress("and");
        values(opcode.operands().substring(1), depth - 1);
        add(opcode.mnemonic() + " offset=" + 8 * random.nextInt(9));
    }
}
