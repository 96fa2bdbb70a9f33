package dev.jawa.bench;

import dev.jawa.Function;
import dev.jawa.Instance;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** One call of a kernel, which loops inside. The parameters come from {@link Microbenchmarks}. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class KernelBenchmark {
    /** The module's file. */
    @Param("")
    public String module;

    /** The kernel's name. */
    @Param("")
    public String export;

    /** What it is called with. */
    @Param("0")
    public int argument;

    private Function function;

    /** Instantiates the module. */
    @Setup
    public void load() {
        function = Instance.of(Path.of(module)).exports().function(export);
    }

    /** Calls it. */
    @Benchmark
    public int call() {
        return function.callInt(argument);
    }
}
