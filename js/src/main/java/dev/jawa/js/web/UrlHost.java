package dev.jawa.js.web;

import dev.jawa.js.graal.DomainNames;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Hosts of URLs (URL standard section 3.5), serialized. */
final class UrlHost {
    private static final String FORBIDDEN = "\0\t\n\r #/:<>?@[\\]^|";
    private static final Pattern ASCII_DOMAIN = Pattern.compile("[a-z0-9.\\-_~!$&'()*+,;=]+");
    private static final int PIECES = 8;

    private UrlHost() {
    }

    /** "Host parsing"; empty is a failure. */
    static Optional<String> parse(String input, boolean isOpaque) {
        if (input.startsWith("[")) {
            return input.endsWith("]") ? parseIpv6(input.substring(1, input.length() - 1)) : Optional.empty();
        }
        if (isOpaque) {
            boolean isForbidden = input.chars().anyMatch(character -> FORBIDDEN.indexOf(character) >= 0);
            return isForbidden ? Optional.empty() : Optional.of(UrlEncoding.encode(input, UrlEncoding.Set.CONTROL));
        }
        String domain = new String(UrlEncoding.decode(input), StandardCharsets.UTF_8);
        Optional<String> ascii = toAscii(domain).filter(UrlHost::isAllowedDomain);
        return ascii.flatMap(name -> endsInNumber(name) ? parseIpv4(name) : Optional.of(name));
    }

    // Most domains need none of what Unicode has to say.
    private static Optional<String> toAscii(String domain) {
        String lower = domain.toLowerCase(java.util.Locale.ROOT);
        return ASCII_DOMAIN.matcher(lower).matches() && !lower.contains("xn--")
                && domain.chars().allMatch(character -> character < 0x80)
                ? Optional.of(lower) : DomainNames.toAscii(domain);
    }

    private static boolean isAllowedDomain(String domain) {
        return !domain.isEmpty() && domain.chars().noneMatch(character -> FORBIDDEN.indexOf(character) >= 0
                || character <= 0x1F || character == '%' || character == 0x7F);
    }

    private static List<String> labels(String domain) {
        List<String> labels = new ArrayList<>(Arrays.asList(domain.split("\\.", -1)));
        if (labels.size() > 1 && labels.getLast().isEmpty()) {
            labels.removeLast();
        }
        return labels;
    }

    private static boolean endsInNumber(String domain) {
        String last = labels(domain).getLast();
        return last.matches("[0-9]+") || last.matches("0[xX][0-9A-Fa-f]*");
    }

    /** "IPv4 parser". */
    private static Optional<String> parseIpv4(String text) {
        List<String> parts = labels(text);
        if (parts.size() > 4) {
            return Optional.empty();
        }
        long address = 0;
        for (int i = 0; i < parts.size(); i++) {
            long number = parseNumber(parts.get(i));
            boolean isLast = i == parts.size() - 1;
            long limit = isLast ? 1L << 8 * (5 - parts.size()) : 256;
            if (number < 0 || number >= limit) {
                return Optional.empty();
            }
            address += isLast ? number : number << 8 * (3 - i);
        }
        return Optional.of((address >> 24) + "." + (address >> 16 & 255) + "." + (address >> 8 & 255) + "."
                + (address & 255));
    }

    /** -1 is a failure; numbers that no address holds are cut to one that it does not hold either. */
    private static long parseNumber(String text) {
        boolean isHexadecimal = text.startsWith("0x") || text.startsWith("0X");
        int radix = isHexadecimal ? 16 : text.length() > 1 && text.startsWith("0") ? 8 : 10;
        String digits = isHexadecimal ? text.substring(2) : radix == 8 ? text.substring(1) : text;
        if (text.isEmpty()) {
            return -1;
        }
        long number = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = Character.digit(digits.charAt(i), radix);
            if (digit < 0 || digits.charAt(i) >= 0x80) {
                return -1;
            }
            number = Math.min(number * radix + digit, 1L << 40);
        }
        return number;
    }

    /** "IPv6 parser", with brackets in the result. */
    private static Optional<String> parseIpv6(String text) {
        int gap = text.indexOf("::");
        if (gap >= 0 && text.indexOf("::", gap + 1) >= 0) {
            return Optional.empty();
        }
        Optional<List<Integer>> before = pieces(gap < 0 ? text : text.substring(0, gap), gap < 0);
        Optional<List<Integer>> after = gap < 0 ? Optional.of(List.of()) : pieces(text.substring(gap + 2), true);
        if (before.isEmpty() || after.isEmpty()) {
            return Optional.empty();
        }
        int count = before.get().size() + after.get().size();
        if (gap < 0 ? count != PIECES : count >= PIECES) {
            return Optional.empty();
        }
        int[] address = new int[PIECES];
        for (int i = 0; i < before.get().size(); i++) {
            address[i] = before.get().get(i);
        }
        for (int i = 0; i < after.get().size(); i++) {
            address[PIECES - after.get().size() + i] = after.get().get(i);
        }
        return Optional.of("[" + serialize(address) + "]");
    }

    private static Optional<List<Integer>> pieces(String text, boolean mayEndInIpv4) {
        var pieces = new ArrayList<Integer>();
        if (text.isEmpty()) {
            return Optional.of(pieces);
        }
        String[] parts = text.split(":", -1);
        for (int i = 0; i < parts.length; i++) {
            if (parts[i].matches("[0-9A-Fa-f]{1,4}")) {
                pieces.add(Integer.parseInt(parts[i], 16));
            } else if (i == parts.length - 1 && mayEndInIpv4 && parts[i].matches("(0|[1-9][0-9]{0,2})(\\.(0|[1-9][0-9]{0,2})){3}")) {
                int[] bytes = Arrays.stream(parts[i].split("\\.")).mapToInt(Integer::parseInt).toArray();
                if (Arrays.stream(bytes).anyMatch(number -> number > 255)) {
                    return Optional.empty();
                }
                pieces.add(bytes[0] << 8 | bytes[1]);
                pieces.add(bytes[2] << 8 | bytes[3]);
            } else {
                return Optional.empty();
            }
        }
        return Optional.of(pieces);
    }

    /** "IPv6 serializer": the longest run of at least two zeros is left out. */
    private static String serialize(int[] address) {
        int start = -1;
        int length = 1;
        for (int i = 0; i < PIECES; i++) {
            int end = i;
            while (end < PIECES && address[end] == 0) {
                end++;
            }
            if (end - i > length) {
                start = i;
                length = end - i;
            }
        }
        var result = new StringBuilder();
        for (int i = 0; i < PIECES; i++) {
            if (i == start) {
                result.append(i == 0 ? "::" : ":");
                i += length - 1;
                continue;
            }
            result.append(Integer.toHexString(address[i])).append(i < PIECES - 1 ? ":" : "");
        }
        return result.toString();
    }
}
