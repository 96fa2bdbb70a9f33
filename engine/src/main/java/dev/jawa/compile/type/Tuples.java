package dev.jawa.compile.type;

import dev.jawa.compile.bytecode.Bytecode;
import dev.jawa.compile.bytecode.ClassBuilder;
import dev.jawa.compile.bytecode.Names;
import dev.jawa.compile.tree.Carrier;
import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.Map;

/**
 * The classes of tuples, one for each sequence of carriers, shared by all modules and forgotten when unused. The name
 * of a class says what it holds, so any loader can ask for it.
 */
public final class Tuples {
    private static final Map<String, WeakReference<Class<?>>> CLASSES = new HashMap<>();

    private Tuples() {
    }

    static boolean isTuple(String binaryName) {
        return binaryName.startsWith(Names.binary(Names.TUPLE));
    }

    /** The class of this binary name. */
    static Class<?> find(String binaryName) {
        synchronized (CLASSES) {
            WeakReference<Class<?>> known = CLASSES.get(binaryName);
            Class<?> type = known == null ? null : known.get();
            if (type == null) {
                CLASSES.values().removeIf(reference -> reference.refersTo(null));
                type = new GeneratedLoader().define(generate(binaryName));
                CLASSES.put(binaryName, new WeakReference<>(type));
            }
            return type;
        }
    }

    private static byte[] generate(String binaryName) {
        String name = binaryName.replace('.', '/');
        String kinds = name.substring(Names.TUPLE.length());
        var builder = new ClassBuilder(ClassBuilder.PUBLIC | ClassBuilder.FINAL, name, Names.RESULT_TUPLE);
        for (int i = 0; i < kinds.length(); i++) {
            builder.field(ClassBuilder.PUBLIC, field(i), carrier(kinds.charAt(i)).descriptor());
        }
        builder.method(ClassBuilder.PUBLIC, "<init>", "()V", code -> code.load('A', 0)
                .invokeSpecial(Names.RESULT_TUPLE, "<init>", "()V").op(Bytecode.RETURN));
        builder.method(ClassBuilder.PUBLIC, "toArray", "()[Ljava/lang/Object;", code -> {
            code.constant(kinds.length()).newArray(Names.OBJECT);
            for (int i = 0; i < kinds.length(); i++) {
                Carrier carrier = carrier(kinds.charAt(i));
                code.dup().constant(i).load('A', 0).getField(name, field(i), carrier.descriptor());
                Boxing.box(code, carrier);
                code.op(Bytecode.AASTORE);
            }
            code.op(Bytecode.ARETURN);
        });
        builder.method(ClassBuilder.PUBLIC, "fill", "([Ljava/lang/Object;)V", code -> {
            for (int i = 0; i < kinds.length(); i++) {
                Carrier carrier = carrier(kinds.charAt(i));
                code.load('A', 0).load('A', 1).constant(i).loadElement(Names.OBJECT);
                Boxing.unbox(code, carrier);
                code.putField(name, field(i), carrier.descriptor());
            }
            code.op(Bytecode.RETURN);
        });
        return builder.build();
    }

    /** The name of a field of a tuple. */
    public static String field(int index) {
        return "f" + index;
    }

    private static Carrier carrier(char kind) {
        for (Carrier carrier : Carrier.values()) {
            if (carrier.kind() == kind) {
                return carrier;
            }
        }
        throw new IllegalArgumentException("no carrier " + kind);
    }
}
