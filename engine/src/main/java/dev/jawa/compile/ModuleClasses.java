package dev.jawa.compile;

import dev.jawa.CompilePlan;
import dev.jawa.compile.bytecode.Bytecode;
import dev.jawa.compile.bytecode.ClassBuilder;
import dev.jawa.compile.bytecode.CodeBuilder;
import dev.jawa.compile.bytecode.Names;
import dev.jawa.compile.function.FunctionEmitter;
import dev.jawa.compile.function.MemoryEmitter;
import dev.jawa.compile.type.FunctionTypeClasses;
import dev.jawa.compile.type.GeneratedLoader;
import dev.jawa.model.DefinedType;
import dev.jawa.model.ModuleModel;
import dev.jawa.runtime.FunctionInstance;
import dev.jawa.runtime.GlobalReader;
import dev.jawa.runtime.ModuleInstance;
import dev.jawa.runtime.StackTraces;
import java.lang.reflect.Constructor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * The classes of a module: the instance class, {@code Code} and a number for each group of functions, {@code Function}
 * and a number for each function that someone holds as an object, {@code Frame} and a number for each function that is
 * cut into pieces, {@code Calls} and {@code TailCalls} and the index of a type for calls of one of a few functions,
 * {@code Builtins} for imports that the host knows, {@code Globals} to read the globals for a snapshot. Each is written
 * when the JVM first asks for it.
 */
public final class ModuleClasses extends GeneratedLoader {
    private static final AtomicLong NUMBER = new AtomicLong();

    private final CompiledModule module;
    private final ModuleModel model;
    private final String prefix;
    private final FunctionGroups groups;
    private final InstanceClass instanceClass;
    private final TailCalls tailCalls;
    private final IndirectCalls indirectCalls;
    private final long number;
    private volatile Constructor<?> instanceConstructor;
    // Frames of functions whose code has been generated and has not asked for them yet.
    private final Map<String, byte[]> frames = new ConcurrentHashMap<>();

    ModuleClasses(CompiledModule module) {
        this.module = module;
        model = module.model();
        number = NUMBER.incrementAndGet();
        prefix = Names.GENERATED + "m" + number + "/";
        StackTraces.register(number, module);
        groups = new FunctionGroups(model.code());
        indirectCalls = new IndirectCalls(module, prefix);
        tailCalls = new TailCalls(model, indirectCalls);
        instanceClass = new InstanceClass(prefix + "Instance", module);
    }

    public InstanceClass instanceClass() {
        return instanceClass;
    }

    ModuleInstance newInstance() {
        try {
            if (instanceConstructor == null) {
                instanceConstructor = loadClass(Names.binary(instanceClass.name())).getConstructor();
            }
            return (ModuleInstance) instanceConstructor.newInstance();
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("generated class that cannot be instantiated", e);
        }
    }

    GlobalReader globalReader() {
        try {
            return (GlobalReader) loadClass(Names.binary(prefix) + "Globals").getConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("generated class that cannot be instantiated", e);
        }
    }

    FunctionInstance newFunction(ModuleInstance instance, int index) {
        DefinedType type = module.definedType(model.spaces().functionTypeIndex(index));
        try {
            return (FunctionInstance) loadClass(Names.binary(prefix) + "Function" + index)
                    .getConstructor(FunctionTypeClasses.CONSTRUCTOR_PARAMETERS).newInstance(type, instance, index);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("generated class that cannot be instantiated", e);
        }
    }

    /** The internal name of the class that holds a function's code. */
    public String codeClass(int functionIndex) {
        return prefix + "Code" + groups.groupOf(functionIndex - model.spaces().importedFunctions());
    }

    /** Pushes the method handle of an imported function that is known: a constant to the JVM's compilers. */
    public void loadBuiltin(CodeBuilder code, int functionIndex) {
        code.getStatic(prefix + "Builtins", "b" + functionIndex, Names.descriptor(Names.METHOD_HANDLE));
    }

    /** Pushes the method handle that says whether some instance is to stop: a constant, too. */
    public void loadInterruption(CodeBuilder code) {
        code.getStatic(prefix + "Interruption", "requested", Names.descriptor(Names.METHOD_HANDLE));
    }

    private byte[] generateInterruption() {
        var builder = new ClassBuilder(ClassBuilder.PUBLIC | ClassBuilder.FINAL, prefix + "Interruption",
                Names.OBJECT);
        builder.field(ClassBuilder.PUBLIC | ClassBuilder.STATIC | ClassBuilder.FINAL, "requested",
                Names.descriptor(Names.METHOD_HANDLE));
        builder.method(ClassBuilder.STATIC, "<clinit>", "()V", code -> code.constant(number)
                .invokeStatic(Names.INTERRUPTION, "requested", "(J)" + Names.descriptor(Names.METHOD_HANDLE))
                .putStatic(builder.name(), "requested", Names.descriptor(Names.METHOD_HANDLE)).op(Bytecode.RETURN));
        return builder.build();
    }

    private byte[] generateBuiltins() {
        var builder = new ClassBuilder(ClassBuilder.PUBLIC | ClassBuilder.FINAL, prefix + "Builtins", Names.OBJECT);
        int[] known = IntStream.range(0, model.spaces().importedFunctions())
                .filter(i -> module.builtin(i).isPresent()).toArray();
        for (int index : known) {
            builder.field(ClassBuilder.PUBLIC | ClassBuilder.STATIC | ClassBuilder.FINAL, "b" + index,
                    Names.descriptor(Names.METHOD_HANDLE));
        }
        builder.method(ClassBuilder.STATIC, "<clinit>", "()V", code -> {
            for (int index : known) {
                code.constant(number).constant(index)
                        .invokeStatic(Names.BUILTIN_FUNCTION, "handle", "(JI)" + Names.descriptor(Names.METHOD_HANDLE))
                        .putStatic(builder.name(), "b" + index, Names.descriptor(Names.METHOD_HANDLE));
            }
            code.op(Bytecode.RETURN);
        });
        return builder.build();
    }

    /** The name of the method that holds a function's code. */
    public static String codeMethod(int functionIndex) {
        return "f" + functionIndex;
    }

    /** The name of the method that holds a copy of a function's code if it calls others at its end. */
    public static String tailMethod(int functionIndex, int copy) {
        return codeMethod(functionIndex) + (copy == 0 ? "_tail" : "_tail" + copy);
    }

    /** The name of the method to call at the end of another function, if that calls a copy of the code of such ones. */
    String methodAtEnd(int functionIndex, int copy) {
        return tailCalls.in(functionIndex)
                ? tailMethod(functionIndex, Math.min(copy, tailCalls.lastCopy(functionIndex))) : codeMethod(functionIndex);
    }

    /** The name of the one to call, unless another copy does. */
    public String lastTailMethod(int functionIndex) {
        return tailMethod(functionIndex, tailCalls.lastCopy(functionIndex));
    }

    /** The name of the method that does what a function does, if calls are counted around it. */
    public static String countedMethod(int functionIndex) {
        return codeMethod(functionIndex) + "_counted";
    }

    /** The name of a function's method behind which is nothing but its code. */
    public String innermostMethod(int functionIndex) {
        return tailCalls.in(functionIndex) ? tailMethod(functionIndex, 0)
                : module.checks().nested() ? countedMethod(functionIndex) : codeMethod(functionIndex);
    }

    /** Which functions call others at their end. */
    public TailCalls tailCalls() {
        return tailCalls;
    }

    /** Which calls mean one of a few functions. */
    public IndirectCalls indirectCalls() {
        return indirectCalls;
    }

    /** The internal name of the class of a function's frame. */
    public String frameClass(int functionIndex) {
        return prefix + "Frame" + functionIndex;
    }

    /** Adds the class of the frame of a function that is split. */
    public void addFrame(int functionIndex, byte[] classFile) {
        frames.put("Frame" + functionIndex, classFile);
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        String packageName = Names.binary(prefix);
        if (name.startsWith(packageName)) {
            return generated(name.substring(packageName.length()));
        }
        return super.findClass(name);
    }

    private Class<?> generated(String simpleName) throws ClassNotFoundException {
        try {
            return define(generate(simpleName));
        } catch (dev.jawa.WebAssemblyException | ClassNotFoundException e) {
            throw e;
        } catch (java.lang.RuntimeException e) {
            // Must not be taken for a trap of the code that asked for the class.
            throw new LinkageError("cannot generate " + simpleName, e);
        }
    }

    private byte[] generate(String simpleName) throws ClassNotFoundException {
        if (simpleName.equals("Instance")) {
            return instanceClass.generate();
        } else if (simpleName.startsWith("Code")) {
            return generateCode(Integer.parseInt(simpleName.substring("Code".length())));
        } else if (simpleName.startsWith("Function")) {
            int index = Integer.parseInt(simpleName.substring("Function".length()));
            DefinedType type = module.definedType(model.spaces().functionTypeIndex(index));
            return FunctionTypeClasses.generateFunction(prefix + simpleName, FunctionTypeClasses.name(type), type,
                    instanceClass.name(), codeClass(index), codeMethod(index),
                    tailCalls.in(index) ? Optional.of(lastTailMethod(index)) : Optional.empty());
        }
        if (simpleName.startsWith(IndirectCalls.CALLS)) {
            return indirectCalls.generate(Integer.parseInt(simpleName.substring(IndirectCalls.CALLS.length())));
        }
        if (simpleName.startsWith(IndirectCalls.TAIL_CALLS)) {
            return indirectCalls.generateAtEnd(Integer.parseInt(simpleName.substring(IndirectCalls.TAIL_CALLS.length())), this);
        }
        if (simpleName.equals("Interruption")) {
            return generateInterruption();
        }
        if (simpleName.equals("Globals")) {
            return instanceClass.generateReader(prefix + simpleName);
        }
        if (simpleName.equals("Builtins")) {
            return generateBuiltins();
        }
        byte[] frame = frames.remove(simpleName);
        if (frame != null) {
            return frame;
        }
        throw new ClassNotFoundException(prefix + simpleName);
    }

    byte[] generateCode(int group) {
        return generateCode(group, _ -> {
        });
    }

    private byte[] generateCode(int group, Consumer<CompilePlan.Function> planned) {
        int longest = 0;
        for (int i = groups.start(group); i < groups.end(group); i++) {
            longest = Math.max(longest, model.code().get(i).code().length());
        }
        return DeepStack.call(longest, () -> writeCode(group, planned));
    }

    /** What becomes of each function; the code itself is not kept. */
    List<CompilePlan.Function> plan() {
        var functions = new ArrayList<CompilePlan.Function>();
        for (int group = 0; group < groups.count(); group++) {
            generateCode(group, functions::add);
        }
        return functions;
    }

    private byte[] writeCode(int group, Consumer<CompilePlan.Function> planned) {
        var builder = new ClassBuilder(ClassBuilder.PUBLIC | ClassBuilder.FINAL, prefix + "Code" + group,
                Names.OBJECT);
        MemoryEmitter.addFields(builder);
        int imported = model.spaces().importedFunctions();
        for (int i = groups.start(group); i < groups.end(group); i++) {
            planned.accept(new FunctionEmitter(module, this, imported + i, model.code().get(i)).emit(builder));
        }
        return builder.build();
    }
}
