package dev.jawa.bench;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * Runs the programs on all engines, one process each, interleaved, and prints how their times compare with those of
 * Node's V8.
 */
@Command(name = "bench/run", mixinStandardHelpOptions = true, sortOptions = false, subcommands = ModulesBench.class,
        description = "Compares Jawa with its peers and with Node, as ratios of times; lower is better.")
public final class Bench implements Callable<Integer> {
    @Mixin
    private Comparison comparison = new Comparison();

    /** Runs the comparison. */
    public static void main(String... arguments) {
        System.exit(new CommandLine(new Bench()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        return comparison.run(Catalogue.programs(comparison.folder()));
    }
}
