package dev.jawa.cli;

import dev.jawa.CompileOptions;
import dev.jawa.model.Feature;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** The command {@code jawa features}. */
@Command(name = "features", description = "Lists what makes up WebAssembly, the phase of each proposal, and what Jawa has "
        + "of it. --disable of other commands takes these names.")
final class FeaturesCommand implements Callable<Integer> {
    @ParentCommand
    private Jawa jawa;

    @Option(names = "--json", description = "As JSON, for programs.")
    private boolean json;

    @Override
    public Integer call() {
        if (json) {
            jawa.out().print(Json.write(Arrays.stream(Feature.values()).map(FeaturesCommand::describe).toList()));
        } else {
            for (Feature feature : Feature.values()) {
                jawa.out().printf("%-26s %-9s phase %d  %-10s %s%n", FeatureOptions.name(feature),
                        InspectionFormat.standard(feature), feature.phase(), state(feature), feature.title());
            }
        }
        jawa.out().flush();
        return Jawa.FINE;
    }

    private static String state(Feature feature) {
        return CompileOptions.none().features().contains(feature) ? "enabled" : "disabled";
    }

    private static Map<String, Object> describe(Feature feature) {
        var object = new LinkedHashMap<String, Object>();
        object.put("name", FeatureOptions.name(feature));
        object.put("title", feature.title());
        object.put("standard", InspectionFormat.standard(feature));
        object.put("phase", feature.phase());
        object.put("state", state(feature));
        return object;
    }
}
