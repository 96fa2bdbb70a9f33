package dev.jawa.js.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A URL (URL standard section 4.1).
 *
 * @param host serialized; empty text is an empty host
 * @param port empty for the default one
 * @param path the segments; of an opaque path the one text
 */
record UrlRecord(String scheme, String username, String password, Optional<String> host, Optional<Integer> port,
        List<String> path, boolean hasOpaquePath, Optional<String> query, Optional<String> fragment) {
    private static final Map<String, Integer> SPECIAL_SCHEMES =
            Map.of("ftp", 21, "file", -1, "http", 80, "https", 443, "ws", 80, "wss", 443);

    UrlRecord {
        path = List.copyOf(path);
    }

    static boolean isSpecial(String scheme) {
        return SPECIAL_SCHEMES.containsKey(scheme);
    }

    /** -1 if it has none. */
    static int defaultPort(String scheme) {
        return SPECIAL_SCHEMES.getOrDefault(scheme, -1);
    }

    boolean isSpecial() {
        return isSpecial(scheme);
    }

    boolean hasCredentials() {
        return !username.isEmpty() || !password.isEmpty();
    }

    boolean cannotHaveCredentials() {
        return host.isEmpty() || host.get().isEmpty() || scheme.equals("file");
    }

    /** "URL path serializing". */
    String pathname() {
        if (hasOpaquePath) {
            return path.getFirst();
        }
        var result = new StringBuilder();
        path.forEach(segment -> result.append('/').append(segment));
        return result.toString();
    }

    /** "URL serializing". */
    String href() {
        return withoutFragment() + fragment.map(text -> "#" + text).orElse("");
    }

    String withoutFragment() {
        var result = new StringBuilder(scheme).append(':');
        if (host.isPresent()) {
            result.append("//");
            if (hasCredentials()) {
                result.append(username).append(password.isEmpty() ? "" : ":" + password).append('@');
            }
            result.append(hostAndPort());
        } else if (!hasOpaquePath && path.size() > 1 && path.getFirst().isEmpty()) {
            result.append("/.");
        }
        result.append(pathname());
        query.ifPresent(text -> result.append('?').append(text));
        return result.toString();
    }

    String hostAndPort() {
        return host.orElse("") + port.map(number -> ":" + number).orElse("");
    }

    /** "Origin", serialized. */
    String origin() {
        return switch (scheme) {
            case "http", "https", "ws", "wss", "ftp" -> scheme + "://" + hostAndPort();
            case "blob" -> UrlParser.parse(pathname(), Optional.empty())
                    .filter(inner -> inner.scheme().startsWith("http")).map(UrlRecord::origin).orElse("null");
            default -> "null";
        };
    }

    // Copies with a change

    UrlRecord withCredentials(String newUsername, String newPassword) {
        return new UrlRecord(scheme, newUsername, newPassword, host, port, path, hasOpaquePath, query, fragment);
    }

    UrlRecord withScheme(String newScheme) {
        Optional<Integer> newPort = port.filter(number -> number != defaultPort(newScheme));
        return new UrlRecord(newScheme, username, password, host, newPort, path, hasOpaquePath, query, fragment);
    }

    UrlRecord withHost(Optional<String> newHost) {
        return new UrlRecord(scheme, username, password, newHost, port, path, hasOpaquePath, query, fragment);
    }

    UrlRecord withPort(Optional<Integer> newPort) {
        return new UrlRecord(scheme, username, password, host, newPort, path, hasOpaquePath, query, fragment);
    }

    UrlRecord withPath(List<String> newPath) {
        return new UrlRecord(scheme, username, password, host, port, newPath, false, query, fragment);
    }

    UrlRecord withQuery(Optional<String> newQuery) {
        return new UrlRecord(scheme, username, password, host, port, path, hasOpaquePath, newQuery, fragment);
    }

    UrlRecord withFragment(Optional<String> newFragment) {
        return new UrlRecord(scheme, username, password, host, port, path, hasOpaquePath, query, newFragment);
    }

    /** The path without its last segment; a drive letter of a file stays ("shorten a URL's path"). */
    static void shorten(String scheme, List<String> path) {
        boolean isDrive = scheme.equals("file") && path.size() == 1 && path.getFirst().matches("[A-Za-z]:");
        if (!isDrive && !path.isEmpty()) {
            path.removeLast();
        }
    }

    List<String> mutablePath() {
        return new ArrayList<>(path);
    }
}
