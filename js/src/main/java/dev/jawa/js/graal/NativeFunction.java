package dev.jawa.js.graal;

import com.oracle.truffle.api.CallTarget;
import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.source.SourceSection;
import com.oracle.truffle.js.lang.JavaScriptLanguage;
import com.oracle.truffle.js.runtime.JSArguments;
import com.oracle.truffle.js.runtime.JSContext;
import com.oracle.truffle.js.runtime.JavaScriptRootNode;
import com.oracle.truffle.js.runtime.Strings;
import com.oracle.truffle.js.runtime.builtins.JSFunction;
import com.oracle.truffle.js.runtime.builtins.JSFunctionData;
import com.oracle.truffle.js.runtime.builtins.JSFunctionObject;
import java.util.function.Function;

/** The root node of a built-in function whose body is Java code. */
final class NativeFunction extends JavaScriptRootNode {
    /** GraalJS shows frames of its own built-in functions; those with any other internal source it leaves out. */
    private static final SourceSection HIDDEN = JSFunction.createBuiltinSourceSection("host");
    private static final int FIRST_ARGUMENT = JSArguments.RUNTIME_ARGUMENT_COUNT;

    /** Gets GraalJS's frame arguments: the receiver, the function, perhaps new.target, the arguments. */
    @FunctionalInterface
    private interface FrameBody {
        Object run(Object[] frame);
    }

    private final String name;
    private final FrameBody body;
    private final Function<Throwable, RuntimeException> errors;

    private NativeFunction(JavaScriptLanguage language, SourceSection section, String name,
            Function<Throwable, RuntimeException> errors, FrameBody body) {
        super(language, section);
        this.name = name;
        this.body = body;
        this.errors = errors;
    }

    /** A function that is no constructor. */
    static JSFunctionObject function(Realm realm, String name, int length, NativeBody body) {
        return function(realm, JSFunction.BUILTIN_SOURCE_SECTION, name, length, frame ->
                body.call(JSArguments.getThisObject(frame), new Arguments(frame, FIRST_ARGUMENT)));
    }

    /** A function that does not appear in stack traces. */
    static JSFunctionObject helper(Realm realm, String name, Function<Arguments, Object> body) {
        return function(realm, HIDDEN, name, 0, frame -> body.apply(new Arguments(frame, FIRST_ARGUMENT)));
    }

    private static JSFunctionObject function(Realm realm, SourceSection section, String name, int length,
            FrameBody body) {
        JSContext context = realm.context();
        var root = new NativeFunction(context.getLanguage(), section, name, realm.errorMapping(), body);
        var data = JSFunctionData.createCallOnly(context, root.getCallTarget(), length, Strings.fromJavaString(name));
        return JSFunction.create(realm.realm(), data);
    }

    /** A constructor that must be called with {@code new}; its {@code prototype} is still to be defined. */
    static JSFunctionObject constructor(Realm realm, String name, int length, ConstructorBody body) {
        JSContext context = realm.context();
        CallTarget call = target(realm, name, _ -> {
            throw realm.typeError("Constructor " + name + " requires 'new'");
        });
        CallTarget construct = target(realm, name, frame ->
                body.construct(() -> realm.objectFor(JSArguments.getFunctionObject(frame)),
                        new Arguments(frame, FIRST_ARGUMENT)));
        CallTarget constructNewTarget = target(realm, name, frame ->
                body.construct(() -> realm.objectFor(JSArguments.getNewTarget(frame)),
                        new Arguments(frame, FIRST_ARGUMENT + 1)));
        boolean isConstructor = true;
        boolean isStrict = true;
        boolean isBuiltin = true;
        boolean strictFunctionProperties = true;
        var data = JSFunctionData.create(context, call, construct, constructNewTarget, length,
                Strings.fromJavaString(name), isConstructor, false, isStrict, isBuiltin, false, false, false, false,
                strictFunctionProperties, false, false);
        return JSFunction.create(realm.realm(), data);
    }

    private static CallTarget target(Realm realm, String name, FrameBody body) {
        return new NativeFunction(realm.context().getLanguage(), JSFunction.BUILTIN_SOURCE_SECTION, name,
                realm.errorMapping(), body).getCallTarget();
    }

    @Override
    public Object execute(VirtualFrame frame) {
        return run(frame.getArguments());
    }

    @TruffleBoundary
    private Object run(Object[] frame) {
        try {
            return body.run(frame);
        } catch (Throwable problem) {
            throw errors.apply(problem);
        }
    }

    @Override
    public String getName() {
        return name;
    }

    // Makes the function appear in stack traces.
    @Override
    public boolean isFunction() {
        return true;
    }
}
