package dev.jawa.compile.type;

import dev.jawa.HostFunction;
import dev.jawa.compile.bytecode.Bytecode;
import dev.jawa.compile.bytecode.ClassBuilder;
import dev.jawa.compile.bytecode.CodeBuilder;
import dev.jawa.compile.bytecode.Names;
import dev.jawa.compile.bytecode.ProtectedRegion;
import dev.jawa.compile.tree.Carrier;
import dev.jawa.model.AbstractHeapType;
import dev.jawa.model.DefinedType;
import dev.jawa.model.FunctionType;
import dev.jawa.model.ReferenceType;
import dev.jawa.model.ValueType;
import dev.jawa.runtime.FunctionInstance;
import dev.jawa.runtime.ModuleInstance;
import dev.jawa.runtime.ResultTuple;
import dev.jawa.runtime.vector.Vectors;
import java.lang.invoke.MethodHandle;
import java.lang.reflect.Constructor;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The class of a function type: an abstract {@link FunctionInstance} with the methods {@code call} and {@code enter} of
 * the type's JVM signature. Declared subtypes are subclasses, so a cast is the check of {@code call_indirect}.
 *
 * <p>In the same loader are two classes for host functions of the type.
 */
public final class FunctionTypeClasses extends GeneratedLoader {
    private static final String CONSTRUCTOR = "(Ldev/jawa/model/DefinedType;Ldev/jawa/runtime/ModuleInstance;I)V";
    private static final WeakRegistry LOADERS = new WeakRegistry();

    /** The methods of {@link FunctionInstance} that a class overrides if its type fits. */
    private static final Map<String, String> FAST_CALLS = Map.of(
            "()I", "callInt", "(I)I", "callInt", "(II)I", "callInt", "(III)I", "callInt",
            "(J)J", "callLong", "(JJ)J", "callLong", "(D)D", "callDouble", "(DD)D", "callDouble");

    private final DefinedType type;
    private final String name;
    private final Class<?> functionClass;
    private final Map<String, Constructor<?>> hostClasses = new ConcurrentHashMap<>();

    private FunctionTypeClasses(DefinedType type) {
        this.type = type;
        name = Names.FUNCTION_TYPE + LOADERS.add(this);
        functionClass = define(generate());
    }

    private static FunctionTypeClasses of(DefinedType type) {
        return (FunctionTypeClasses) type.implementation(FunctionTypeClasses::new);
    }

    /** The class of a function type. */
    static Class<?> functionClass(DefinedType type) {
        return of(type).functionClass;
    }

    /** The internal name of the class of a function type. */
    public static String name(DefinedType type) {
        return of(type).name;
    }

    /** A host function that gets its arguments boxed. */
    public static FunctionInstance boxedHostFunction(DefinedType type, HostFunction body) {
        return of(type).hostFunction("Boxed", HostFunction.class, body);
    }

    /** A host function that is a method handle of exactly the type's JVM signature. */
    public static FunctionInstance handleHostFunction(DefinedType type, MethodHandle body) {
        return of(type).hostFunction("Handle", MethodHandle.class, body);
    }

    /** A tuple for values of these types, boxed or not. */
    public static ResultTuple newTuple(List<ValueType> types) {
        return newTuple(Signature.tuple(types).substring(Names.TUPLE.length()));
    }

    /** A tuple for values of JVM types that are given by a letter each. */
    public static ResultTuple newTuple(String kinds) {
        try {
            return (ResultTuple) Tuples.find(Names.binary(Names.TUPLE + kinds)).getConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("generated class that cannot be instantiated", e);
        }
    }

    private FunctionInstance hostFunction(String suffix, Class<?> bodyClass, Object body) {
        Constructor<?> constructor = hostClasses.computeIfAbsent(suffix, _ -> {
            try {
                return define(generateHostFunction(name + suffix, bodyClass))
                        .getConstructor(DefinedType.class, bodyClass);
            } catch (NoSuchMethodException e) {
                throw new LinkageError("generated class without its constructor", e);
            }
        });
        try {
            return (FunctionInstance) constructor.newInstance(type, body);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("generated class that cannot be instantiated", e);
        }
    }

    static boolean isFunctionType(String binaryName) {
        return binaryName.startsWith(Names.binary(Names.FUNCTION_TYPE));
    }

    /** The class of this binary name. Whoever knows the name keeps the type alive. */
    static Class<?> find(String binaryName) throws ClassNotFoundException {
        return LOADERS.load(binaryName, Names.FUNCTION_TYPE.length());
    }

    private byte[] generate() {
        String superclass = type.supertype().map(supertype -> Names.internal(functionClass(supertype)))
                .orElse(Names.FUNCTION_INSTANCE);
        var builder = new ClassBuilder(ClassBuilder.PUBLIC | ClassBuilder.ABSTRACT, name, superclass);
        builder.method(ClassBuilder.PUBLIC, "<init>", CONSTRUCTOR, code -> code
                .load('A', 0).load('A', 1).load('A', 2).load('I', 3)
                .invokeSpecial(superclass, "<init>", CONSTRUCTOR).op(Bytecode.RETURN));
        if (type.supertype().isEmpty()) {
            Signature signature = Signature.of((FunctionType) type.type());
            String descriptor = signature.callDescriptor();
            builder.abstractMethod(ClassBuilder.PUBLIC, "call", descriptor);
            builder.method(ClassBuilder.PUBLIC | ClassBuilder.FINAL, "enter", descriptor,
                    code -> enter(code, signature));
            builder.method(ClassBuilder.PUBLIC, "enterBoxed", "([Ljava/lang/Object;)Ljava/lang/Object;",
                    code -> callBoxed(code, signature, "enter"));
            builder.method(ClassBuilder.PUBLIC, "invokeBoxed", "([Ljava/lang/Object;)Ljava/lang/Object;",
                    code -> callBoxed(code, signature, "call"));
            builder.method(ClassBuilder.PUBLIC, TailCallEmitter.makeMethod(signature.result()),
                    TailCallEmitter.makeDescriptor(signature.result()), code -> {
                        code.load('A', 0);
                        TailCallEmitter.loadArguments(code, signature);
                        code.invokeVirtual(name, "call", descriptor);
                        Boxing.giveBack(code, signature.result());
                    });
            if (FAST_CALLS.containsKey(descriptor) && !Vectors.among((FunctionType) type.type())) {
                builder.method(ClassBuilder.PUBLIC, FAST_CALLS.get(descriptor), descriptor, code -> {
                    code.load('A', 0);
                    signature.loadParameters(code, 1);
                    code.invokeVirtual(name, "enter", descriptor);
                    Boxing.giveBack(code, signature.result());
                });
            }
        }
        return builder.build();
    }

    private void enter(CodeBuilder code, Signature signature) {
        int store = 1 + signature.parameterSlots();
        String storeDescriptor = Names.descriptor(Names.STORE);
        checkReferences(code, signature);
        code.load('A', 0).invokeVirtual(name, "entered", "()" + storeDescriptor).storeReference(store, Names.STORE);
        ProtectedRegion region = code.beginRegion();
        code.load('A', 0);
        signature.loadParameters(code, 1);
        code.invokeVirtual(name, "call", signature.callDescriptor());
        code.endRegion();
        code.load('A', 0).load('A', store).invokeVirtual(name, "left", "(" + storeDescriptor + ")V");
        Boxing.giveBack(code, signature.result());
        code.bindHandler(region, Names.THROWABLE).storeReference(store + 1, Names.THROWABLE)
                .load('A', 0).load('A', store).invokeVirtual(name, "left", "(" + storeDescriptor + ")V")
                .load('A', store + 1)
                .invokeStatic(Names.TRAPS, "translate", "(Ljava/lang/Throwable;)Ljava/lang/Throwable;")
                .op(Bytecode.ATHROW);
    }

    /** References that come from outside may be anything that Java lets pass. */
    private void checkReferences(CodeBuilder code, Signature signature) {
        if (signature.packsParameters()) {
            return;
        }
        List<ValueType> parameters = ((FunctionType) type.type()).parameters();
        int slot = 1;
        for (int i = 0; i < parameters.size(); i++) {
            if (parameters.get(i) instanceof ReferenceType reference && !isUnrestricted(reference)) {
                code.load('A', 0).load('A', slot).constant(i)
                        .invokeVirtual(name, "argument", "(Ljava/lang/Object;I)Ljava/lang/Object;")
                        .storeReference(slot, Names.OBJECT);
            }
            for (Carrier carrier : Carrier.of(parameters.subList(i, i + 1))) {
                slot += carrier.slots();
            }
        }
    }

    /** Whether null and every object are of a type. */
    private static boolean isUnrestricted(ReferenceType type) {
        return type.nullable()
                && (type.heapType() == AbstractHeapType.EXTERN || type.heapType() == AbstractHeapType.ANY);
    }

    private void callBoxed(CodeBuilder code, Signature signature, String method) {
        code.load('A', 0);
        if (signature.packsParameters()) {
            code.newInstance(signature.parameterTuple()).dup().load('A', 1)
                    .invokeVirtual(Names.RESULT_TUPLE, "fill", "([Ljava/lang/Object;)V");
        } else {
            for (int i = 0; i < signature.parameters().length; i++) {
                code.load('A', 1).constant(i).loadElement(Names.OBJECT);
                Boxing.unbox(code, signature.parameters()[i]);
            }
        }
        code.invokeVirtual(name, method, signature.callDescriptor());
        Boxing.box(code, signature.result());
        code.op(Bytecode.ARETURN);
    }

    private byte[] generateHostFunction(String className, Class<?> bodyClass) {
        Signature signature = Signature.of((FunctionType) type.type());
        String body = Names.internal(bodyClass);
        var builder = new ClassBuilder(ClassBuilder.PUBLIC | ClassBuilder.FINAL, className, name);
        builder.field(ClassBuilder.FINAL, "body", Names.descriptor(body));
        builder.method(ClassBuilder.PUBLIC, "<init>", "(Ldev/jawa/model/DefinedType;" + Names.descriptor(body) + ")V",
                code -> code.load('A', 0).load('A', 1).op(Bytecode.ACONST_NULL).constant(0)
                        .invokeSpecial(name, "<init>", CONSTRUCTOR)
                        .load('A', 0).load('A', 2).putField(className, "body", Names.descriptor(body))
                        .op(Bytecode.RETURN));
        builder.method(ClassBuilder.PUBLIC, "call", signature.callDescriptor(), code -> {
            ProtectedRegion region = code.beginRegion();
            if (bodyClass == MethodHandle.class) {
                callHandle(code, className, signature, ((FunctionType) type.type()).results());
            } else {
                callBoxed(code, className, signature);
            }
            code.endRegion();
            code.bindHandler(region, Names.THROWABLE)
                    .invokeStatic(Names.TRAPS, "thrownByHost", "(Ljava/lang/Throwable;)Ljava/lang/Throwable;")
                    .op(Bytecode.ATHROW);
        });
        return builder.build();
    }

    private static void callHandle(CodeBuilder code, String className, Signature signature, List<ValueType> results) {
        code.load('A', 0).getField(className, "body", Names.descriptor(Names.METHOD_HANDLE));
        if (signature.packsParameters()) {
            throw new dev.jawa.LinkError("a method handle cannot have " + signature.parameters().length
                    + " parameters; use a HostFunction");
        }
        signature.loadParameters(code, 1);
        code.invokeVirtual(Names.METHOD_HANDLE, "invokeExact", signature.callDescriptor());
        if (results.size() == 1 && results.getFirst() instanceof ReferenceType reference && !isUnrestricted(reference)) {
            code.load('A', 0).swap().invokeStatic(Names.HOST_RESULTS, "single",
                    "(Ldev/jawa/runtime/FunctionInstance;Ljava/lang/Object;)Ljava/lang/Object;");
        }
        Boxing.giveBack(code, signature.result());
    }

    private void callBoxed(CodeBuilder code, String className, Signature signature) {
        code.load('A', 0).load('A', 0).getField(className, "body", Names.descriptor(Names.HOST_FUNCTION));
        boxArguments(code, signature);
        if (Vectors.among(((FunctionType) type.type()).parameters())) {
            code.load('A', 0).invokeStatic(Names.HOST_RESULTS, "arguments",
                    "([Ljava/lang/Object;Ldev/jawa/runtime/FunctionInstance;)[Ljava/lang/Object;");
        }
        code.invokeInterface(Names.HOST_FUNCTION, "call", "([Ljava/lang/Object;)Ljava/lang/Object;");
        switch (signature.results().length) {
            case 0 -> code.op(Bytecode.POP).op(Bytecode.POP);
            case 1 -> {
                code.invokeStatic(Names.HOST_RESULTS, "single",
                        "(Ldev/jawa/runtime/FunctionInstance;Ljava/lang/Object;)Ljava/lang/Object;");
                Boxing.unbox(code, signature.result());
            }
            default -> code.newInstance(signature.resultTuple()).invokeStatic(Names.HOST_RESULTS, "several",
                    "(Ldev/jawa/runtime/FunctionInstance;Ljava/lang/Object;Ldev/jawa/runtime/ResultTuple;)"
                            + "Ljava/lang/Object;");
        }
        Boxing.giveBack(code, signature.result());
    }

    private static void boxArguments(CodeBuilder code, Signature signature) {
        if (signature.packsParameters()) {
            code.load('A', 1).invokeVirtual(Names.RESULT_TUPLE, "toArray", "()[Ljava/lang/Object;");
            return;
        }
        Carrier[] parameters = signature.parameters();
        code.constant(parameters.length).newArray(Names.OBJECT);
        int slot = 1;
        for (int i = 0; i < parameters.length; i++) {
            code.dup().constant(i).load(parameters[i].kind(), slot);
            Boxing.box(code, parameters[i]);
            code.op(Bytecode.AASTORE);
            slot += parameters[i].slots();
        }
    }

    /**
     * Writes the class of a function of a module: its {@code call} goes to the static method that holds the code.
     *
     * @param tailMethod the method that may come back with a tail call prepared, if there is one
     */
    public static byte[] generateFunction(String className, String superclass, DefinedType type, String instanceClass,
            String codeClass, String codeMethod, Optional<String> tailMethod) {
        Signature signature = Signature.of((FunctionType) type.type());
        var builder = new ClassBuilder(ClassBuilder.PUBLIC | ClassBuilder.FINAL, className, superclass);
        String instance = Names.descriptor(instanceClass);
        builder.field(ClassBuilder.FINAL, "instance", instance);
        builder.method(ClassBuilder.PUBLIC, "<init>", CONSTRUCTOR, code -> code
                .load('A', 0).load('A', 1).load('A', 2).load('I', 3)
                .invokeSpecial(superclass, "<init>", CONSTRUCTOR)
                .load('A', 0).load('A', 2).checkCast(instanceClass).putField(className, "instance", instance)
                .op(Bytecode.RETURN));
        builder.method(ClassBuilder.PUBLIC, "call", signature.callDescriptor(), code -> {
            signature.loadParameters(code, 1);
            code.load('A', 0).getField(className, "instance", instance)
                    .invokeStatic(codeClass, codeMethod, signature.codeDescriptor(instanceClass));
            Boxing.giveBack(code, signature.result());
        });
        tailMethod.ifPresent(method -> builder.method(ClassBuilder.PUBLIC,
                TailCallEmitter.makeMethod(signature.result()), TailCallEmitter.makeDescriptor(signature.result()),
                code -> {
                    TailCallEmitter.loadArguments(code, signature);
                    TailCallEmitter.loadInstance(code, instanceClass);
                    code.invokeStatic(codeClass, method, signature.codeDescriptor(instanceClass));
                    Boxing.giveBack(code, signature.result());
                }));
        return builder.build();
    }

    /** The parameters of the constructors of functions of modules. */
    public static final Class<?>[] CONSTRUCTOR_PARAMETERS = {DefinedType.class, ModuleInstance.class, int.class};
}
