package dev.jawa.conformance.random;

import dev.jawa.model.Feature;
import dev.jawa.model.Opcode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.IntUnaryOperator;

/**
 * The text of a random module about vectors. Types are letters: {@code i} i32, {@code l} i64, {@code V} a v128 whose bits
 * are known, {@code F} one of f32 and {@code D} one of f64. Which NaN those have is not said, so they are looked at only
 * after their NaNs have been cleared. Each call and each round of a loop takes one from {@code $fuel}.
 */
final class VectorProgram extends RandomExpressions implements RandomProgram {
    private static final int FUNCTIONS = 4;
    /** The locals of each function; the first four are the parameters. */
    private static final String LOCALS = "iliiiilVVVVVFFFDD";
    private static final int PARAMETERS = 4;
    private static final String BURN = " global.get $fuel i32.const 1 i32.sub global.set $fuel global.get $fuel"
            + " i32.const 0 i32.lt_s";
    private static final String HEAD = """
            (module
            (memory (export "memory") 1)
            (global $fuel (export "fuel") (mut i32) (i32.const 0))
            (global $v (mut v128) (v128.const i32x4 1 2 3 4))
            (func $folded (param $v v128) (result i64)
              local.get $v i64x2.extract_lane 0 i64.const 31 i64.mul local.get $v i64x2.extract_lane 1 i64.xor)
            (func (export "state") (result i64) global.get $v call $folded)
            (func $second (param v128 v128) (result v128) local.get 1)
            (func $turned (param v128 v128) (result v128 v128) local.get 1 local.get 0)
            """;
    private static final String[] FLOAT_BINARY = {"add", "sub", "mul", "div", "min", "max", "pmin", "pmax"};
    private static final String[] FLOAT_UNARY = {"abs", "neg", "sqrt", "ceil", "floor", "trunc", "nearest"};
    private static final String[] COMPARISONS = {"eq", "ne", "lt", "gt", "le", "ge"};
    // Instructions on integers, or on bits, by their types.
    private static final List<String> UNARY = integer("v:v");
    private static final List<String> BINARY = integer("vv:v");
    private static final List<String> SHIFTS = integer("vi:v");
    private static final List<String> TESTS = integer("v:i");

    private final boolean relaxed;
    private final StringBuilder text = new StringBuilder(HEAD);
    private int budget;
    private int loops;

    /** A module with the relaxed instructions, as far as they are determined, or without. */
    VectorProgram(long seed, boolean relaxed) {
        super(new Random(seed));
        this.relaxed = relaxed;
    }

    /** The instructions of a type that work on integers, or on bits, without immediates. */
    private static List<String> integer(String type) {
        var found = new ArrayList<String>();
        for (Opcode opcode : Opcode.values()) {
            String name = opcode.mnemonic();
            if (opcode.feature() == Feature.SIMD && opcode.accessBytes() == 0 && type(opcode).equals(type)
                    && !name.contains("f32") && !name.contains("f64") && !name.contains("_lane")
                    && !name.equals("i8x16.shuffle")) {
                found.add(" " + name);
            }
        }
        return found;
    }

    private static String type(Opcode opcode) {
        return opcode.operands() + ":" + opcode.results();
    }

    @Override
    public List<String> parameters() {
        return Collections.nCopies(FUNCTIONS, LOCALS.substring(0, PARAMETERS));
    }

    @Override
    public String text() {
        for (int i = 0; i < FUNCTIONS; i++) {
            function(i);
        }
        return text.append(")\n").toString();
    }

    private void function(int index) {
        text.append("(func $").append(index).append(" (export \"f").append(index)
                .append("\") (param i32 i64 i32 i32) (result i64) (local");
        for (char letter : LOCALS.substring(PARAMETERS).toCharArray()) {
            text.append(letter == 'i' ? " i32" : letter == 'l' ? " i64" : " v128");
        }
        text.append(")\n").append(BURN).append(" if i64.const 0 return end\n");
        budget = 60 + random.nextInt(200);
        loops = 0;
        for (int i = 3 + random.nextInt(8); i > 0; i--) {
            text.append(statement(4)).append('\n');
        }
        text.append(value('l', 3)).append(value('V', 3)).append(" call $folded i64.xor)\n");
    }

    private String local(char letter) {
        int start = random.nextInt(LOCALS.length());
        while (LOCALS.charAt(start % LOCALS.length()) != letter) {
            start++;
        }
        return Integer.toString(start % LOCALS.length());
    }

    // ---- values

    @Override
    String value(char letter, int depth) {
        budget--;
        if (depth <= 0 || budget < 0 || chance(15)) {
            return leaf(letter);
        }
        int d = depth - 1;
        return switch (letter) {
            case 'i' -> i32(d);
            case 'l' -> i64(d);
            case 'F' -> f32x4(d);
            case 'D' -> f64x2(d);
            default -> relaxed && chance(15) ? relaxed(d) : v128(d);
        };
    }

    private String leaf(char letter) {
        return switch (letter) {
            case 'i' -> chance(60) ? " local.get " + local('i') : " i32.const " + number();
            case 'l' -> chance(60) ? " local.get " + local('l') : " i64.const " + random.nextLong();
            case 'V' -> chance(70) ? " local.get " + local('V') : constant();
            default -> chance(80) ? " local.get " + local(letter) : constant();
        };
    }

    private int number() {
        return chance(70) ? random.nextInt(70) - 4 : random.nextInt();
    }

    private String constant() {
        var constant = new StringBuilder(" v128.const ");
        int kind = random.nextInt(5);
        if (kind == 0) {
            constant.append("i8x16");
            for (int i = 0; i < 16; i++) {
                constant.append(' ').append(chance(50) ? random.nextInt(16) : random.nextInt(256) - 128);
            }
        } else if (kind < 3) {
            constant.append("i32x4");
            for (int i = 0; i < 4; i++) {
                constant.append(' ').append(number());
            }
        } else if (kind == 3) {
            constant.append("f32x4");
            for (int i = 0; i < 4; i++) {
                constant.append(' ').append(pick("0", "-0", "1.5", "-3.25", "inf", "-inf", "nan", "1e9", "-4e10", "1e-40"));
            }
        } else {
            int lane = random.nextInt(1 << 16);
            constant.append("i16x8").append((" " + lane).repeat(8));
        }
        return constant.toString();
    }

    private String load(String instruction, int depth) {
        return address(depth) + " " + instruction + (chance(50) ? " offset=" + random.nextInt(40) : "");
    }

    /** An address that is mostly in bounds. */
    private String address(int depth) {
        return value('i', depth) + (chance(99) ? " i32.const " + pick("0xFF", "0x3F0", "0xFFE8") + " i32.and" : "");
    }

    private String i32(int d) {
        return switch (random.nextInt(10)) {
            case 0, 1 -> values("ii", d) + pick(" i32.add", " i32.sub", " i32.xor", " i32.mul", " i32.lt_s");
            case 2 -> value('V', d) + pick(" i8x16.extract_lane_s ", " i8x16.extract_lane_u ") + random.nextInt(16);
            case 3 -> value('V', d) + pick(" i16x8.extract_lane_s ", " i16x8.extract_lane_u ") + random.nextInt(8);
            case 4 -> value('V', d) + " i32x4.extract_lane " + random.nextInt(4);
            case 5, 6 -> value('V', d) + pick(TESTS);
            case 7 -> value('F', d) + " f32x4.extract_lane " + random.nextInt(4) + " i32.trunc_sat_f32_s";
            case 8 -> value('D', d) + " f64x2.extract_lane " + random.nextInt(2) + " i32.trunc_sat_f64_u";
            default -> load("i32.load", d);
        };
    }

    private String i64(int d) {
        return switch (random.nextInt(5)) {
            case 0 -> values("ll", d) + pick(" i64.add", " i64.xor", " i64.mul");
            case 1 -> value('V', d) + " i64x2.extract_lane " + random.nextInt(2);
            case 2 -> value('i', d) + pick(" i64.extend_i32_s", " i64.extend_i32_u");
            case 3 -> value('V', d) + " call $folded";
            default -> load("i64.load", d);
        };
    }

    private String f32x4(int d) {
        return switch (random.nextInt(10)) {
            case 0, 1, 2, 3 -> values("FF", d) + " f32x4." + pick(FLOAT_BINARY);
            case 4 -> value('F', d) + " f32x4." + pick(FLOAT_UNARY);
            case 5 -> value('V', d) + pick(" f32x4.convert_i32x4_s", " f32x4.convert_i32x4_u");
            case 6 -> value('i', d) + " f32.convert_i32_s f32x4.splat";
            case 7 -> value('F', d) + value('i', d) + " f32.convert_i32_u f32x4.replace_lane " + random.nextInt(4);
            case 8 -> value('D', d) + " f32x4.demote_f64x2_zero";
            default -> chance(50) ? value('V', d) : values("FF", d) + shuffleOfLanes(4);
        };
    }

    private String f64x2(int d) {
        return switch (random.nextInt(9)) {
            case 0, 1, 2 -> values("DD", d) + " f64x2." + pick(FLOAT_BINARY);
            case 3 -> value('D', d) + " f64x2." + pick(FLOAT_UNARY);
            case 4 -> value('V', d) + pick(" f64x2.convert_low_i32x4_s", " f64x2.convert_low_i32x4_u");
            case 5 -> value('i', d) + " f64.convert_i32_s f64x2.splat";
            case 6 -> value('D', d) + value('l', d) + " f64.convert_i64_s f64x2.replace_lane " + random.nextInt(2);
            case 7 -> value('F', d) + " f64x2.promote_low_f32x4";
            default -> chance(50) ? value('V', d) : values("DD", d) + shuffleOfLanes(8);
        };
    }

    private String v128(int d) {
        return switch (random.nextInt(27)) {
            case 0, 1, 2, 3, 4, 5, 6 -> values("VV", d) + pick(BINARY);
            case 7, 8 -> value('V', d) + pick(UNARY);
            case 9, 10 -> value('V', d) + (chance(60) ? " i32.const " + random.nextInt(40) : value('i', d)) + pick(SHIFTS);
            case 11 -> values("VVV", d) + " v128.bitselect";
            case 12, 13, 14 -> values("VV", d) + shuffle();
            case 15 -> values("VV", d) + " i8x16.swizzle";
            case 16 -> splat(d);
            case 17 -> replaced(d);
            case 18 -> load("v128.load", d);
            case 19 -> load(pick("v128.load8x8_s", "v128.load8x8_u", "v128.load16x4_s", "v128.load16x4_u",
                    "v128.load32x2_s", "v128.load32x2_u", "v128.load8_splat", "v128.load16_splat", "v128.load32_splat",
                    "v128.load64_splat", "v128.load32_zero", "v128.load64_zero"), d);
            case 20 -> loadedLane(d);
            case 21 -> compared(d);
            case 22 -> cleared(d);
            case 23 -> chance(50) ? value('F', d) + pick(" i32x4.trunc_sat_f32x4_s", " i32x4.trunc_sat_f32x4_u")
                    : value('D', d) + pick(" i32x4.trunc_sat_f64x2_s_zero", " i32x4.trunc_sat_f64x2_u_zero");
            case 24 -> values("VVi", d) + (chance(50) ? " select" : " select (result v128)");
            case 25 -> chance(50) ? values("VV", d) + " call $second" : " global.get $v";
            default -> control(d);
        };
    }

    private String splat(int d) {
        return chance(30) ? value('l', d) + " i64x2.splat"
                : value('i', d) + pick(" i8x16.splat", " i16x8.splat", " i32x4.splat");
    }

    private String replaced(int d) {
        return switch (random.nextInt(4)) {
            case 0 -> values("Vi", d) + " i8x16.replace_lane " + random.nextInt(16);
            case 1 -> values("Vi", d) + " i16x8.replace_lane " + random.nextInt(8);
            case 2 -> values("Vi", d) + " i32x4.replace_lane " + random.nextInt(4);
            default -> values("Vl", d) + " i64x2.replace_lane " + random.nextInt(2);
        };
    }

    private String loadedLane(int d) {
        int width = random.nextInt(4);
        return address(d) + value('V', d) + " v128.load" + (8 << width) + "_lane offset=" + random.nextInt(9) + " "
                + random.nextInt(16 >> width);
    }

    private String compared(int d) {
        return chance(60) ? values("FF", d) + " f32x4." + pick(COMPARISONS)
                : values("DD", d) + " f64x2." + pick(COMPARISONS);
    }

    /** Floating-point numbers as bits, zeros for NaNs. */
    private String cleared(int d) {
        boolean single = chance(60);
        String local = local(single ? 'F' : 'D');
        String get = " local.get " + local;
        return value(single ? 'F' : 'D', d) + " local.tee " + local + get + get + (single ? " f32x4" : " f64x2")
                + ".eq v128.and";
    }

    private String control(int d) {
        String label = name();
        return switch (random.nextInt(3)) {
            case 0 -> value('i', d) + " if (result v128)" + value('V', d) + " else" + value('V', d) + " end";
            case 1 -> " block " + label + " (result v128)" + values("Vi", d) + " br_if " + label + " drop"
                    + value('V', d) + " end";
            default -> values("VV", d) + " call $turned " + pick(BINARY);
        };
    }

    private String shuffle() {
        int start = random.nextInt(32);
        int step = random.nextInt(4);
        return switch (random.nextInt(6)) {
            case 0 -> lanes(1, i -> random.nextInt(32));
            case 1 -> shuffleOfLanes(1 << 1 + random.nextInt(3));
            // One vector after another, in turn, backwards in groups, and every second.
            case 2 -> lanes(1, i -> start + i & 31);
            case 3 -> lanes(1 << step, i -> start % (16 >> step) / 2 + i / 2 + i % 2 * (16 >> step));
            case 4 -> lanes(1, i -> i ^ (1 << step) - 1);
            default -> lanes(1 << step % 3, i -> i * 2 + start % 2);
        };
    }

    private String shuffleOfLanes(int bytes) {
        return lanes(bytes, i -> random.nextInt(32 / bytes));
    }

    /** A shuffle of lanes of so many bytes, the sources of which are computed from their indices. */
    private static String lanes(int bytes, IntUnaryOperator source) {
        var lanes = new StringBuilder(" i8x16.shuffle");
        for (int i = 0; i < 16 / bytes; i++) {
            int lane = source.applyAsInt(i) % (32 / bytes);
            for (int j = 0; j < bytes; j++) {
                lanes.append(' ').append(lane * bytes + j);
            }
        }
        return lanes.toString();
    }

    /** Relaxed instructions with operands for which all allowed results are the same. */
    private String relaxed(int d) {
        String small = value('V', d) + " i32.const 20 i32x4.shr_u";
        String floats = " f32x4.convert_i32x4_s";
        return switch (random.nextInt(8)) {
            case 0 -> values("VV", d) + " v128.const i8x16" + " 15".repeat(16) + " v128.and i8x16.relaxed_swizzle";
            case 1 -> small + floats + pick(" i32x4.relaxed_trunc_f32x4_s", " i32x4.relaxed_trunc_f32x4_u");
            case 2 -> small + " f64x2.convert_low_i32x4_s"
                    + pick(" i32x4.relaxed_trunc_f64x2_s_zero", " i32x4.relaxed_trunc_f64x2_u_zero");
            // Exact, whether it is rounded in between or not.
            case 3 -> (small + floats).repeat(3) + pick(" f32x4.relaxed_madd", " f32x4.relaxed_nmadd")
                    + " i32x4.trunc_sat_f32x4_s";
            case 4 -> values("VV", d) + values("VV", d) + pick(" i8x16.gt_s i8x16.relaxed_laneselect",
                    " i16x8.lt_u i16x8.relaxed_laneselect", " i32x4.eq i32x4.relaxed_laneselect",
                    " i64x2.ge_s i64x2.relaxed_laneselect");
            case 5 -> (small + floats).repeat(2) + pick(" f32x4.relaxed_min", " f32x4.relaxed_max");
            case 6 -> (value('V', d) + " i32.const 1 i16x8.shr_u").repeat(2) + " i16x8.relaxed_q15mulr_s";
            default -> {
                String factors = value('V', d) + value('V', d) + " i32.const 1 i8x16.shr_u";
                yield chance(50) ? factors + " i16x8.relaxed_dot_i8x16_i7x16_s"
                        : factors + value('V', d) + " i32x4.relaxed_dot_i8x16_i7x16_add_s";
            }
        };
    }

    // ---- statements

    private String statement(int depth) {
        budget--;
        int d = depth - 1;
        if (depth <= 0 || budget < 0) {
            return set('V', 0);
        }
        return switch (random.nextInt(16)) {
            case 0, 1, 2, 3 -> set('V', 4);
            case 4 -> set('F', 4);
            case 5 -> set('D', 3);
            case 6 -> set(chance(50) ? 'i' : 'l', 3);
            case 7, 8 -> address(2) + value('V', 4) + " v128.store offset=" + random.nextInt(40);
            case 9 -> storedLane();
            case 10 -> value('i', 3) + " if\n" + statement(d) + " else\n" + statement(d) + statement(d) + " end";
            case 11, 12 -> loop(d);
            case 13 -> streamed();
            case 14 -> value('V', 3) + " global.set $v";
            default -> values("ilii", 2) + " call $" + random.nextInt(FUNCTIONS) + " local.set " + local('l');
        };
    }

    private String set(char letter, int depth) {
        return value(letter, depth) + " local.set " + local(letter);
    }

    private String storedLane() {
        int width = random.nextInt(4);
        return address(2) + value('V', 3) + " v128.store" + (8 << width) + "_lane offset=" + random.nextInt(9) + " "
                + random.nextInt(16 >> width);
    }

    /** A loop of a few rounds around any statements. */
    private String loop(int depth) {
        String label = name();
        String end = name();
        return " block " + end + " loop " + label + BURN + " br_if " + end + "\n" + statement(depth) + statement(depth)
                + value('i', 2) + " i32.const 3 i32.and br_if " + label + " end end";
    }

    /** A loop over arrays, as compilers make them, around assignments and stores. */
    private String streamed() {
        if (loops++ > 2) {
            return set('V', 3);
        }
        String label = name();
        String at = local('i');
        var body = new StringBuilder(" i32.const " + random.nextInt(64) + " local.set " + at + " loop " + label);
        for (int i = random.nextInt(3); i >= 0; i--) {
            body.append(chance(70) ? set('V', 3) : set('F', 3)).append(streamedLoad(at)).append(pick(BINARY))
                    .append(" local.set ").append(local('V')).append('\n');
            if (chance(60)) {
                body.append(" local.get ").append(at).append(value('V', 3)).append(" v128.store offset=")
                        .append(1024 * random.nextInt(4)).append('\n');
            }
        }
        return body + " local.get " + at + " i32.const 16 i32.add local.tee " + at + " i32.const "
                + (64 + random.nextInt(600)) + pick(" i32.lt_u", " i32.lt_s") + " br_if " + label + " end";
    }

    private String streamedLoad(String at) {
        String load = " local.get " + at + " v128.load offset=";
        return load + 1024 * random.nextInt(4) + (chance(50) ? load + random.nextInt(2048) : " local.get " + local('V'));
    }
}
