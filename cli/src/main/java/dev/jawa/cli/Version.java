package dev.jawa.cli;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** What {@code jawa --version} shows. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        String version = Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
                .orElse("(not packaged)");
        return new String[] {"jawa " + version,
            System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version")};
    }
}
