package dev.jawa.js;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.jawa.js.JsHost.Mode;
import dev.jawa.text.Wat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code node:wasi}. */
class WasiModuleTest {
    /** Prints its second argument, makes the file {@code made} in its first directory, ends with 7 if that went well. */
    private static final String PROGRAM = """
            (module
              (import "wasi_snapshot_preview1" "args_get" (func $args (param i32 i32) (result i32)))
              (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
              (import "wasi_snapshot_preview1" "path_open"
                (func $open (param i32 i32 i32 i32 i32 i64 i64 i32 i32) (result i32)))
              (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
              (memory (export "memory") 1)
              (data (i32.const 0) "made")
              (func (export "_start")
                (drop (call $args (i32.const 64) (i32.const 128)))
                (i32.store (i32.const 16) (i32.load (i32.const 68)))
                (i32.store (i32.const 20) (i32.const 2))
                (drop (call $write (i32.const 1) (i32.const 16) (i32.const 1) (i32.const 24)))
                (if (call $open (i32.const 3) (i32.const 0) (i32.const 0) (i32.const 4) (i32.const 1)
                      (i64.const 64) (i64.const 0) (i32.const 0) (i32.const 28))
                  (then (call $exit (i32.const 9))))
                (call $exit (i32.const 7))))
            """;

    @TempDir
    private Path folder;

    @BeforeEach
    void writeModules() throws IOException {
        Files.write(folder.resolve("program.wasm"), Wat.encode(Wat.parse("program", PROGRAM.getBytes())));
        Files.write(folder.resolve("library.wasm"), Wat.encode(Wat.parse("library", """
                (module
                  (import "wasi_snapshot_preview1" "sched_yield" (func $yield (result i32)))
                  (import "wasi_snapshot_preview1" "random_get" (func $random (param i32 i32) (result i32)))
                  (memory (export "memory") 1)
                  (global $ready (mut i32) (i32.const 0))
                  (func (export "_initialize") (global.set $ready (i32.const 40)))
                  (func (export "value") (result i32)
                    (i32.add (global.get $ready) (i32.add (call $yield) (call $random (i32.const 0) (i32.const 8))))))
                """.getBytes())));
        Files.createDirectory(folder.resolve("data"));
    }

    private static final String RUN = """
            import { WASI } from 'node:wasi';
            import { readFileSync } from 'node:fs';
            const file = (name) => readFileSync(new URL(name, import.meta.url));
            const preopens = { '/data': new URL('data', import.meta.url).pathname };
            const load = (wasi, name) => new WebAssembly.Instance(new WebAssembly.Module(file(name)), wasi.getImportObject());
            """;

    @Test
    void aProgramRunsWithWhatItIsGiven() {
        assertEquals(List.of("hi7", "ERR_WASI_ALREADY_STARTED", "ERR_INVALID_ARG_TYPE", "ERR_INVALID_ARG_VALUE"),
                Run.module(folder, RUN + """
                const wasi = new WASI({ version: 'preview1', args: ['program', 'hi'], env: { A: 'b' }, preopens });
                const instance = load(wasi, 'program.wasm');
                console.log(wasi.start(instance));
                for (const wrong of [() => wasi.start(instance), () => new WASI(), () => new WASI({ version: '2' })]) {
                  try { wrong(); } catch (error) { console.log(error.code); }
                }
                """).lines());
        assertEquals(true, Files.exists(folder.resolve("data/made")));
    }

    @Test
    void aProgramMayEndThePage() {
        Run run = Run.module(folder, RUN + """
                const wasi = new WASI({ version: 'preview1', args: ['program', 'hi'], preopens, returnOnExit: false });
                wasi.start(load(wasi, 'program.wasm'));
                console.log('never');
                """);
        assertEquals("hi", run.output());
        assertEquals(7, run.exitCode());
    }

    @Test
    void aLibraryIsInitialized() {
        assertEquals(List.of("ERR_WASI_NOT_STARTED", "40"), Run.module(folder, RUN + """
                const wasi = new WASI({ version: 'preview1' });
                const early = load(wasi, 'library.wasm');
                try { early.exports.value(); } catch (error) { console.log(error.code); }
                const instance = load(wasi, 'library.wasm');
                wasi.initialize(instance);
                console.log(instance.exports.value());
                """).lines());
    }

    @Test
    void directoriesNeedPermission() throws IOException {
        Path main = Files.writeString(folder.resolve("main.mjs"), RUN + """
                const run = () => {
                  const wasi = new WASI({ version: 'preview1', args: ['program', 'hi'], preopens });
                  return wasi.start(load(wasi, 'program.wasm'));
                };
                try { console.log(run()); } catch (error) { console.log(error.code); }
                """);
        assertEquals("hi9", run(main, Permissions.none().allowRead(folder)));
        assertEquals("hi9", run(main, Permissions.all().denyWrite(folder.resolve("data/below"))));
        assertEquals("ERR_ACCESS_DENIED", run(main, Permissions.all().denyRead(folder.resolve("data/below"))));
        assertEquals(false, Files.exists(folder.resolve("data/made")));
    }

    private static String run(Path main, Permissions permissions) {
        var output = new ByteArrayOutputStream();
        var stream = new PrintStream(output, true);
        JsHost.builder().output(stream).error(stream).permissions(permissions).build().run(main, Mode.MODULE);
        return output.toString().strip();
    }
}
