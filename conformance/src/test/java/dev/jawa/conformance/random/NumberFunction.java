package dev.jawa.conformance.random;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Writes a random function on numbers: statements, and the ways between them. */
final class NumberFunction extends NumberCode {
    /** Takes fuel; leaves whether there was none. */
    static final String BURN = "global.get $fuel i32.const 1 i32.sub global.set $fuel global.get $fuel i32.const 0 i32.lt_s";

    private final List<Label> labels = new ArrayList<>();
    private final Kind kind;
    private final String results;
    private int arms;

    /** What a function has most of. */
    enum Kind { ANYTHING, LARGE_EXPRESSIONS, SWITCHES, POINTERS, MANY_LOCALS }

    /** A label, and the types of what a branch to it takes along. */
    record Label(String name, String types) {
    }

    NumberFunction(NumberModule module, Random random, Kind kind, String parameters, String results) {
        super(module, random);
        this.kind = kind;
        this.results = results;
        parameters.chars().forEach(type -> anyLocal((char) type));
        int more = kind == Kind.MANY_LOCALS ? 60 + random.nextInt(120) : 4 + random.nextInt(6);
        for (int i = 0; i < more; i++) {
            anyLocal(pick('i', 'i', 'l', 'f', 'd'));
        }
    }

    /** Writes it. */
    void write() {
        add(BURN).add("if");
        results.chars().forEach(type -> constant((char) type, 0));
        add("return end\n");
        budget = kind == Kind.ANYTHING ? 20 + random.nextInt(200) : 100 + random.nextInt(500);
        calls = kind == Kind.LARGE_EXPRESSIONS ? 12 : 3;
        for (int i = 2 + random.nextInt(6); i > 0 && budget > 0; i--) {
            switch (kind) {
                case LARGE_EXPRESSIONS -> large();
                case SWITCHES -> new DispatchLoop(this).write(3);
                case POINTERS -> new PointerLoop(this).write(3);
                default -> statement(5);
            }
            statement(4);
        }
        values(results, 4);
    }

    // ---- large expressions

    private void large() {
        leaves = 4;
        budget = Math.max(budget, 500);
        switch (random.nextInt(4)) {
            case 0 -> {
                char type = type();
                value(type, 9 + random.nextInt(3));
                set(local(type));
            }
            case 1 -> {
                address(9);
                value('i', 9);
                add("i32.store" + offset());
            }
            default -> {
                int function = random.nextInt(module.functions());
                values(module.parameters().get(function), 7);
                invoke(function);
                assignAll(module.results().get(function));
            }
        }
        leaves = 15;
        add("\n");
    }

    // ---- statements

    char type() {
        return TYPES.charAt(random.nextInt(TYPES.length()));
    }

    void statements(int depth, int most) {
        for (int i = random.nextInt(most); i >= 0 && budget > 0; i--) {
            statement(depth);
        }
    }

    /** One statement. */
    void statement(int depth) {
        budget--;
        switch (random.nextInt(depth > 0 && budget > 0 ? 30 : 10)) {
            case 0, 1, 2, 3 -> {
                char type = type();
                value(type, 4);
                set(local(type));
            }
            case 4, 5 -> store();
            case 6 -> {
                char type = type();
                value(type, 3);
                add("global.set").add(global(type));
            }
            case 7 -> jump();
            case 8 -> bulk();
            case 9 -> {
                value(type(), 3);
                add("drop");
            }
            case 10, 11, 12 -> choice(depth);
            case 13, 14 -> block("block", depth);
            case 15, 16 -> loop(depth);
            case 17 -> nestedTable(depth);
            case 18 -> new DispatchLoop(this).write(depth - 2);
            case 19, 20 -> new PointerLoop(this).write(depth - 2);
            case 21 -> exceptions(depth);
            case 22 -> tailCall();
            case 23 -> trap();
            case 24, 25 -> pending();
            case 26, 27 -> fields(depth);
            default -> {
                int function = random.nextInt(module.functions());
                values(module.parameters().get(function), 2);
                invoke(function);
                assignAll(module.results().get(function));
            }
        }
        add("\n");
    }

    private void store() {
        var opcode = storing();
        address(2);
        exact(opcode.operands().charAt(1), 4);
        add(opcode.mnemonic() + offset());
    }

    /** Assigns what is on top of the stack, the last one first. */
    void assignAll(String types) {
        for (int i = types.length() - 1; i >= 0; i--) {
            if (chance(80)) {
                set(local(types.charAt(i)));
            } else {
                add("drop");
            }
        }
    }

    private void bulk() {
        switch (random.nextInt(8)) {
            case 0 -> {
                address(1);
                address(1);
                length(address);
                add("memory.copy");
            }
            case 1 -> {
                address(1);
                value('i', 2);
                length(address);
                add("memory.fill");
            }
            case 2 -> {
                address(1);
                index(15);
                length('i');
                add("memory.init $bytes");
            }
            case 3 -> {
                index(15);
                add("ref.func $f" + random.nextInt(module.functions()) + " table.set $t");
            }
            case 4 -> {
                index(7);
                index(7);
                index(7);
                add("table.copy $t $t");
            }
            case 5 -> {
                index(7);
                index(3);
                index(3);
                add("table.init $t $functions");
            }
            case 6 -> {
                index(15);
                index(15);
                add("table.get $t");
                index(3);
                add("table.fill $t");
            }
            default -> {
                value('i', 1);
                constant('i', 63);
                add("i32.and i32.eqz if").add(pick("data.drop $bytes", "elem.drop $functions")).add("end");
            }
        }
    }

    private void length(char type) {
        value(type, 1);
        constant(type, 31);
        add(name(type) + ".and");
    }

    private void trap() {
        value('i', 2);
        constant('i', 63);
        add("i32.and i32.eqz if unreachable end");
    }

    private void exceptions(int depth) {
        if (!module.exceptions()) {
            choice(depth);
            return;
        }
        if (chance(40)) {
            value('i', 2);
            constant('i', 31);
            add("i32.and i32.eqz if");
            value('i', 2);
            add("throw $e end");
            return;
        }
        String handler = name();
        String out = name();
        add("block " + out + " block " + handler + " (result i32) try_table (catch $e " + handler + ")");
        statements(depth - 1, 3);
        pending();
        add("end br " + out + " end");
        set(local('i'));
        statements(depth - 2, 2);
        add("end");
    }

    /** Operands that wait on the stack, and read what those after them change. */
    private void pending() {
        int number = local('i');
        int count = 2 + random.nextInt(8);
        for (int i = 0; i < count; i++) {
            switch (random.nextInt(13)) {
                case 0, 1, 2 -> get(number);
                case 3 -> {
                    get(number);
                    constant('i', 1 + random.nextInt(9));
                    add("i32.add");
                    tee(number);
                }
                case 4 -> add("global.get $gi");
                case 5 -> {
                    constant(address, 64);
                    add("i32.load");
                }
                case 6 -> {
                    get(number);
                    add("global.get $gl f64.const 1 call $note");
                }
                case 7 -> {
                    get(number);
                    add("global.set $gi");
                    get(number);
                }
                case 8 -> {
                    constant(address, 64);
                    get(number);
                    add("i32.store global.get $gi");
                }
                case 9 -> {
                    get(number);
                    get(number);
                    constant('i', 3);
                    add("i32.and i32.div_u");
                }
                case 10 -> {
                    // Bytes at any address may be out of bounds.
                    get(number);
                    add(address == 'l' ? "i64.extend_i32_u" : "").add("i32.load8_u");
                }
                case 11 -> {
                    get(number);
                    add(module.exceptions() ? "call $maybe" : "i32.popcnt");
                }
                default -> value('i', 3);
            }
        }
        for (int i = 1; i < count; i++) {
            add(pick("i32.sub", "i32.rotl", "i32.xor", "i32.sub"));
        }
        set(local('i'));
    }

    /** Accesses at distances from a pointer, as to the fields of a structure, which is often at the end of the memory. */
    private void fields(int depth) {
        int pointer = ownLocal(address);
        if (chance(60)) {
            constant(address, END - random.nextInt(60));
        } else {
            address(1);
        }
        set(pointer);
        for (int i = 1 + random.nextInt(6); i >= 0; i--) {
            get(pointer);
            if (chance(60)) {
                char type = type();
                add(loading(type) + offset());
                set(local(type));
            } else {
                var opcode = storing();
                exact(opcode.operands().charAt(1), 2);
                add(opcode.mnemonic() + offset());
            }
            if (chance(15)) {
                get(pointer);
                constant(address, random.nextInt(20) - 10);
                onAddress("add");
                set(pointer);
            } else if (chance(20)) {
                statement(depth - 2);
            }
        }
    }

    private void tailCall() {
        for (int attempt = 0; module.exceptions() && attempt < 6; attempt++) {
            int function = random.nextInt(module.functions());
            if (module.results().get(function).equals(results)) {
                value('i', 1);
                add("if");
                values(module.parameters().get(function), 2);
                add("return_call $f" + function + " end");
                return;
            }
        }
        jump();
    }

    // ---- blocks

    String types() {
        var types = new StringBuilder();
        for (int i = random.nextInt(4) * random.nextInt(2); i > 0; i--) {
            types.append(type());
        }
        return types.toString();
    }

    static String signature(String parameters, String results) {
        return (parameters.isEmpty() ? "" : " (param" + names(parameters) + ")")
                + (results.isEmpty() ? "" : " (result" + names(results) + ")");
    }

    Label open(String opcode, String parameters, String results) {
        var label = new Label(name(), opcode.equals("loop") ? parameters : results);
        add(opcode + " " + label.name() + signature(parameters, results));
        labels.add(label);
        return label;
    }

    void close() {
        labels.removeLast();
        add("end");
    }

    private void choice(int depth) {
        String given = types();
        values(given, 2);
        value('i', 3);
        String results = types();
        arms++;
        open("if", given, results);
        inside(given, results, depth);
        if (chance(60) || !given.equals(results)) {
            add("else");
            inside(given, results, depth);
        }
        close();
        arms--;
        assignAll(results);
    }

    private void inside(String given, String results, int depth) {
        if (given.equals(results) && chance(30)) {
            statements(depth - 1, 3);
            return;
        }
        assignAll(given);
        statements(depth - 1, 4);
        values(results, 3);
    }

    private void block(String opcode, int depth) {
        String given = types();
        values(given, 2);
        String results = types();
        open(opcode, given, results);
        inside(given, results, depth);
        close();
        assignAll(results);
    }

    private void loop(int depth) {
        String results = types();
        Label out = open("block", "", results);
        String given = types();
        values(given, 2);
        Label again = open("loop", given, "");
        assignAll(given);
        values(results, 1);
        add(BURN).add("br_if " + out.name());
        assignAll(results);
        statements(depth - 1, 4);
        values(given, 2);
        value('i', 3);
        add("br_if " + again.name());
        assignAll(given);
        close();
        values(results, 2);
        close();
        assignAll(results);
    }

    /** Nested blocks, a table that goes to the end of one of them, and code after each. */
    private void nestedTable(int depth) {
        String types = chance(30) ? types() : "";
        int count = 1 + random.nextInt(chance(30) ? 24 : 5);
        for (int i = 0; i < count; i++) {
            open("block", "", types);
        }
        values(types, 2);
        value('i', 2);
        table(types, count);
        for (int i = 0; i < count; i++) {
            close();
            assignAll(types);
            statements(depth - 2, 3);
            if (i < count - 1) {
                values(types, 1);
            }
        }
    }

    /** A table of some of the innermost labels, and of any around that take the same along. */
    private void table(String types, int innermost) {
        add("br_table");
        for (int i = random.nextInt(2 * innermost + 3); i >= 0; i--) {
            List<Label> others = labels.stream().filter(label -> label.types().equals(types)).toList();
            add(chance(8) ? pick(others).name() : labels.get(labels.size() - 1 - random.nextInt(innermost)).name());
        }
    }

    /** A branch or a return, mostly on a condition. */
    void jump() {
        if (labels.isEmpty() || chance(15)) {
            value('i', 2);
            add("if");
            values(results, 3);
            add("return end");
            return;
        }
        Label label = pick(labels);
        values(label.types(), 2);
        value('i', 3);
        if (arms > 0 && chance(20)) {
            add("drop br " + label.name());
        } else {
            add("br_if " + label.name());
            assignAll(label.types());
        }
    }

    @Override
    void structured(char type, int depth) {
        String result = String.valueOf(type);
        switch (budget < 20 ? 3 : random.nextInt(4)) {
            case 0 -> {
                value('i', depth);
                open("if", "", result);
                inside("", result, Math.min(depth, 2));
                add("else");
                value(type, depth);
                close();
            }
            case 1 -> {
                Label label = open("block", "", result);
                value(type, depth);
                value('i', depth);
                add("br_if " + label.name());
                set(local(type));
                inside("", result, Math.min(depth, 2));
                close();
            }
            case 2 -> {
                char other = type();
                value(other, depth);
                value(type, depth);
                open("block", String.valueOf(other) + type, type + String.valueOf(other));
                set(local(type));
                set(local(other));
                values(type + String.valueOf(other), 2);
                close();
                assignAll(String.valueOf(other));
            }
            default -> {
                value(type, depth);
                tee(local(type));
            }
        }
    }

    // ---- calls

    /** Calls a function in one of several ways, the arguments being on the stack. */
    private void invoke(int function) {
        switch (random.nextInt(5)) {
            case 0, 1, 2 -> add("call $f" + function);
            case 3 -> {
                // Any function may be there by now, or none.
                if (chance(90)) {
                    constant('i', function);
                } else {
                    index(31);
                }
                add("call_indirect $t (type $s" + function + ")");
            }
            default -> add(module.exceptions() ? "ref.func $f" + function + " call_ref $s" + function
                    : "call $f" + function);
        }
    }

    @Override
    void call(char type, int depth) {
        if (type == 'i' && chance(30)) {
            switch (random.nextInt(6)) {
                case 0 -> add("call $grow");
                case 1 -> {
                    value('i', depth);
                    add("call $again");
                }
                default -> {
                    values("ild", depth);
                    add("call $note");
                }
            }
            return;
        }
        for (int attempt = 0; attempt < 6; attempt++) {
            int function = random.nextInt(module.functions());
            String gives = module.results().get(function);
            if (!gives.isEmpty() && gives.charAt(0) == type) {
                String parameters = module.parameters().get(function);
                values(parameters, parameters.length() > 20 ? 1 : depth);
                invoke(function);
                assignAll(gives.substring(1));
                return;
            }
        }
        value(type, depth);
    }
}
