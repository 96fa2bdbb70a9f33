package dev.jawa.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jawa.CompilePlan;
import dev.jawa.Function;
import dev.jawa.runtime.vector.VectorApi;
import dev.jawa.text.Wat;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Loops of so many vector instructions that functions have to be cut, as hashes and ciphers have them: with rotations by
 * shifts and by shuffles, sums and lanes that change places. They give what the same steps in Java do.
 */
class LongVectorLoopTest {
    private static final int VECTORS = 8;
    private static final int ROUNDS = 5;

    /** A vector becomes something else, in WebAssembly and in Java. */
    private record Step(String text, Runnable run) {
    }

    private final byte[][] vectors = new byte[VECTORS][16];

    private static int[] ints(byte[] vector) {
        int[] ints = new int[4];
        ByteBuffer.wrap(vector).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(ints);
        return ints;
    }

    private void set(int vector, int... ints) {
        ByteBuffer.wrap(vectors[vector]).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().put(ints);
    }

    private Step step(int kind, Random random) {
        int a = random.nextInt(VECTORS);
        int b = random.nextInt(VECTORS);
        int count = random.nextInt(1, 32);
        return switch (kind) {
            case 0 -> new Step(assigned(a, "(i32x4.add (local.get $%d) (local.get $%d))".formatted(a, b)),
                    () -> lanes(a, i -> ints(vectors[a])[i] + ints(vectors[b])[i]));
            case 1 -> new Step(assigned(a, "(v128.xor (local.get $%d) (local.get $%d))".formatted(a, b)),
                    () -> lanes(a, i -> ints(vectors[a])[i] ^ ints(vectors[b])[i]));
            case 2 -> new Step(assigned(a, ("(v128.or (i32x4.shl (local.tee $%d (v128.xor (local.get $%d) (local.get $%d)))"
                    + " (i32.const %d)) (i32x4.shr_u (local.get $%d) (i32.const %d)))").formatted(a, a, b, count, a, 32 - count)),
                    () -> lanes(a, i -> Integer.rotateLeft(ints(vectors[a])[i] ^ ints(vectors[b])[i], count)));
            // As SSE2 does it, half by half.
            case 3 -> new Step(assigned(a, shuffle(a, a, 2, 3, 0, 1, 6, 7, 4, 5, 8, 9, 10, 11, 12, 13, 14, 15))
                    + assigned(a, shuffle(a, b, 0, 1, 2, 3, 4, 5, 6, 7, 10, 11, 8, 9, 14, 15, 12, 13)),
                    () -> lanes(a, i -> Integer.rotateLeft(ints(vectors[a])[i], 16)));
            case 4 -> new Step(assigned(a, shuffle(b, a, 1, 2, 3, 0, 5, 6, 7, 4, 9, 10, 11, 8, 13, 14, 15, 12)),
                    () -> lanes(a, i -> Integer.rotateRight(ints(vectors[b])[i], 8)));
            case 5 -> shuffled(a, b, random.ints(4, 0, 8)
                    .flatMap(lane -> IntStream.range(4 * lane, 4 * lane + 4)).toArray());
            default -> shuffled(a, b, random.ints(16, 0, random.nextBoolean() ? 16 : 32).toArray());
        };
    }

    private Step shuffled(int a, int b, int... lanes) {
        return new Step(assigned(a, shuffle(a, b, lanes)), () -> {
            byte[] both = Arrays.copyOf(vectors[a], 32);
            System.arraycopy(vectors[b], 0, both, 16, 16);
            for (int i = 0; i < lanes.length; i++) {
                vectors[a][i] = both[lanes[i]];
            }
        });
    }

    private void lanes(int vector, IntUnaryOperator lane) {
        set(vector, IntStream.range(0, 4).map(lane).toArray());
    }

    private static String assigned(int vector, String value) {
        return "(local.set $%d %s)\n".formatted(vector, value);
    }

    private static String shuffle(int a, int b, int... lanes) {
        var text = new StringBuilder("(i8x16.shuffle");
        for (int lane : lanes) {
            text.append(' ').append(lane);
        }
        return text.append(" (local.get $%d) (local.get $%d))".formatted(a, b)).toString();
    }

    private static String text(List<Step> steps) {
        var text = new StringBuilder("(module (func (export \"mix\") (param $rounds i32) (result i64)\n");
        for (int i = 0; i < VECTORS; i++) {
            text.append("(local $%d v128)".formatted(i));
        }
        for (int i = 0; i < VECTORS; i++) {
            text.append("(local.set $%d (v128.const i32x4 %d %d %d %d))\n".formatted(i, i + 1, 77 * i, -i, 1 << i));
        }
        text.append("(loop $again\n");
        steps.forEach(step -> text.append(step.text()));
        text.append("(br_if $again (local.tee $rounds (i32.sub (local.get $rounds) (i32.const 1)))))\n");
        for (int i = 1; i < VECTORS; i++) {
            text.append("(local.set $0 (v128.xor (local.get $0) (local.get $%d)))\n".formatted(i));
        }
        return text.append("(i64.add (i64x2.extract_lane 0 (local.get $0)) (i64x2.extract_lane 1 (local.get $0)))))").toString();
    }

    /** What the steps give in Java. */
    private long expected(List<Step> steps) {
        for (int i = 0; i < VECTORS; i++) {
            set(i, i + 1, 77 * i, -i, 1 << i);
        }
        for (int round = 0; round < ROUNDS; round++) {
            steps.forEach(step -> step.run().run());
        }
        for (int i = 1; i < VECTORS; i++) {
            for (int j = 0; j < 16; j++) {
                vectors[0][j] ^= vectors[i][j];
            }
        }
        ByteBuffer sum = ByteBuffer.wrap(vectors[0]).order(ByteOrder.LITTLE_ENDIAN);
        return sum.getLong(0) + sum.getLong(8);
    }

    private void check(int seed, int length, int kinds) throws InterruptedException {
        var random = new Random(seed);
        var steps = new ArrayList<Step>();
        for (int i = 0; i < length; i++) {
            steps.add(step(random.nextInt(kinds), random));
        }
        long expected = expected(steps);
        Function mix = Wat.compile(text(steps)).instantiate().exports().function("mix");
        assertEquals(expected, mix.call(ROUNDS).getFirst());
        for (int i = 0; i < 600 && !VectorApi.ready; i++) {
            Thread.sleep(100);
        }
        assertTrue(VectorApi.ready, "this JDK has other vectors: src/main/vectors of the engine");
        for (int i = 0; i < 12_000; i++) {
            assertEquals(expected, mix.call(ROUNDS).getFirst());
        }
    }

    @Test
    void manyRotations() throws InterruptedException {
        check(1, 500, 5);
    }

    @Test
    void allKindsOfShuffles() throws InterruptedException {
        check(2, 200, 7);
    }

    @Test
    void moreThanFitsIntoAMethod() throws InterruptedException {
        check(3, 700, 7);
    }

    @Test
    void itIsAPieceOfItsOwn() {
        var random = new Random(1);
        List<Step> steps = random.ints(500, 0, 5).mapToObj(kind -> step(kind, random)).toList();
        CompilePlan plan = Wat.compile(text(steps)).compilePlan();
        assertEquals(1, plan.functions().getFirst().pieces().stream()
                .filter(piece -> piece.kind() == CompilePlan.Kind.VECTOR_LOOP && piece.methodSize() <= 8000).count(), plan::toString);
    }
}
