package dev.jawa.cli;

import dev.jawa.CompileOptions;
import dev.jawa.model.Feature;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** Which features a module may use. */
final class FeatureOptions {
    private static final String ALL = "all";

    @Spec(Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--disable", paramLabel = "FEATURE", split = ",",
            description = "Refuses modules that use a feature, as 'jawa features' names it; all: every one that is no "
                    + "part of WebAssembly 3.0.")
    private List<String> disabled = List.of();

    CompileOptions options() {
        CompileOptions.Builder options = CompileOptions.builder();
        for (String name : disabled) {
            for (Feature feature : features(name)) {
                options.disable(feature);
            }
        }
        return options.build();
    }

    private List<Feature> features(String name) {
        if (name.equals(ALL)) {
            return Arrays.stream(Feature.values()).filter(feature -> feature.phase() < 5).toList();
        }
        return Arrays.stream(Feature.values()).filter(f -> f != Feature.MVP && name(f).equals(name)).findFirst()
                .map(List::of).orElseThrow(() -> new ParameterException(spec.commandLine(), "There is no feature '"
                        + name + "' that can be disabled; there are all, " + Arrays.stream(Feature.values())
                                .filter(f -> f != Feature.MVP).map(FeatureOptions::name)
                                .collect(Collectors.joining(", "))));
    }

    /** What a feature is called on the command line. */
    static String name(Feature feature) {
        return feature.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
