package dev.jawa.js.web;

import dev.jawa.js.Permissions;
import java.io.ByteArrayInputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Gets what a URL names (Fetch standard, "scheme fetch"); its methods block. */
final class Fetcher {
    /** What programs may not set (Fetch standard, "forbidden request-header"), among what HttpClient refuses. */
    private static final Set<String> FORBIDDEN_HEADERS = Set.of("connection", "content-length", "date", "expect",
            "host", "keep-alive", "te", "trailer", "transfer-encoding", "upgrade", "via");

    /**
     * A request.
     *
     * @param headers names and values in turn
     * @param redirect what to do with redirects: {@code follow}, {@code error} or {@code manual}
     */
    record Request(String url, String method, List<String> headers, Optional<byte[]> body, String redirect) {
    }

    /**
     * What came back; the body is still to be read, and to be closed.
     *
     * @param url where it came from after redirects
     * @param headers names and values in turn
     */
    record Result(int status, String statusText, String url, boolean redirected, List<String> headers,
            InputStream body) {
    }

    /** Made when first needed: it is slow to start and most programs read files. */
    private static final class Http {
        static final HttpClient CLIENT =
                HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();
    }

    private static final int MAXIMUM_REDIRECTS = 20;
    private static final Set<Integer> REDIRECT_STATUS = Set.of(301, 302, 303, 307, 308);

    private Fetcher() {
    }

    static Result fetch(Request request, Permissions permissions) throws IOException, InterruptedException {
        String scheme = request.url().substring(0, request.url().indexOf(':')).toLowerCase(Locale.ROOT);
        return switch (scheme) {
            case "file" -> file(request, permissions);
            case "data" -> data(request);
            case "http", "https" -> http(request, permissions);
            default -> throw new IOException("the scheme " + scheme + ": is not known");
        };
    }

    private static Result file(Request request, Permissions permissions) throws IOException {
        URI url = URI.create(request.url());
        Path path;
        try {
            path = Path.of(new URI(url.getScheme(), null, url.getPath(), null));
        } catch (java.net.URISyntaxException | IllegalArgumentException e) {
            throw new IOException("not the URL of a file", e);
        }
        if (!permissions.mayRead(path)) {
            throw new IOException("reading " + path + " is not allowed");
        }
        if (!Files.isRegularFile(path)) {
            throw new IOException("no such file: " + path);
        }
        var headers = new ArrayList<String>();
        contentType(path.getFileName().toString()).ifPresent(type -> headers.addAll(List.of("content-type", type)));
        headers.addAll(List.of("content-length", Long.toString(Files.size(path))));
        return new Result(200, "OK", withoutFragment(request.url()), false, headers, new FileInputStream(path.toFile()));
    }

    private static Optional<String> contentType(String name) {
        String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return switch (extension) {
            case "wasm" -> Optional.of("application/wasm");
            case "js", "mjs" -> Optional.of("text/javascript");
            case "json" -> Optional.of("application/json");
            case "html", "htm" -> Optional.of("text/html");
            case "css" -> Optional.of("text/css");
            case "txt" -> Optional.of("text/plain");
            case "svg" -> Optional.of("image/svg+xml");
            case "png" -> Optional.of("image/png");
            default -> Optional.empty();
        };
    }

    /** RFC 2397, and the Fetch standard's "data: URL processor". */
    private static Result data(Request request) throws IOException {
        String url = withoutFragment(request.url());
        int comma = url.indexOf(',');
        if (comma < 0) {
            throw new IOException("a data: URL without comma");
        }
        String type = url.substring("data:".length(), comma).strip();
        byte[] bytes = percentDecode(url.substring(comma + 1));
        String lower = type.toLowerCase(Locale.ROOT).replaceAll("\\s", "");
        if (lower.endsWith(";base64")) {
            type = type.substring(0, type.lastIndexOf(';')).strip();
            bytes = base64(bytes);
        }
        if (type.isEmpty() || type.startsWith(";")) {
            type = "text/plain" + (type.isEmpty() ? ";charset=US-ASCII" : type);
        }
        return new Result(200, "OK", url, false, List.of("content-type", type), new ByteArrayInputStream(bytes));
    }

    private static byte[] percentDecode(String text) throws IOException {
        try {
            String decoded = URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.ISO_8859_1);
            // Characters outside Latin-1 were not encoded: they stand for their UTF-8 bytes.
            return decoded.chars().allMatch(character -> character < 0x100)
                    ? decoded.getBytes(StandardCharsets.ISO_8859_1) : text.getBytes(StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new IOException("a data: URL with a malformed % sequence", e);
        }
    }

    private static byte[] base64(byte[] text) throws IOException {
        try {
            return Base64.getDecoder().decode(new String(text, StandardCharsets.ISO_8859_1).replaceAll("\\s", ""));
        } catch (IllegalArgumentException e) {
            throw new IOException("a data: URL with malformed base64", e);
        }
    }

    /** "HTTP fetch" with "HTTP-redirect fetch". */
    private static Result http(Request request, Permissions permissions) throws IOException, InterruptedException {
        Request current = request;
        for (int redirects = 0; redirects <= MAXIMUM_REDIRECTS; redirects++) {
            HttpResponse<InputStream> response = send(current, permissions);
            Optional<String> location = response.headers().firstValue("location")
                    .filter(_ -> REDIRECT_STATUS.contains(response.statusCode()));
            if (location.isEmpty() || request.redirect().equals("manual")) {
                return result(current, response, redirects > 0);
            }
            response.body().close();
            if (request.redirect().equals("error")) {
                throw new IOException("the server redirects");
            }
            current = redirected(current, response.statusCode(), location.get());
        }
        throw new IOException("more than " + MAXIMUM_REDIRECTS + " redirects");
    }

    private static Request redirected(Request request, int status, String location) throws IOException {
        Optional<UrlRecord> from = UrlParser.parse(request.url(), Optional.empty());
        UrlRecord url = UrlParser.parse(location, from).filter(found -> found.scheme().startsWith("http"))
                .orElseThrow(() -> new IOException("a redirect to " + location));
        boolean becomesGet = status == 303 && !request.method().equals("HEAD")
                || (status == 301 || status == 302) && request.method().equals("POST");
        boolean isSameOrigin = url.origin().equals(from.orElseThrow().origin());
        var headers = new ArrayList<String>();
        for (int i = 0; i < request.headers().size(); i += 2) {
            String name = request.headers().get(i).toLowerCase(Locale.ROOT);
            if (!(becomesGet && name.startsWith("content-")) && (isSameOrigin || !name.equals("authorization"))) {
                headers.addAll(request.headers().subList(i, i + 2));
            }
        }
        return new Request(url.href(), becomesGet && !request.method().equals("GET") ? "GET" : request.method(),
                headers, becomesGet ? Optional.empty() : request.body(), request.redirect());
    }

    private static void requireAllowed(URI url, Permissions permissions) throws IOException {
        int port = url.getPort() >= 0 ? url.getPort() : UrlRecord.defaultPort(url.getScheme());
        if (url.getHost() == null || !permissions.mayConnect(url.getHost(), port)) {
            throw new IOException("requests to " + url.getAuthority() + " are not allowed");
        }
    }

    private static HttpResponse<InputStream> send(Request request, Permissions permissions)
            throws IOException, InterruptedException {
        String url = withoutFragment(request.url());
        HttpRequest.Builder builder;
        try {
            URI parsed = URI.create(url);
            requireAllowed(parsed, permissions);
            builder = HttpRequest.newBuilder(parsed);
            builder.method(request.method(), request.body().map(HttpRequest.BodyPublishers::ofByteArray)
                    .orElseGet(HttpRequest.BodyPublishers::noBody));
            for (int i = 0; i < request.headers().size(); i += 2) {
                String name = request.headers().get(i);
                if (!FORBIDDEN_HEADERS.contains(name)) {
                    builder.header(name, request.headers().get(i + 1));
                }
            }
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
        return Http.CLIENT.send(builder.build(), HttpResponse.BodyHandlers.ofInputStream());
    }

    private static Result result(Request request, HttpResponse<InputStream> response, boolean isRedirected) {
        var headers = new ArrayList<String>();
        response.headers().map().forEach((name, values) -> {
            if (!name.startsWith(":")) {
                values.forEach(value -> headers.addAll(List.of(name, value)));
            }
        });
        return new Result(response.statusCode(), reasonPhrase(response.statusCode()), withoutFragment(request.url()),
                isRedirected, headers, response.body());
    }

    /** HttpClient does not tell what the server wrote; these are the usual ones (RFC 9110 section 15). */
    private static String reasonPhrase(int status) {
        return switch (status) {
            case 200 -> "OK";
            case 201 -> "Created";
            case 202 -> "Accepted";
            case 204 -> "No Content";
            case 206 -> "Partial Content";
            case 304 -> "Not Modified";
            case 400 -> "Bad Request";
            case 401 -> "Unauthorized";
            case 403 -> "Forbidden";
            case 404 -> "Not Found";
            case 405 -> "Method Not Allowed";
            case 410 -> "Gone";
            case 429 -> "Too Many Requests";
            case 500 -> "Internal Server Error";
            case 502 -> "Bad Gateway";
            case 503 -> "Service Unavailable";
            case 504 -> "Gateway Timeout";
            default -> "";
        };
    }

    private static String withoutFragment(String url) {
        int fragment = url.indexOf('#');
        return fragment < 0 ? url : url.substring(0, fragment);
    }
}
