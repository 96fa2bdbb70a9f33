package dev.jawa.js.graal;

import com.oracle.truffle.api.object.Shape;
import com.oracle.truffle.api.strings.TruffleString;
import com.oracle.truffle.js.runtime.Errors;
import com.oracle.truffle.js.runtime.JSContext;
import com.oracle.truffle.js.runtime.Strings;
import com.oracle.truffle.js.runtime.ToDisplayStringFormat;
import com.oracle.truffle.js.runtime.builtins.wasm.JSWebAssemblyExportedGC;
import com.oracle.truffle.js.runtime.objects.JSClassObject;
import com.oracle.truffle.js.runtime.objects.Null;
import java.util.Optional;

/**
 * An exotic object around something of the host: without prototype or properties, and it refuses every change. Its
 * internal methods are those of an Exported GC Object (JS API, "Garbage Collected Objects"), which GraalJS has.
 */
public final class OpaqueObject extends JSClassObject {
    private final Object content;

    private OpaqueObject(Shape shape, Object content) {
        super(shape, Null.instance);
        this.content = content;
    }

    static OpaqueObject create(JSContext context, Object content) {
        return new OpaqueObject(JSWebAssemblyExportedGC.INSTANCE.makeInitialShape(context, Null.instance), content);
    }

    /** What a value is around; empty for anything but such an object. */
    public static Optional<Object> contentOf(Object value) {
        return value instanceof OpaqueObject object ? Optional.of(object.content) : Optional.empty();
    }

    @Override
    public boolean isExtensible() {
        return false;
    }

    @Override
    public boolean preventExtensions(boolean doThrow) {
        if (doThrow) {
            throw Errors.createTypeError("A WebAssembly object cannot be made non-extensible, frozen or sealed");
        }
        return false;
    }

    @Override
    public TruffleString getClassName() {
        return Strings.UC_OBJECT;
    }

    @Override
    public TruffleString toDisplayStringImpl(boolean allowSideEffects, ToDisplayStringFormat format, int depth) {
        return getClassName();
    }
}
