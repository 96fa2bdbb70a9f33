package dev.jawa.js;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * What a program may reach outside of itself. {@code import} and {@code require} need no permission: they load code and
 * JSON of the program. Everything else does: reading and writing files, the network, environment variables.
 */
public final class Permissions {
    private static final Permissions NONE = new Permissions(Rule.NOTHING, Rule.NOTHING, Rule.NOTHING, false);
    private static final Permissions ALL = new Permissions(Rule.EVERYTHING, Rule.EVERYTHING, Rule.EVERYTHING, true);

    /** Folders with all that is below them, or hosts; a denial is stronger than a grant. */
    private record Rule(boolean everything, List<String> granted, List<String> denied) {
        static final Rule NOTHING = new Rule(false, List.of(), List.of());
        static final Rule EVERYTHING = new Rule(true, List.of(), List.of());

        Rule grant(List<String> more) {
            return new Rule(everything, join(granted, more), denied);
        }

        Rule deny(List<String> more) {
            return new Rule(everything, granted, join(denied, more));
        }

        private static List<String> join(List<String> first, List<String> second) {
            return Stream.concat(first.stream(), second.stream()).toList();
        }
    }

    private final Rule read;
    private final Rule write;
    private final Rule network;
    private final boolean environment;

    private Permissions(Rule read, Rule write, Rule network, boolean environment) {
        this.read = read;
        this.write = write;
        this.network = network;
        this.environment = environment;
    }

    /** No permission at all. */
    public static Permissions none() {
        return NONE;
    }

    /** Every permission: the program may do what this JVM may. */
    public static Permissions all() {
        return ALL;
    }

    /** These, and reading these files, or folders with everything below them. */
    public Permissions allowRead(Path... paths) {
        return new Permissions(read.grant(texts(paths)), write, network, environment);
    }

    /** These, and reading any file. */
    public Permissions allowRead() {
        return new Permissions(new Rule(true, List.of(), read.denied()), write, network, environment);
    }

    /** These, and writing these files, or folders with everything below them. */
    public Permissions allowWrite(Path... paths) {
        return new Permissions(read, write.grant(texts(paths)), network, environment);
    }

    /** These, and writing any file. */
    public Permissions allowWrite() {
        return new Permissions(read, new Rule(true, List.of(), write.denied()), network, environment);
    }

    /**
     * These, and requests to these hosts.
     *
     * @param hosts names, each with or without a port: {@code example.org}, {@code localhost:8080}
     */
    public Permissions allowNetwork(String... hosts) {
        return new Permissions(read, write, network.grant(lowerCase(hosts)), environment);
    }

    /** These, and requests to any host. */
    public Permissions allowNetwork() {
        return new Permissions(read, write, new Rule(true, List.of(), network.denied()), environment);
    }

    /** These, and the environment variables of this JVM. */
    public Permissions allowEnvironment() {
        return new Permissions(read, write, network, true);
    }

    /** These without reading these files or anything below these folders. */
    public Permissions denyRead(Path... paths) {
        return new Permissions(paths.length == 0 ? Rule.NOTHING : read.deny(texts(paths)), write, network, environment);
    }

    /** These without writing these files or anything below these folders; without any, no writing at all. */
    public Permissions denyWrite(Path... paths) {
        return new Permissions(read, paths.length == 0 ? Rule.NOTHING : write.deny(texts(paths)), network, environment);
    }

    /** These without requests to these hosts; without any, no requests at all. */
    public Permissions denyNetwork(String... hosts) {
        Rule rule = hosts.length == 0 ? Rule.NOTHING : network.deny(lowerCase(hosts));
        return new Permissions(read, write, rule, environment);
    }

    /** These without environment variables. */
    public Permissions denyEnvironment() {
        return new Permissions(read, write, network, false);
    }

    /** Whether a file or folder may be read. */
    public boolean mayRead(Path path) {
        return allows(read, path);
    }

    /** Whether a folder and all that is or will be below it may be read. */
    public boolean mayReadBelow(Path folder) {
        return allowsBelow(read, folder);
    }

    /** Whether a folder and all that is or will be below it may be written. */
    public boolean mayWriteBelow(Path folder) {
        return allowsBelow(write, folder);
    }

    private static boolean allowsBelow(Rule rule, Path folder) {
        return allows(rule, folder)
                && rule.denied().stream().map(Path::of).noneMatch(denied -> denied.startsWith(real(folder)));
    }

    /** Whether a file or folder may be written, made or removed. */
    public boolean mayWrite(Path path) {
        return allows(write, path);
    }

    /**
     * Whether requests to a host are allowed.
     *
     * @param port 0 or more
     */
    public boolean mayConnect(String host, int port) {
        String name = host.toLowerCase(Locale.ROOT);
        List<String> names = List.of(name, name + ":" + port);
        return names.stream().noneMatch(network.denied()::contains)
                && (network.everything() || names.stream().anyMatch(network.granted()::contains));
    }

    /** Whether environment variables may be read. */
    public boolean mayReadEnvironment() {
        return environment;
    }

    private static boolean allows(Rule rule, Path path) {
        if (rule.everything() && rule.denied().isEmpty()) {
            return true;
        }
        Path real = real(path);
        return !contains(rule.denied(), real) && (rule.everything() || contains(rule.granted(), real));
    }

    private static boolean contains(List<String> folders, Path path) {
        return folders.stream().anyMatch(folder -> path.startsWith(folder));
    }

    /** Where a path leads to, through symbolic links; the end of it need not exist. */
    private static Path real(Path path) {
        Path absolute = path.toAbsolutePath();
        var missing = new ArrayList<Path>();
        for (Path existing = absolute; existing != null; existing = existing.getParent()) {
            try {
                Path real = existing.toRealPath();
                for (Path name : missing.reversed()) {
                    real = real.resolve(name);
                }
                return real.normalize();
            } catch (IOException e) {
                if (Files.isSymbolicLink(existing)) {
                    // It leads to where nothing is yet: what it leads to counts.
                    return real(target(existing));
                }
                if (existing.getFileName() != null) {
                    missing.add(existing.getFileName());
                }
            }
        }
        return absolute.normalize();
    }

    private static Path target(Path link) {
        try {
            return link.resolveSibling(Files.readSymbolicLink(link)).normalize();
        } catch (IOException e) {
            return link.toAbsolutePath().getRoot();
        }
    }

    private static List<String> texts(Path... paths) {
        return Stream.of(paths).map(path -> real(Objects.requireNonNull(path)).toString()).toList();
    }

    private static List<String> lowerCase(String... hosts) {
        return Stream.of(hosts).map(host -> host.toLowerCase(Locale.ROOT)).toList();
    }
}
