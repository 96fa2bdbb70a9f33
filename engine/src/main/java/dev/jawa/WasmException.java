package dev.jawa;

/**
 * An exception that WebAssembly code threw and did not catch.
 *
 * @see <a href="https://developer.mozilla.org/docs/WebAssembly/Reference/JavaScript_interface/Exception">MDN:
 *     WebAssembly.Exception</a>
 */
public final class WasmException extends WebAssemblyException {
    private static final long serialVersionUID = 1L;

    private final transient Tag tag;
    private final transient Object[] payload;

    WasmException(Tag tag, Object[] payload) {
        super("WebAssembly exception", null, true);
        this.tag = tag;
        this.payload = payload.clone();
    }

    /** What kind of exception it is. */
    public Tag tag() {
        return tag;
    }

    /** One of the values it carries. */
    public Object argument(int index) {
        return payload[java.util.Objects.checkIndex(index, payload.length)];
    }
}
