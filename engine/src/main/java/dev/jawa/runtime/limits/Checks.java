package dev.jawa.runtime.limits;

/** What code looks at while it runs. There is a version of a module's classes for each that is used. */
public enum Checks {
    /** Nothing. */
    NONE,
    /** Whether it is to stop: at the beginning of functions and of each round of a loop. */
    INTERRUPTIBLE,
    /** That, and how many instructions it may still execute. */
    METERED
}
