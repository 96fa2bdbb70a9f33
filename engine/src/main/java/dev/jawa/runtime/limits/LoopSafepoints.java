package dev.jawa.runtime.limits;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;

/**
 * Whether HotSpot can stop loops that count an {@code int}. With the serial and the parallel collector it compiles them
 * without a place for that, unless an option says otherwise.
 */
public final class LoopSafepoints {
    /** The launcher sets the option, and says here that it did. */
    private static final String PROPERTY = "dev.jawa.loopSafepoints";
    private static final String OPTION = "UseCountedLoopSafepoints";

    private LoopSafepoints() {
    }

    /** Asked once. */
    private static final class Answer {
        static final boolean KEPT = Boolean.getBoolean(PROPERTY) || isOptionSet();
    }

    /** Whether there are any. */
    public static boolean areKept() {
        return Answer.KEPT;
    }

    private static boolean isOptionSet() {
        try {
            var bean = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
            return bean != null && Boolean.parseBoolean(bean.getVMOption(OPTION).getValue());
        } catch (LinkageError | IllegalArgumentException _) {
            // A runtime without the module, or another JVM: better too many checks than too few.
            return false;
        }
    }
}
