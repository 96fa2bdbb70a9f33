package dev.jawa.runtime.limits;

import dev.jawa.runtime.StackTraces;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MutableCallSite;

/**
 * How code of a module learns that it may have to stop. Its checks ask a call site whose answer is a constant, so that
 * compiled code has no checks at all; changing the answer makes the JVM throw that code away wherever it runs, and what
 * runs instead asks the instance.
 */
public final class Interruption {
    private static final MethodHandle NO = MethodHandles.constant(boolean.class, false);
    private static final MethodHandle YES = MethodHandles.constant(boolean.class, true);

    private final MutableCallSite site = new MutableCallSite(NO);
    // Made before it is needed: then the heap may be full.
    private final MutableCallSite[] sites = {site};
    private final MethodHandle requested = site.dynamicInvoker();
    private int requests;

    /** Says whether some instance of the module is to stop. */
    MethodHandle requested() {
        return requested;
    }

    /** For generated classes: the question of a module. */
    public static MethodHandle requested(long moduleNumber) {
        return StackTraces.module(moduleNumber).interruption().requested();
    }

    /** One more store wants its code to stop. */
    synchronized void request() {
        if (requests++ == 0) {
            answer(YES);
        }
    }

    /** One less. */
    synchronized void done() {
        if (--requests == 0) {
            answer(NO);
        }
    }

    private void answer(MethodHandle constant) {
        site.setTarget(constant);
        MutableCallSite.syncAll(sites);
    }
}
