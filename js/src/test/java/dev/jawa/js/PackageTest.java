package dev.jawa.js;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.jawa.js.JsHost.Mode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How packages find each other: Node.js's algorithms for {@code import} and {@code require}. */
class PackageTest {
    @TempDir
    Path folder;

    private Path write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    @Test
    void exportsOfPackagesFollowConditionsAndPatterns() throws IOException {
        write("node_modules/p/package.json", """
                {"exports": {".": {"browser": "./no.js", "import": "./i.mjs", "require": "./r.cjs"},
                 "./sub/*.js": "./src/*.mjs", "./sub/secret.js": null, "./data.json": "./d.json"}}""");
        write("node_modules/p/i.mjs", "export default 'import';");
        write("node_modules/p/r.cjs", "module.exports = 'require';");
        write("node_modules/p/src/a.mjs", "import self from 'p'; export const a = self;");
        write("node_modules/p/d.json", "{\"d\": 1}");
        assertEquals(List.of("import require import 1", "ERR_PACKAGE_PATH_NOT_EXPORTED", "ERR_PACKAGE_PATH_NOT_EXPORTED",
                "ERR_MODULE_NOT_FOUND"), Run.module(folder, """
                import p from 'p';
                import { createRequire } from 'node:module';
                import { a } from 'p/sub/a.js';
                import data from 'p/data.json' with { type: 'json' };
                console.log(p, createRequire(import.meta.url)('p'), a, data.d);
                for (const name of ['p/sub/secret.js', 'p/i.mjs', 'nowhere']) {
                  await import(name).catch((error) => console.log(error.code));
                }
                """).lines());
    }

    @Test
    void importsOfTheOwnPackage() throws IOException {
        write("package.json", "{\"imports\": {\"#x\": {\"node\": \"./x.mjs\"}, \"#in/*\": \"./in/*.mjs\", \"#fs\": \"fs\"}}");
        write("x.mjs", "export const x = 1;");
        write("in/y.mjs", "export const y = 2;");
        assertEquals(List.of("1 2 function true"), Run.module(folder, """
                import { x } from '#x';
                import { y } from '#in/y';
                import { readFileSync } from '#fs';
                console.log(x, y, typeof readFileSync, import.meta.resolve('#x').endsWith('/x.mjs'));
                """).lines());
    }

    @Test
    void commonJsHasNamedExportsForImport() throws IOException {
        write("node_modules/c/package.json", "{\"main\": \"lib\"}");
        write("node_modules/c/lib/index.js", """
                'use strict';
                Object.defineProperty(exports, '__esModule', { value: true });
                exports.one = 1;
                Object.defineProperty(exports, 'two', { enumerable: true, get: function () { return 2; } });
                __exportStar(require('./more'), exports);
                function __exportStar(from, to) { Object.assign(to, from); }
                var all = require("./all");
                Object.keys(all).forEach(function (k) {
                  if (k !== 'default' && !Object.hasOwn(exports, k)) {
                    Object.defineProperty(exports, k, { enumerable: true, get: function () { return all[k]; } });
                  }
                });
                """);
        write("node_modules/c/lib/more.js", "const three = 3; module.exports = { three, four: 4 };");
        write("node_modules/c/lib/all.js", "exports.five = 5;");
        assertEquals(List.of("1 2 3 4 5 1"), Run.module(folder, """
                import c, { one, two, three, four, five } from 'c';
                console.log(one, two, three, four, five, c.one);
                """).lines());
    }

    @Test
    void commonJsImportsAndRequiresModules() throws IOException {
        write("m.mjs", "export const m = 5; export default 6;");
        write("dual.js", "export const dual = 7;");
        Path main = write("main.cjs", """
                console.log(require('./m.mjs').m, require('./dual').dual, require('node:path').basename(__filename));
                import('./m.mjs').then(({ default: six }) => console.log(six));
                """);
        assertEquals(List.of("5 7 main.cjs", "6"), Run.file(main, Mode.COMMONJS).lines());
    }

    @Test
    void webAssemblyIsAModuleToo() throws IOException {
        Files.write(folder.resolve("simple.wasm"), Modules.simple());
        Files.write(folder.resolve("exports.wasm"), Modules.exports());
        write("node_modules/imports/package.json", "{\"exports\": \"./i.mjs\"}");
        write("node_modules/imports/i.mjs", "export const imported_func = (value) => console.log('got', value);");
        assertEquals(List.of("got 42", "7 5n true", "true 1"), Run.module(folder, """
                import { exported_func } from './simple.wasm';
                import * as all from './exports.wasm';
                import source simple from './simple.wasm';
                exported_func();
                console.log(all.seven(), all.global.value, all.memory instanceof WebAssembly.Memory);
                console.log(simple instanceof WebAssembly.Module, WebAssembly.Module.imports(simple).length);
                """).lines());
    }

    @Test
    void filesAreReadAndWrittenByPermission() throws IOException {
        Path inside = Files.createDirectory(folder.resolve("inside"));
        Path main = Files.writeString(inside.resolve("main.cjs"), """
                const fs = require('fs');
                const path = require('path');
                fs.writeFileSync(path.join(__dirname, 'a.txt'), 'text');
                console.log(fs.readFileSync(path.join(__dirname, 'a.txt'), 'utf8'), fs.statSync(__dirname).isDirectory());
                for (const action of [() => fs.readFileSync(path.join(__dirname, '..', 'secret')),
                  () => fs.symlinkSync('..', path.join(__dirname, 'up')), () => fs.readFileSync(__dirname + '/none')]) {
                  try { action(); console.log('done'); } catch (error) { console.log(error.code); }
                }
                fetch('http://localhost:1/').catch((error) => console.log(/not allowed/.test(error.message)));
                console.log(Object.keys(process.env).length);
                """);
        Files.writeString(folder.resolve("secret"), "secret");
        var output = new java.io.ByteArrayOutputStream();
        int code = JsHost.builder().output(new java.io.PrintStream(output, true))
                .permissions(Permissions.none().allowRead(inside).allowWrite(inside)).build().run(main);
        assertEquals("text true\nEACCES\nEACCES\nENOENT\n0\ntrue\n", output.toString());
        assertEquals(0, code);
    }
}
