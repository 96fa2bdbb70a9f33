package dev.jawa.random;

import dev.jawa.model.Opcode;
import dev.jawa.random.Node.*;
import dev.jawa.wasm.CodeWriter;
import dev.jawa.wasm.ModuleWriter;
import java.util.List;

/**
 * A random module: functions that call earlier ones only, a memory, a table of all functions, globals. Global 0 is
 * the fuel: each iteration of a loop and each call take one.
 */
record Program(List<Function> functions, String globals) {
    static final int MEMORY_BYTES = 1 << 16;

    /** A function; locals include the parameters. */
    record Function(String parameters, String results, String locals, List<Node> body, List<Node> values) {
        String signature() {
            return parameters + ":" + results;
        }
    }

    byte[] toModule() {
        var module = new ModuleWriter().memory("00 01").export("memory", 2, 0);
        module.table('r', "00 " + String.format("%02x", functions.size()));
        for (int i = 0; i < globals.length(); i++) {
            char type = globals.charAt(i);
            module.global(type, true, code -> constant(code, type, 0));
            if (i % 2 == 0) {
                module.export("g" + i, 3, i);
            }
        }
        int[] indices = new int[functions.size()];
        for (int i = 0; i < indices.length; i++) {
            Function function = functions.get(i);
            indices[i] = module.export("f" + i, function.signature(),
                    function.locals().substring(function.parameters().length()), code -> body(code, module, function));
        }
        return module.elements(0, indices).toArray();
    }

    private void body(CodeWriter code, ModuleWriter module, Function function) {
        var writer = new Writer(code, module);
        writer.burn();
        code.open(Opcode.IF);
        function.results().chars().forEach(type -> constant(code, (char) type, 0));
        code.op(Opcode.RETURN).end();
        function.body().forEach(writer::write);
        function.values().forEach(writer::write);
    }

    private static void constant(CodeWriter code, char type, long bits) {
        switch (type) {
            case 'i' -> code.i32((int) bits);
            case 'l' -> code.i64(bits);
            case 'f' -> code.f32(Float.intBitsToFloat((int) bits));
            default -> code.f64(Double.longBitsToDouble(bits));
        }
    }

    private record Writer(CodeWriter code, ModuleWriter module) {
        /** Takes fuel; leaves whether there was none. */
        void burn() {
            code.op(Opcode.GLOBAL_GET, 0).i32(1).op(Opcode.I32_SUB).op(Opcode.GLOBAL_SET, 0)
                    .op(Opcode.GLOBAL_GET, 0).i32(0).op(Opcode.I32_LT_S);
        }

        void write(Node node) {
            switch (node) {
                case Constant(char type, long bits) -> constant(code, type, bits);
                case LocalGet(int index) -> code.get(index);
                case LocalTee(int index, Node value) -> {
                    write(value);
                    code.tee(index);
                }
                case GlobalGet(int index) -> code.op(Opcode.GLOBAL_GET, index);
                case Operation(Opcode opcode, List<Node> operands) -> {
                    operands.forEach(this::write);
                    code.op(opcode);
                }
                case Canonical(char type, int temporary, Node value) -> {
                    write(value);
                    code.tee(temporary);
                    constant(code, type, Evaluator.nan(type));
                    // Other code may read the temporary, and must not see which NaN it was.
                    code.get(temporary).get(temporary).op(type == 'f' ? Opcode.F32_EQ : Opcode.F64_EQ)
                            .op(Opcode.SELECT).tee(temporary);
                }
                case Load(Opcode opcode, int offset, Node address) -> {
                    write(address);
                    code.memory(opcode, offset);
                }
                case Select(Node first, Node second, Node condition) -> {
                    write(first);
                    write(second);
                    write(condition);
                    code.op(Opcode.SELECT);
                }
                case Choice(char type, Node condition, Node then, Node otherwise) -> {
                    write(condition);
                    code.open(Opcode.IF, type);
                    write(then);
                    code.op(Opcode.ELSE);
                    write(otherwise);
                    code.end();
                }
                case Call(int function, List<Node> arguments) -> {
                    arguments.forEach(this::write);
                    code.call(function);
                }
                case CallMany(int function, List<Node> arguments, List<Integer> locals) -> {
                    arguments.forEach(this::write);
                    code.call(function);
                    locals.reversed().forEach(code::set);
                }
                case CallIndirect(int type, List<Node> arguments, Node index) -> {
                    arguments.forEach(this::write);
                    write(index);
                    code.op(Opcode.CALL_INDIRECT, type, 0);
                }
                case Block(char type, Node body) -> {
                    code.open(Opcode.BLOCK, type);
                    write(body);
                    code.end();
                }
                case Loop(Node body) -> {
                    code.open(Opcode.BLOCK).open(Opcode.LOOP);
                    burn();
                    code.brIf(1);
                    write(body);
                    code.end().end();
                }
                case Sequence(List<Node> nodes) -> nodes.forEach(this::write);
                case LocalSet(int index, Node value) -> {
                    write(value);
                    code.set(index);
                }
                case GlobalSet(int index, Node value) -> {
                    write(value);
                    code.op(Opcode.GLOBAL_SET, index);
                }
                case Store(Opcode opcode, int offset, Node address, Node value) -> {
                    write(address);
                    write(value);
                    code.memory(opcode, offset);
                }
                case Drop(Node value) -> {
                    write(value);
                    code.op(Opcode.DROP);
                }
                case Branch(int depth) -> code.br(depth);
                case BranchWith(int depth, Node value) -> {
                    write(value);
                    code.br(depth);
                }
                case BranchIf(int depth, Node condition) -> {
                    write(condition);
                    code.brIf(depth);
                }
                case BranchIfWith(int depth, Node value, Node condition) -> {
                    write(value);
                    write(condition);
                    code.brIf(depth);
                }
                case BranchTable(List<Integer> depths, Node index) -> {
                    write(index);
                    code.brTable(depths.stream().mapToInt(depth -> depth).toArray());
                }
                case Return(List<Node> values) -> {
                    values.forEach(this::write);
                    code.op(Opcode.RETURN);
                }
            }
        }
    }
}
