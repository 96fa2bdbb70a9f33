package dev.jawa.wasi.preview1;

import dev.jawa.Instance;
import dev.jawa.Memory;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * What the functions of one process share.
 *
 * @param arguments the first is the program's name
 * @param environment as {@code NAME=VALUE}
 * @param realTime the clock on the wall
 * @param monotonicTime in nanoseconds, from anywhere
 * @param givenMemory what is asked for the guest's memory; else that is what the calling instance exports
 */
public record Process(List<String> arguments, List<String> environment, InstantSource realTime,
        LongSupplier monotonicTime, RandomGenerator random, DescriptorTable descriptors,
        Optional<Supplier<Memory>> givenMemory) {
    static final int REALTIME = 0;
    static final int MONOTONIC = 1;
    static final int PROCESS_CPU_TIME = 2;
    static final int THREAD_CPU_TIME = 3;

    /** Lists are copied. */
    public Process {
        arguments = List.copyOf(arguments);
        environment = List.copyOf(environment);
    }

    /** The same process, its memory asked for at every call. */
    public Process withMemory(Supplier<Memory> memory) {
        return new Process(arguments, environment, realTime, monotonicTime, random, descriptors, Optional.of(memory));
    }

    GuestMemory memory(Instance caller) {
        return givenMemory.map(memory -> new GuestMemory(memory.get())).orElseGet(() -> GuestMemory.of(caller));
    }
}
