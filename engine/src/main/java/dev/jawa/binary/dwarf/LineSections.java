package dev.jawa.binary.dwarf;

import dev.jawa.CompileError;
import dev.jawa.binary.ByteReader;
import dev.jawa.model.Bytes;
import java.util.ArrayList;
import java.util.List;

/** Reads the section {@code .debug_line}: units, each a header and a program for the machine of DWARF 5, 6.2.2. */
final class LineSections {
    private static final int WIDE_FORMAT = 0xFFFF_FFFF;

    private final DebugStrings strings;
    private final List<LineSequence> sequences = new ArrayList<>();

    private LineSections(DebugStrings strings) {
        this.strings = strings;
    }

    /** All sequences; of a unit that is malformed those up to there. */
    static List<LineSequence> read(Bytes section, DebugStrings strings) {
        var sections = new LineSections(strings);
        var bytes = new ByteReader(section);
        try {
            while (bytes.remaining() >= Integer.BYTES) {
                int first = bytes.readFixed32();
                boolean wide = first == WIDE_FORMAT;
                long length = wide ? bytes.readFixed64() : first & 0xFFFF_FFFFL;
                if (length < 0 || length > bytes.remaining()) {
                    break;
                }
                sections.unit(bytes.readBytes((int) length), wide);
            }
        } catch (CompileError _) {
            // After a length that is broken nothing more can be found.
        }
        return sections.sequences;
    }

    private void unit(Bytes unit, boolean wide) {
        var bytes = new ByteReader(unit);
        try {
            int version = bytes.readByte() | bytes.readByte() << 8;
            if (version >= 2 && version <= 5) {
                new Machine(LineHeader.read(bytes, version, wide, strings), bytes).run();
            }
        } catch (CompileError _) {
            // What has been found so far is kept.
        }
    }

    /** The state machine that a program makes rows with. */
    private final class Machine {
        private final LineHeader header;
        private final ByteReader bytes;
        private LineSequence.Builder sequence;
        private long address;
        private int file;
        private int line;
        private int column;
        private int operation;

        Machine(LineHeader header, ByteReader bytes) {
            this.header = header;
            this.bytes = bytes;
            reset();
        }

        private void reset() {
            sequence = new LineSequence.Builder();
            address = 0;
            file = 1;
            line = 1;
            column = 0;
            operation = 0;
        }

        void run() {
            while (bytes.remaining() > 0) {
                int opcode = bytes.readByte();
                if (opcode > header.operands().size()) {
                    special(opcode - header.operands().size() - 1);
                } else if (opcode == 0) {
                    extended();
                } else {
                    standard(opcode);
                }
            }
        }

        private void special(int adjusted) {
            advance(adjusted / header.lineRange());
            line += header.lineBase() + adjusted % header.lineRange();
            row();
        }

        private void advance(long operations) {
            if (header.operations() <= 1) {
                address += operations * header.minimumLength();
            } else {
                address += header.minimumLength() * ((operation + operations) / header.operations());
                operation = (int) ((operation + operations) % header.operations());
            }
        }

        private void row() {
            sequence.row(address, file, line, column);
        }

        /** DWARF 5, 6.2.5.2. */
        private void standard(int opcode) {
            switch (opcode) {
                case 1 -> row();
                case 2 -> advance(bytes.readUnsigned64());
                case 3 -> line += (int) bytes.readSigned64();
                case 4 -> file = (int) bytes.readUnsigned64();
                case 5 -> column = (int) bytes.readUnsigned64();
                case 8 -> advance((254 - header.operands().size()) / header.lineRange());
                case 9 -> {
                    address += bytes.readByte() | bytes.readByte() << 8;
                    operation = 0;
                }
                // Flags that nobody asks for, and opcodes that are not known.
                default -> {
                    for (int i = header.operands().get(opcode - 1); i > 0; i--) {
                        bytes.readUnsigned64();
                    }
                }
            }
        }

        /** DWARF 5, 6.2.5.3. */
        private void extended() {
            Bytes instruction = bytes.readBytes(bytes.readLength());
            var operands = new ByteReader(instruction);
            if (operands.remaining() == 0) {
                return;
            }
            switch (operands.readByte()) {
                case 1 -> {
                    sequence.build(header, address).ifPresent(sequences::add);
                    reset();
                }
                case 2 -> {
                    address = operands.remaining() >= Long.BYTES ? operands.readFixed64()
                            : operands.readFixed32() & 0xFFFF_FFFFL;
                    operation = 0;
                }
                default -> {
                    // Files defined late, discriminators and what producers have of their own.
                }
            }
        }
    }
}
