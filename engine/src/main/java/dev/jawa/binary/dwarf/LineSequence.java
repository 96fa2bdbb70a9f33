package dev.jawa.binary.dwarf;

import dev.jawa.RuntimeError.Source;
import java.util.Arrays;
import java.util.Optional;

/**
 * Instructions that follow each other, as a linker has placed them, with the lines that they come from (DWARF 5,
 * 6.2.2).
 */
final class LineSequence {
    private final LineHeader header;
    private final long end;
    private final long[] addresses;
    private final int[] files;
    private final int[] lines;
    private final int[] columns;

    private LineSequence(Builder builder, LineHeader header, long end) {
        this.header = header;
        this.end = end;
        addresses = Arrays.copyOf(builder.addresses, builder.count);
        files = Arrays.copyOf(builder.files, builder.count);
        lines = Arrays.copyOf(builder.lines, builder.count);
        columns = Arrays.copyOf(builder.columns, builder.count);
    }

    long start() {
        return addresses[0];
    }

    /** Where the instruction at an address comes from; of one that the compiler made by itself, the one before. */
    Optional<Source> source(long address) {
        if (address < addresses[0] || address >= end) {
            return Optional.empty();
        }
        int found = Arrays.binarySearch(addresses, address);
        int row = found >= 0 ? last(found) : -found - 2;
        while (row >= 0 && lines[row] == 0) {
            row--;
        }
        if (row < 0) {
            return Optional.empty();
        }
        int line = lines[row];
        int column = columns[row];
        return header.file(files[row]).map(file -> new Source(file, line, column));
    }

    /** Of several rows with one address, the last one counts. */
    private int last(int row) {
        int next = row;
        while (next + 1 < addresses.length && addresses[next + 1] == addresses[row]) {
            next++;
        }
        return next;
    }

    /** Collects rows. */
    static final class Builder {
        private long[] addresses = new long[16];
        private int[] files = new int[16];
        private int[] lines = new int[16];
        private int[] columns = new int[16];
        private int count;
        private boolean ascending = true;

        void row(long address, int file, int line, int column) {
            if (count == addresses.length) {
                int capacity = 2 * count;
                addresses = Arrays.copyOf(addresses, capacity);
                files = Arrays.copyOf(files, capacity);
                lines = Arrays.copyOf(lines, capacity);
                columns = Arrays.copyOf(columns, capacity);
            }
            ascending &= count == 0 || address >= addresses[count - 1];
            addresses[count] = address;
            files[count] = file;
            lines[count] = Math.max(0, line);
            columns[count] = Math.max(0, column);
            count++;
        }

        /** The sequence; none if it makes no sense, or is of a function that the linker has left out. */
        Optional<LineSequence> build(LineHeader header, long end) {
            boolean sensible = count > 0 && ascending && addresses[0] > 0 && end > addresses[count - 1]
                    && end <= Integer.MAX_VALUE;
            return sensible ? Optional.of(new LineSequence(this, header, end)) : Optional.empty();
        }
    }
}
