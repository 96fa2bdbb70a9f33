package dev.jawa.runtime.limits;

/** How much of something there may be in all, and how much there is. Several threads may ask. */
final class Allowance {
    private final String what;
    private long limit;
    private long used;

    /**
     * An allowance of which nothing is used.
     *
     * @param what in words, as {@code "all memories together may have %s bytes"}
     * @param limit {@code Long.MAX_VALUE} for none
     */
    Allowance(String what, long limit) {
        this.what = what;
        this.limit = limit;
    }

    synchronized boolean take(long amount) {
        // Amounts are not negative, and what is used is never above the limit but after a join.
        if (amount > limit - used) {
            return false;
        }
        used += amount;
        return true;
    }

    synchronized void give(long amount) {
        used -= amount;
    }

    /** Takes over another one's: the smaller limit holds for what both have used. */
    void join(Allowance other) {
        long otherLimit = other.limit();
        long otherUsed = other.used();
        synchronized (this) {
            limit = Math.min(limit, otherLimit);
            used = saturated(used, otherUsed);
        }
    }

    private static long saturated(long a, long b) {
        return a > Long.MAX_VALUE - b ? Long.MAX_VALUE : a + b;
    }

    private synchronized long limit() {
        return limit;
    }

    synchronized long used() {
        return used;
    }

    /** Whether so much would be allowed if it were all. */
    synchronized boolean isWithin(long amount) {
        return amount <= limit;
    }

    /** The limit, in words. */
    @Override
    public synchronized String toString() {
        return what.formatted(limit);
    }
}
