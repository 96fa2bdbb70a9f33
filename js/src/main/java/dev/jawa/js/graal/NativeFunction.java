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
    private static final SourceSection HIDDEN_SECTION = JSFunction.createBuiltinSourceSection("host");
    private static final int FIRST_ARGUMENT = JSArguments.RUNTIME_ARGUMENT_COUNT;

    /** Gets GraalJS's frame arguments: the receiver, the function, perhaps new.target, the arguments. */
    @FunctionalInterface
    private interface FrameBody {
        Object run(Object[] frame);
    }

    /** How a function appears in stack traces. */
    private enum Visibility {
        /** As itself. */
        SHOWN,
        /** As what it calls that is not JavaScript, if anything: see {@link ForeignFrames}. */
        ENTRY,
        /** Not at all. */
        HIDDEN
    }

    private final String name;
    private final Visibility visibility;
    private final FrameBody body;
    private final Function<Throwable, RuntimeException> errors;

    private NativeFunction(JavaScriptLanguage language, Visibility visibility, String name,
            Function<Throwable, RuntimeException> errors, FrameBody body) {
        super(language, visibility == Visibility.HIDDEN ? HIDDEN_SECTION : JSFunction.BUILTIN_SOURCE_SECTION);
        this.name = name;
        this.visibility = visibility;
        this.body = body;
        this.errors = errors;
    }

    /** A function that is no constructor. */
    static JSFunctionObject function(Realm realm, String name, int length, NativeBody body) {
        return function(realm, Visibility.SHOWN, name, length, frame ->
                body.call(JSArguments.getThisObject(frame), new Arguments(frame, FIRST_ARGUMENT)));
    }

    /** A function that is the way into code that is not JavaScript. */
    static JSFunctionObject entry(Realm realm, String name, int length, Function<Arguments, Object> body) {
        return function(realm, Visibility.ENTRY, name, length, frame ->
                body.apply(new Arguments(frame, FIRST_ARGUMENT)));
    }

    /** A function that does not appear in stack traces. */
    static JSFunctionObject helper(Realm realm, String name, Function<Arguments, Object> body) {
        return function(realm, Visibility.HIDDEN, name, 0, frame -> body.apply(new Arguments(frame, FIRST_ARGUMENT)));
    }

    private static JSFunctionObject function(Realm realm, Visibility visibility, String name, int length,
            FrameBody body) {
        JSContext context = realm.context();
        var root = new NativeFunction(context.getLanguage(), visibility, name, realm.errorMapping(), body);
        var data = JSFunctionData.createCallOnly(context, root.getCallTarget(), length, Strings.fromJavaString(name));
        return JSFunction.create(realm.realm(), data);
    }

    /** A constructor that must be called with {@code new}; its {@code prototype} is still to be defined. */
    static JSFunctionObject constructor(Realm realm, String name, int length, ConstructorBody body) {
        JSContext context = realm.context();
        CallTarget call = target(realm, name, _ -> {
            throw realm.typeError("WebAssembly." + name + " must be invoked with 'new'");
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
        return new NativeFunction(realm.context().getLanguage(), Visibility.SHOWN, name, realm.errorMapping(), body)
                .getCallTarget();
    }

    @Override
    public Object execute(VirtualFrame frame) {
        Object[] arguments = frame.getArguments();
        return visibility == Visibility.HIDDEN ? run(arguments) : runVisibly(arguments);
    }

    @TruffleBoundary
    private Object runVisibly(Object[] frame) {
        return run(frame);
    }

    @TruffleBoundary
    private Object run(Object[] frame) {
        try {
            return body.run(frame);
        } catch (Throwable problem) {
            throw errors.apply(problem);
        }
    }

    /** Whether an element of a Java stack trace is the call of a function that JavaScript's stack traces show. */
    static boolean isVisibleCall(StackTraceElement element) {
        return element.getMethodName().equals("runVisibly")
                && element.getClassName().equals(NativeFunction.class.getName());
    }

    /** Whether it is left out of stack traces where there are frames of what it called. */
    boolean isEntry() {
        return visibility == Visibility.ENTRY;
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
