package dev.jawa.cli;

import dev.jawa.js.Permissions;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.Option;

/**
 * What a JavaScript program may reach: reading any file, writing below the working directory, the program's folder and
 * the folder for temporary files, or to the null device, the network and the environment, unless options say otherwise.
 */
final class PermissionOptions {
    private static final String NOTHING = "";
    private static final Path NULL_DEVICE = Path.of("/dev/null");

    @Option(names = "--allow", paramLabel = "WHAT", split = ",", arity = "0..1", fallbackValue = "all",
            description = "Allows a program what it may not do anyway: write=PATH, or all of write. "
                    + "After --deny: also read[=PATH], net[=HOST[:PORT]], env, all.")
    private List<String> allowed = List.of();

    @Option(names = "--deny", paramLabel = "WHAT", split = ",", arity = "0..1", fallbackValue = "all",
            description = "Forbids a program: read[=PATH], write[=PATH], net[=HOST[:PORT]], env, or all, which is the "
                    + "default. What --allow names is allowed in spite of it.")
    private List<String> denied = List.of();

    Permissions of(Path program) {
        Permissions permissions = usual(program.toAbsolutePath().normalize());
        for (String what : denied) {
            permissions = deny(permissions, name(what), argument(what));
        }
        for (String what : allowed) {
            permissions = allow(permissions, name(what), argument(what));
        }
        return permissions;
    }

    private static Permissions usual(Path program) {
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
        return Permissions.none().allowRead().allowWrite(Path.of(""), program.getParent(), temporary, NULL_DEVICE)
                .allowNetwork().allowEnvironment();
    }

    private static String name(String what) {
        return what.replaceFirst("=.*", "");
    }

    private static String argument(String what) {
        return what.contains("=") ? what.substring(what.indexOf('=') + 1) : NOTHING;
    }

    private static Permissions allow(Permissions permissions, String name, String argument) {
        boolean isAny = argument.isEmpty();
        return switch (name) {
            case "read" -> isAny ? permissions.allowRead() : permissions.allowRead(Path.of(argument));
            case "write" -> isAny ? permissions.allowWrite() : permissions.allowWrite(Path.of(argument));
            case "net" -> isAny ? permissions.allowNetwork() : permissions.allowNetwork(argument);
            case "env" -> permissions.allowEnvironment();
            case "all" -> Permissions.all();
            default -> throw unknown(name);
        };
    }

    private static Permissions deny(Permissions permissions, String name, String argument) {
        boolean isAny = argument.isEmpty();
        return switch (name) {
            case "read" -> isAny ? permissions.denyRead() : permissions.denyRead(Path.of(argument));
            case "write" -> isAny ? permissions.denyWrite() : permissions.denyWrite(Path.of(argument));
            case "net" -> isAny ? permissions.denyNetwork() : permissions.denyNetwork(argument);
            case "env" -> permissions.denyEnvironment();
            case "all" -> Permissions.none();
            default -> throw unknown(name);
        };
    }

    private static FailureException unknown(String name) {
        return new FailureException("There is no permission '" + name + "', only "
                + String.join(", ", Arrays.asList("read", "write", "net", "env", "all")));
    }
}
