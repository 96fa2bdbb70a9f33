package dev.jawa.runtime.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.jawa.model.MemoryType;
import dev.jawa.model.ResizableLimits;
import org.junit.jupiter.api.Test;

class ArrayMemoryTest {
    private static MemoryInstance memory(ResizableLimits pages) {
        return MemoryInstance.of(MemoryType.of(pages));
    }

    @Test
    void aLargeMemoryIsNotCopiedWhenItFirstGrowsALittle() {
        MemoryInstance memory = memory(ResizableLimits.of(256));
        byte[] bytes = memory.bytes();
        assertEquals(256, memory.tryGrow(32));
        assertSame(bytes, memory.bytes());
        assertEquals(288, memory.tryGrow(1));
        assertNotSame(bytes, memory.bytes());
    }

    @Test
    void whatAMemoryMayNotGrowToHasNoRoom() {
        assertEquals(64 << 16, memory(ResizableLimits.of(64, 64)).bytes().length);
        assertEquals(65 << 16, memory(ResizableLimits.of(64, 65)).bytes().length);
        assertEquals(1 << 16, memory(ResizableLimits.of(1)).bytes().length);
    }
}
