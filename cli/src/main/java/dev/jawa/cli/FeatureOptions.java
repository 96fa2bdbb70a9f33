package dev.jawa.cli;

import dev.jawa.CompileOptions;
import dev.jawa.model.Feature;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** Which features a module may use. */
final class FeatureOptions {
    private static final String ALL = "all";

    @Option(names = "--disable", paramLabel = "FEATURE", split = ",",
            description = "Refuses modules that use a feature, as 'jawa features' names it; all: every one that is no "
                    + "part of WebAssembly 3.0.")
    private List<String> disabled = List.of();

    @Option(names = "--enable", paramLabel = "FEATURE", split = ",",
            description = "Takes modules that use a feature which --disable=all would refuse. Nothing is disabled by "
                    + "itself.")
    private List<String> enabled = List.of();

    CompileOptions options() {
        CompileOptions.Builder options = CompileOptions.builder();
        Set<Feature> kept = EnumSet.noneOf(Feature.class);
        enabled.forEach(name -> kept.addAll(features(name)));
        for (String name : disabled) {
            features(name).stream().filter(feature -> !kept.contains(feature)).forEach(options::disable);
        }
        return options.build();
    }

    private List<Feature> features(String name) {
        if (name.equals(ALL)) {
            return Arrays.stream(Feature.values()).filter(feature -> feature.phase() < 5).toList();
        }
        return Arrays.stream(Feature.values()).filter(f -> f != Feature.MVP && name(f).equals(name)).findFirst()
                .map(List::of).orElseThrow(() -> new UsageException("There is no feature '"
                        + name + "' to choose; there are all, " + Arrays.stream(Feature.values())
                                .filter(f -> f != Feature.MVP).map(FeatureOptions::name)
                                .collect(Collectors.joining(", "))));
    }

    /** What a feature is called on the command line. */
    static String name(Feature feature) {
        return feature.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
