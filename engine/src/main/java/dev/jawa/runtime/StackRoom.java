package dev.jawa.runtime;

/**
 * Whether there is room on the stack. A class that is initialized where there is none can never be used again, in the
 * whole JVM: so what may initialize classes asks before, where guests may have come to the end of the stack.
 */
public final class StackRoom {
    /** Calls whose arguments alone take some 60 KB. */
    private static final int CALLS = 300;

    private StackRoom() {
    }

    /** Whether there is room for some 60 KB. */
    public static boolean isLeft() {
        try {
            require();
            return true;
        } catch (StackOverflowError _) {
            return false;
        }
    }

    /** @throws StackOverflowError unless there is room for some 60 KB */
    public static void require() {
        use(CALLS, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24);
    }

    private static long use(int calls, long a, long b, long c, long d, long e, long f, long g, long h, long i, long j,
            long k, long l, long m, long n, long o, long p, long q, long r, long s, long t, long u, long v, long w,
            long x) {
        return calls == 0 ? a : 1 + use(calls - 1, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s, t, u, v, w, x,
                a);
    }
}
