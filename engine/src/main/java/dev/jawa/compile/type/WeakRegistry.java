package dev.jawa.compile.type;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Class loaders by numbers, which the names of their classes hold, as long as somebody else holds them. */
public final class WeakRegistry {
    private final AtomicLong last = new AtomicLong();
    private final ConcurrentHashMap<Long, Registered> loaders = new ConcurrentHashMap<>();
    private final ReferenceQueue<ClassLoader> forgotten = new ReferenceQueue<>();

    private static final class Registered extends WeakReference<ClassLoader> {
        private final long number;

        Registered(ClassLoader loader, long number, ReferenceQueue<ClassLoader> queue) {
            super(loader, queue);
            this.number = number;
        }
    }

    /** Gives a loader its number. */
    long add(ClassLoader loader) {
        for (var old = (Registered) forgotten.poll(); old != null; old = (Registered) forgotten.poll()) {
            loaders.remove(old.number);
        }
        long number = last.incrementAndGet();
        loaders.put(number, new Registered(loader, number, forgotten));
        return number;
    }

    /** Loads a class from the loader that has the number at {@code start} of the class's name. */
    Class<?> load(String binaryName, int start) throws ClassNotFoundException {
        int end = start;
        while (end < binaryName.length() && Character.isDigit(binaryName.charAt(end))) {
            end++;
        }
        Registered registered = end == start ? null : loaders.get(Long.parseLong(binaryName, start, end, 10));
        ClassLoader loader = registered == null ? null : registered.get();
        if (loader == null) {
            throw new ClassNotFoundException(binaryName);
        }
        return loader.loadClass(binaryName);
    }
}
