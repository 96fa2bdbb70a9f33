package dev.jawa.js;

import dev.jawa.js.JsHost.Mode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the nearest {@code package.json} says about a file. */
final class PackageScope {
    private static final Pattern TOKEN = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"|[{}\\[\\]:,]");

    private PackageScope() {
    }

    static Mode modeOf(Path file) {
        String name = String.valueOf(file.getFileName());
        if (name.endsWith(".mjs")) {
            return Mode.MODULE;
        }
        if (name.endsWith(".cjs")) {
            return Mode.COMMONJS;
        }
        for (Path folder = file.toAbsolutePath().normalize().getParent(); folder != null; folder = folder.getParent()) {
            Path description = folder.resolve("package.json");
            if (Files.isRegularFile(description)) {
                return saysModule(description) ? Mode.MODULE : Mode.COMMONJS;
            }
        }
        return Mode.COMMONJS;
    }

    private static boolean saysModule(Path description) {
        try {
            return saysModule(Files.readString(description));
        } catch (IOException _) {
            return false;
        }
    }

    /** Whether the outermost object of a JSON text has {@code "type": "module"}. */
    static boolean saysModule(String json) {
        Matcher token = TOKEN.matcher(json);
        int depth = 0;
        boolean isValue = false;
        String key = "";
        while (token.find()) {
            switch (token.group().charAt(0)) {
                case '{', '[' -> depth++;
                case '}', ']' -> depth--;
                case ':' -> isValue = true;
                case ',' -> isValue = false;
                default -> {
                    if (depth == 1 && !isValue) {
                        key = token.group(1);
                    } else if (depth == 1 && key.equals("type")) {
                        return token.group(1).equals("module");
                    }
                }
            }
            if (depth != 1) {
                isValue = false;
            }
        }
        return false;
    }
}
