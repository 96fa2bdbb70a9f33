package dev.jawa.runtime;

/** Reads the globals that instances of a module have in fields; a class generated for the module does. */
public abstract class GlobalReader {
    /**
     * Reads them all.
     *
     * @param bits gets the raw bits of those that are numbers, by global index
     * @param references gets those that are references, and vectors as objects, by global index
     */
    public abstract void read(ModuleInstance instance, long[] bits, Object[] references);
}
