package dev.jawa.js.graal;

import com.oracle.js.parser.ir.Module.ImportPhase;
import com.oracle.js.parser.ir.Module.ModuleRequest;
import com.oracle.truffle.api.exception.AbstractTruffleException;
import com.oracle.truffle.js.runtime.GraalJSException;
import com.oracle.truffle.js.runtime.JSAgent;
import com.oracle.truffle.js.runtime.JSConfig;
import com.oracle.truffle.js.runtime.JSContext;
import com.oracle.truffle.js.runtime.JSException;
import com.oracle.truffle.js.runtime.JSRealm;
import com.oracle.truffle.js.runtime.JSRuntime;
import com.oracle.truffle.js.runtime.Strings;
import com.oracle.truffle.js.runtime.Symbol;
import com.oracle.truffle.js.runtime.UserScriptException;
import com.oracle.truffle.js.runtime.builtins.JSArrayBuffer;
import com.oracle.truffle.js.runtime.builtins.JSDictionary;
import com.oracle.truffle.js.runtime.builtins.JSError;
import com.oracle.truffle.js.runtime.builtins.JSErrorObject;
import com.oracle.truffle.js.runtime.builtins.JSOrdinary;
import com.oracle.truffle.js.runtime.builtins.JSPromise;
import com.oracle.truffle.js.runtime.builtins.JSPromiseObject;
import com.oracle.truffle.js.runtime.objects.AbstractModuleRecord;
import com.oracle.truffle.js.runtime.objects.IteratorRecord;
import com.oracle.truffle.js.runtime.objects.JSDynamicObject;
import com.oracle.truffle.js.runtime.objects.JSObject;
import com.oracle.truffle.js.runtime.objects.PropertyDescriptor;
import com.oracle.truffle.js.runtime.objects.Undefined;
import dev.jawa.runtime.continuation.HandOver;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.graalvm.polyglot.Context;

/**
 * A JavaScript realm (ECMA-262 section 9.3) and what a host does with it: makes objects, functions, errors and
 * promises, and runs code. All of it on the thread that opened the realm.
 */
public final class Realm implements AutoCloseable {
    private final GraalContext graal;
    private final JSRealm realm;
    private final JSContext context;
    private final Function<Throwable, RuntimeException> errorMapping;
    private final Rejections rejections;
    private final OpaqueObjects opaqueObjects;
    private final Object promiseConstructor;
    private final Object promiseWithResolvers;
    private final Object promiseResolve;
    private final Object promiseThen;

    private Realm(GraalContext graal, BiFunction<Realm, Throwable, RuntimeException> errorMapping,
            Rejections rejections) {
        this.graal = graal;
        this.realm = graal.realm();
        this.context = realm.getContext();
        this.errorMapping = problem -> mapError(errorMapping, problem);
        this.rejections = rejections;
        this.opaqueObjects = new OpaqueObjects(this);
        HandOver.set(new RealmHandOver(realm.getEnv().getContext()));
        // Kept, so that a program that changes them does not change the host.
        this.promiseConstructor = realm.getPromiseConstructor();
        this.promiseWithResolvers = get(promiseConstructor, "withResolvers");
        this.promiseResolve = get(promiseConstructor, "resolve");
        this.promiseThen = get(realm.getPromisePrototype(), "then");
    }

    /**
     * A new realm, whose thread is the current one until it is closed.
     *
     * @param errorMapping what JavaScript is to see in place of an exception of Java that leaves a function of the host
     */
    public static Realm open(BiFunction<Realm, Throwable, RuntimeException> errorMapping) {
        var opened = new Realm(GraalContext.enter(), errorMapping, new Rejections());
        // As in Node.js, where the main thread may wait too.
        opened.realm.getAgent().setCanBlock(true);
        opened.context.setPromiseRejectionTracker(opened.realm.getAgent(), opened.rejections);
        return opened;
    }

    /**
     * Does something in the realm of a context that belongs to somebody else, and stays as it is.
     *
     * @param errorMapping as in {@link #open}
     */
    public static void within(Context context, BiFunction<Realm, Throwable, RuntimeException> errorMapping,
            Consumer<Realm> action) {
        context.initialize("js");
        context.enter();
        try {
            action.accept(new Realm(GraalContext.current(context), errorMapping, new Rejections()));
        } finally {
            context.leave();
        }
    }

    /** Makes {@code import} find what the host finds; to be called before any module is loaded. */
    public void modules(Modules modules) {
        context.setImportMetaInitializer(new ImportMeta(this, modules));
        ModuleLoader.install(realm, modules);
    }

    @Override
    public void close() {
        HandOver.set(HandOver.NONE);
        graal.close();
    }

    /** Interrupts what runs in it, from another thread; it can be used afterwards. */
    public void interrupt() {
        graal.interrupt();
    }

    /** Stops what runs in it, from another thread; it cannot be used any more. */
    public void cancel() {
        graal.cancel();
    }

    JSRealm realm() {
        return realm;
    }

    JSContext context() {
        return context;
    }

    Function<Throwable, RuntimeException> errorMapping() {
        return errorMapping;
    }

    // Exceptions that carry JavaScript values go on as they are, and so does what ends the program.
    private RuntimeException mapError(BiFunction<Realm, Throwable, RuntimeException> mapping, Throwable problem) {
        if (problem instanceof AbstractTruffleException exception) {
            return exception;
        }
        return mapping.apply(this, problem);
    }

    /**
     * The namespace of an ES module, which is loaded and run before this returns; empty if it or what it imports waits
     * at its top level.
     *
     * @param specifier as in an {@code import} of the host
     * @throws RuntimeException what the module throws
     */
    public Optional<Object> importNow(String specifier) {
        AbstractModuleRecord module = realm.getModuleLoader()
                .resolveImportedModule(null, ModuleRequest.create(Strings.fromJavaString(specifier)));
        module.loadRequestedModulesSync(realm, Undefined.instance);
        module.link(realm);
        JSPromiseObject evaluation = module.evaluate(realm);
        if (JSPromise.isPending(evaluation)) {
            return Optional.empty();
        }
        JSPromise.throwIfRejected(evaluation, realm);
        return Optional.of(module.getModuleNamespace(ImportPhase.Evaluation));
    }

    // Objects and properties

    /** The global object. */
    public Object globalObject() {
        return realm.getGlobalObject();
    }

    /** {@code {}}. */
    public Object newObject() {
        return JSOrdinary.create(context, realm);
    }

    /** {@code Object.create(prototype)}. */
    public Object newObject(Object prototype) {
        return JSOrdinary.create(context, realm, (JSDynamicObject) prototype);
    }

    /** {@code Object.create(null)}. */
    public Object newObjectWithoutPrototype() {
        return JSOrdinary.createWithNullPrototype(context);
    }

    /**
     * An object without a prototype that gets a number of properties: with many, GraalJS would make a shape for each of
     * them, and freezing the object would take a time that is quadratic in their number.
     */
    public Object newObjectWithoutPrototype(int properties) {
        JSObject object = JSOrdinary.createWithNullPrototype(context);
        if (properties > JSConfig.DictionaryObjectTransitionThreshold) {
            JSDictionary.makeDictionaryObject(object, "many properties");
        }
        return object;
    }

    /**
     * An object without properties around something of the host, which {@link OpaqueObjects#contentOf} gives.
     *
     * @param prototype of the object; empty for none
     */
    public Object newOpaqueObject(Object content, Optional<Object> prototype) {
        return opaqueObjects.create(content, prototype);
    }

    /** An object with the prototype that {@code new newTarget} gives. */
    Object objectFor(Object newTarget) {
        return newObject(JSObject.get((JSDynamicObject) newTarget, JSObject.PROTOTYPE));
    }

    /** An array. */
    public Object newArray(List<?> elements) {
        return JSRuntime.createArrayFromList(context, realm, elements);
    }

    /** A new {@code ArrayBuffer} that holds an array, which is not copied. */
    public Object newArrayBuffer(byte[] bytes) {
        return JSArrayBuffer.createArrayBuffer(context, realm, bytes);
    }

    /** {@code Object.getPrototypeOf(object)}. */
    public Object prototype(Object object) {
        return JSObject.getPrototype((JSDynamicObject) object);
    }

    /** {@code Object.setPrototypeOf(object, prototype)}. */
    public void setPrototype(Object object, Object prototype) {
        JSObject.setPrototype((JSDynamicObject) object, (JSDynamicObject) prototype);
    }

    /** Reads a property. */
    public Object get(Object object, String name) {
        return JSObject.get((JSDynamicObject) object, Values.string(name));
    }

    /** Sets a property. */
    public void set(Object object, String name, Object value) {
        JSObject.set((JSDynamicObject) object, Values.string(name), value);
    }

    /** Defines a property that is writable, enumerable and configurable. */
    public void define(Object object, String name, Object value) {
        defineData(object, Values.string(name), value, true, true, true);
    }

    /** Defines a property that is writable and configurable, but not enumerable. */
    public void defineHidden(Object object, String name, Object value) {
        defineData(object, Values.string(name), value, true, false, true);
    }

    /** Defines {@code Symbol.toStringTag}. */
    public void defineToStringTag(Object object, String tag) {
        defineData(object, Symbol.SYMBOL_TO_STRING_TAG, Values.string(tag), false, false, true);
    }

    void defineData(Object object, Object key, Object value, boolean writable, boolean enumerable,
            boolean configurable) {
        JSObject.defineOwnProperty((JSDynamicObject) object, key,
                PropertyDescriptor.createData(value, enumerable, writable, configurable));
    }

    /** Removes a property. */
    public void delete(Object object, String name) {
        JSObject.delete((JSDynamicObject) object, Values.string(name));
    }

    /** Defines an accessor that is enumerable and configurable; {@code setter} may be {@link Values#UNDEFINED}. */
    public void defineAccessor(Object object, String name, Object getter, Object setter) {
        JSObject.defineOwnProperty((JSDynamicObject) object, Values.string(name),
                PropertyDescriptor.createAccessor(getter, setter, true, true));
    }

    /** Defines a writable and configurable property whose value is made when somebody first reads it. */
    public void defineLazy(Object object, String name, boolean enumerable, Supplier<Object> maker) {
        Object key = Values.string(name);
        Object getter = helper("get " + name, _ -> {
            Object value = maker.get();
            defineData(object, key, value, true, enumerable, true);
            return value;
        });
        Object setter = helper("set " + name, arguments -> {
            defineData(object, key, arguments.get(0), true, enumerable, true);
            return Values.UNDEFINED;
        });
        JSObject.defineOwnProperty((JSDynamicObject) object, key,
                PropertyDescriptor.createAccessor(getter, setter, enumerable, true));
    }

    /** {@code Object.freeze(object)}. */
    public void freeze(Object object) {
        ((JSObject) object).setIntegrityLevel(true, true);
    }

    // Functions

    /** A function of the host that is no constructor. */
    public Object function(String name, int length, NativeBody body) {
        return NativeFunction.function(this, name, length, body);
    }

    /** A function that is the way into code that is not JavaScript: that is what stack traces show in its place. */
    public Object entry(String name, int length, Function<Arguments, Object> body) {
        return NativeFunction.entry(this, name, length, body);
    }

    /** A function for the scripts of the host; it does not appear in stack traces. */
    public Object helper(String name, Function<Arguments, Object> body) {
        return NativeFunction.helper(this, name, body);
    }

    /** Calls a function. */
    public Object call(Object function, Object self, Object... arguments) {
        return JSRuntime.call(function, self, arguments);
    }

    /** {@code new constructor(arguments)}. */
    public Object construct(Object constructor, Object... arguments) {
        return JSRuntime.construct(constructor, arguments);
    }

    /** The version of GraalJS. */
    public static String version() {
        return GraalContext.version();
    }

    /**
     * What an iterable gives (ECMA-262 section 7.4, GetMethod, GetIteratorFromMethod and IteratorToList).
     */
    public List<Object> iterate(Object iterable) {
        Object method = JSRuntime.isNullOrUndefined(iterable) ? Undefined.instance
                : JSRuntime.get(JSRuntime.toObject(iterable), Symbol.SYMBOL_ITERATOR);
        if (!JSRuntime.isCallable(method)) {
            throw typeError(Values.toDisplayString(iterable) + " is not iterable");
        }
        Object iteratorObject = JSRuntime.call(method, iterable, new Object[0]);
        if (!JSRuntime.isObject(iteratorObject)) {
            throw typeError(Values.toDisplayString(iteratorObject) + " is no iterator");
        }
        IteratorRecord iterator = IteratorRecord.create(iteratorObject, get(iteratorObject, "next"));
        var list = new ArrayList<Object>();
        for (Object step; (step = JSRuntime.iteratorStep(iterator)) != Boolean.FALSE;) {
            list.add(JSRuntime.iteratorValue(step));
        }
        return list;
    }

    // Errors

    /** The constructor of an error class. */
    public Object errorConstructor(ErrorType type) {
        return realm.getErrorConstructor(type.type);
    }

    /** An exception that throws a new error. */
    public RuntimeException error(ErrorType type, String message) {
        return JSException.create(type.type, message);
    }

    /** An exception that throws a new {@code TypeError}. */
    public RuntimeException typeError(String message) {
        return error(ErrorType.TYPE_ERROR, message);
    }

    /** An exception that throws a new {@code RangeError}. */
    public RuntimeException rangeError(String message) {
        return error(ErrorType.RANGE_ERROR, message);
    }

    /** An exception that throws a value. */
    public RuntimeException thrown(Object value) {
        return UserScriptException.create(value);
    }

    /** An exception that throws a new {@code Error} with a {@code code}, as the functions of Node.js do. */
    public RuntimeException errorWithCode(ErrorType type, String code, String message) {
        Object error = newError(type, message);
        define(error, "code", Values.string(code));
        return thrown(error);
    }

    /** A new error object. */
    public Object newError(ErrorType type, String message) {
        return JSError.create(type.type, realm, Values.string(message));
    }

    /**
     * A new error object whose stack trace also shows frames that are not JavaScript's.
     *
     * @param trace the Java stack trace of where it happened
     * @param toText a frame that is to be shown, as text; empty for all others
     */
    public Object newError(ErrorType type, String message, StackTraceElement[] trace,
            Function<StackTraceElement, Optional<String>> toText) {
        JSErrorObject error = JSError.create(type.type, realm, Values.string(message));
        JSError.setFormattedStack(error, Values.string(ForeignFrames.stack(this, error, trace, toText)));
        return error;
    }

    /** The JavaScript value that an exception throws; any exception of Java is mapped first. */
    public Object thrownValue(Throwable problem) {
        RuntimeException mapped = errorMapping.apply(problem);
        if (!(mapped instanceof GraalJSException exception)) {
            return Values.string(String.valueOf(mapped.getMessage()));
        }
        // GraalJS would collect the stack when it is first asked for, with frames of those who ask.
        exception.getJSStackTrace();
        return exception.getErrorObject();
    }

    /** The value that a {@code throw} statement threw; empty for all other exceptions. */
    public static Optional<Object> thrownByScript(Throwable problem) {
        return problem instanceof UserScriptException exception ? Optional.of(exception.getErrorObject())
                : Optional.empty();
    }

    // Promises and tasks

    /** A new promise. */
    public PromiseHandle newPromise() {
        return new PromiseHandle(JSRuntime.call(promiseWithResolvers, promiseConstructor, new Object[0]));
    }

    /** A promise that follows a value: the value itself if it is a promise. */
    public Object promiseResolve(Object value) {
        return JSRuntime.call(promiseResolve, promiseConstructor, new Object[] {value});
    }

    /** What happens when a promise is settled. */
    @FunctionalInterface
    public interface Reaction {
        void settled(Object value);
    }

    /** Reacts to a promise (Web IDL, "react"). */
    public void react(Object promise, Reaction fulfilled, Reaction rejected) {
        JSRuntime.call(promiseThen, promise, new Object[] {reaction(fulfilled), reaction(rejected)});
    }

    private Object reaction(Reaction reaction) {
        return helper("", arguments -> {
            reaction.settled(arguments.get(0));
            return Values.UNDEFINED;
        });
    }

    /** Queues a task of the host as a microtask. */
    public void queueMicrotask(Runnable task) {
        // By the context, which else takes the queue for empty for ever.
        context.enqueuePromiseJob(realm, NativeFunction.helper(this, "", _ -> {
            task.run();
            return Values.UNDEFINED;
        }));
    }

    /** Queues a microtask. */
    public void queueMicrotask(Object callback) {
        Runnable bound = new AsyncValues(this).bind(() -> call(callback, Values.UNDEFINED));
        context.enqueuePromiseJob(realm, NativeFunction.helper(this, "", _ -> {
            bound.run();
            return Values.UNDEFINED;
        }));
    }

    /**
     * Runs a task of the event loop, then what is to follow before its microtasks, then all microtasks.
     *
     * @param following gives what is to follow, one by one
     * @throws RuntimeException what the task, what follows or a microtask throws
     */
    public void runTask(Runnable task, Supplier<Optional<Runnable>> following) {
        JSAgent agent = realm.getAgent();
        agent.interopBoundaryEnter();
        try {
            task.run();
            for (Optional<Runnable> next; (next = following.get()).isPresent();) {
                next.get().run();
            }
        } finally {
            if (agent.interopBoundaryExit()) {
                agent.processAllPromises(true);
            }
        }
    }

    /** A promise that was rejected, and why. */
    public record Rejection(Object promise, Object reason) {
    }

    /** A promise that was rejected, and by the end of the last task not handled. */
    public Optional<Rejection> takeUnhandledRejection() {
        return rejections.take();
    }
}
