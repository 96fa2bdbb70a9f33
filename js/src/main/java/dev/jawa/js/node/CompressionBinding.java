package dev.jawa.js.node;

import dev.jawa.js.graal.Arguments;
import dev.jawa.js.graal.ErrorType;
import dev.jawa.js.graal.Realm;
import dev.jawa.js.graal.Slot;
import dev.jawa.js.graal.Values;
import java.util.function.Function;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;

/** Compression of the JDK: what {@code CompressionStream} and {@code node:zlib} share. */
public final class CompressionBinding {
    private final Realm realm;
    private final Slot<Compression> slot = new Slot<>("Compression", Compression.class);

    /** A binding for a realm. */
    public CompressionBinding(Realm realm) {
        this.realm = realm;
    }

    /** The object with the functions. */
    public Object object() {
        Object host = realm.newObject();
        // open(name, level, strategy, isStrict): whether what follows the compressed data is an error
        method(host, "open", arguments -> {
            Object handle = realm.newObject();
            slot.set(handle, Compression.of(Values.toString(arguments.get(0)), Values.toInt32(arguments.get(1)),
                    Values.toInt32(arguments.get(2)), Values.toBoolean(arguments.get(3))));
            return handle;
        });
        method(host, "dictionary", arguments -> {
            slot.in(arguments.get(0)).orElseThrow().dictionary(Values.copyBytes(arguments.get(1)));
            return Values.UNDEFINED;
        });
        method(host, "write", this::write);
        method(host, "close", arguments -> {
            slot.in(arguments.get(0)).orElseThrow().close();
            return Values.UNDEFINED;
        });
        method(host, "crc32", arguments -> {
            byte[] bytes = Values.copyBytes(arguments.get(0));
            int before = Values.toInt32(arguments.get(1));
            return Values.number(before == 0 ? crc(bytes) : Crc.combine(before & 0xFFFF_FFFFL, crc(bytes), bytes.length));
        });
        return host;
    }

    private static long crc(byte[] bytes) {
        var crc = new CRC32();
        crc.update(bytes);
        return crc.getValue();
    }

    private void method(Object object, String name, Function<Arguments, Object> body) {
        realm.define(object, name, realm.helper(name, body));
    }

    /** {@code write(handle, bytes, flush, maximum)}, with the numbers of zlib for flush; what comes out. */
    private Object write(Arguments arguments) {
        double maximum = Values.isUndefined(arguments.get(3)) ? Integer.MAX_VALUE - 8 : Values.toNumber(arguments.get(3));
        try {
            return realm.newArrayBuffer(slot.in(arguments.get(0)).orElseThrow()
                    .write(Values.copyBytes(arguments.get(1)), Values.toInt32(arguments.get(2)), (int) maximum));
        } catch (DataFormatException e) {
            String message = e.getMessage();
            String code = message.equals(Compression.TOO_SHORT) ? "Z_BUF_ERROR"
                    : message.equals(Compression.DICTIONARY) ? "Z_NEED_DICT" : "Z_DATA_ERROR";
            throw realm.errorWithCode(ErrorType.TYPE_ERROR, code, message);
        } catch (Compression.TooLongException e) {
            throw realm.errorWithCode(ErrorType.RANGE_ERROR, "ERR_BUFFER_TOO_LARGE",
                    "Cannot create a Buffer larger than " + (int) maximum + " bytes");
        }
    }
}
