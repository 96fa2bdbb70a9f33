package dev.jawa.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jawa.CompileError;
import dev.jawa.Module;
import dev.jawa.binary.ModuleDecoder;
import dev.jawa.binary.ModuleEncoder;
import dev.jawa.model.ModuleModel;
import dev.jawa.text.Wat;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Damaged modules of the official test suite get an error of ours with its place, or are accepted; what is well-formed
 * then survives the encoder and the text format. None takes long.
 */
class MutationTest {
    /** How many of each module: {@code -Djawa.mutations.each=100} for a long run. */
    private static final int EACH = Integer.getInteger("jawa.mutations.each", 3);
    private static final long SEED = Long.getLong("jawa.seed", 42);
    // Far more than it takes, as the machine may be busy.
    private static final Duration LONGEST = Duration.ofSeconds(20);

    @TestFactory
    Stream<DynamicTest> folders() {
        Optional<Path> collection = Script.collection();
        if (collection.isEmpty()) {
            return Stream.of(dynamicTest("official test suite", () -> abort("no spec tests: give -Djawa.conformance")));
        }
        return EncoderTest.FOLDERS.stream().map(folder -> dynamicTest(folder,
                () -> check(collection.orElseThrow().resolve(folder))));
    }

    private static void check(Path folder) {
        var random = new Random(SEED);
        var wrong = new ArrayList<String>();
        for (Script script : Script.all(folder)) {
            for (JsonNode command : script.stream().filter(EncoderTest::isValid).toList()) {
                byte[] module = Script.bytes(script.folder(), command);
                for (int i = 0; i < EACH && module.length > 8; i++) {
                    byte[] damaged = damage(module, random);
                    long start = System.nanoTime();
                    try {
                        survive(damaged);
                    } catch (Throwable failure) {
                        wrong.add(script.folder().getFileName() + ":" + command.get("line").asInt() + " mutation " + i + ": "
                                + failure);
                    }
                    assertTrue(System.nanoTime() - start < LONGEST.toNanos(), script.folder() + ":" + command);
                }
            }
        }
        assertEquals("", String.join("\n", wrong));
    }

    private static byte[] damage(byte[] module, Random random) {
        byte[] bytes = module.clone();
        for (int change = random.nextInt(3); change >= 0 && bytes.length > 9; change--) {
            int place = 8 + random.nextInt(bytes.length - 8);
            switch (random.nextInt(8)) {
                case 0 -> bytes = Arrays.copyOf(bytes, place + 1);
                case 1 -> System.arraycopy(bytes, place, bytes, place - 1, bytes.length - place);
                default -> bytes[place] = (byte) random.nextInt();
            }
        }
        return bytes;
    }

    private static void survive(byte[] bytes) {
        try {
            Module.compile(bytes);
        } catch (CompileError error) {
            assertTrue(error.offset().isPresent(), error.getMessage());
        }
        ModuleModel decoded;
        String text;
        try {
            decoded = ModuleDecoder.decode(bytes);
            text = Wat.print(decoded);
        } catch (CompileError _) {
            return;
        }
        assertEquals("", String.join("\n", Models.differences(decoded,
                ModuleDecoder.decode(ModuleEncoder.encode(decoded)))));
        try {
            Wat.parse(text);
            Wat.parse(Wat.print(decoded, Wat.Style.FOLDED));
        } catch (CompileError error) {
            // The text of a module that is not valid, such as one with an index of nothing, need not be well-formed.
            assertTrue(error.getMessage().contains("^"), error.getMessage());
        }
    }
}
