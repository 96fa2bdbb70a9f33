package dev.jawa.binary;

import dev.jawa.model.DataSegment;
import dev.jawa.model.ElementSegment;
import dev.jawa.model.Export;
import dev.jawa.model.FunctionBody;
import dev.jawa.model.Global;
import dev.jawa.model.Import;
import dev.jawa.model.MemoryType;
import dev.jawa.model.RecursiveType;
import dev.jawa.model.Table;
import dev.jawa.model.TagType;

/**
 * Is told the parts of a module as they are decoded, in the order of the binary format. Each comes with its place in
 * the module's binary, for messages. A {@link dev.jawa.CompileError} thrown here ends decoding.
 */
public interface ModuleVisitor {
    void type(RecursiveType group, int offset);

    void imported(Import imported, int offset);

    /** A function the module defines, by its type index. */
    void function(int typeIndex, int offset);

    void table(Table table, int offset);

    void memory(MemoryType memory, int offset);

    void tag(TagType tag, int offset);

    void global(Global global, int offset);

    void export(Export export, int offset);

    void start(int functionIndex, int offset);

    void element(ElementSegment segment, int offset);

    void dataCount(int count, int offset);

    /** The body of a function the module defines; all that it may refer to has been visited before. */
    void body(FunctionBody body);

    void data(DataSegment segment, int offset);
}
