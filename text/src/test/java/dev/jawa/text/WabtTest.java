package dev.jawa.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.jawa.model.ModuleModel;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The WebAssembly Binary Toolkit accepts what Jawa writes; skipped where it is not installed. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class WabtTest {
    private static final String MODULE = """
            (module $m
              (type $op (func (param i32 i32) (result i32)))
              (import "host" "log" (func $log (param i32)))
              (memory $mem (export "memory") 1 4) (table $t 2 funcref) (global $g (mut f64) (f64.const 0x1.8p3))
              (elem (table $t) (i32.const 0) func $add $f) (data $d "\\00\\ff\\"\\\\abc")
              (func $add (type $op) (i32.add (local.get 0) (local.get 1)))
              (func $f (export "f") (param $x i32) (param i32) (result i32) (local $v v128)
                (local.set $v (v128.const f32x4 1 -0 inf nan:0x200000))
                (block $out (loop $again (br_if $out (i32.eqz (local.get $x)))
                  (local.set $x (i32.sub (local.get $x) (i32.const 1))) (br $again)))
                (block $b (block $a (br_table $a $b (local.get $x))))
                (memory.init $d (i32.const 0) (i32.const 0) (i32.const 2)) (data.drop $d)
                (i32.store8 offset=4 (i32.const 8) (i32.const -1))
                (if (result i32) (local.get $x)
                  (then (call_indirect $t (type $op) (i32.const 1) (i32.const 2) (i32.const 0)))
                  (else (i32.trunc_sat_f64_s (global.get $g))))))
            """;

    @TempDir
    Path folder;

    @Test
    void validatesTheBinary() throws IOException, InterruptedException {
        accepts("wasm-validate", Files.write(folder.resolve("module.wasm"), Wat.encode(MODULE)).toString());
    }

    @Test
    void readsThePrintedText() throws IOException, InterruptedException {
        ModuleModel module = Wat.parse(MODULE);
        for (Wat.Style style : Wat.Style.values()) {
            Path text = Files.writeString(folder.resolve("module.wat"), Wat.print(module, style));
            Path output = folder.resolve("again.wasm");
            accepts("wat2wasm", "--debug-names", text.toString(), "-o", output.toString());
            assertEquals(module.code(), Wat.decode(Files.readAllBytes(output)).code());
        }
    }

    private void accepts(String tool, String... arguments) throws IOException, InterruptedException {
        if (Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .noneMatch(place -> Files.isExecutable(Path.of(place, tool)))) {
            abort(tool + " is not installed: it is in the package wabt of Debian");
        }
        File log = folder.resolve("log").toFile();
        Process process = new ProcessBuilder(Stream.concat(Stream.of(tool), Stream.of(arguments)).toList())
                .redirectErrorStream(true).redirectOutput(log).start();
        try {
            assertTrue(process.waitFor(30, TimeUnit.SECONDS), tool + " does not end");
            assertEquals(List.of(), Files.readAllLines(log.toPath()));
            assertEquals(0, process.exitValue());
        } finally {
            process.destroyForcibly();
        }
    }
}
