package dev.jawa.js;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.jawa.text.Wat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Structs whose descriptors give them a prototype in JavaScript (custom descriptors proposal, "JS Prototypes"). */
class DescriptorTest {
    private static final String MODULE = """
            (module
              (rec
                (type $account (descriptor $description) (struct (field $balance (mut i32))))
                (type $description (describes $account) (struct (field externref))))
              (rec
                (type $other (descriptor $changing) (struct))
                (type $changing (describes $other) (struct (field (mut externref)))))
              (import "env" "prototype" (global $prototype externref))
              (func (export "open") (param i32) (result (ref $account))
                (struct.new_desc $account (local.get 0) (struct.new $description (global.get $prototype))))
              (func (export "other") (result (ref $other))
                (struct.new_desc $other (struct.new $changing (global.get $prototype))))
              (func (export "deposit") (param (ref $account) i32) (result i32)
                (struct.set $account $balance (local.get 0)
                  (i32.add (struct.get $account $balance (local.get 0)) (local.get 1)))
                (struct.get $account $balance (local.get 0))))
            """;
    private static final String LOAD = """
            const module = new WebAssembly.Module(await (await fetch('accounts.wasm')).arrayBuffer());
            const make = (prototype) => new WebAssembly.Instance(module, { env: { prototype } }).exports;
            const name = (action) => {
              try { return action(); } catch (error) { return error.constructor.name; }
            };
            """;

    @TempDir
    Path folder;

    @BeforeEach
    void writeModule() throws IOException {
        Files.write(folder.resolve("accounts.wasm"), Wat.encode(MODULE));
    }

    private List<String> run(String source) {
        return Run.module(folder, LOAD + source).lines();
    }

    @Test
    void methodsOfThePrototypeAreCalled() {
        assertEquals(List.of("12 true true", "TypeError TypeError"), run("""
                const prototype = {};
                const exports = make(new WebAssembly.DescriptorOptions({ prototype }));
                const account = exports.open(5);
                prototype.deposit = function (amount) { return exports.deposit(this, amount); };
                console.log(account.deposit(7), Object.getPrototypeOf(account) === prototype, 'deposit' in account);
                console.log(name(() => { account.deposit = 1; }), name(() => Object.setPrototypeOf(account, {})));
                """));
    }

    @Test
    void whatIsNoOptionsGivesNoPrototype() {
        assertEquals(List.of("null null null null", "TypeError TypeError TypeError null"), run("""
                const options = new WebAssembly.DescriptorOptions({ prototype: {} });
                console.log(...[make({ prototype: {} }).open(1), make(null).open(1), make(options).other(),
                  make(new WebAssembly.DescriptorOptions({})).open(1)].map(Object.getPrototypeOf));
                console.log(name(() => WebAssembly.DescriptorOptions({})), name(() => new WebAssembly.DescriptorOptions()),
                  name(() => new WebAssembly.DescriptorOptions({ prototype: 1 })),
                  Object.getPrototypeOf(make(new WebAssembly.DescriptorOptions({ prototype: null })).open(1)));
                """));
    }
}
