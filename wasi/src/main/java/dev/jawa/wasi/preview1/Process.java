package dev.jawa.wasi.preview1;

import java.time.InstantSource;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * What the functions of one process share.
 *
 * @param arguments the first is the program's name
 * @param environment as {@code NAME=VALUE}
 * @param realTime the clock on the wall
 * @param monotonicTime in nanoseconds, from anywhere
 */
public record Process(List<String> arguments, List<String> environment, InstantSource realTime,
        LongSupplier monotonicTime, RandomGenerator random, DescriptorTable descriptors) {
    static final int REALTIME = 0;
    static final int MONOTONIC = 1;
    static final int PROCESS_CPU_TIME = 2;
    static final int THREAD_CPU_TIME = 3;

    /** Lists are copied. */
    public Process {
        arguments = List.copyOf(arguments);
        environment = List.copyOf(environment);
    }
}
