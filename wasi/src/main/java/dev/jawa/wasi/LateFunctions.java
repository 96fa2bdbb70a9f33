package dev.jawa.wasi;

import dev.jawa.Function;
import dev.jawa.Instance;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes functions of methods whose first parameter is the calling instance, for a process that does not ask for it. */
final class LateFunctions {
    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

    private LateFunctions() {
    }

    static Map<String, Function> of(List<Object> parts) {
        try {
            var functions = new LinkedHashMap<String, Function>();
            for (Object part : parts) {
                for (Method method : part.getClass().getDeclaredMethods()) {
                    if (Modifier.isPublic(method.getModifiers()) && !method.isSynthetic()) {
                        functions.put(method.getName(), function(LOOKUP.unreflect(method).bindTo(part)));
                    }
                }
            }
            return functions;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Function function(MethodHandle method) {
        boolean takesInstance = method.type().parameterCount() > 0 && method.type().parameterType(0) == Instance.class;
        return Function.of(takesInstance ? method.bindTo(null) : method);
    }
}
