package dev.jawa.conformance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jawa.binary.ModuleDecoder;
import dev.jawa.binary.ModuleEncoder;
import dev.jawa.model.ModuleModel;
import dev.jawa.text.Wat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Modules of 0.4 to 14 MB from packages of npm, by compilers for C, Rust and Go: nothing is lost when they are encoded,
 * printed and parsed, and the tools of others take what comes out. Skipped where npm is missing or cannot install.
 */
class NpmModulesTest {
    private static final Path FOLDER = Path.of("target", "npm").toAbsolutePath();
    private static final List<String> PACKAGES = List.of("sql.js@1.16.0", "esbuild-wasm@0.28.2", "pyodide@314.0.7",
            "@astral-sh/ruff-wasm-nodejs@0.17.4", "@resvg/resvg-wasm@2.6.2", "mupdf@1.28.1",
            "@jitl/quickjs-wasmfile-release-asyncify@0.32.0", "vscode-oniguruma@2.0.1",
            "wabt@1.0.39", "binaryen@132.0.0");
    // Reads binaries, and a text if its name ends in .wat.
    private static final String PEERS = """
            const fs = require('fs');
            const features = { exceptions: true, mutable_globals: true, sat_float_to_int: true, sign_extension: true,
              simd: true, threads: true, multi_value: true, tail_call: true, bulk_memory: true, reference_types: true,
              memory64: true, multi_memory: true, extended_const: true, annotations: true };
            (async () => {
              const wabt = await require('wabt')();
              const binaryen = (await import('binaryen')).default;
              for (const file of process.argv.slice(2)) {
                const bytes = fs.readFileSync(file);
                const module = file.endsWith('.wat') ? wabt.parseWat(file, bytes, features)
                  : wabt.readWasm(bytes, { ...features, readDebugNames: true });
                module.validate(features);
                if (file.endsWith('.wat')) fs.writeFileSync(`${file}.wasm`, module.toBinary({}).buffer);
                module.destroy();
                if (!file.endsWith('.wat') && bytes.length < 2e6) {
                  const read = binaryen.readBinary(bytes, binaryen.Features.All);
                  if (read.validate() !== 1) throw new Error(`binaryen: ${file}`);
                  read.dispose();
                }
              }
            })().catch((error) => { console.log(error); process.exitCode = 1; });
            """;

    // Reads two binaries and two texts of a module a line, in base 64: who takes the first binary must take all.
    private static final String PAIRS = """
            const fs = require('fs');
            const takes = (act) => { try { return act(); } catch { return false; } };
            (async () => {
              const wabt = await require('wabt')();
              const binaryen = (await import('binaryen')).default;
              const features = Object.fromEntries(Object.keys(wabt.FEATURES).map((name) => [name, true]));
              const parsers = {
                wabt(text) {
                  // What the specification has, and wabt does not know yet.
                  if (/[$]"|[(](before|after) |call_ref/.test(text)) return true;
                  const module = wabt.parseWat('module.wat', text, features);
                  try { return module.toBinary({}).buffer.length > 0; } finally { module.destroy(); }
                },
                binaryen(text) {
                  try {
                    binaryen.parseText(text).dispose();
                  } catch (error) {
                    // It parses with the features of version 1.0, and wants a table's expression to be folded.
                    return /enable|end of table declaration/.test(error.message);
                  }
                  return true;
                },
              };
              const judges = {
                wabt(bytes) {
                  const module = wabt.readWasm(bytes, features);
                  try { module.validate(features); } finally { module.destroy(); }
                  return true;
                },
                binaryen(bytes) {
                  const module = binaryen.readBinary(bytes, binaryen.Features.All);
                  try { return module.validate() === 1; } finally { module.dispose(); }
                },
              };
              console.error = console.warn = () => {};
              const taken = { wabt: 0, binaryen: 0 };
              for (const line of fs.readFileSync(process.argv[2], 'utf8').trim().split('\\n')) {
                const [name, first, second, ...texts] = line.split(' ');
                for (const [judge, judgement] of Object.entries(judges)) {
                  const read = (text) => takes(() => judgement(new Uint8Array(Buffer.from(text, 'base64'))));
                  if (!read(first)) continue;
                  taken[judge]++;
                  if (!read(second)) throw new Error(`${judge}: ${name}`);
                  for (const text of texts.map((encoded) => Buffer.from(encoded, 'base64').toString())) {
                    if (!takes(() => parsers[judge](text))) throw new Error(`${judge}: ${name}: ${text}`);
                  }
                }
              }
              if (taken.wabt < 1000 || taken.binaryen < 1000) throw new Error(JSON.stringify(taken));
            })().catch((error) => { console.log(error); process.exitCode = 1; });
            """;

    @BeforeAll
    static void install() throws IOException, InterruptedException {
        Files.createDirectories(FOLDER);
        Files.writeString(FOLDER.resolve("package.json"), "{\"private\": true}");
        var command = new ArrayList<>(List.of("npm", "install", "--ignore-scripts", "--no-audit", "--no-fund"));
        command.addAll(PACKAGES);
        assumeTrue(run(command).isEmpty(), "npm is missing or cannot install");
    }

    /** What a command says if it fails, or nothing. */
    private static String run(List<String> command) throws InterruptedException, IOException {
        Path log = FOLDER.resolve("log.txt");
        Process process;
        try {
            process = new ProcessBuilder(command).directory(FOLDER.toFile())
                    .redirectErrorStream(true).redirectOutput(log.toFile()).start();
        } catch (IOException missing) {
            return missing.toString();
        }
        if (!process.waitFor(3, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            return command + " does not end";
        }
        return process.exitValue() == 0 ? "" : command + "\n" + Files.readString(log);
    }

    private static byte[] module(String file) throws IOException {
        return Files.readAllBytes(FOLDER.resolve("node_modules", file));
    }

    private static void assertSame(ModuleModel expected, ModuleModel actual) {
        assertEquals("", String.join("\n", Models.differences(expected, actual)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"sql.js/dist/sql-wasm.wasm", "esbuild-wasm/esbuild.wasm", "pyodide/pyodide.asm.wasm",
            "@astral-sh/ruff-wasm-nodejs/ruff_wasm_bg.wasm", "@resvg/resvg-wasm/index_bg.wasm",
            "mupdf/dist/mupdf-wasm.wasm", "@jitl/quickjs-wasmfile-release-asyncify/dist/emscripten-module.wasm"})
    void nothingIsLost(String file) throws IOException {
        byte[] bytes = module(file);
        ModuleModel module = ModuleDecoder.decode(bytes);
        byte[] encoded = ModuleEncoder.encode(module);
        ModuleModel again = ModuleDecoder.decode(encoded);
        assertSame(module, again);
        assertEquals(module.customSections(), again.customSections());
        // Linkers leave room in numbers that they fill in later: what differs was longer before.
        assertArrayEquals(encoded, encoded.length == bytes.length ? bytes : ModuleEncoder.encode(again));
        assertEquals(module.code(), again.code());
        for (Wat.Style style : Wat.Style.values()) {
            String text = Wat.print(module, style);
            ModuleModel parsed = Wat.parse(text);
            assertSame(module, parsed);
            assertEquals(Models.withoutNames(module), Models.withoutNames(parsed));
            assertTrue(text.equals(Wat.print(parsed, style)), "printed again, it is not the same");
        }
    }

    @Test
    void othersTakeIt() throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("node", Files.writeString(FOLDER.resolve("peers.cjs"), PEERS).toString()));
        for (String file : List.of("sql.js/dist/sql-wasm.wasm", "@resvg/resvg-wasm/index_bg.wasm",
                "@jitl/quickjs-wasmfile-release-asyncify/dist/emscripten-module.wasm")) {
            command.add(Files.write(FOLDER.resolve(Path.of(file).getFileName()),
                    ModuleEncoder.encode(ModuleDecoder.decode(module(file)))).toString());
        }
        // The text of a larger one does not fit wabt's memory.
        ModuleModel module = ModuleDecoder.decode(module("vscode-oniguruma/release/onig.wasm"));
        for (Wat.Style style : Wat.Style.values()) {
            command.add(Files.writeString(FOLDER.resolve(style + ".wat"), Wat.print(module, style)).toString());
        }
        assertEquals("", run(command));
        for (Wat.Style style : Wat.Style.values()) {
            assertSame(module, ModuleDecoder.decode(Files.readAllBytes(FOLDER.resolve(style + ".wat.wasm"))));
        }
    }

    @Test
    void othersTakeTheOfficialTestsToo() throws IOException, InterruptedException {
        Optional<Path> collection = Script.collection();
        assumeTrue(collection.isPresent(), "no spec tests: give -Djawa.conformance");
        var pairs = new StringBuilder();
        for (String folder : EncoderTest.FOLDERS) {
            for (Script script : Script.all(collection.get().resolve(folder))) {
                for (JsonNode command : script.stream().filter(EncoderTest::isValid).toList()) {
                    byte[] bytes = Script.bytes(script.folder(), command);
                    byte[] encoded = ModuleEncoder.encode(ModuleDecoder.decode(bytes));
                    pairs.append(folder).append('/').append(script.folder().getFileName()).append(':')
                            .append(command.get("line").asInt()).append(' ')
                            .append(Base64.getEncoder().encodeToString(bytes)).append(' ')
                            .append(Base64.getEncoder().encodeToString(encoded));
                    for (Wat.Style style : Wat.Style.values()) {
                        String text = Wat.print(ModuleDecoder.decode(bytes), style);
                        pairs.append(' ').append(Base64.getEncoder().encodeToString(
                                text.getBytes(StandardCharsets.UTF_8)));
                    }
                    pairs.append('\n');
                }
            }
        }
        assertEquals("", run(List.of("node", Files.writeString(FOLDER.resolve("pairs.cjs"), PAIRS).toString(),
                Files.writeString(FOLDER.resolve("pairs.txt"), pairs).toString())));
    }
}
