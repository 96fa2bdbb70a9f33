package dev.jawa;

import dev.jawa.model.AddressType;
import dev.jawa.model.ReferenceType;
import dev.jawa.model.ResizableLimits;
import dev.jawa.model.TableType;
import dev.jawa.runtime.TableInstance;

/**
 * A table of references.
 *
 * @see <a href="https://developer.mozilla.org/docs/WebAssembly/Reference/JavaScript_interface/Table">MDN:
 *     WebAssembly.Table</a>
 */
public sealed interface Table extends Extern permits TableInstance {
    /** A table of functions, all null, without a maximum. */
    static Table of(long initial) {
        return of(new TableType(AddressType.I32, ResizableLimits.of(initial), ReferenceType.FUNCREF), null);
    }

    /**
     * A table of any type.
     *
     * @param initial what each element is at first
     */
    static Table of(TableType type, Object initial) {
        return new TableInstance(type, initial);
    }

    /** Its type, with the size it has now as the minimum. */
    TableType type();

    /** How many elements it has. */
    long size();

    /**
     * An element: a {@link Function} of a function table, else any object; {@code null} for the null reference.
     *
     * @throws RuntimeError of the kind {@code TABLE_OUT_OF_BOUNDS}
     */
    Object element(long index);

    /**
     * Replaces an element.
     *
     * @throws RuntimeError of the kind {@code TABLE_OUT_OF_BOUNDS}, or {@code TYPE_MISMATCH} if the value is not of
     *     the table's element type
     */
    void element(long index, Object value);

    /**
     * Makes the table larger.
     *
     * @param delta by how many elements
     * @param value what the new elements are
     * @return the size before
     * @throws RuntimeError of the kind {@code OUT_OF_MEMORY} if it would pass its maximum or the engine's limit
     */
    long grow(long delta, Object value);
}
