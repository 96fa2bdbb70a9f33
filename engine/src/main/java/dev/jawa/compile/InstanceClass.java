package dev.jawa.compile;

import dev.jawa.compile.bytecode.Bytecode;
import dev.jawa.compile.bytecode.ClassBuilder;
import dev.jawa.compile.bytecode.CodeBuilder;
import dev.jawa.compile.bytecode.Names;
import dev.jawa.compile.tree.Carrier;
import dev.jawa.model.Export;
import dev.jawa.model.ExternalKind;
import dev.jawa.model.IndexSpaces;
import dev.jawa.model.ModuleModel;
import dev.jawa.model.NumberType;
import dev.jawa.model.ReferenceType;
import dev.jawa.model.ValueType;
import dev.jawa.model.VectorType;
import java.util.BitSet;

/**
 * The class of a module's instances: a field for each imported function, of the class of its type, and for each global
 * that nobody else sees.
 */
public final class InstanceClass {
    /** Fields for more than these would make the class too large; the rest is reached through arrays. */
    private static final int MOST_FIELDS = 4096;
    /** Methods that fill the fields do this many each, so that they stay within what the JVM compiles. */
    private static final int CHUNK = 256;

    private final String name;
    private final CompiledModule module;
    private final ModuleModel model;
    private final BitSet privateGlobals = new BitSet();

    InstanceClass(String name, CompiledModule module) {
        this.name = name;
        this.module = module;
        model = module.model();
        IndexSpaces spaces = model.spaces();
        int end = Math.min(spaces.globals().size(), spaces.importedGlobals() + MOST_FIELDS);
        if (end > spaces.importedGlobals()) {
            privateGlobals.set(spaces.importedGlobals(), end);
        }
        for (Export export : model.exports()) {
            if (export.kind() == ExternalKind.GLOBAL) {
                privateGlobals.clear(export.index());
            }
        }
    }

    /** The internal name. */
    public String name() {
        return name;
    }

    boolean isPrivateGlobal(int index) {
        return privateGlobals.get(index);
    }

    private ValueType globalType(int index) {
        return model.spaces().globals().get(index).type();
    }

    /** The class of what a private global that is a reference points to. */
    private String referenceClass(int index) {
        return module.referenceClass(((ReferenceType) globalType(index)).heapType());
    }

    private String fieldDescriptor(int index) {
        Carrier carrier = Carrier.of(globalType(index));
        return carrier == Carrier.REFERENCE ? Names.descriptor(referenceClass(index)) : carrier.descriptor();
    }

    private void putField(CodeBuilder code, int index, int half) {
        if (globalType(index) instanceof ReferenceType) {
            code.castTo(referenceClass(index));
        }
        code.putField(name, field(index, half), fieldDescriptor(index));
    }

    /** The field of a global's value, or of the half of it if it is a v128. */
    private static String field(int index, int half) {
        return "g" + index + (half == 0 ? "" : "high");
    }

    /** Pushes a global's value; of a v128 the low half if {@code half} is 0, and the high one if it is 1. */
    public void loadGlobal(CodeBuilder code, Runnable loadInstance, int index, int half) {
        Carrier carrier = Carrier.of(globalType(index));
        loadInstance.run();
        if (isPrivateGlobal(index)) {
            code.getField(name, field(index, half), fieldDescriptor(index));
        } else {
            loadCell(code, index);
            code.getField(Names.GLOBAL_INSTANCE, cellField(globalType(index), half), carrier.descriptor());
        }
    }

    /** Sets a global, or a half of it; {@code loadValue} pushes the value. */
    public void storeGlobal(CodeBuilder code, Runnable loadInstance, Runnable loadValue, int index, int half) {
        Carrier carrier = Carrier.of(globalType(index));
        loadInstance.run();
        if (isPrivateGlobal(index)) {
            loadValue.run();
            putField(code, index, half);
        } else {
            loadCell(code, index);
            loadValue.run();
            code.putField(Names.GLOBAL_INSTANCE, cellField(globalType(index), half), carrier.descriptor());
        }
    }

    private void loadCell(CodeBuilder code, int index) {
        code.getField(Names.MODULE_INSTANCE, "globals", "[" + Names.descriptor(Names.GLOBAL_INSTANCE))
                .constant(index).loadElement(Names.GLOBAL_INSTANCE);
    }

    private static String cellField(ValueType type, int half) {
        return switch (type) {
            case NumberType number -> number.toString();
            case VectorType _ -> half == 0 ? "v128Low" : "v128High";
            case ReferenceType _ -> "reference";
        };
    }

    /** Pushes an imported function as one of the class of its type. */
    public void loadImport(CodeBuilder code, Runnable loadInstance, int index, String functionClass) {
        loadInstance.run();
        if (index < MOST_FIELDS) {
            code.getField(name, "i" + index, Names.descriptor(functionClass));
        } else {
            loadImport(code, index, functionClass);
        }
    }

    private static void loadImport(CodeBuilder code, int index, String functionClass) {
        code.getField(Names.MODULE_INSTANCE, "imports", "[" + Names.descriptor(Names.FUNCTION_INSTANCE))
                .constant(index).loadElement(Names.FUNCTION_INSTANCE).checkCast(functionClass);
    }

    /** Writes the class. */
    byte[] generate() {
        var builder = new ClassBuilder(ClassBuilder.PUBLIC | ClassBuilder.FINAL, name, Names.MODULE_INSTANCE);
        builder.method(ClassBuilder.PUBLIC, "<init>", "()V", code -> code.load('A', 0)
                .invokeSpecial(Names.MODULE_INSTANCE, "<init>", "()V").op(Bytecode.RETURN));
        int imports = Math.min(model.spaces().importedFunctions(), MOST_FIELDS);
        for (int i = 0; i < imports; i++) {
            builder.field(ClassBuilder.PUBLIC, "i" + i, Names.descriptor(module.functionClass(i)));
        }
        int[] globals = privateGlobals.stream().toArray();
        for (int index : globals) {
            int halves = globalType(index) instanceof VectorType ? 2 : 1;
            for (int half = 0; half < halves; half++) {
                builder.field(ClassBuilder.PUBLIC, field(index, half), fieldDescriptor(index));
            }
        }
        int chunks = Math.ceilDiv(Math.max(imports, globals.length), CHUNK);
        for (int chunk = 0; chunk < chunks; chunk++) {
            int start = chunk * CHUNK;
            builder.method(ClassBuilder.PUBLIC, "initialize" + chunk, "([J[Ljava/lang/Object;)V", code -> {
                for (int i = start; i < Math.min(start + CHUNK, imports); i++) {
                    String functionClass = module.functionClass(i);
                    code.load('A', 0).load('A', 0);
                    loadImport(code, i, functionClass);
                    code.putField(name, "i" + i, Names.descriptor(functionClass));
                }
                for (int i = start; i < Math.min(start + CHUNK, globals.length); i++) {
                    initializeGlobal(code, globals[i]);
                }
                code.op(Bytecode.RETURN);
            });
        }
        builder.method(ClassBuilder.PUBLIC, "initializeFields", "([J[Ljava/lang/Object;)V", code -> {
            for (int chunk = 0; chunk < chunks; chunk++) {
                code.load('A', 0).load('A', 1).load('A', 2)
                        .invokeVirtual(name, "initialize" + chunk, "([J[Ljava/lang/Object;)V");
            }
            code.op(Bytecode.RETURN);
        });
        return builder.build();
    }

    /** Writes the class that reads the private globals. */
    byte[] generateReader(String readerName) {
        var builder = new ClassBuilder(ClassBuilder.PUBLIC | ClassBuilder.FINAL, readerName, Names.GLOBAL_READER);
        builder.method(ClassBuilder.PUBLIC, "<init>", "()V", code -> code.load('A', 0)
                .invokeSpecial(Names.GLOBAL_READER, "<init>", "()V").op(Bytecode.RETURN));
        String descriptor = "(" + Names.descriptor(Names.MODULE_INSTANCE) + "[J[Ljava/lang/Object;)V";
        int[] globals = privateGlobals.stream().toArray();
        int chunks = Math.ceilDiv(globals.length, CHUNK);
        for (int chunk = 0; chunk < chunks; chunk++) {
            int start = chunk * CHUNK;
            builder.method(ClassBuilder.PUBLIC, "read" + chunk, descriptor, code -> {
                for (int i = start; i < Math.min(start + CHUNK, globals.length); i++) {
                    readGlobal(code, globals[i]);
                }
                code.op(Bytecode.RETURN);
            });
        }
        builder.method(ClassBuilder.PUBLIC, "read", descriptor, code -> {
            for (int chunk = 0; chunk < chunks; chunk++) {
                code.load('A', 0).load('A', 1).load('A', 2).load('A', 3)
                        .invokeVirtual(readerName, "read" + chunk, descriptor);
            }
            code.op(Bytecode.RETURN);
        });
        return builder.build();
    }

    private void readGlobal(CodeBuilder code, int index) {
        Runnable loadInstance = () -> code.load('A', 1).checkCast(name);
        Carrier carrier = Carrier.of(globalType(index));
        if (globalType(index) instanceof VectorType) {
            code.load('A', 3).constant(index);
            code.newInstance(Names.V128, "(JJ)V", () -> {
                loadGlobal(code, loadInstance, index, 0);
                loadGlobal(code, loadInstance, index, 1);
            });
            code.op(Bytecode.AASTORE);
        } else if (carrier == Carrier.REFERENCE) {
            code.load('A', 3).constant(index);
            loadGlobal(code, loadInstance, index, 0);
            code.op(Bytecode.AASTORE);
        } else {
            code.load('A', 2).constant(index);
            loadGlobal(code, loadInstance, index, 0);
            switch (carrier) {
                case INT -> code.op(Bytecode.I2L);
                case FLOAT -> code.invokeStatic("java/lang/Float", "floatToRawIntBits", "(F)I").op(Bytecode.I2L);
                case DOUBLE -> code.invokeStatic("java/lang/Double", "doubleToRawLongBits", "(D)J");
                default -> {
                }
            }
            code.op(Bytecode.LASTORE);
        }
    }

    private void initializeGlobal(CodeBuilder code, int index) {
        if (globalType(index) instanceof VectorType) {
            initializeHalf(code, index, 0, "low");
            initializeHalf(code, index, 1, "high");
            return;
        }
        Carrier carrier = Carrier.of(globalType(index));
        code.load('A', 0);
        if (carrier == Carrier.REFERENCE) {
            code.load('A', 2).constant(index).loadElement(Names.OBJECT);
        } else {
            code.load('A', 1).constant(index).op(Bytecode.LALOAD);
            switch (carrier) {
                case INT -> code.op(Bytecode.L2I);
                case FLOAT -> code.op(Bytecode.L2I).invokeStatic("java/lang/Float", "intBitsToFloat", "(I)F");
                case DOUBLE -> code.invokeStatic("java/lang/Double", "longBitsToDouble", "(J)D");
                default -> {
                }
            }
        }
        putField(code, index, 0);
    }

    private void initializeHalf(CodeBuilder code, int index, int half, String accessor) {
        code.load('A', 0).load('A', 2).constant(index).loadElement(Names.OBJECT).checkCast(Names.V128)
                .invokeVirtual(Names.V128, accessor, "()J").putField(name, field(index, half), "J");
    }
}
