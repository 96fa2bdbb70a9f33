package dev.jawa.conformance.random;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * The text of a random module about references: structs, arrays, casts, exceptions, tail calls, calls through tables
 * and references, several memories. Types are letters: {@code i} i32, {@code l} i64, {@code d} f64, {@code A} anyref,
 * {@code S}, {@code T} and {@code U} structs, {@code R} and {@code B} arrays of i32 and i8, {@code N} an array of
 * references, {@code X} exnref, {@code F} a function. Each call and each round of a loop takes one from
 * {@code $fuel}.
 */
final class ReferenceProgram extends RandomExpressions implements RandomProgram {
    private static final int FUNCTIONS = 8;
    /** Parameters and results of each kind of function. */
    private static final String[][] SIGNATURES = {{"iS", "i"}, {"lAi", "i"}, {"dRi", "l"}, {"SA", "il"}, {"Bi", "S"}};
    private static final String LOCALS = "iildASTUNRBX";
    /** Takes fuel; leaves whether there was none. */
    private static final String BURN = " global.get $fuel i32.const 1 i32.sub global.set $fuel global.get $fuel"
            + " i32.const 0 i32.lt_s";
    private static final String RARELY = " i32.const 7 i32.and i32.eqz";
    private static final String HEAD = """
            (module
            (rec
              (type $S (sub (struct (field (mut i32)) (field (mut i64)) (field (mut (ref null $S))))))
              (type $T (sub $S (struct (field (mut i32)) (field (mut i64)) (field (mut (ref null $S)))
                (field (mut i8)) (field (mut f64)))))
              (type $U (sub final $S (struct (field (mut i32)) (field (mut i64)) (field (mut (ref null $S)))
                (field (mut anyref)) (field (mut i16))))))
            (type $R (array (mut i32)))
            (type $B (array (mut i8)))
            (type $N (array (mut (ref null $S))))
            (type $f0 (func (param i32 (ref null $S)) (result i32)))
            (type $f1 (func (param i64 anyref i32) (result i32)))
            (type $f2 (func (param f64 (ref null $R) i32) (result i64)))
            (type $f3 (func (param (ref null $S) anyref) (result i32 i64)))
            (type $f4 (func (param (ref null $B) i32) (result (ref null $S))))
            (tag $t0 (param i32))
            (tag $t1 (param i64 (ref null $S)))
            (tag $t2)
            (memory $m (export "m") 1)
            (memory $w (export "w") i64 1)
            (table $functions 10 funcref)
            (table $objects 8 anyref)
            (table $wide i64 4 anyref)
            (global $fuel (export "fuel") (mut i32) (i32.const 0))
            (global $gi (export "gi") (mut i32) (i32.const 0))
            (global $gl (export "gl") (mut i64) (i64.const 0))
            (global $gA (mut anyref) (ref.null any))
            (global $gS (mut (ref null $S)) (ref.null $S))
            (elem (table $functions) (i32.const 0) func $0 $1 $2 $3 $4 $5 $6 $7)
            (data $bytes "0123456789abcdef")
            (func $hash (param $a anyref) (param $depth i32) (result i32)
              local.get $depth i32.eqz if i32.const 1 return end
              block $none local.get $a br_on_null $none
                block $struct (param anyref) (result (ref $S)) br_on_cast $struct anyref (ref $S)
                  ref.test (ref i31) if local.get $a ref.cast (ref i31) i31.get_s return end
                  local.get $a ref.test (ref $R) if local.get $a ref.cast (ref $R) array.len return end
                  local.get $a ref.test (ref $B)
                  if local.get $a ref.cast (ref $B) array.len i32.const 77 i32.add return end
                  i32.const 5 return
                end
                struct.get $S 0
                local.get $a ref.cast (ref $S) struct.get $S 1 i32.wrap_i64 i32.add
                local.get $a ref.test (ref $T) if (param i32) (result i32)
                  local.get $a ref.cast (ref $T) struct.get_s $T 3 i32.xor end
                local.get $a ref.test (ref $U) if (param i32) (result i32)
                  local.get $a ref.cast (ref $U) struct.get $U 3 local.get $depth i32.const 1 i32.sub call $hash i32.xor
                  local.get $a ref.cast (ref $U) struct.get_u $U 4 i32.xor end
                i32.const 31 i32.mul
                local.get $a ref.cast (ref $S) struct.get $S 2 local.get $depth i32.const 1 i32.sub call $hash i32.add
                return
              end
              i32.const 3)
            (func (export "state") (result i32) (local $n i32) (local $sum i32)
              global.get $gA i32.const 4 call $hash global.get $gS i32.const 4 call $hash i32.add local.set $sum
              loop $again
                local.get $sum i32.const 31 i32.mul
                local.get $n table.get $objects i32.const 3 call $hash i32.add
                local.get $n i64.extend_i32_u i64.const 3 i64.and table.get $wide i32.const 3 call $hash i32.add
                local.get $n i32.const 8191 i32.mul i64.extend_i32_u i64.load $w i32.wrap_i64 i32.add
                local.get $n i32.const 8191 i32.mul i32.load $m i32.add local.set $sum
                local.get $n i32.const 1 i32.add local.tee $n i32.const 8 i32.lt_u br_if $again
              end
              local.get $sum)
            """;

    private record Label(String name, String types) {
    }

    private final boolean legacy;
    private final StringBuilder text = new StringBuilder(HEAD);
    private final List<Label> labels = new ArrayList<>();
    private String locals = "";
    private String results = "";
    private int budget;

    /** A module with exceptions of the standard, or with the legacy instructions: V8 refuses to mix them. */
    ReferenceProgram(long seed, boolean legacy) {
        super(new Random(seed));
        this.legacy = legacy;
    }

    @Override
    public List<String> parameters() {
        return IntStream.range(0, FUNCTIONS).mapToObj(i -> SIGNATURES[i % SIGNATURES.length][0]).toList();
    }

    @Override
    public String text() {
        for (int i = 0; i < FUNCTIONS; i++) {
            function(i);
        }
        return text.append(")\n").toString();
    }

    private static String type(char letter) {
        return switch (letter) {
            case 'i' -> "i32";
            case 'l' -> "i64";
            case 'd' -> "f64";
            case 'A' -> "anyref";
            case 'X' -> "exnref";
            default -> "(ref null $" + letter + ")";
        };
    }

    private static String types(String letters) {
        var all = new StringBuilder();
        letters.chars().forEach(letter -> all.append(' ').append(type((char) letter)));
        return all.toString();
    }

    private static String result(String letters) {
        return letters.isEmpty() ? "" : " (result" + types(letters) + ")";
    }

    private void function(int index) {
        int kind = index % SIGNATURES.length;
        String parameters = SIGNATURES[kind][0];
        results = SIGNATURES[kind][1];
        text.append("(func $").append(index).append(" (export \"f").append(index).append("\") (type $f").append(kind)
                .append(") (param").append(types(parameters)).append(')').append(result(results));
        String own = legacy ? LOCALS.replace("X", "") : LOCALS;
        locals = parameters + own;
        text.append(" (local").append(types(own)).append(")\n");
        for (int i = 0; i < locals.length(); i++) {
            if (i >= parameters.length()) {
                text.append(fresh(locals.charAt(i))).append(" local.set ").append(i);
            } else if ("SRBA".indexOf(locals.charAt(i)) >= 0) {
                text.append(" local.get ").append(i).append(" ref.is_null if").append(fresh(locals.charAt(i)))
                        .append(" local.set ").append(i).append(" end");
            }
        }
        text.append(BURN).append(" if").append(zeros(results)).append(" return end\n");
        budget = 40 + random.nextInt(160);
        for (int i = 2 + random.nextInt(8); i > 0; i--) {
            text.append(statement(4)).append('\n');
        }
        for (char letter : results.toCharArray()) {
            text.append(value(letter, 4));
        }
        text.append(")\n");
    }

    private static String zeros(String letters) {
        var all = new StringBuilder();
        for (char letter : letters.toCharArray()) {
            all.append(switch (letter) {
                case 'i' -> " i32.const 0";
                case 'l' -> " i64.const 0";
                case 'd' -> " f64.const 0";
                case 'A' -> " ref.null any";
                case 'X' -> " ref.null exn";
                default -> " ref.null $" + letter;
            });
        }
        return all.toString();
    }

    /** A value that is hardly ever null. */
    private String fresh(char letter) {
        String number = " i32.const " + random.nextInt(100);
        String struct = number + " i64.const " + random.nextInt(100) + " ref.null $S";
        return switch (letter) {
            case 'A' -> chance(50) ? number + " ref.i31" : fresh(pick('S', 'T', 'U', 'R', 'B', 'N'));
            case 'S' -> chance(60) ? struct + " struct.new $S" : fresh(pick('T', 'U'));
            case 'T' -> struct + number + " f64.const 2.5 struct.new $T";
            case 'U' -> struct + number + " ref.i31" + number + " struct.new $U";
            case 'R' -> number.repeat(4) + " array.new_fixed $R 4";
            case 'B' -> number + " i32.const 8 array.new $B";
            case 'N' -> fresh('S') + " i32.const 4 array.new $N";
            default -> zeros(String.valueOf(letter));
        };
    }

    /** An index that is mostly small. */
    private String index(int mask, int depth) {
        return value('i', depth) + (chance(98) ? " i32.const " + mask + " i32.and" : "");
    }

    private String wideIndex(int mask, int depth) {
        return value('l', depth) + (chance(98) ? " i64.const " + mask + " i64.and" : "");
    }

    /** Another value in place of null. */
    private String nonNull(String value) {
        String label = name();
        return chance(3) ? value
                : " block " + label + " (result (ref $S))" + value + " br_on_non_null " + label + fresh('S')
                        + " ref.as_non_null end";
    }

    /** Any reference as one of another type, mostly after a test. */
    private String cast(String type, String otherwise, int depth) {
        int local = local('A');
        return chance(3) ? value('A', depth) + " ref.cast (ref null " + type + ")"
                : value('A', depth) + " local.tee " + local + " ref.test (ref " + type + ") if (result (ref null "
                        + type
                        + ")) local.get " + local + " ref.cast (ref " + type + ") else" + otherwise + " end";
    }

    private int local(char letter) {
        int start = random.nextInt(locals.length());
        for (int i = 0; i < locals.length(); i++) {
            int index = (start + i) % locals.length();
            if (locals.charAt(index) == letter) {
                return index;
            }
        }
        return -1;
    }

    // ---- values

    @Override
    String value(char letter, int depth) {
        budget--;
        int local = local(letter);
        if (depth <= 0 || budget < 0 || chance(20)) {
            return local >= 0 && chance(70) ? " local.get " + local
                    : letter == 'i' ? " i32.const " + (chance(80) ? random.nextInt(10) - 2 : random.nextInt())
                    : letter == 'l' ? " i64.const " + (chance(80) ? random.nextInt(40) - 4 : random.nextLong())
                    : chance(3) ? zeros(String.valueOf(letter)) : fresh(letter);
        }
        int d = depth - 1;
        if (chance(35) && letter != 'X') {
            return anyValue(letter, d);
        }
        return switch (letter) {
            case 'i' -> i32(d);
            case 'l' -> i64(d);
            case 'd' -> chance(50) ? value('i', d) + " f64.convert_i32_s" : value('T', d) + " struct.get $T 4";
            case 'A' -> any(d);
            case 'S' -> struct(d);
            case 'T' -> chance(60) ? values("ilSid", d) + " struct.new $T" : cast("$T", fresh('T'), d);
            case 'U' -> switch (random.nextInt(3)) {
                case 0 -> values("ilSAi", d) + " struct.new $U";
                case 1 -> fresh('U');
                default -> cast("$U", fresh('U'), d);
            };
            case 'R' -> switch (random.nextInt(3)) {
                case 0 -> values("i", d) + value('i', d) + " i32.const 7 i32.and i32.const 2 i32.or array.new $R";
                case 1 -> values("iii", d) + " array.new_fixed $R 3";
                default -> cast("$R", fresh('R'), d);
            };
            case 'B' -> switch (random.nextInt(3)) {
                case 0 -> values("i", d) + value('i', d) + " i32.const 7 i32.and i32.const 2 i32.or array.new $B";
                case 1 -> " i32.const " + random.nextInt(9) + value('i', d)
                        + " i32.const 5 i32.and i32.const 2 i32.or array.new_data $B $bytes";
                default -> cast("$B", fresh('B'), d);
            };
            case 'N' -> chance(50) ? values("S", d) + value('i', d)
                    + " i32.const 3 i32.and i32.const 2 i32.or array.new $N"
                    : values("SS", d) + " array.new_fixed $N 2";
            default -> caughtReference(d);
        };
    }

    private String i32(int d) {
        return switch (random.nextInt(23)) {
            case 0, 1 -> values("ii", d) + pick(" i32.add", " i32.sub", " i32.xor", " i32.mul", " i32.lt_s");
            case 2 -> value('S', d) + " struct.get $S 0";
            case 3 -> value('T', d) + pick(" struct.get_s $T 3", " struct.get_u $T 3", " struct.get $T 0");
            case 4 -> value('U', d) + pick(" struct.get_s $U 4", " struct.get_u $U 4");
            case 5 -> value('A', d) + " ref.test (ref " + pick("$T", "null $S", "$R", "i31", "struct", "null none",
                    "array",
                    "eq") + ")";
            case 6 -> values("SS", d) + " ref.eq";
            case 7 -> value('R', d) + index(1, d) + " array.get $R";
            case 8 -> value('B', d) + index(1, d) + pick(" array.get_s $B", " array.get_u $B");
            case 9 -> value(pick('R', 'B', 'N'), d) + " array.len";
            case 10 -> cast("i31", " i32.const 5 ref.i31", d) + pick(" i31.get_s", " i31.get_u");
            case 11 -> value(pick('A', 'S', 'N'), d) + " ref.is_null";
            case 12 -> index(0xFFF, d) + " i32.load" + pick("", "8_s", "16_u") + " $m offset=" + random.nextInt(9);
            case 13 -> value('l', d) + pick(" i32.wrap_i64", " i64.eqz");
            case 14 -> branchOnCast(d);
            case 15 -> branchOnCastFailure(d);
            case 16 -> branchOnNull(d);
            case 17 -> values("dd", d) + " f64.lt";
            case 18 -> " global.get $gi";
            case 19 -> value('A', d) + value('l', d) + " i64.const 1 i64.and table.grow $wide i32.wrap_i64";
            case 20 -> index(7, d) + " table.get $functions ref.test (ref $f" + random.nextInt(5) + ")";
            default -> values("ii", d) + pick(" i32.and", " i32.const 1 i32.or i32.div_u", " i32.eq",
                    " i32.const 1 i32.or i32.rem_u");
        };
    }

    private String i64(int d) {
        return switch (random.nextInt(6)) {
            case 0 -> values("ll", d) + pick(" i64.add", " i64.xor", " i64.mul");
            case 1 -> value('S', d) + " struct.get $S 1";
            case 2 -> value('i', d) + " i64.extend_i32_s";
            case 3 -> wideIndex(0xFFF, d) + " i64.load $w offset=" + random.nextInt(20);
            case 4 -> " global.get $gl";
            default -> value('d', d) + " i64.trunc_sat_f64_s";
        };
    }

    private String any(int d) {
        return switch (random.nextInt(8)) {
            case 0 -> value('i', d) + " ref.i31";
            case 1 -> " global.get $gA";
            case 2 -> value('i', d) + " i32.const 7 i32.and table.get $objects";
            case 3 -> value('A', d) + " extern.convert_any any.convert_extern";
            case 4 -> value('U', d) + " struct.get $U 3";
            case 5 -> value('l', d) + " i64.const 3 i64.and table.get $wide";
            default -> value(pick('S', 'T', 'U', 'R', 'B', 'N'), d);
        };
    }

    private String struct(int d) {
        return switch (random.nextInt(7)) {
            case 0 -> values("ilS", d) + " struct.new $S";
            case 1 -> value(pick('T', 'U'), d);
            case 2 -> cast("$S", fresh('S'), d);
            case 3 -> nonNull(value('S', d) + " struct.get $S 2");
            case 4 -> nonNull(value('N', d) + index(1, d) + " array.get $N");
            case 5 -> nonNull(" global.get $gS");
            default -> fresh('S');
        };
    }

    private String branchOnCast(int d) {
        String label = name();
        String target = pick("T", "U");
        return " block " + label + " (result (ref null $" + target + "))" + value('A', d) + " br_on_cast " + label
                + " anyref (ref null $" + target + ") drop" + value(target.charAt(0), d) + " end struct.get $"
                        + target + " 0";
    }

    private String branchOnCastFailure(int d) {
        String out = name();
        String label = name();
        return " block " + out + " (result i32) block " + label + " (result anyref)" + value('A', d)
                + " br_on_cast_fail " + label + " anyref (ref $S) struct.get $S 0 br " + out + " end drop"
                        + value('i', d)
                + " end";
    }

    private String branchOnNull(int d) {
        String out = name();
        String label = name();
        return chance(50)
                ? " block " + out + " (result i32) block " + label + value('S', d) + " br_on_null " + label
                        + " struct.get $S 0 br " + out + " end" + value('i', d) + " end"
                : " block " + label + " (result (ref $S))" + value('S', d) + " br_on_non_null " + label
                        + zeros("ilS") + " struct.new $S end struct.get $S 0";
    }

    // ---- values of any type

    private String anyValue(char letter, int d) {
        String type = String.valueOf(letter);
        return switch (random.nextInt(legacy ? 11 : 12)) {
            case 0, 1 -> value('i', d) + " if" + result(type) + value(letter, d) + " else" + value(letter, d) + " end";
            case 2 -> inside(type, d, "block", label -> value(letter, d));
            case 3 -> inside(type, d, "block", label -> value(letter, d) + value('i', d) + " br_if " + label);
            case 4 -> values(type + type, d) + value('i', d) + " select" + result(type);
            case 5 -> value(letter, d) + " local.tee " + local(letter);
            case 6 -> call(letter, d);
            case 7 -> value('i', d) + RARELY + " if" + result(type) + thrown(d) + " else" + value(letter, d) + " end";
            default -> caught(letter, d);
        };
    }

    private String inside(String type, int d, String opcode, UnaryOperator<String> body) {
        String label = name();
        labels.add(new Label(label, type));
        String code = body.apply(label);
        labels.removeLast();
        return " " + opcode + " " + label + result(type) + code + " end";
    }

    private String call(char letter, int d) {
        for (int attempt = 0; attempt < 6; attempt++) {
            int function = random.nextInt(FUNCTIONS);
            int kind = function % SIGNATURES.length;
            String gives = SIGNATURES[kind][1];
            if (gives.charAt(0) == letter) {
                String rest = gives.length() > 1 ? " local.set " + local(gives.charAt(1)) : "";
                return values(SIGNATURES[kind][0], d) + switch (random.nextInt(3)) {
                    case 0 -> " call $" + function;
                    case 1 -> (chance(95) ? " i32.const " + function : value('i', 1))
                            + " call_indirect $functions (type $f" + kind + ")";
                    default -> " i32.const " + function + " table.get $functions ref.cast (ref null $f" + kind
                            + ") call_ref $f" + kind;
                } + rest;
            }
        }
        return value(letter, d);
    }

    private String thrown(int d) {
        return switch (chance(97) ? random.nextInt(3) : legacy ? 0 : 3) {
            case 0 -> value('i', d) + " throw $t0";
            case 1 -> values("lS", d) + " throw $t1";
            case 2 -> " throw $t2";
            default -> value('X', d) + " throw_ref";
        };
    }

    private String caught(char letter, int d) {
        return legacy ? legacyCaught(letter, d) : standardCaught(letter, d);
    }

    private String standardCaught(char letter, int d) {
        String out = name();
        String label = name();
        String type = String.valueOf(letter);
        String body = " try_table" + result(type) + " (";
        return " block " + out + result(type) + switch (random.nextInt(5)) {
            case 0 -> " block " + label + result("i") + body + "catch $t0 " + label + ")" + value(letter, d)
                    + " end br " + out
                    + " end local.set " + local('i') + value(letter, d);
            case 1 -> " block " + label + result("lS") + body + "catch $t1 " + label + ")" + value(letter, d)
                    + " end br " + out
                    + " end local.set " + local('S') + " local.set " + local('l') + value(letter, d);
            case 2 -> " block " + label + body + "catch $t2 " + label + ") (catch_all " + label + ")" + value(letter, d)
                    + " end br " + out + " end" + value(letter, d);
            case 3 -> " block " + label + result("iX").replace("exnref", "(ref exn)") + body + "catch_ref $t0 "
                    + label + ")"
                    + value(letter, d) + " end br " + out + " end local.set " + local('X') + " local.set " + local('i')
                    + value(letter, d);
            default -> " block " + label + " (result (ref exn))" + body + "catch_all_ref " + label + ")"
                    + value(letter, d)
                    + " end br " + out + " end local.set " + local('X') + value('i', d) + " if local.get " + local('X')
                    + " throw_ref end" + value(letter, d);
        } + " end";
    }

    private String legacyCaught(char letter, int d) {
        String type = String.valueOf(letter);
        String label = name();
        String start = " try " + label + result(type) + value(letter, d);
        return switch (random.nextInt(4)) {
            case 0 -> start + " catch $t0 local.set " + local('i') + value(letter, d) + " end";
            case 1 -> start + " catch $t1 local.set " + local('S') + " local.set " + local('l') + value(letter, d)
                    + " catch_all" + value('i', d) + " if rethrow " + label + " end" + value(letter, d) + " end";
            case 2 -> {
                String inner = name();
                yield " try " + label + result(type) + " try " + inner + result(type) + value(letter, d) + " delegate "
                        + label + " catch_all" + value(letter, d) + " end";
            }
            default -> start + " catch $t2" + value(letter, d) + " catch $t0 drop" + value('i', d) + " if rethrow "
                    + label
                    + " end" + value(letter, d) + " end";
        };
    }

    private String caughtReference(int d) {
        String label = name();
        return " block " + label + " (result exnref) try_table (catch_all_ref " + label + ")" + statement(d) + " end"
                + " ref.null exn end";
    }

    // ---- statements

    private String statement(int depth) {
        budget--;
        int d = depth - 1;
        if (d <= 0 || budget < 0) {
            return " nop";
        }
        return switch (random.nextInt(22)) {
            case 0, 1, 2, 3 -> {
                int index = random.nextInt(locals.length());
                yield value(locals.charAt(index), d) + " local.set " + index;
            }
            case 4 -> value('i', d) + " global.set $gi" + value('l', d) + " global.set $gl";
            case 5 -> value('A', d) + " global.set $gA" + value('S', d) + " global.set $gS";
            case 6 -> value('S', d) + value('S', d) + " struct.set $S 2";
            case 7 -> value('S', d) + value('i', d) + " struct.set $S 0";
            case 8 -> value('T', d) + value('i', d) + " struct.set $T 3";
            case 9 -> value('U', d) + value('A', d) + " struct.set $U 3";
            case 10 -> value('R', d) + index(1, d) + value('i', d) + " array.set $R";
            case 11 -> value('B', d) + index(1, d) + value('i', d) + index(1, d) + " array.fill $B";
            case 12 -> value('R', d) + index(1, d) + value('R', d) + index(1, d) + index(1, d) + " array.copy $R $R";
            case 13 -> value('N', d) + index(1, d) + value('S', d) + " array.set $N";
            case 14 -> index(7, d) + value('A', d) + " table.set $objects";
            case 15 -> index(3, d) + value('A', d) + index(3, d) + " table.fill $objects";
            case 16 -> bulk(d);
            case 17 -> loop(d);
            case 18 -> value('i', d) + " if" + statement(d) + statement(d) + " else" + statement(d) + " end";
            case 19 -> value('i', d) + " if" + tailCall(d) + " end";
            case 20 -> value('i', d) + RARELY + " if" + thrown(d) + " end";
            default -> leave(d);
        };
    }

    private String bulk(int d) {
        return switch (random.nextInt(6)) {
            case 0 -> index(0xFFF, d) + wideIndex(0xFFF, d) + index(0xFF, d) + " memory.copy $m $w";
            case 1 -> wideIndex(0xFFF, d) + value('i', d) + index(0xFF, d) + " i64.extend_i32_u memory.fill $w";
            case 2 -> index(0xFFF, d) + index(7, d) + index(7, d) + " memory.init $m $bytes";
            case 3 -> index(3, d) + index(3, d) + index(3, d) + " table.copy $objects $objects";
            case 4 -> index(0xFFF, d) + value('l', d) + " i64.store $m";
            default -> wideIndex(0xFFF, d) + value('l', d) + " i64.store32 $w offset=3";
        };
    }

    private String loop(int d) {
        String out = name();
        String label = name();
        return " block " + out + " loop " + label + BURN + " br_if " + out + statement(d) + statement(d) + value('i', d)
                + " br_if " + label + " end end";
    }

    private String tailCall(int d) {
        for (int attempt = 0; attempt < 10; attempt++) {
            int function = random.nextInt(FUNCTIONS);
            int kind = function % SIGNATURES.length;
            if (SIGNATURES[kind][1].equals(results)) {
                return values(SIGNATURES[kind][0], d) + switch (random.nextInt(3)) {
                    case 0 -> " return_call $" + function;
                    case 1 -> (chance(95) ? " i32.const " + function : value('i', 1))
                            + " return_call_indirect $functions (type $f" + kind + ")";
                    default -> " ref.func $" + function + " return_call_ref $f" + kind;
                };
            }
        }
        return values(results, d) + " return";
    }

    private String leave(int d) {
        if (labels.isEmpty()) {
            return value('A', d) + " drop";
        }
        Label label = labels.get(random.nextInt(labels.size()));
        return value('i', d) + " if" + values(label.types(), d) + " br " + label.name() + " end";
    }
}
