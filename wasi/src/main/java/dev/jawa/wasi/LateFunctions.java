package dev.jawa.wasi;

import dev.jawa.Function;
import dev.jawa.Instance;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Makes functions of methods whose first parameter, the calling instance, is known only when they are called. */
final class LateFunctions {
    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

    private LateFunctions() {
    }

    static Map<String, Function> of(List<Object> parts, Supplier<Instance> caller) {
        try {
            MethodHandle instance = LOOKUP.findVirtual(Supplier.class, "get", MethodType.methodType(Object.class))
                    .bindTo(caller).asType(MethodType.methodType(Instance.class));
            var functions = new LinkedHashMap<String, Function>();
            for (Object part : parts) {
                for (Method method : part.getClass().getDeclaredMethods()) {
                    if (Modifier.isPublic(method.getModifiers()) && !method.isSynthetic()) {
                        functions.put(method.getName(), function(LOOKUP.unreflect(method).bindTo(part), instance));
                    }
                }
            }
            return functions;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Function function(MethodHandle method, MethodHandle instance) {
        boolean takesInstance = method.type().parameterCount() > 0 && method.type().parameterType(0) == Instance.class;
        return Function.of(takesInstance ? MethodHandles.collectArguments(method, 0, instance) : method);
    }
}
