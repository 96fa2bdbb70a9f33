package dev.jawa.js.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The basic URL parser (URL standard section 4.4), as a parser of one part after the other in place of its state
 * machine; and the setters of section 6.1.
 */
final class UrlParser {
    /** What the parts before the path are read into. */
    private String scheme = "";
    private String username = "";
    private String password = "";
    private Optional<String> host = Optional.empty();
    private Optional<Integer> port = Optional.empty();

    private UrlParser() {
    }

    /** A URL, beside a base if there is one; empty is a failure. */
    static Optional<UrlRecord> parse(String text, Optional<UrlRecord> base) {
        String input = clean(text);
        int hash = input.indexOf('#');
        Optional<String> fragment = hash < 0 ? Optional.empty()
                : Optional.of(UrlEncoding.encode(input.substring(hash + 1), UrlEncoding.Set.FRAGMENT));
        String rest = hash < 0 ? input : input.substring(0, hash);
        return new UrlParser().parseWithoutFragment(rest, base).map(url -> url.withFragment(fragment));
    }

    /** Without control characters and spaces around it, and without line breaks and tabs. */
    private static String clean(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && text.charAt(start) <= ' ') {
            start++;
        }
        while (end > start && text.charAt(end - 1) <= ' ') {
            end--;
        }
        return text.substring(start, end).replaceAll("[\t\n\r]", "");
    }

    private static int schemeLength(String input) {
        if (input.isEmpty() || !isLetter(input.charAt(0))) {
            return -1;
        }
        for (int i = 1; i < input.length(); i++) {
            char character = input.charAt(i);
            if (character == ':') {
                return i;
            }
            if (!isLetter(character) && !Character.isDigit(character) && "+-.".indexOf(character) < 0
                    || character >= 0x80) {
                return -1;
            }
        }
        return -1;
    }

    private static boolean isLetter(char character) {
        return character >= 'a' && character <= 'z' || character >= 'A' && character <= 'Z';
    }

    private Optional<UrlRecord> parseWithoutFragment(String input, Optional<UrlRecord> base) {
        int length = schemeLength(input);
        if (length < 0) {
            return base.flatMap(url -> noScheme(input, url));
        }
        scheme = input.substring(0, length).toLowerCase(Locale.ROOT);
        String rest = input.substring(length + 1);
        if (scheme.equals("file")) {
            return file(rest, base.filter(url -> url.scheme().equals("file")));
        }
        if (UrlRecord.isSpecial(scheme)) {
            boolean isRelative = base.isPresent() && base.get().scheme().equals(scheme)
                    && !(rest.startsWith("//"));
            return isRelative ? relative(rest, base.get()) : authority(skipSlashes(rest));
        }
        if (rest.startsWith("//")) {
            return authority(rest.substring(2));
        }
        return rest.startsWith("/") ? path(rest, List.of()) : opaque(rest);
    }

    private static String skipSlashes(String text) {
        int start = 0;
        while (start < text.length() && (text.charAt(start) == '/' || text.charAt(start) == '\\')) {
            start++;
        }
        return text.substring(start);
    }

    private Optional<UrlRecord> noScheme(String input, UrlRecord base) {
        if (base.hasOpaquePath()) {
            return input.isEmpty() ? Optional.of(base) : Optional.empty();
        }
        scheme = base.scheme();
        return scheme.equals("file") ? file(input, Optional.of(base)) : relative(input, base);
    }

    private boolean isSlash(String text, int index) {
        return index < text.length() && (text.charAt(index) == '/'
                || text.charAt(index) == '\\' && UrlRecord.isSpecial(scheme));
    }

    /** "Relative state" and "relative slash state". */
    private Optional<UrlRecord> relative(String input, UrlRecord base) {
        scheme = base.scheme();
        if (isSlash(input, 0) && isSlash(input, 1)) {
            return authority(UrlRecord.isSpecial(scheme) ? skipSlashes(input) : input.substring(2));
        }
        takeAuthority(base);
        return besideBase(input, base);
    }

    private void takeAuthority(UrlRecord base) {
        username = base.username();
        password = base.password();
        host = base.host();
        port = base.port();
    }

    private Optional<UrlRecord> besideBase(String input, UrlRecord base) {
        if (isSlash(input, 0)) {
            return path(input, List.of());
        }
        if (input.isEmpty()) {
            return Optional.of(base.withFragment(Optional.empty()));
        }
        if (input.startsWith("?")) {
            return Optional.of(base.withQuery(Optional.of(query(input.substring(1)))));
        }
        List<String> parent = base.mutablePath();
        UrlRecord.shorten(scheme, parent);
        return path("/" + input, parent);
    }

    /** "Authority state" to "port state". */
    private Optional<UrlRecord> authority(String input) {
        int end = 0;
        while (end < input.length() && input.charAt(end) != '?' && !isSlash(input, end)) {
            end++;
        }
        String authority = input.substring(0, end);
        int at = authority.lastIndexOf('@');
        if (at >= 0) {
            String credentials = authority.substring(0, at);
            int colon = credentials.indexOf(':');
            username = UrlEncoding.encode(colon < 0 ? credentials : credentials.substring(0, colon),
                    UrlEncoding.Set.USER);
            password = colon < 0 ? "" : UrlEncoding.encode(credentials.substring(colon + 1), UrlEncoding.Set.USER);
            if (at == authority.length() - 1) {
                return Optional.empty();
            }
        }
        if (!hostAndPort(authority.substring(at + 1))) {
            return Optional.empty();
        }
        return path(input.substring(end), List.of());
    }

    private boolean hostAndPort(String text) {
        int colon = portColon(text);
        String hostText = colon < 0 ? text : text.substring(0, colon);
        boolean isSpecial = UrlRecord.isSpecial(scheme);
        if (hostText.isEmpty() && (isSpecial || colon >= 0 || !username.isEmpty() || !password.isEmpty())) {
            return false;
        }
        host = hostText.isEmpty() ? Optional.of("") : UrlHost.parse(hostText, !isSpecial);
        return host.isPresent() && (colon < 0 || port(text.substring(colon + 1)));
    }

    /** Where the port begins; colons inside of brackets belong to the host. */
    private static int portColon(String text) {
        int bracket = text.startsWith("[") ? text.indexOf(']') : 0;
        return bracket < 0 ? -1 : text.indexOf(':', bracket);
    }

    private boolean port(String digits) {
        if (digits.isEmpty()) {
            port = Optional.empty();
            return true;
        }
        if (!digits.matches("[0-9]+")) {
            return false;
        }
        String significant = digits.replaceFirst("^0+(?=.)", "");
        if (significant.length() > 5 || Integer.parseInt(significant) > 65535) {
            return false;
        }
        int number = Integer.parseInt(significant);
        port = number == UrlRecord.defaultPort(scheme) ? Optional.empty() : Optional.of(number);
        return true;
    }

    /** "File state", "file slash state" and "file host state". */
    private Optional<UrlRecord> file(String input, Optional<UrlRecord> base) {
        host = Optional.of("");
        if (isSlash(input, 0) && isSlash(input, 1)) {
            int end = 2;
            while (end < input.length() && input.charAt(end) != '?' && !isSlash(input, end)) {
                end++;
            }
            String name = input.substring(2, end);
            if (name.matches("[A-Za-z][:|]")) {
                return path("/" + input.substring(2), List.of());
            }
            Optional<String> parsed = name.isEmpty() ? Optional.of("") : UrlHost.parse(name, false);
            host = parsed.map(found -> found.equals("localhost") ? "" : found);
            return host.isEmpty() ? Optional.empty() : path(input.substring(end), List.of());
        }
        if (base.isEmpty()) {
            return path(isSlash(input, 0) ? input : "/" + input, List.of());
        }
        host = base.get().host();
        if (input.matches("(?s)[A-Za-z][:|]([/\\\\?].*)?")) {
            return path("/" + input, List.of());
        }
        if (isSlash(input, 0)) {
            List<String> basePath = base.get().path();
            boolean keepsDrive = !basePath.isEmpty() && basePath.getFirst().matches("[A-Za-z]:")
                    && !input.matches("(?s).[A-Za-z][:|]([/\\\\?].*)?");
            return path(input, keepsDrive ? List.of(basePath.getFirst()) : List.of());
        }
        return besideBase(input, base.get());
    }

    private Optional<UrlRecord> opaque(String input) {
        int question = input.indexOf('?');
        String text = question < 0 ? input : input.substring(0, question);
        Optional<String> query = question < 0 ? Optional.empty() : Optional.of(query(input.substring(question + 1)));
        // A space at the end would be lost when it is parsed again.
        String encoded = UrlEncoding.encode(text, UrlEncoding.Set.CONTROL);
        if (encoded.endsWith(" ")) {
            encoded = encoded.substring(0, encoded.length() - 1) + "%20";
        }
        return Optional.of(new UrlRecord(scheme, "", "", Optional.empty(), Optional.empty(), List.of(encoded), true,
                query, Optional.empty()));
    }

    private String query(String text) {
        return UrlEncoding.encode(text, UrlRecord.isSpecial(scheme) ? UrlEncoding.Set.SPECIAL_QUERY
                : UrlEncoding.Set.QUERY);
    }

    /** "Path start state" and "path state": the rest of the URL from its path. */
    private Optional<UrlRecord> path(String input, List<String> start) {
        int question = input.indexOf('?');
        String text = question < 0 ? input : input.substring(0, question);
        Optional<String> query = question < 0 ? Optional.empty() : Optional.of(query(input.substring(question + 1)));
        return Optional.of(new UrlRecord(scheme, username, password, host, port, segments(text, start), false, query,
                Optional.empty()));
    }

    private List<String> segments(String text, List<String> start) {
        var path = new ArrayList<String>(start);
        boolean isSpecial = UrlRecord.isSpecial(scheme);
        if (text.isEmpty() && !isSpecial) {
            return path;
        }
        String rest = isSlash(text, 0) ? text.substring(1) : text;
        String[] parts = (isSpecial ? rest.replace('\\', '/') : rest).split("/", -1);
        for (int i = 0; i < parts.length; i++) {
            boolean isLast = i == parts.length - 1;
            String plain = parts[i].replaceAll("(?i)%2e", ".");
            if (plain.equals("..")) {
                UrlRecord.shorten(scheme, path);
                addIf(path, isLast);
            } else if (plain.equals(".")) {
                addIf(path, isLast);
            } else if (scheme.equals("file") && path.isEmpty() && parts[i].matches("[A-Za-z][:|]")) {
                path.add(parts[i].charAt(0) + ":");
            } else {
                path.add(UrlEncoding.encode(parts[i], UrlEncoding.Set.PATH));
            }
        }
        return path;
    }

    private static void addIf(List<String> path, boolean isLast) {
        if (isLast) {
            path.add("");
        }
    }

    // Setters

    /** A URL with one part replaced; empty if the part stays as it is. */
    static Optional<UrlRecord> change(UrlRecord url, String part, String value) {
        String input = value.replaceAll("[\t\n\r]", "");
        var parser = new UrlParser();
        parser.scheme = url.scheme();
        parser.takeAuthority(url);
        return switch (part) {
            case "protocol" -> changeScheme(url, input);
            case "username" -> url.cannotHaveCredentials() ? Optional.empty() : Optional.of(
                    url.withCredentials(UrlEncoding.encode(value, UrlEncoding.Set.USER), url.password()));
            case "password" -> url.cannotHaveCredentials() ? Optional.empty() : Optional.of(
                    url.withCredentials(url.username(), UrlEncoding.encode(value, UrlEncoding.Set.USER)));
            case "host" -> parser.changeHost(url, input, true);
            case "hostname" -> parser.changeHost(url, input, false);
            case "port" -> parser.changePort(url, input);
            case "pathname" -> url.hasOpaquePath() ? Optional.empty()
                    : Optional.of(url.withPath(parser.segments(escapePath(url, input), List.of())));
            case "search" -> Optional.of(url.withQuery(input.isEmpty() ? Optional.empty()
                    : Optional.of(parser.query(input.startsWith("?") ? input.substring(1) : input))));
            case "hash" -> Optional.of(url.withFragment(input.isEmpty() ? Optional.empty() : Optional.of(
                    UrlEncoding.encode(input.startsWith("#") ? input.substring(1) : input, UrlEncoding.Set.FRAGMENT))));
            default -> Optional.empty();
        };
    }

    private static String escapePath(UrlRecord url, String input) {
        return input.isEmpty() && !url.isSpecial() ? "" : input.replace("?", "%3F").replace("#", "%23");
    }

    private static Optional<UrlRecord> changeScheme(UrlRecord url, String input) {
        int length = schemeLength(input + ":");
        if (length < 0) {
            return Optional.empty();
        }
        String changed = input.substring(0, length).toLowerCase(Locale.ROOT);
        boolean isRefused = UrlRecord.isSpecial(changed) != url.isSpecial()
                || changed.equals("file") && (url.hasCredentials() || url.port().isPresent())
                || url.scheme().equals("file") && url.host().orElse("").isEmpty();
        return isRefused ? Optional.empty() : Optional.of(url.withScheme(changed));
    }

    private Optional<UrlRecord> changeHost(UrlRecord url, String input, boolean withPort) {
        if (url.hasOpaquePath()) {
            return Optional.empty();
        }
        int end = 0;
        while (end < input.length() && "?#".indexOf(input.charAt(end)) < 0 && !isSlash(input, end)) {
            end++;
        }
        String text = input.substring(0, end);
        int colon = portColon(text);
        if (colon >= 0 && !withPort) {
            return Optional.empty();
        }
        String name = colon < 0 ? text : text.substring(0, colon);
        if (name.isEmpty() && (url.isSpecial() && !scheme.equals("file") || url.hasCredentials()
                || url.port().isPresent() || colon >= 0)) {
            return Optional.empty();
        }
        Optional<String> parsed = name.isEmpty() ? Optional.of("") : UrlHost.parse(name, !url.isSpecial());
        if (parsed.isEmpty()) {
            return Optional.empty();
        }
        UrlRecord changed = url.withHost(parsed);
        return Optional.of(colon < 0 ? changed : changePort(changed, text.substring(colon + 1)).orElse(changed));
    }

    private Optional<UrlRecord> changePort(UrlRecord url, String input) {
        if (url.cannotHaveCredentials()) {
            return Optional.empty();
        }
        if (input.isEmpty()) {
            return Optional.of(url.withPort(Optional.empty()));
        }
        String digits = input.replaceFirst("[^0-9].*", "");
        return !digits.isEmpty() && port(digits) ? Optional.of(url.withPort(port)) : Optional.empty();
    }
}
