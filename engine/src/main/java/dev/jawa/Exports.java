package dev.jawa;

import java.util.Map;

/**
 * What an instance exports, by name.
 *
 * <p>Asking for a name that is not exported, or is something else, is a {@link LinkError} that says what there is.
 *
 * @see <a href="https://developer.mozilla.org/docs/WebAssembly/Reference/JavaScript_interface/Instance/exports">MDN:
 *     WebAssembly.Instance.exports</a>
 */
public interface Exports {
    /** The exported function of this name. */
    Function function(String name);

    /** The exported memory of this name. */
    Memory memory(String name);

    /** The exported table of this name. */
    Table table(String name);

    /** The exported global of this name. */
    Global global(String name);

    /** The exported tag of this name. */
    Tag tag(String name);

    /** All exports in the order of the module; unmodifiable. */
    Map<String, Extern> all();

    /**
     * A typed view: an object whose methods are the exports of the same names.
     *
     * <p>A method with parameters, or whose name is that of an exported function, calls the function: its parameter
     * and return types are those of {@link Function#methodHandle()}, with a record or a list for several results.
     * A method without parameters that returns {@link Memory}, {@link Table}, {@link Global}, {@link Tag} or
     * {@link Function} gives the export itself. Default methods keep their bodies.
     *
     * {@snippet class="dev.jawa.TutorialTest" region="interface"}
     * {@snippet class="dev.jawa.TutorialTest" region="view"}
     *
     * <p>Calls through a public interface in an exported package are as fast as calls of Java methods; through any
     * other interface they go by reflection, and a checked exception of a host function that the method does not
     * declare comes as the cause of an {@link java.lang.reflect.UndeclaredThrowableException}.
     *
     * @param <T> the interface
     * @param type an interface that is not sealed
     * @return an object of the interface
     * @throws LinkError that lists every method that does not fit the module
     */
    <T> T as(Class<T> type);
}
