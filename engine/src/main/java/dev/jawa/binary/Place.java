package dev.jawa.binary;

import dev.jawa.CompileError;

/** A place in a module that is being read, to which errors belong. */
@FunctionalInterface
public interface Place {
    /** An error at this place. */
    CompileError error(String reason);
}
