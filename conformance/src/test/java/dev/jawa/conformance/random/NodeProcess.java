package dev.jawa.conformance.random;

import dev.jawa.text.Wat;
import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A Node.js that calls functions of modules: the one that {@code dev.jawa.node} says, or that is on the path. */
final class NodeProcess implements AutoCloseable {
    private static final String NODE = System.getProperty("dev.jawa.node", "node");
    private static final String SCRIPT = "node-comparison.mjs";

    private final Process process;
    private final DataOutputStream messages;
    private final BufferedReader lines;

    /** Starts it; the script is put into a folder. */
    NodeProcess(Path folder) throws IOException {
        Path script = folder.resolve(SCRIPT);
        try (InputStream source = NodeProcess.class.getResourceAsStream(SCRIPT)) {
            Files.copy(source, script);
        }
        process = new ProcessBuilder(NODE, script.toString()).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        messages = new DataOutputStream(new BufferedOutputStream(process.getOutputStream()));
        lines = process.inputReader();
    }

    /** Whether there is a Node.js, and it takes a module. */
    static boolean takes(String module) throws InterruptedException {
        var bytes = new StringBuilder();
        for (byte one : Wat.encode(module)) {
            bytes.append(one & 0xFF).append(',');
        }
        try {
            return new ProcessBuilder(NODE, "-e", "process.exit(WebAssembly.validate(new Uint8Array([" + bytes
                    + "])) ? 0 : 1)").redirectErrorStream(true).start().waitFor() == 0;
        } catch (IOException _) {
            return false;
        }
    }

    /** Has the calls of a module made. */
    void send(RandomCalls calls) throws IOException {
        calls.writeTo(messages);
        messages.flush();
    }

    /** What came of them: a line for each call, and one for the state after all. */
    List<String> results(RandomCalls calls) throws IOException {
        var results = new ArrayList<String>();
        for (int i = 0; i <= calls.count(); i++) {
            String line = lines.readLine();
            if (line == null) {
                throw new IOException("Node.js ended at call " + i);
            }
            results.add(line);
        }
        return results;
    }

    @Override
    public void close() throws IOException {
        try (messages; lines) {
            process.destroy();
        }
    }
}
