package dev.jawa.js.webassembly;

import dev.jawa.WasmException;
import dev.jawa.js.graal.Realm;
import dev.jawa.model.ReferenceType;
import dev.jawa.runtime.HostExceptions;
import dev.jawa.runtime.TagInstance;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Exceptions between JavaScript and WebAssembly. What JavaScript throws is an exception of the JavaScript exception
 * tag, unless it is an {@code Exception}: then it is the exception behind that (section "JavaScript exceptions").
 */
final class ExceptionCrossing {
    private final Realm realm;
    private final ObjectCaches objects;
    private final Conversions conversions;
    private final TagInstance javaScriptTag;

    ExceptionCrossing(Realm realm, ObjectCaches objects, Conversions conversions) {
        this.realm = realm;
        this.objects = objects;
        this.conversions = conversions;
        this.javaScriptTag = new TagInstance(new ThrownValues());
    }

    /** The JavaScript exception tag. */
    TagInstance javaScriptTag() {
        return javaScriptTag;
    }

    /** Calls WebAssembly from JavaScript. */
    <T> T enter(Supplier<T> call) {
        try {
            return call.get();
        } catch (WasmException exception) {
            throw thrown(exception);
        }
    }

    /** What JavaScript is thrown for an exception that leaves WebAssembly. */
    RuntimeException thrown(WasmException exception) {
        return realm.thrown(objects.exceptionObject(exception));
    }

    /** Calls JavaScript from WebAssembly. */
    Object leave(Supplier<Object> call) {
        try {
            return call.get();
        } catch (RuntimeException problem) {
            Optional<WasmException> exception = Realm.thrownByScript(problem).flatMap(objects.exception::in);
            throw exception.isPresent() ? exception.get() : problem;
        }
    }

    private final class ThrownValues implements HostExceptions {
        @Override
        public Object reference(Throwable thrown) {
            return conversions.toWebAssembly(realm.thrownValue(thrown), ReferenceType.EXTERNREF);
        }

        @Override
        public Throwable throwable(Object reference) {
            return realm.thrown(conversions.toJs(reference, ReferenceType.EXTERNREF));
        }
    }
}
