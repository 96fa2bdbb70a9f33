package dev.jawa.js;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Unmodified packages, installed by npm, with the results that they have under Node.js. Skipped where npm is missing or
 * cannot install.
 */
class NpmPackagesTest {
    private static final Path FOLDER = Path.of("target", "npm").toAbsolutePath();
    private static final List<String> PACKAGES = List.of("xxhash-wasm@1.1.0", "hash-wasm@4.13.0", "brotli-wasm@3.0.1",
            "@bokuweb/zstd-wasm@0.0.27", "yoga-layout@3.2.1", "sql.js@1.16.0", "cjs-module-lexer@2.3.0");

    @BeforeAll
    static void install() throws IOException, InterruptedException {
        Files.createDirectories(FOLDER);
        Files.writeString(FOLDER.resolve("package.json"), "{\"private\": true}");
        var command = new ArrayList<>(List.of("npm", "install", "--ignore-scripts", "--no-audit", "--no-fund"));
        command.addAll(PACKAGES);
        assumeTrue(succeeds(command), "npm is missing or cannot install");
    }

    private static boolean succeeds(List<String> command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command).directory(FOLDER.toFile())
                    .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
            if (!process.waitFor(3, TimeUnit.MINUTES)) {
                process.destroy();
                return false;
            }
            return process.exitValue() == 0;
        } catch (IOException _) {
            return false;
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "xxhash-wasm | import f from 'xxhash-wasm'; const x = await f(); console.log(x.h32ToString('abc')); | 32d153ff",
        "hash-wasm | import { blake3 } from 'hash-wasm'; console.log((await blake3('c')).slice(0, 16)); | "
                + "ea7aa1fc9efdbe10",
        "brotli-wasm | import { createRequire } from 'module'; const m = await createRequire(import.meta.url)("
                + "'brotli-wasm'); const c = m.compress(Buffer.from('hello '"
                + ".repeat(60))); console.log(Buffer.from(m.decompress(c)).length, c.length < 40); | 360 true",
        "zstd-wasm | import { init, compress, decompress } from '@bokuweb/zstd-wasm'; await init(); const c = compress("
                + "Buffer.from('hello '.repeat(60)), 10); console.log(decompress(c).length, c.length < 40); | 360 true",
        "yoga-layout | import Yoga from 'yoga-layout'; const n = Yoga.Node.create(); n.setWidth(100); n.setHeight(60); "
                + "n.calculateLayout(); console.log(n.getComputedWidth(), n.getComputedHeight()); | 100 60",
        "sql.js | import init from 'sql.js'; const S = await init(); const db = new S.Database(); console.log("
                + "db.exec('select 6 * 7')[0].values[0][0], db.export().length); | 42 4096",
        "cjs-module-lexer | import { init, parse } from 'cjs-module-lexer'; await init(); "
                + "console.log(parse('exports.a = 1').exports[0]); | a"})
    void runsAsUnderNode(String name, String program, String result) throws IOException {
        Path file = Files.writeString(FOLDER.resolve(name + ".mjs"), program);
        assertEquals(List.of(result), Run.file(file, JsHost.Mode.MODULE).lines());
    }
}
