package dev.jawa;

/**
 * A module cannot be instantiated because an import is missing or of another type than the module wants.
 *
 * @see <a href="https://developer.mozilla.org/docs/WebAssembly/Reference/JavaScript_interface/LinkError">MDN:
 *     WebAssembly.LinkError</a>
 */
public final class LinkError extends WebAssemblyException {
    private static final long serialVersionUID = 1L;

    /** An error that says which import and what is wrong with it. */
    public LinkError(String message) {
        super(message, null, true);
    }
}
