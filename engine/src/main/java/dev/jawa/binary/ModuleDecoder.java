package dev.jawa.binary;

import dev.jawa.CompileError;
import dev.jawa.model.Bytes;
import dev.jawa.model.CustomSection;
import dev.jawa.model.DataSegment;
import dev.jawa.model.ElementSegment;
import dev.jawa.model.Export;
import dev.jawa.model.FunctionBody;
import dev.jawa.model.Global;
import dev.jawa.model.Import;
import dev.jawa.model.MemoryType;
import dev.jawa.model.ModuleModel;
import dev.jawa.model.RecursiveType;
import dev.jawa.model.Table;
import dev.jawa.model.TagType;
import java.util.Objects;

/**
 * Decodes a module while its bytes arrive (core spec 5.5). A section is read once it is complete, of the code section
 * each body. Memory follows the bytes that have arrived, never a size that they declare.
 *
 * <p>After an error every further call throws it again. Not thread-safe.
 */
public final class ModuleDecoder {
    static final int MAGIC = 0x6D736100;
    static final int VERSION = 1;
    // The upper half of the version of what is no module but a component (component model, binary format).
    private static final int COMPONENT_LAYER = 1;
    private static final int LONGEST_LEB128 = 5;

    private final StreamBuffer buffer = new StreamBuffer();
    private final ModuleModel.Builder module = ModuleModel.builder();
    private final ModuleVisitor visitor;
    private final SectionReader sections;

    private State state = State.MAGIC;
    private CompileError failure;
    private Section last = Section.CUSTOM;
    private int importedFunctions;
    private int functions;
    private int bodies;
    private int codeEnd;
    private int dataCount = -1;
    private int dataSegments;

    /** What the next bytes are. */
    private enum State {
        MAGIC, VERSION, SECTION, BODY
    }

    /** A decoder that shows the parts of the module to a visitor as it reads them. */
    public ModuleDecoder(ModuleVisitor visitor) {
        this.visitor = visitor;
        this.sections = new SectionReader(new Collector());
    }

    /**
     * Decodes a module that has arrived completely, and does not validate it.
     *
     * @param bytes are kept, not copied, and not to be changed any more
     * @throws CompileError if the module is malformed
     */
    public static ModuleModel decode(byte[] bytes) {
        return decode(bytes, new ModuleVisitor() {
        });
    }

    /**
     * Decodes a module that has arrived completely.
     *
     * @param bytes are kept, not copied, and not to be changed any more
     * @throws CompileError if the module is malformed, or the visitor throws it
     */
    public static ModuleModel decode(byte[] bytes, ModuleVisitor visitor) {
        var decoder = new ModuleDecoder(visitor);
        if (ImplementationLimits.MODULE_BYTES.isExceededBy(bytes.length)) {
            throw new CompileError(ImplementationLimits.MODULE_BYTES.reason());
        }
        decoder.buffer.wrap(bytes);
        decoder.advance();
        return decoder.finish();
    }

    /**
     * Adds the next bytes of the module, which are copied.
     *
     * @throws CompileError if the module is malformed as far as it is known
     */
    public void push(byte[] bytes, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        rethrow();
        if (length > ImplementationLimits.MODULE_BYTES.maximum() - buffer.offset() - buffer.available()) {
            throw fail(new CompileError(ImplementationLimits.MODULE_BYTES.reason()));
        }
        buffer.append(bytes, offset, length);
        advance();
    }

    /**
     * The module, after all of its bytes.
     *
     * @throws CompileError if the module is malformed
     */
    public ModuleModel finish() {
        rethrow();
        try {
            checkEnd();
        } catch (CompileError error) {
            throw fail(error);
        }
        return module.build();
    }

    private void advance() {
        try {
            while (readNext()) {
                // Until more bytes are needed.
            }
        } catch (CompileError error) {
            throw fail(error);
        }
    }

    private boolean readNext() {
        return switch (state) {
            case MAGIC -> readMagic();
            case VERSION -> readVersion();
            case SECTION -> readSection();
            case BODY -> readBody();
        };
    }

    private CompileError fail(CompileError error) {
        failure = error;
        return error;
    }

    private void rethrow() {
        if (failure != null) {
            throw failure;
        }
    }

    private boolean readMagic() {
        if (buffer.available() < 4) {
            return false;
        }
        int magic = buffer.peek().readFixed32();
        if (magic != MAGIC) {
            throw buffer.peek().error("magic header not detected: WebAssembly begins with 00 61 73 6d, this with "
                    + "%02x %02x %02x %02x".formatted(magic & 0xFF, magic >>> 8 & 0xFF, magic >>> 16 & 0xFF, magic >>> 24));
        }
        buffer.take(4);
        state = State.VERSION;
        return true;
    }

    private boolean readVersion() {
        if (buffer.available() < 4) {
            return false;
        }
        int version = buffer.peek().readFixed32();
        if (version != VERSION) {
            throw buffer.peek().error("unknown binary version 0x" + Integer.toHexString(version)
                    + (version >>> 16 == COMPONENT_LAYER ? ": a component, where a core module is expected" : ""));
        }
        buffer.take(4);
        state = State.SECTION;
        return true;
    }

    private boolean readSection() {
        if (buffer.available() == 0) {
            return false;
        }
        var bytes = buffer.peek();
        Section section = Section.lookup(bytes.readByte());
        if (section == null) {
            throw buffer.peek().error("malformed section id");
        }
        if (section != Section.CUSTOM && section.order() <= last.order()) {
            throw buffer.peek().error("unexpected content after last section");
        }
        if (!buffer.hasNumberAt(1)) {
            return false;
        }
        int size = bytes.readUnsigned32();
        int header = bytes.offset() - buffer.offset();
        if (Integer.compareUnsigned(size, ImplementationLimits.MODULE_BYTES.maximum() - bytes.offset()) > 0) {
            throw bytes.error("length out of bounds");
        }
        if (section == Section.CODE) {
            return readCodeCount(header, size);
        }
        if (bytes.remaining() < size) {
            return false;
        }
        buffer.take(header);
        readSection(section, buffer.take(size));
        return true;
    }

    private void readSection(Section section, Bytes contents) {
        if (section == Section.CUSTOM) {
            readCustom(contents);
            return;
        }
        if (section == Section.DATA && functions != bodies) {
            throw inconsistentBodies(contents.offset());
        }
        last = section;
        sections.read(section, contents);
        if (section == Section.DATA) {
            checkDataCount(contents.offset());
        }
    }

    private void readCustom(Bytes contents) {
        var bytes = new ByteReader(contents);
        String name = Names.read(bytes);
        module.customSection(new CustomSection(name, bytes.readBytes(bytes.remaining()), last.id()));
    }

    private boolean readCodeCount(int header, int size) {
        int numberLength = Math.min(size, LONGEST_LEB128);
        if (buffer.available() < header + numberLength && !(size > 0 && buffer.hasNumberAt(header))) {
            return false;
        }
        buffer.take(header);
        codeEnd = buffer.offset() + size;
        module.codeOffset(buffer.offset());
        last = Section.CODE;
        var bytes = codeReader(-1);
        int count = bytes.readUnsigned32();
        if (count != functions) {
            throw inconsistentBodies(buffer.offset());
        }
        take(bytes);
        state = State.BODY;
        return true;
    }

    private boolean readBody() {
        if (bodies == functions) {
            if (buffer.offset() != codeEnd) {
                throw buffer.peek().error("section size mismatch");
            }
            state = State.SECTION;
            return true;
        }
        if (!buffer.hasNumberAt(0) && buffer.available() < codeEnd - buffer.offset()) {
            return false;
        }
        int function = importedFunctions + bodies;
        var bytes = codeReader(function);
        int size = bytes.readUnsigned32();
        if (Integer.compareUnsigned(size, codeEnd - bytes.offset()) > 0) {
            throw bytes.error("unexpected end of section or function");
        }
        ImplementationLimits.BODY_BYTES.check(size, bytes);
        if (bytes.remaining() < size) {
            return false;
        }
        take(bytes);
        FunctionBody body = BodyReader.read(buffer.take(size), function);
        bodies++;
        visitor.body(body);
        module.body(body);
        return true;
    }

    // What has arrived of the code section, and nothing behind it.
    private ByteReader codeReader(int function) {
        var bytes = buffer.peek();
        int length = Math.min(bytes.remaining(), codeEnd - buffer.offset());
        return new ByteReader(bytes.readBytes(length), function);
    }

    // Takes what a reader that began at the start of the buffer has read.
    private void take(ByteReader bytes) {
        buffer.take(bytes.offset() - buffer.offset());
    }

    private void checkEnd() {
        int offset = buffer.offset();
        if (state != State.SECTION || buffer.available() > 0) {
            throw unexpectedEnd();
        }
        if (functions != bodies) {
            throw inconsistentBodies(offset);
        }
        checkDataCount(offset);
    }

    private CompileError unexpectedEnd() {
        // A section that says how long it is, and is not.
        boolean cut = state == State.SECTION && buffer.hasNumberAt(1);
        return new CompileError(cut ? "length out of bounds" : "unexpected end of section or function",
                buffer.offset() + buffer.available(), -1);
    }

    private static CompileError inconsistentBodies(int offset) {
        return new CompileError("function and code section have inconsistent lengths", offset, -1);
    }

    private void checkDataCount(int offset) {
        if (dataCount >= 0 && dataCount != dataSegments) {
            throw new CompileError("data count and data section have inconsistent lengths", offset, -1);
        }
    }

    /** Shows each part to the visitor first, and keeps it if the visitor has nothing against it. */
    private final class Collector implements ModuleVisitor {
        @Override
        public void type(RecursiveType group, int offset) {
            visitor.type(group, offset);
            module.type(group);
        }

        @Override
        public void imported(Import imported, int offset) {
            visitor.imported(imported, offset);
            module.imported(imported);
            if (imported.type() instanceof dev.jawa.model.ExternalFunctionType) {
                importedFunctions++;
            }
        }

        @Override
        public void function(int typeIndex, int offset) {
            visitor.function(typeIndex, offset);
            module.function(typeIndex);
            functions++;
        }

        @Override
        public void table(Table table, int offset) {
            visitor.table(table, offset);
            module.table(table);
        }

        @Override
        public void memory(MemoryType memory, int offset) {
            visitor.memory(memory, offset);
            module.memory(memory);
        }

        @Override
        public void tag(TagType tag, int offset) {
            visitor.tag(tag, offset);
            module.tag(tag);
        }

        @Override
        public void global(Global global, int offset) {
            visitor.global(global, offset);
            module.global(global);
        }

        @Override
        public void export(Export export, int offset) {
            visitor.export(export, offset);
            module.export(export);
        }

        @Override
        public void start(int functionIndex, int offset) {
            visitor.start(functionIndex, offset);
            module.start(functionIndex);
        }

        @Override
        public void element(ElementSegment segment, int offset) {
            visitor.element(segment, offset);
            module.element(segment);
        }

        @Override
        public void dataCount(int count, int offset) {
            visitor.dataCount(count, offset);
            module.dataCount(count);
            dataCount = count;
        }

        @Override
        public void body(FunctionBody body) {
            visitor.body(body);
            module.body(body);
        }

        @Override
        public void data(DataSegment segment, int offset) {
            visitor.data(segment, offset);
            module.data(segment);
            dataSegments++;
        }
    }
}
