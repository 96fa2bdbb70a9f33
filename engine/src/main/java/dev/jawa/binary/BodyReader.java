package dev.jawa.binary;

import dev.jawa.model.Bytes;
import dev.jawa.model.FunctionBody;
import java.util.ArrayList;
import java.util.List;

/** Reads the head of an entry of the code section: the locals (core spec 5.5.13). */
final class BodyReader {
    private BodyReader() {
    }

    static FunctionBody read(Bytes entry, int function) {
        var bytes = new ByteReader(entry, function);
        List<FunctionBody.Locals> locals = readLocals(bytes);
        return new FunctionBody(locals, bytes.readBytes(bytes.remaining()));
    }

    private static List<FunctionBody.Locals> readLocals(ByteReader bytes) {
        int start = bytes.position();
        int runs = bytes.readLength();
        if (runs == 0) {
            return List.of();
        }
        var locals = new ArrayList<FunctionBody.Locals>();
        long total = 0;
        for (int i = 0; i < runs; i++) {
            int count = bytes.readUnsigned32();
            int type = TypeReader.readValueType(bytes);
            total += Integer.toUnsignedLong(count);
            if (total > ImplementationLimits.LOCALS.maximum()) {
                throw bytes.errorAt(start, ImplementationLimits.LOCALS.reason());
            }
            locals.add(new FunctionBody.Locals(count, TypeCode.valueType(type)));
        }
        return locals;
    }
}
