package dev.jawa.binary;

import dev.jawa.CompileError;
import dev.jawa.model.Bytes;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A map from indices to names, or from indices to such maps (core spec, appendix 7.4.1). It holds where the entries
 * are; a name is decoded when it is asked for, since most never are.
 */
final class NameMap {
    private final Bytes bytes;
    private final Map<Integer, Integer> positions = new HashMap<>();

    private NameMap(Bytes bytes) {
        this.bytes = bytes;
    }

    /** The entries as far as they are well-formed; of several with an index, the first. */
    static NameMap read(Bytes bytes, boolean indirect) {
        return read(new ByteReader(bytes), indirect);
    }

    private static NameMap read(ByteReader reader, boolean indirect) {
        var map = new NameMap(reader.all());
        try {
            int count = reader.readLength();
            for (int i = 0; i < count; i++) {
                int index = reader.readUnsigned32();
                int position = reader.position();
                skip(reader, indirect);
                map.positions.putIfAbsent(index, position);
            }
        } catch (CompileError _) {
            // What has been read so far is kept.
        }
        return map;
    }

    private static void skip(ByteReader reader, boolean map) {
        if (!map) {
            reader.readRun();
            return;
        }
        int count = reader.readLength();
        for (int i = 0; i < count; i++) {
            reader.readUnsigned32();
            reader.readRun();
        }
    }

    /** The name of an index. */
    Optional<String> name(int index) {
        Integer position = positions.get(index);
        if (position == null) {
            return Optional.empty();
        }
        var reader = new ByteReader(bytes);
        reader.position(position);
        return Optional.ofNullable(Names.decode(reader.readRun()));
    }

    /** The name of an index in the map of another index. */
    Optional<String> name(int outer, int inner) {
        Integer position = positions.get(outer);
        if (position == null) {
            return Optional.empty();
        }
        var reader = new ByteReader(bytes);
        reader.position(position);
        return read(reader, false).name(inner);
    }
}
