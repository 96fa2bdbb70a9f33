package dev.jawa.conformance.random;

import dev.jawa.Exports;
import dev.jawa.Global;
import dev.jawa.HostFunction;
import dev.jawa.Imports;
import dev.jawa.Instance;
import dev.jawa.Limits;
import dev.jawa.Memory;
import dev.jawa.Module;
import dev.jawa.RuntimeError;
import dev.jawa.RuntimeError.Kind;
import dev.jawa.WasmException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/** Makes the calls of a module in Jawa, and says what came of them as the script does for Node.js. */
final class JawaRun {
    private static final int EDGE_BYTES = 1024;

    private final RandomCalls calls;
    private final Exports exports;
    private final List<Global> globals;
    private final List<Memory> memories;
    private int seen;

    /** What a host function throws. */
    private static final class HostError extends Exception {
        private static final long serialVersionUID = 1;

        HostError() {
            super(null, null, false, false);
        }
    }

    JawaRun(RandomCalls calls, Limits limits) {
        this.calls = calls;
        exports = new Instance(Module.compile(calls.module()), imports(), limits).exports();
        globals = all(Global.class);
        memories = all(Memory.class);
    }

    private <T> List<T> all(Class<T> type) {
        return exports.all().values().stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** Makes the calls; gives what was called and a line about it as it is done, and one for the state after all. */
    void run(BiConsumer<String, String> lines) {
        for (int call = 0; call < calls.count(); call++) {
            exports.global("fuel").value(RandomCalls.FUEL);
            String result = called("f" + calls.functions().get(call), calls.arguments().get(call));
            lines.accept("call " + call + " of f" + calls.functions().get(call), result + " | " + state(false) + " " + seen);
        }
        Object last = exports.all().containsKey("state") ? exports.function("state").call().getFirst() : "undefined";
        lines.accept("all calls", last + " | " + state(true));
    }

    // ---- what modules import

    private Imports imports() {
        return Imports.builder()
                .function("env", "note", (HostFunction) this::note)
                .function("env", "again", (int a) -> exports.function("back").callInt(a))
                .function("env", "grow", this::grow)
                .build();
    }

    private Object note(Object... arguments) throws HostError {
        double c = (double) arguments[2];
        long bits = Double.doubleToRawLongBits(Double.isNaN(c) ? 7 : c);
        Memory memory = exports.memory("memory");
        seen = seen * 31 + (int) arguments[0] + (int) (long) arguments[1] + (int) bits + (int) (bits >> 32)
                + (memory.readByte(64) & 0xFF);
        memory.writeByte(72, (byte) (seen >> 8));
        if ((seen & 127) == 5) {
            throw new HostError();
        }
        return seen >> 4;
    }

    private int grow() {
        try {
            return (int) exports.memory("memory").grow(1);
        } catch (RuntimeError _) {
            return -1;
        }
    }

    // ---- what is compared

    private String called(String function, Object[] arguments) {
        try {
            var results = new ArrayList<String>();
            exports.function(function).call(arguments).forEach(result -> results.add(text(result)));
            return String.join(" ", results);
        } catch (RuntimeError trap) {
            return "trap " + kind(trap.kind());
        } catch (WasmException _) {
            return "exception";
        } catch (Exception failure) {
            if (failure instanceof HostError) {
                return "host error";
            }
            throw failure;
        }
    }

    /** V8 does not tell all kinds apart. */
    private static Kind kind(Kind kind) {
        return switch (kind) {
            case INVALID_CONVERSION_TO_INTEGER -> Kind.INTEGER_OVERFLOW;
            case UNINITIALIZED_ELEMENT -> Kind.INDIRECT_CALL_TYPE_MISMATCH;
            case UNDEFINED_ELEMENT -> Kind.TABLE_OUT_OF_BOUNDS;
            default -> kind;
        };
    }

    private static String text(Object value) {
        return switch (value) {
            case null -> "null";
            case Long number -> number + "n";
            case Number number -> text(number.doubleValue());
            default -> "object";
        };
    }

    private static String text(double number) {
        long bits = Double.doubleToRawLongBits(number);
        return Double.isNaN(number) ? "nan" : bits == Double.doubleToRawLongBits((int) number)
                ? Integer.toString((int) number) : (int) (bits >> 32) + ":" + (int) bits;
    }

    /** The globals, and the beginnings and the ends of the memories, or all of them. */
    private String state(boolean all) {
        var parts = new ArrayList<String>();
        globals.forEach(global -> parts.add(text(global.value())));
        for (Memory memory : memories) {
            int size = (int) memory.size();
            parts.add(Integer.toString(size / Integer.BYTES));
            if (all) {
                parts.add(Integer.toString(hash(memory, 0, size)));
            } else if (size > 0) {
                parts.add(hash(memory, 0, EDGE_BYTES) + " " + hash(memory, size - EDGE_BYTES, EDGE_BYTES));
            }
        }
        return String.join(" ", parts);
    }

    private static int hash(Memory memory, int from, int length) {
        IntBuffer numbers = ByteBuffer.wrap(memory.readBytes(from, length)).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer();
        int hash = 0;
        for (int i = 0; i < length / Integer.BYTES; i++) {
            hash = hash * 31 + numbers.get(i);
        }
        return hash;
    }
}
