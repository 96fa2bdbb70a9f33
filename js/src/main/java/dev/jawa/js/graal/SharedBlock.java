package dev.jawa.js.graal;

import com.oracle.truffle.js.runtime.JSAgentWaiterList;
import com.oracle.truffle.js.runtime.builtins.JSArrayBufferObject;
import com.oracle.truffle.js.runtime.builtins.JSSharedArrayBuffer;
import com.oracle.truffle.js.runtime.objects.JSDynamicObject;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * What a {@code SharedArrayBuffer} shares: its bytes, and the list of those who wait for one of them. Each realm has an
 * object of its own for it.
 */
public record SharedBlock(ByteBuffer bytes, JSAgentWaiterList waiters) {
    /** The block of a {@code SharedArrayBuffer}; empty for anything else. */
    public static Optional<SharedBlock> of(Object value) {
        return value instanceof JSArrayBufferObject.Shared shared
                ? Optional.of(new SharedBlock(shared.getByteBuffer(), shared.getWaiterList())) : Optional.empty();
    }

    /** An object for it in a realm. */
    public Object in(Realm realm) {
        JSDynamicObject object = JSSharedArrayBuffer.createSharedArrayBuffer(realm.context(), realm.realm(), bytes);
        JSSharedArrayBuffer.setWaiterList(object, waiters);
        return object;
    }
}
