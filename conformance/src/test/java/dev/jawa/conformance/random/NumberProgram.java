package dev.jawa.conformance.random;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A random module about numbers and memory: large expressions, loops over memory, switches in loops, calls of functions
 * and of the host, functions with very many parameters and locals, and traps everywhere.
 */
final class NumberProgram extends RandomText implements RandomProgram {
    private static final int FUNCTIONS = 8;
    private static final String[] GLOBALS = {"gi i32", "gl i64", "gf f32", "gd f64", "hi i32", "hl i64", "hf f32", "hd f64"};

    private final NumberModule module;
    private final boolean wide;
    private final boolean shared;

    /** Without what only a new Node.js knows, or with it: memories with addresses of 64 bits, exceptions, tail calls. */
    NumberProgram(long seed, boolean newest) {
        super(new Random(seed));
        wide = newest && seed % 4 == 1;
        shared = seed % 8 == 2;
        var parameters = new ArrayList<String>();
        var results = new ArrayList<String>();
        for (int i = 0; i < FUNCTIONS; i++) {
            parameters.add(types(chance(1) ? 300 : chance(5) ? 20 : 5));
            results.add(chance(60) ? types(1) + type() : types(chance(5) ? 12 : 3));
        }
        module = new NumberModule(wide ? 'l' : 'i', parameters, results, newest);
    }

    private char type() {
        return NumberCode.TYPES.charAt(random.nextInt(NumberCode.TYPES.length()));
    }

    private String types(int most) {
        var types = new StringBuilder();
        for (int i = random.nextInt(most + 1); i > 0; i--) {
            types.append(type());
        }
        return types.toString();
    }

    @Override
    public boolean isWide() {
        return wide;
    }

    @Override
    public List<String> parameters() {
        return module.parameters();
    }

    @Override
    public String text() {
        var text = new StringBuilder("""
                (module
                (import "env" "note" (func $note (param i32 i64 f64) (result i32)))
                (import "env" "again" (func $again (param i32) (result i32)))
                (import "env" "grow" (func $grow (result i32)))
                (global $fuel (export "fuel") (mut i32) (i32.const 0))
                (table $t 16 32 funcref)
                (elem declare func $f0 $f1 $f2 $f3 $f4 $f5 $f6 $f7)
                (elem (table $t) (i32.const 0) func $f0 $f1 $f2 $f3 $f4 $f5 $f6 $f7)
                (elem $functions func $f7 $f2 $f3 $f1 $f0)
                (data $bytes "0123456789abcdef\\ff\\fe\\80\\00\\01")
                """);
        text.append("(memory (export \"memory\")").append(wide ? " i64" : "").append(" 1 3").append(shared ? " shared" : "")
                .append(")\n");
        for (String global : GLOBALS) {
            String name = global.substring(0, 2);
            String type = global.substring(3);
            text.append("(global $").append(name).append(name.charAt(0) == 'g' ? " (export \"" + name + "\")" : "")
                    .append(" (mut ").append(type).append(") (").append(type).append(".const 0))\n");
        }
        if (module.exceptions()) {
            text.append("""
                    (tag $e (param i32))
                    (func $maybe (param i32) (result i32)
                      local.get 0 i32.const 7 i32.and i32.eqz if i32.const 3 throw $e end local.get 0)
                    """);
        }
        for (int i = 0; i < FUNCTIONS; i++) {
            function(text, i);
        }
        back(text);
        return text.append(")\n").toString();
    }

    private void function(StringBuilder text, int index) {
        String parameters = module.parameters().get(index);
        String results = module.results().get(index);
        var function = new NumberFunction(module, new Random(random.nextLong()), pick(List.of(NumberFunction.Kind.values())),
                parameters, results);
        function.write();
        text.append("(type $s").append(index).append(" (func").append(NumberFunction.signature(parameters, results))
                .append("))\n(func $f").append(index).append(" (export \"f").append(index).append("\") (type $s")
                .append(index).append(") (local").append(NumberCode.names(function.locals().substring(parameters.length())))
                .append(")\n").append(function.code).append(")\n");
    }

    /** What the host calls. */
    private void back(StringBuilder text) {
        int called = random.nextInt(FUNCTIONS);
        var function = new NumberFunction(module, new Random(random.nextLong()), NumberFunction.Kind.ANYTHING, "i", "i");
        function.add(NumberFunction.BURN).add("if i32.const 1 return end");
        function.budget = 30;
        function.values(module.parameters().get(called), 2);
        function.add("call $f" + called);
        function.assignAll(module.results().get(called));
        function.value('i', 2);
        text.append("(func (export \"back\") (param i32) (result i32) (local")
                .append(NumberCode.names(function.locals().substring(1))).append(")\n").append(function.code).append(")\n");
    }
}
