package dev.jawa.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTest {
    @Test
    void nests() {
        var object = new LinkedHashMap<String, Object>();
        object.put("a", 1);
        object.put("b", List.of(Map.of("c", "d"), List.of()));
        object.put("e", Map.of());
        assertEquals("""
                {
                  "a": 1,
                  "b": [
                    {
                      "c": "d"
                    },
                    []
                  ],
                  "e": {}
                }
                """, Json.write(object));
    }

    @Test
    void escapes() {
        assertEquals("\"\\\"\\\\\\n\\u0001é\\ud83d\"\n", Json.write("\"\\\n\u0001é\ud83d"));
    }
}
