package dev.jawa.runtime;

import dev.jawa.LinkError;
import dev.jawa.compile.type.FunctionTypeClasses;
import dev.jawa.model.DefinedType;
import dev.jawa.model.FunctionType;
import dev.jawa.runtime.vector.Vectors;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * A function of the host that code may call without an instance between.
 *
 * @param handle of the type's JVM signature; throws what compiled code expects
 * @param function the same as a value, for tables, references and exports
 */
public record BuiltinFunction(DefinedType type, MethodHandle handle, FunctionInstance function) {
    private static final MethodHandle THROWN_BY_HOST = find();

    private static MethodHandle find() {
        try {
            return MethodHandles.lookup().findStatic(Traps.class, "thrownByHost",
                    MethodType.methodType(Throwable.class, Throwable.class));
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** For generated classes: what a function is called by. */
    public static MethodHandle handle(long moduleNumber, int functionIndex) {
        return StackTraces.module(moduleNumber).builtin(functionIndex).orElseThrow();
    }

    /**
     * Makes a function of a method handle.
     *
     * @throws LinkError if it does not fit the type
     */
    public static BuiltinFunction of(DefinedType type, MethodHandle body) {
        var functionType = (FunctionType) type.type();
        if (functionType.results().size() > 1 || Vectors.among(functionType)) {
            throw new LinkError("a builtin function has at most one result and no v128, not " + functionType);
        }
        MethodType signature = FunctionInstance.methodType(functionType);
        MethodHandle handle;
        try {
            handle = body.asType(signature);
        } catch (java.lang.invoke.WrongMethodTypeException _) {
            throw new LinkError("a method handle " + body.type() + " cannot be a function " + functionType);
        }
        MethodHandle rethrow = MethodHandles.filterArguments(
                MethodHandles.throwException(signature.returnType(), Throwable.class), 0, THROWN_BY_HOST);
        return new BuiltinFunction(type, MethodHandles.catchException(handle, Throwable.class, rethrow),
                FunctionTypeClasses.handleHostFunction(type, handle));
    }
}
