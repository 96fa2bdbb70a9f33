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
    default void type(RecursiveType group, int offset) {
    }

    default void imported(Import imported, int offset) {
    }

    /** A function the module defines, by its type index. */
    default void function(int typeIndex, int offset) {
    }

    default void table(Table table, int offset) {
    }

    default void memory(MemoryType memory, int offset) {
    }

    default void tag(TagType tag, int offset) {
    }

    default void global(Global global, int offset) {
    }

    default void export(Export export, int offset) {
    }

    default void start(int functionIndex, int offset) {
    }

    default void element(ElementSegment segment, int offset) {
    }

    default void dataCount(int count, int offset) {
    }

    /** The body of a function the module defines; all that it may refer to has been visited before. */
    default void body(FunctionBody body) {
    }

    default void data(DataSegment segment, int offset) {
    }
}
