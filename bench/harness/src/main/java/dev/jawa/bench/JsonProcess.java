package dev.jawa.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A worker in a process of its own, which prints what it measured as JSON. */
final class JsonProcess {
    private JsonProcess() {
    }

    /** Runs a command with more arguments and waits for it. */
    static JsonNode run(List<String> command, String... arguments) throws IOException, InterruptedException {
        var all = new ArrayList<>(command);
        all.addAll(List.of(arguments));
        Process process = new ProcessBuilder(all).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("failed: " + String.join(" ", all));
        }
        return new ObjectMapper().readTree(output);
    }
}
