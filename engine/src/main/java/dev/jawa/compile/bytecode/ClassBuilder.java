package dev.jawa.compile.bytecode;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A class file under construction. */
public final class ClassBuilder {
    public static final int PUBLIC = 0x0001;
    public static final int STATIC = 0x0008;
    public static final int FINAL = 0x0010;
    public static final int SUPER = 0x0020;
    public static final int ABSTRACT = 0x0400;

    // Class files of Java 21: new enough for everything used here.
    private static final int VERSION = 65;

    private final ConstantPool pool = new ConstantPool();
    private final String name;
    private final String superclass;
    private final int flags;
    private final ByteVector interfaces = new ByteVector(4);
    private final ByteVector fields = new ByteVector(64);
    private int fieldCount;
    private final List<ByteVector> methods = new ArrayList<>();

    /** The methods of a class at some time. */
    public static final class Mark {
        private final int methods;
        private final ConstantPool.Mark pool;

        private Mark(int methods, ConstantPool.Mark pool) {
            this.methods = methods;
            this.pool = pool;
        }
    }

    /**
     * A class.
     *
     * @param flags access flags; {@code SUPER} is added
     * @param name internal, with slashes
     * @param superclass internal name
     */
    public ClassBuilder(int flags, String name, String superclass) {
        this.flags = flags | SUPER;
        this.name = name;
        this.superclass = superclass;
    }

    /** The internal name. */
    public String name() {
        return name;
    }

    /** Adds an interface that the class implements. */
    public void implement(String interfaceName) {
        interfaces.u2(pool.classInfo(interfaceName));
    }

    ConstantPool pool() {
        return pool;
    }

    /** Adds a field. */
    public void field(int flags, String name, String descriptor) {
        fields.u2(flags).u2(pool.utf8(name)).u2(pool.utf8(descriptor)).u2(0);
        fieldCount++;
    }

    /** Adds a method without code. */
    public void abstractMethod(int flags, String name, String descriptor) {
        methods.add(new ByteVector(8).u2(flags | ABSTRACT).u2(pool.utf8(name)).u2(pool.utf8(descriptor)).u2(0));
    }

    /**
     * Adds a method.
     *
     * @return the size of its code in bytes
     * @throws ClassTooLargeException if a jump or the whole code is too long
     */
    public int method(int flags, String name, String descriptor, Consumer<CodeBuilder> body) {
        var code = new CodeBuilder(this, (flags & STATIC) != 0, descriptor);
        body.accept(code);
        ByteVector attribute = code.attribute();
        methods.add(new ByteVector(16 + attribute.size())
                .u2(flags).u2(pool.utf8(name)).u2(pool.utf8(descriptor)).u2(1)
                .append(attribute));
        return code.size();
    }

    /** What there is now, to go back to with {@link #truncate}. */
    public Mark mark() {
        return new Mark(methods.size(), pool.mark());
    }

    /** Forgets the methods that have been added since, and what they named. */
    public void truncate(Mark mark) {
        methods.subList(mark.methods, methods.size()).clear();
        pool.truncate(mark.pool);
    }

    /** The class file. */
    public byte[] build() {
        int thisClass = pool.classInfo(name);
        int superClass = pool.classInfo(superclass);
        if (methods.size() > 0xFFFF || fieldCount > 0xFFFF) {
            throw new ClassTooLargeException("members");
        }
        var out = new ByteVector(4096).u4(0xCAFEBABE).u2(0).u2(VERSION);
        pool.writeTo(out);
        out.u2(flags).u2(thisClass).u2(superClass).u2(interfaces.size() / 2).append(interfaces);
        out.u2(fieldCount).append(fields);
        out.u2(methods.size());
        methods.forEach(out::append);
        return out.u2(0).toArray();
    }
}
