package dev.jawa.binary;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.jawa.model.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StreamBufferTest {
    @Test
    void whatIsTakenStaysAsItWas() {
        var random = new Random(1);
        var all = new byte[100_000];
        random.nextBytes(all);
        var buffer = new StreamBuffer();
        List<Bytes> taken = new ArrayList<>();
        int pushed = 0;
        while (pushed < all.length) {
            int length = Math.min(all.length - pushed, random.nextInt(3000));
            buffer.append(all, pushed, length);
            pushed += length;
            taken.add(buffer.take(random.nextInt(buffer.available() + 1)));
        }
        taken.add(buffer.take(buffer.available()));
        int offset = 0;
        for (Bytes bytes : taken) {
            assertEquals(offset, bytes.offset());
            assertArrayEquals(java.util.Arrays.copyOfRange(all, offset, offset + bytes.length()), bytes.toArray());
            offset += bytes.length();
        }
        assertEquals(all.length, offset);
    }
}
