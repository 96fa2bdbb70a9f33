package dev.jawa.compile.type;

import dev.jawa.Extern;
import dev.jawa.Function;
import dev.jawa.compile.bytecode.Bytecode;
import dev.jawa.compile.bytecode.ClassBuilder;
import dev.jawa.compile.bytecode.CodeBuilder;
import dev.jawa.compile.bytecode.Names;
import dev.jawa.compile.tree.Carrier;
import dev.jawa.runtime.FunctionInstance;
import dev.jawa.runtime.vector.Vectors;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Objects whose methods are exports.
 *
 * <p>For a public interface that needs no conversions a class is generated whose methods call the functions directly.
 * Otherwise it is a proxy, which boxes.
 */
public final class ViewClass {
    private ViewClass() {
    }

    /**
     * Makes a view.
     *
     * @param type an interface
     * @param members for each of its abstract methods the export that fits it
     */
    public static <T> T create(Class<T> type, Map<Method, Extern> members) {
        boolean direct = isPublic(type) && type.getModule().isExported(type.getPackageName())
                && members.entrySet().stream().allMatch(member -> isDirect(member.getKey(), member.getValue()));
        return type.cast(direct ? generated(type, members) : proxy(type, members));
    }

    private static boolean isPublic(Class<?> type) {
        for (Class<?> enclosing = type; enclosing != null; enclosing = enclosing.getEnclosingClass()) {
            if (!Modifier.isPublic(enclosing.getModifiers())) {
                return false;
            }
        }
        return true;
    }

    private static boolean isDirect(Method method, Extern extern) {
        if (!(extern instanceof Function function) || gives(method, extern)) {
            return true;
        }
        Signature signature = Signature.of(function.type());
        return !Vectors.among(function.type()) && signature.results().length < 2 && !signature.packsParameters()
                && function.type().parameters().stream().noneMatch(FunctionInstance::restricts);
    }

    /** Whether a method gives an export rather than calling it. */
    private static boolean gives(Method method, Extern extern) {
        return method.getParameterCount() == 0 && Extern.class.isAssignableFrom(method.getReturnType())
                && method.getReturnType().isInstance(extern);
    }

    // ---- proxies

    private static Object proxy(Class<?> type, Map<Method, Extern> members) {
        InvocationHandler handler = (proxy, method, arguments) -> {
            Object[] given = arguments == null ? new Object[0] : arguments;
            Extern member = members.get(method);
            if (member != null) {
                return gives(method, member) ? member : call(method, (Function) member, given);
            } else if (method.isDefault()) {
                return callDefault(proxy, method, given);
            }
            return switch (method.getName()) {
                case "equals" -> proxy == given[0];
                case "hashCode" -> System.identityHashCode(proxy);
                default -> "view of a WebAssembly instance as " + type.getName();
            };
        };
        return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler);
    }

    /** Unlike {@link InvocationHandler#invokeDefault} not only where the interface is public. */
    private static Object callDefault(Object proxy, Method method, Object[] arguments) throws Throwable {
        Class<?> declaring = method.getDeclaringClass();
        return MethodHandles.privateLookupIn(declaring, MethodHandles.lookup()).unreflectSpecial(method, declaring)
                .bindTo(proxy).invokeWithArguments(arguments);
    }

    private static Object call(Method method, Function function, Object[] arguments) {
        Class<?> result = method.getReturnType();
        if (result.isRecord() && function.type().results().size() > 1) {
            return function.call(result.asSubclass(Record.class), arguments);
        }
        List<Object> results = function.call(arguments);
        return result == List.class && results.size() > 1 ? results : results.isEmpty() ? null : results.getFirst();
    }

    // ---- generated classes

    /** Sees the interface's classes and the classes of the function types. */
    private static final class ViewLoader extends GeneratedLoader {
        private final Class<?> type;
        private final Map<Method, Extern> members;

        ViewLoader(Class<?> type, Map<Method, Extern> members) {
            this.type = type;
            this.members = members;
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            for (Extern member : members.values()) {
                if (member instanceof FunctionInstance function) {
                    Class<?> functionClass = FunctionTypeClasses.functionClass(function.definedType());
                    if (functionClass.getName().equals(name)) {
                        return functionClass;
                    }
                }
            }
            return type.getClassLoader() == null ? super.findClass(name) : type.getClassLoader().loadClass(name);
        }
    }

    private static Object generated(Class<?> type, Map<Method, Extern> members) {
        List<Map.Entry<Method, Extern>> entries = distinct(members);
        var builder = new ClassBuilder(ClassBuilder.PUBLIC | ClassBuilder.FINAL, Names.GENERATED + "View",
                Names.OBJECT);
        builder.implement(Names.internal(type));
        String view = builder.name();
        for (int i = 0; i < entries.size(); i++) {
            builder.field(ClassBuilder.FINAL, "m" + i, Names.descriptor(fieldClass(entries.get(i))));
        }
        builder.method(ClassBuilder.PUBLIC, "<init>", "([Ljava/lang/Object;)V", code -> {
            code.load('A', 0).invokeSpecial(Names.OBJECT, "<init>", "()V");
            for (int i = 0; i < entries.size(); i++) {
                String fieldClass = fieldClass(entries.get(i));
                code.load('A', 0).load('A', 1).constant(i).loadElement(Names.OBJECT).checkCast(fieldClass)
                        .putField(view, "m" + i, Names.descriptor(fieldClass));
            }
            code.op(Bytecode.RETURN);
        });
        for (int i = 0; i < entries.size(); i++) {
            Map.Entry<Method, Extern> entry = entries.get(i);
            String field = "m" + i;
            builder.method(ClassBuilder.PUBLIC, entry.getKey().getName(), descriptor(entry.getKey()),
                    code -> member(code, view, field, entry));
        }
        try {
            Object[] externs = entries.stream().map(Map.Entry::getValue).toArray();
            return new ViewLoader(type, members).define(builder.build()).getConstructor(Object[].class)
                    .newInstance((Object) externs);
        } catch (InvocationTargetException e) {
            throw new LinkageError("generated view", e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("generated view", e);
        }
    }

    /** Without methods that are inherited a second time, from another interface. */
    private static List<Map.Entry<Method, Extern>> distinct(Map<Method, Extern> members) {
        var entries = new LinkedHashMap<String, Map.Entry<Method, Extern>>();
        members.entrySet().forEach(entry ->
                entries.putIfAbsent(entry.getKey().getName() + descriptor(entry.getKey()), entry));
        return List.copyOf(entries.values());
    }

    private static String descriptor(Method method) {
        return MethodType.methodType(method.getReturnType(), method.getParameterTypes()).toMethodDescriptorString();
    }

    private static String fieldClass(Map.Entry<Method, Extern> entry) {
        return gives(entry.getKey(), entry.getValue()) || !(entry.getValue() instanceof FunctionInstance function)
                ? Names.internal(entry.getKey().getReturnType())
                : Names.internal(FunctionTypeClasses.functionClass(function.definedType()));
    }

    private static void member(CodeBuilder code, String view, String field, Map.Entry<Method, Extern> entry) {
        Method method = entry.getKey();
        String fieldClass = fieldClass(entry);
        code.load('A', 0).getField(view, field, Names.descriptor(fieldClass));
        if (gives(method, entry.getValue())) {
            code.op(Bytecode.ARETURN);
            return;
        }
        Signature signature = Signature.of(((Function) entry.getValue()).type());
        int slot = 1;
        for (Carrier parameter : signature.parameters()) {
            code.load(parameter.kind(), slot);
            slot += parameter.slots();
        }
        code.invokeVirtual(fieldClass, "enter", signature.callDescriptor());
        if (signature.result() == Carrier.REFERENCE && method.getReturnType() != Object.class) {
            code.checkCast(method.getReturnType().isArray() ? method.getReturnType().descriptorString()
                    : Names.internal(method.getReturnType()));
        }
        Boxing.giveBack(code, signature.result());
    }
}
