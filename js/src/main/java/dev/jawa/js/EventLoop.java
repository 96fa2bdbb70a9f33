package dev.jawa.js;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The tasks that wait for JavaScript's thread: timers, and the results of work on other threads (HTML section 8.1.7).
 * It is used on that thread.
 */
public final class EventLoop implements TaskQueue {
    private record Timer(int id, long due, long order, long interval, Runnable action) {
    }

    /** How long after one another timers count as started at once, in nanoseconds. */
    private static final long SHORTLY = 5_000_000;

    private static final Executor BACKGROUND =
            task -> Thread.ofPlatform().daemon().name("jawa-background").start(task);

    private final LinkedBlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
    /** Background work whose task has not run yet. Only JavaScript's thread uses this and the timers. */
    private int pending;
    private final PriorityQueue<Timer> timers =
            new PriorityQueue<>(Comparator.comparingLong(Timer::due).thenComparingLong(Timer::order));
    private final Map<Integer, Timer> timersById = new HashMap<>();
    /** Timers that do not keep the program running. */
    private final Set<Integer> unreferenced = new HashSet<>();
    private int lastTimer;
    // What comes after the task that runs now, before any other.
    private final Queue<Runnable> ticks = new ArrayDeque<>();
    // A time that is not quite over: timers that are started shortly after one another are due in the order of their delays.
    private long now = System.nanoTime();
    private boolean ended;
    private long timerOrder;

    @Override
    public void post(Runnable task) {
        tasks.add(task);
    }

    /** Works on another thread, and keeps the program running until that has ended. */
    @Override
    public <T> void background(Work<T> work, Consumer<T> succeeded, Consumer<Throwable> failed) {
        pending++;
        BACKGROUND.execute(() -> {
            try {
                T result = work.run();
                end(() -> succeeded.accept(result));
            } catch (Throwable problem) {
                end(() -> failed.accept(problem));
            }
        });
    }

    /** Keeps the program running until as many have released it as hold it. */
    public void hold() {
        pending++;
    }

    /** The opposite of {@link #hold}. */
    public void release() {
        pending--;
    }

    private void end(Runnable task) {
        tasks.add(() -> {
            pending--;
            task.run();
        });
    }

    /**
     * Starts a timer.
     *
     * @param milliseconds until it is due; less than 1 means 1
     * @return its number, from 1
     */
    public int startTimer(Runnable action, double milliseconds, boolean repeats) {
        // As Node.js: what is out of range, or no number, is 1.
        double delay = milliseconds >= 1 && milliseconds <= Integer.MAX_VALUE ? milliseconds : 1;
        long interval = (long) (delay * 1_000_000);
        int id = ++lastTimer;
        long time = System.nanoTime();
        if (time - now > SHORTLY) {
            now = time;
        }
        add(new Timer(id, now + interval, timerOrder++, repeats ? interval : -1, action));
        return id;
    }

    private void add(Timer timer) {
        timers.add(timer);
        timersById.put(timer.id(), timer);
    }

    /** Stops a timer; of a number that is none, nothing. */
    public void stopTimer(int id) {
        Timer timer = timersById.remove(id);
        if (timer != null) {
            timers.remove(timer);
        }
        unreferenced.remove(id);
    }

    /** Says whether a timer keeps the program running; at first it does. */
    public void referTimer(int id, boolean keepsRunning) {
        if (keepsRunning) {
            unreferenced.remove(id);
        } else if (timersById.containsKey(id)) {
            unreferenced.add(id);
        }
    }

    /** Adds what is done after the task that runs now and before its microtasks ({@code process.nextTick}). */
    void tick(Runnable action) {
        ticks.add(action);
    }

    /** The next one, if there is one. */
    Optional<Runnable> nextTick() {
        return Optional.ofNullable(ticks.poll());
    }

    /** Whether there is one. */
    boolean hasTicks() {
        return !ticks.isEmpty();
    }

    /** The task that runs now is the last one. */
    void end() {
        ended = true;
    }

    /** Waits for the next task; empty when there will be none. */
    Optional<Runnable> next() {
        Optional<Runnable> next = ended ? Optional.empty() : await();
        now = System.nanoTime();
        return next;
    }

    private Optional<Runnable> await() {
        try {
            while (true) {
                Runnable task = tasks.poll();
                if (task != null) {
                    return Optional.of(task);
                }
                Timer timer = timersById.size() > unreferenced.size() || pending > 0 ? timers.peek() : null;
                if (timer != null) {
                    long wait = timer.due() - System.nanoTime();
                    if (wait <= 0) {
                        return Optional.of(fire(timers.poll()));
                    }
                    task = tasks.poll(wait, TimeUnit.NANOSECONDS);
                } else if (pending > 0) {
                    task = tasks.take();
                } else {
                    return Optional.empty();
                }
                if (task != null) {
                    return Optional.of(task);
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private Runnable fire(Timer timer) {
        timersById.remove(timer.id());
        if (timer.interval() >= 0) {
            // From when it is done, as in Node.js.
            add(new Timer(timer.id(), System.nanoTime() + timer.interval(), timerOrder++, timer.interval(),
                    timer.action()));
        } else {
            unreferenced.remove(timer.id());
        }
        return timer.action();
    }
}
