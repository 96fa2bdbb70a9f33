package dev.jawa.bench;

import dev.jawa.Exports;
import dev.jawa.Function;
import dev.jawa.Imports;
import dev.jawa.Instance;
import dev.jawa.Module;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.CompilerControl;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What it costs to go between the host and WebAssembly; {@code border.mjs} does the same under the same names. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class BorderBenchmark {
    private static final int CALLS_IN = 1000;
    private static final int CALLS_OUT = 1000;
    private static final int PAGES = 256;

    /** The file of {@code border.wat}. */
    @Param("")
    public String module;

    /** The module's functions as Java methods. */
    public interface Border {
        /** Adds. */
        int add(int a, int b);
    }

    private Module compiled;
    private Imports imports;
    private Function add;
    private Function out;
    private Border view;
    private MethodHandle handle;
    private MethodHandle javaHandle;

    /** Instantiates the module. */
    @Setup
    public void load() throws ReflectiveOperationException {
        compiled = Module.compile(Path.of(module));
        imports = Imports.builder().function("host", "next", (int a) -> a + 3).build();
        Exports exports = new Instance(compiled, imports).exports();
        add = exports.function("add");
        out = exports.function("out");
        view = exports.as(Border.class);
        handle = add.methodHandle();
        javaHandle = MethodHandles.lookup().findStatic(BorderBenchmark.class, "add",
                MethodType.methodType(int.class, int.class, int.class));
    }

    // Each call waits for the one before, as in Node's loop: alone, what JMH does between two of them would be most of it.

    /** Calls by {@code callInt}. */
    @Benchmark
    @OperationsPerInvocation(CALLS_IN)
    public int callIn() {
        int value = 17;
        for (int i = 0; i < CALLS_IN; i++) {
            value = add.callInt(value, 5);
        }
        return value;
    }

    /** Calls through an interface. */
    @Benchmark
    @OperationsPerInvocation(CALLS_IN)
    public int callInByInterface() {
        int value = 17;
        for (int i = 0; i < CALLS_IN; i++) {
            value = view.add(value, 5);
        }
        return value;
    }

    /** Calls of a method handle that is no constant. */
    @Benchmark
    @OperationsPerInvocation(CALLS_IN)
    public int callInByHandle() throws Throwable {
        int value = 17;
        for (int i = 0; i < CALLS_IN; i++) {
            value = (int) handle.invokeExact(value, 5);
        }
        return value;
    }

    /** What HotSpot takes for calls of a method in Java that it does not inline: what is left to gain. */
    @Benchmark
    @OperationsPerInvocation(CALLS_IN)
    public int callJava() {
        int value = 17;
        for (int i = 0; i < CALLS_IN; i++) {
            value = add(value, 5);
        }
        return value;
    }

    /** The same through a method handle that is no constant. */
    @Benchmark
    @OperationsPerInvocation(CALLS_IN)
    public int callJavaByHandle() throws Throwable {
        int value = 17;
        for (int i = 0; i < CALLS_IN; i++) {
            value = (int) javaHandle.invokeExact(value, 5);
        }
        return value;
    }

    @CompilerControl(CompilerControl.Mode.DONT_INLINE)
    private static int add(int a, int b) {
        return a + b;
    }

    /** A call of a lambda from WebAssembly. */
    @Benchmark
    @OperationsPerInvocation(CALLS_OUT)
    public int callOut() {
        return out.callInt(CALLS_OUT);
    }

    /** A new instance. */
    @Benchmark
    public Instance instantiate() {
        return new Instance(compiled, imports);
    }

    /** One page more for the memory of a new instance, and all of it written. */
    @Benchmark
    @OperationsPerInvocation(PAGES)
    public int growMemory() {
        return new Instance(compiled, imports).exports().function("grow").callInt(PAGES);
    }
}
