package dev.jawa.cli;

import dev.jawa.Limits;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** What a .wasm program may use. */
final class LimitOptions {
    @Option(names = "--max-memory", paramLabel = "SIZE", converter = Size.class,
            description = "How much memory a .wasm program may have, in bytes or with k, m or g, as in 256m. It cannot "
                    + "grow beyond.")
    private Optional<Long> memory = Optional.empty();

    @Option(names = "--timeout", paramLabel = "TIME", converter = Time.class,
            description = "Stops a .wasm program after a time, as in 500ms, 5s or 2m.")
    private Optional<Duration> timeout = Optional.empty();

    @Option(names = "--fuel", paramLabel = "COUNT", converter = Count.class,
            description = "Stops a .wasm program after so many instructions, always at the same place.")
    private Optional<Long> fuel = Optional.empty();

    @Option(names = "--max-stack", paramLabel = "CALLS", converter = Count.class,
            description = "How many calls may be inside each other in a .wasm program; without it, as many as 64 MB hold.")
    private Optional<Long> stack = Optional.empty();

    boolean anyGiven() {
        return memory.isPresent() || stack.isPresent() || timeout.isPresent() || fuel.isPresent();
    }

    Limits limits() {
        if (!anyGiven()) {
            return Limits.none();
        }
        Limits.Builder limits = Limits.builder();
        memory.ifPresent(limits::memory);
        timeout.ifPresent(limits::deadline);
        fuel.ifPresent(limits::fuel);
        stack.ifPresent(calls -> limits.stackDepth((int) Math.min(calls, Integer.MAX_VALUE)));
        return limits.build();
    }

    /** A number with a unit. */
    private static OptionalLong number(String text, String units, long... factors) {
        Matcher matcher = Pattern.compile("(\\d{1,15})(" + units + ")").matcher(text.toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            return OptionalLong.empty();
        }
        int unit = java.util.List.of(units.split("\\|")).indexOf(matcher.group(2));
        try {
            return OptionalLong.of(Math.multiplyExact(Long.parseLong(matcher.group(1)), factors[unit]));
        } catch (ArithmeticException _) {
            return OptionalLong.of(Long.MAX_VALUE);
        }
    }

    /** Bytes. */
    static final class Size implements ITypeConverter<Long> {
        @Override
        public Long convert(String text) {
            return number(text, "k|m|g|", 1L << 10, 1L << 20, 1L << 30, 1).orElseThrow(() ->
                    new TypeConversionException("'" + text + "' is no size such as 65536, 256m or 1g"));
        }
    }

    /** A number of instructions or calls. */
    static final class Count implements ITypeConverter<Long> {
        @Override
        public Long convert(String text) {
            return number(text, "", 1).orElseThrow(() ->
                    new TypeConversionException("'" + text + "' is no count such as 1000000"));
        }
    }

    /** A duration. */
    static final class Time implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String text) {
            return Duration.ofMillis(number(text, "ms|s|m|h", 1, 1_000, 60_000, 3_600_000).orElseThrow(() ->
                    new TypeConversionException("'" + text + "' is no time such as 500ms, 5s or 2m")));
        }
    }
}
