package dev.jawa.wasi.preview1;

import dev.jawa.Instance;
import dev.jawa.wasi.file.Errno;
import dev.jawa.wasi.file.ErrnoException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Arguments, environment, clocks, random numbers, and the end. */
public final class ProcessFunctions {
    private static final int RANDOM_CHUNK = 1 << 16;
    private static final long CPU_CLOCK_RESOLUTION = 10_000_000;
    /** What these signals do by default is nothing: none, CHLD, CONT, STOP, TSTP, TTIN, TTOU, URG, WINCH. */
    private static final long HARMLESS_SIGNALS =
            1L | 1L << 16 | 1L << 17 | 1L << 18 | 1L << 19 | 1L << 20 | 1L << 21 | 1L << 22 | 1L << 27;
    private static final int MOST_SIGNAL = 30;
    private static final int SIGNAL_EXIT_CODE = 128;

    private final Process process;

    /** The functions of a process. */
    public ProcessFunctions(Process process) {
        this.process = process;
    }

    public int args_get(Instance caller, int pointers, int buffer) {
        return putTexts(caller, process.arguments(), pointers, buffer);
    }

    public int args_sizes_get(Instance caller, int count, int size) {
        return putSizes(caller, process.arguments(), count, size);
    }

    public int environ_get(Instance caller, int pointers, int buffer) {
        return putTexts(caller, process.environment(), pointers, buffer);
    }

    public int environ_sizes_get(Instance caller, int count, int size) {
        return putSizes(caller, process.environment(), count, size);
    }

    private int putTexts(Instance caller, List<String> texts, int pointers, int buffer) {
        GuestMemory memory = process.memory(caller);
        return GuestMemory.attempt(() -> {
            int address = buffer;
            for (int i = 0; i < texts.size(); i++) {
                byte[] bytes = texts.get(i).getBytes(StandardCharsets.UTF_8);
                memory.putInt(pointers + 4 * i, address);
                memory.putBytes(address, bytes);
                memory.putByte(address + bytes.length, 0);
                address += bytes.length + 1;
            }
        });
    }

    private int putSizes(Instance caller, List<String> texts, int count, int size) {
        GuestMemory memory = process.memory(caller);
        return GuestMemory.attempt(() -> {
            memory.putInt(count, texts.size());
            int sum = 0;
            for (String text : texts) {
                sum += text.getBytes(StandardCharsets.UTF_8).length + 1;
            }
            memory.putInt(size, sum);
        });
    }

    public int clock_res_get(Instance caller, int clock, int result) {
        GuestMemory memory = process.memory(caller);
        return GuestMemory.attempt(() -> memory.putLong(result, switch (clock) {
            case Process.REALTIME -> 1_000;
            case Process.MONOTONIC -> 1;
            case Process.PROCESS_CPU_TIME, Process.THREAD_CPU_TIME -> CPU_CLOCK_RESOLUTION;
            default -> throw new ErrnoException(Errno.INVAL);
        }));
    }

    public int clock_time_get(Instance caller, int clock, long precision, int result) {
        GuestMemory memory = process.memory(caller);
        return GuestMemory.attempt(() -> memory.putLong(result, time(process, clock)));
    }

    /** A clock's time in nanoseconds. */
    static long time(Process process, int clock) throws IOException {
        return switch (clock) {
            case Process.REALTIME -> {
                Instant now = process.realTime().instant();
                yield now.getEpochSecond() * 1_000_000_000 + now.getNano();
            }
            case Process.MONOTONIC -> process.monotonicTime().getAsLong();
            // A guest has one thread, so there is no telling the two apart.
            case Process.PROCESS_CPU_TIME, Process.THREAD_CPU_TIME -> ProcessHandle.current().info()
                    .totalCpuDuration().map(Duration::toNanos).orElseThrow(() -> new ErrnoException(Errno.NOTSUP));
            default -> throw new ErrnoException(Errno.INVAL);
        };
    }

    public int random_get(Instance caller, int buffer, int length) {
        GuestMemory memory = process.memory(caller);
        return GuestMemory.attempt(() -> {
            long size = Integer.toUnsignedLong(length);
            memory.slice(buffer, length);
            for (long done = 0; done < size; done += RANDOM_CHUNK) {
                var bytes = new byte[(int) Math.min(RANDOM_CHUNK, size - done)];
                process.random().nextBytes(bytes);
                memory.putBytes((int) (buffer + done), bytes);
            }
        });
    }

    public int sched_yield() {
        Thread.yield();
        return Errno.SUCCESS.code();
    }

    public void proc_exit(int code) {
        throw new ProcessExit(code);
    }

    public int proc_raise(int signal) {
        if (signal < 0 || signal > MOST_SIGNAL) {
            return Errno.INVAL.code();
        } else if ((HARMLESS_SIGNALS & 1L << signal) != 0) {
            return Errno.SUCCESS.code();
        }
        throw new ProcessExit(SIGNAL_EXIT_CODE + signal);
    }
}
