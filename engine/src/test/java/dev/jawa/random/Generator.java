package dev.jawa.random;

import dev.jawa.model.Feature;
import dev.jawa.model.Opcode;
import dev.jawa.random.Node.*;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Makes random programs that are valid. */
final class Generator {
    private static final String TYPES = "ilfd";
    /** Whether a NaN comes out depends on which went in, not on the implementation. */
    private static final Set<Opcode> EXACT = Set.of(Opcode.F32_NEG, Opcode.F32_ABS, Opcode.F32_COPYSIGN,
            Opcode.F64_NEG, Opcode.F64_ABS, Opcode.F64_COPYSIGN, Opcode.F32_REINTERPRET_I32,
            Opcode.F64_REINTERPRET_I64);
    private static final Set<Opcode> DIVISIONS = Set.of(Opcode.I32_DIV_S, Opcode.I32_DIV_U, Opcode.I32_REM_S,
            Opcode.I32_REM_U, Opcode.I64_DIV_S, Opcode.I64_DIV_U, Opcode.I64_REM_S, Opcode.I64_REM_U);
    private static final Map<Character, List<Opcode>> OPERATIONS = Arrays.stream(Opcode.values())
            .filter(opcode -> opcode.hasFixedType() && opcode.accessBytes() == 0 && isScalar(opcode)
                    && opcode.feature() != Feature.WIDE_ARITHMETIC)
            .collect(Collectors.groupingBy(opcode -> opcode.results().charAt(0)));
    private static final List<Opcode> ACCESSES = Arrays.stream(Opcode.values())
            .filter(opcode -> opcode.accessBytes() != 0 && opcode.prefix() == 0).toList();
    private static final long[] INTERESTING = {0, 1, -1, 2, 7, 31, 32, 63, 64, 127, 128, -128, 255, 256, 65535, 65536,
        Integer.MAX_VALUE, Integer.MIN_VALUE, 1L << 32, Long.MAX_VALUE, Long.MIN_VALUE, 0xFFFF_FFFFL};
    private static final double[] NUMBERS = {0.0, -0.0, 1, -1, 0.5, -0.5, 1.5, 2.5, 1e10, -1e10, 0x1p31, 0x1p32, 0x1p63,
        0x1p64, -0x1p63, 1e300, 1e-310, Float.MIN_VALUE, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.NaN,
        16777217, 9007199254740993.0};

    private final Random random;
    private final List<Program.Function> functions = new ArrayList<>();
    private final List<String> signatures = new ArrayList<>();
    private String globals;
    private StringBuilder locals;
    private String results;
    /** The types of the labels around, innermost last; {@code L} for a loop. */
    private final StringBuilder labels = new StringBuilder();
    private int budget;

    Generator(long seed) {
        random = new Random(seed);
    }

    private static boolean isScalar(Opcode opcode) {
        return opcode.results().length() == 1 && (opcode.operands() + opcode.results()).chars()
                .allMatch(type -> TYPES.indexOf(type) >= 0) && !opcode.operands().isEmpty()
                && opcode.immediates() == dev.jawa.model.Immediates.NONE;
    }

    Program program(int count, int size) {
        globals = "i" + types(6);
        for (int i = 0; i < count; i++) {
            functions.add(function(size));
        }
        return new Program(functions, globals);
    }

    private String types(int most) {
        var types = new StringBuilder();
        for (int i = random.nextInt(most + 1); i > 0; i--) {
            types.append(type());
        }
        return types.toString();
    }

    private char type() {
        return TYPES.charAt(random.nextInt(4));
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    private Program.Function function(int size) {
        String parameters = types(4);
        results = chance(70) ? String.valueOf(type()) : types(3);
        locals = new StringBuilder(parameters + types(6));
        String signature = parameters + ":" + results;
        if (!signatures.contains(signature)) {
            signatures.add(signature);
        }
        budget = 1 + random.nextInt(size);
        List<Node> body = new ArrayList<>();
        while (budget > 0) {
            body.add(statement(6));
        }
        List<Node> values = values(results, 4);
        return new Program.Function(parameters, results, locals.toString(), body, values);
    }

    private List<Node> values(String types, int depth) {
        var values = new ArrayList<Node>();
        for (char type : types.toCharArray()) {
            values.add(value(type, depth));
        }
        return values;
    }

    private int local(char type) {
        for (int attempt = 0; attempt < 4; attempt++) {
            int index = locals.isEmpty() ? 0 : random.nextInt(locals.length());
            if (!locals.isEmpty() && locals.charAt(index) == type) {
                return index;
            }
        }
        int known = locals.indexOf(String.valueOf(type));
        if (known >= 0) {
            return known;
        }
        locals.append(type);
        return locals.length() - 1;
    }

    // ---- statements

    private Node statement(int depth) {
        budget--;
        int kind = random.nextInt(depth > 0 ? 20 : 9);
        char type = type();
        return switch (kind) {
            case 0, 1, 2, 3 -> new LocalSet(local(type), value(type, 4));
            case 4, 5 -> store();
            case 6 -> globalSet();
            case 7 -> jump();
            case 8 -> new Drop(value(type, 3));
            case 9, 10, 11 -> choice('-', depth);
            case 12, 13 -> loop(depth);
            case 14, 15, 16 -> labelled('-', () -> new Block('-', statements(depth - 1)));
            case 17 -> table(depth);
            default -> call(depth);
        };
    }

    private Node statements(int depth) {
        var nodes = new ArrayList<Node>();
        for (int i = random.nextInt(5); i >= 0 && budget > 0; i--) {
            nodes.add(statement(depth));
        }
        return new Sequence(nodes);
    }

    private Node labelled(char type, Supplier<Node> inner) {
        labels.append(type);
        Node node = inner.get();
        labels.setLength(labels.length() - 1);
        return node;
    }

    private Node choice(char type, int depth) {
        Node condition = value('i', 3);
        return labelled(type, () -> new Choice(type, condition, branch(type, depth), branch(type, depth)));
    }

    private Node branch(char type, int depth) {
        return type == '-' ? statements(depth - 1)
                : chance(50) ? value(type, depth - 1)
                : new Sequence(List.of(statements(depth - 1), value(type, depth - 1)));
    }

    private Node loop(int depth) {
        return labelled('-', () -> labelled('L', () -> new Loop(new Sequence(List.of(statements(depth - 1),
                new BranchIf(0, value('i', 3)))))));
    }

    private Node globalSet() {
        int index = random.nextInt(globals.length());
        return index == 0 ? new Drop(new GlobalGet(0)) : new GlobalSet(index, value(globals.charAt(index), 4));
    }

    private Node jump() {
        int depth = random.nextInt(labels.length() + 1);
        if (depth == labels.length()) {
            return results.isEmpty() && chance(40) ? new BranchIf(depth, value('i', 2))
                    : sometimes(() -> new Return(values(results, 3)));
        }
        char type = labels.charAt(labels.length() - 1 - depth);
        if (TYPES.indexOf(type) >= 0) {
            return chance(50) ? new Drop(new BranchIfWith(depth, value(type, 2), value('i', 2)))
                    : sometimes(() -> new BranchWith(depth + 1, value(type, 2)));
        }
        return chance(80) ? new BranchIf(depth, value('i', 3)) : new Branch(depth);
    }

    private Node sometimes(Supplier<Node> node) {
        Node condition = value('i', 2);
        return labelled('-', () -> new Choice('-', condition, node.get(), new Sequence(List.of())));
    }

    /** Nested blocks, a table that goes to the end of one of them, and code after each. */
    private Node table(int depth) {
        int count = 1 + random.nextInt(chance(30) ? 30 : 5);
        var depths = new ArrayList<Integer>();
        for (int i = random.nextInt(2 * count + 3); i >= 0; i--) {
            depths.add(random.nextInt(count));
        }
        labels.append("-".repeat(count));
        Node node = new BranchTable(depths, value('i', 2));
        labels.setLength(labels.length() - count);
        for (int i = 0; i < count; i++) {
            Node inner = node;
            int around = count - 1 - i;
            labels.append("-".repeat(around));
            node = new Sequence(List.of(new Block('-', inner), statements(depth - 2)));
            labels.setLength(labels.length() - around);
        }
        return node;
    }

    private Node store() {
        while (true) {
            Opcode opcode = ACCESSES.get(random.nextInt(ACCESSES.size()));
            if (opcode.results().isEmpty()) {
                Node address = address();
                return new Store(opcode, random.nextInt(256), address, value(opcode.operands().charAt(1), 4));
            }
        }
    }

    private Node address() {
        Node any = value('i', 2);
        return chance(2) ? any
                : new Operation(Opcode.I32_AND, List.of(any, new Constant('i', chance(50) ? 0x3F : 0x7FFF)));
    }

    private Node call(int depth) {
        if (functions.isEmpty()) {
            return new Drop(value(type(), depth));
        }
        int index = random.nextInt(functions.size());
        Program.Function called = functions.get(index);
        List<Node> arguments = values(called.parameters(), 2);
        if (called.results().length() == 1) {
            char type = called.results().charAt(0);
            // Through the table any function of the type may be called, this one too, or one of another type.
            Node value = chance(70) ? new Call(index, arguments)
                    : new CallIndirect(signatures.indexOf(called.signature()), arguments,
                            chance(80) ? new Constant('i', index) : value('i', 1));
            return new LocalSet(local(type), value);
        }
        var targets = new ArrayList<Integer>();
        for (char type : called.results().toCharArray()) {
            targets.add(local(type));
        }
        return new CallMany(index, arguments, targets);
    }

    // ---- values

    private Node value(char type, int depth) {
        if (depth <= 0 || chance(15)) {
            return leaf(type);
        }
        return switch (random.nextInt(12)) {
            case 0 -> leaf(type);
            case 1 -> load(type);
            case 2 -> new Select(value(type, depth - 1), value(type, depth - 1), value('i', depth - 1));
            case 3 -> new LocalTee(local(type), value(type, depth - 1));
            case 4 -> {
                if (budget <= 0) {
                    yield leaf(type);
                }
                budget--;
                yield chance(50) ? choice(type, depth) : labelled(type, () -> new Block(type, branch(type, depth)));
            }
            default -> operation(type, depth);
        };
    }

    private Node leaf(char type) {
        if (chance(60)) {
            return new LocalGet(local(type));
        }
        int global = globals.indexOf(type, 1);
        return global > 0 && chance(30) ? new GlobalGet(global) : constant(type);
    }

    private Node constant(char type) {
        return new Constant(type, switch (type) {
            case 'i' -> chance(50) ? (int) INTERESTING[random.nextInt(INTERESTING.length)] : random.nextInt();
            case 'l' -> chance(50) ? INTERESTING[random.nextInt(INTERESTING.length)] : random.nextLong();
            case 'f' -> Float.floatToIntBits(chance(50) ? (float) NUMBERS[random.nextInt(NUMBERS.length)]
                    : random.nextFloat() * 1000);
            default -> Double.doubleToLongBits(chance(50) ? NUMBERS[random.nextInt(NUMBERS.length)]
                    : random.nextGaussian() * 1000);
        });
    }

    private Node load(char type) {
        while (true) {
            Opcode opcode = ACCESSES.get(random.nextInt(ACCESSES.size()));
            if (opcode.results().equals(String.valueOf(type))) {
                Node load = new Load(opcode, random.nextInt(256), address());
                return type == 'f' || type == 'd' ? canonical(type, load) : load;
            }
        }
    }

    private Node operation(char type, int depth) {
        List<Opcode> opcodes = OPERATIONS.get(type);
        Opcode opcode = opcodes.get(random.nextInt(opcodes.size()));
        if (opcode.mnemonic().contains("trunc_f") && chance(90)) {
            return leaf(type);
        }
        List<Node> operands = values(opcode.operands(), depth - 1);
        if (DIVISIONS.contains(opcode) && chance(95)) {
            operands.set(1, new Operation(type == 'i' ? Opcode.I32_OR : Opcode.I64_OR,
                    List.of(operands.get(1), new Constant(type, 1))));
        }
        Node operation = new Operation(opcode, operands);
        return (type == 'f' || type == 'd') && !EXACT.contains(opcode) ? canonical(type, operation) : operation;
    }

    private Node canonical(char type, Node value) {
        locals.append(type);
        return new Canonical(type, locals.length() - 1, value);
    }
}
