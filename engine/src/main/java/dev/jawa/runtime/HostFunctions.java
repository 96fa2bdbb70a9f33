package dev.jawa.runtime;

import dev.jawa.Array;
import dev.jawa.Function;
import dev.jawa.HostFunction;
import dev.jawa.I31;
import dev.jawa.Instance;
import dev.jawa.LinkError;
import dev.jawa.Struct;
import dev.jawa.V128;
import dev.jawa.compile.type.FunctionTypeClasses;
import dev.jawa.model.AbstractHeapType;
import dev.jawa.model.DefinedType;
import dev.jawa.model.FunctionType;
import dev.jawa.model.NumberType;
import dev.jawa.model.ReferenceType;
import dev.jawa.model.ValueType;
import dev.jawa.model.VectorType;
import dev.jawa.runtime.vector.Vectors;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes functions of what the host has: boxed functions, method handles, lambdas and the methods of objects. */
public final class HostFunctions {
    private static final MethodHandle RECORD_VALUES = find("recordValues", Object.class, Object.class);

    private HostFunctions() {
    }

    private static MethodHandle find(String name, Class<?> result, Class<?>... parameters) {
        try {
            return MethodHandles.lookup().findStatic(HostFunctions.class, name,
                    MethodType.methodType(result, parameters));
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** A function of a type that gets its arguments boxed. */
    public static Function of(FunctionType type, HostFunction body) {
        return of(DefinedType.of(type), body);
    }

    /** A function of a type that gets its arguments boxed. */
    public static FunctionInstance of(DefinedType type, HostFunction body) {
        return FunctionTypeClasses.boxedHostFunction(type, java.util.Objects.requireNonNull(body));
    }

    /** A function of the type that a method handle has. */
    public static Function of(MethodHandle body) {
        FunctionType type = functionType(body.type());
        DefinedType defined = DefinedType.of(type);
        if (Vectors.among(type) && type.results().size() <= 1) {
            return of(defined, arguments -> invoke(body, arguments));
        }
        if (type.results().size() > 1) {
            MethodHandle spread = MethodHandles.filterReturnValue(
                    body.asType(body.type().changeReturnType(Object.class)), RECORD_VALUES);
            return of(defined, arguments -> invoke(spread, arguments));
        }
        return FunctionTypeClasses.handleHostFunction(defined, body.asType(FunctionInstance.methodType(type)));
    }

    /** The type of the function that a method handle is. */
    public static FunctionType typeOf(MethodHandle body) {
        return functionType(body.type());
    }

    private static Object invoke(MethodHandle handle, Object[] arguments) throws Exception {
        try {
            return handle.invokeWithArguments(arguments);
        } catch (Exception | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new java.lang.reflect.UndeclaredThrowableException(e);
        }
    }

    private static Object recordValues(Object record) {
        return Records.values((Record) record);
    }

    /** A function from a lambda of a functional interface. */
    public static Function ofLambda(Class<?> type, Object lambda) {
        java.util.Objects.requireNonNull(lambda);
        for (Method method : type.getMethods()) {
            if (Modifier.isAbstract(method.getModifiers())) {
                try {
                    return of(MethodHandles.publicLookup().unreflect(method).bindTo(lambda));
                } catch (IllegalAccessException e) {
                    throw new IllegalArgumentException(type + " is not public", e);
                }
            }
        }
        throw new IllegalArgumentException(type + " is not a functional interface");
    }

    /** A method of an object that becomes a function once it is known which instance imports it. */
    public record HostMethod(MethodHandle handle, boolean takesInstance) {
        /** The function for an instance. */
        public Function bind(Instance instance) {
            return of(takesInstance ? handle.bindTo(instance) : handle);
        }
    }

    /**
     * The functions that an object offers, by name.
     *
     * @throws LinkError if two have one name, or one cannot be called
     */
    public static Map<String, HostMethod> methodsOf(Object host) {
        var methods = new LinkedHashMap<String, HostMethod>();
        for (Method method : offered(host.getClass())) {
            HostMethod previous = methods.put(method.getName(), hostMethod(host, method));
            if (previous != null) {
                throw new LinkError(host.getClass().getName() + " has two methods named " + method.getName()
                        + ": a host function's name says which it is");
            }
        }
        return methods;
    }

    private static List<Method> offered(Class<?> type) {
        var accessors = new ArrayList<String>();
        if (type.isRecord()) {
            for (RecordComponent component : type.getRecordComponents()) {
                accessors.add(component.getName());
            }
        }
        var methods = new ArrayList<Method>();
        for (Method method : type.getMethods()) {
            boolean ours = method.getDeclaringClass() != Object.class && !method.isBridge() && !method.isSynthetic()
                    && !Modifier.isStatic(method.getModifiers()) && !isObjectMethod(method)
                    && !(method.getParameterCount() == 0 && accessors.contains(method.getName()));
            if (ours) {
                methods.add(method);
            }
        }
        return methods;
    }

    /** Whether a method is one of {@code Object}'s that every object has. */
    static boolean isObjectMethod(Method method) {
        return switch (method.getName()) {
            case "toString", "hashCode" -> method.getParameterCount() == 0;
            case "equals" -> method.getParameterCount() == 1 && method.getParameterTypes()[0] == Object.class;
            default -> false;
        };
    }

    private static HostMethod hostMethod(Object host, Method method) {
        try {
            // Also where it is accessible anyway: a method handle, other than reflection, asks whether the engine's
            // module reads the other one.
            method.setAccessible(true);
            MethodHandle handle = MethodHandles.lookup().unreflect(method).bindTo(host);
            boolean takesInstance = method.getParameterCount() > 0 && method.getParameterTypes()[0] == Instance.class;
            functionType(takesInstance ? handle.type().dropParameterTypes(0, 1) : handle.type());
            return new HostMethod(handle, takesInstance);
        } catch (IllegalAccessException | java.lang.reflect.InaccessibleObjectException e) {
            throw new LinkError(method + " is not accessible: make its class public, or open its package");
        }
    }

    private static FunctionType functionType(MethodType type) {
        var parameters = new ArrayList<ValueType>();
        for (Class<?> parameter : type.parameterList()) {
            parameters.add(valueType(parameter, type));
        }
        return new FunctionType(parameters, resultTypes(type));
    }

    private static List<ValueType> resultTypes(MethodType type) {
        Class<?> result = type.returnType();
        if (result == void.class) {
            return List.of();
        }
        if (result.isRecord() && result != V128.class) {
            var results = new ArrayList<ValueType>();
            for (RecordComponent component : result.getRecordComponents()) {
                results.add(valueType(component.getType(), type));
            }
            return results;
        }
        return List.of(valueType(result, type));
    }

    private static ValueType valueType(Class<?> type, MethodType whole) {
        if (type == int.class) {
            return NumberType.I32;
        } else if (type == long.class) {
            return NumberType.I64;
        } else if (type == float.class) {
            return NumberType.F32;
        } else if (type == double.class) {
            return NumberType.F64;
        } else if (type == V128.class) {
            return VectorType.V128;
        } else if (type.isPrimitive()) {
            throw new LinkError("a host function cannot have the type " + whole + ": WebAssembly has no " + type
                    + "; use int");
        }
        if (Function.class.isAssignableFrom(type)) {
            return ReferenceType.FUNCREF;
        } else if (Struct.class.isAssignableFrom(type)) {
            return new ReferenceType(true, AbstractHeapType.STRUCT);
        } else if (Array.class.isAssignableFrom(type)) {
            return new ReferenceType(true, AbstractHeapType.ARRAY);
        }
        return type == I31.class ? new ReferenceType(true, AbstractHeapType.I31) : ReferenceType.EXTERNREF;
    }
}
