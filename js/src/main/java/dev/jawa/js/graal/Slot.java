package dev.jawa.js.graal;

import com.oracle.truffle.api.object.HiddenKey;
import com.oracle.truffle.js.runtime.objects.JSDynamicObject;
import com.oracle.truffle.js.runtime.objects.JSObject;
import com.oracle.truffle.js.runtime.objects.JSObjectUtil;
import java.util.Optional;

/**
 * An internal slot, as specifications write them in double brackets: a place in JavaScript objects for something of
 * the host, which JavaScript cannot see. Only an object that was given the slot has it; a {@code Proxy} of it has not.
 *
 * @param <T> what it holds
 */
public final class Slot<T> {
    private final HiddenKey key;
    private final Class<T> type;

    /** A slot of its own, whatever its name. */
    public Slot(String name, Class<T> type) {
        this.key = new HiddenKey(name);
        this.type = type;
    }

    /** What the slot of a value holds; empty if the value is no object with this slot. */
    public Optional<T> in(Object value) {
        if (!(value instanceof JSObject object)) {
            return Optional.empty();
        }
        return Optional.ofNullable(type.cast(JSObjectUtil.getHiddenProperty(object, key)));
    }

    /** Gives an object the slot, or the slot another content. */
    public void set(Object object, T content) {
        JSObjectUtil.putHiddenProperty((JSDynamicObject) object, key, content);
    }
}
