package dev.jawa.js.web;

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
     */
    record Request(String url, String method, List<String> headers, Optional<byte[]> body) {
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
                HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NORMAL).build();
    }

    private Fetcher() {
    }

    static Result fetch(Request request) throws IOException, InterruptedException {
        String scheme = request.url().substring(0, request.url().indexOf(':')).toLowerCase(Locale.ROOT);
        return switch (scheme) {
            case "file" -> file(request);
            case "data" -> data(request);
            case "http", "https" -> http(request);
            default -> throw new IOException("the scheme " + scheme + ": is not known");
        };
    }

    private static Result file(Request request) throws IOException {
        URI url = URI.create(request.url());
        Path path;
        try {
            path = Path.of(new URI(url.getScheme(), null, url.getPath(), null));
        } catch (java.net.URISyntaxException | IllegalArgumentException e) {
            throw new IOException("not the URL of a file", e);
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

    private static Result http(Request request) throws IOException, InterruptedException {
        String url = withoutFragment(request.url());
        HttpRequest.Builder builder;
        try {
            builder = HttpRequest.newBuilder(URI.create(url));
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
        HttpResponse<InputStream> response =
                Http.CLIENT.send(builder.build(), HttpResponse.BodyHandlers.ofInputStream());
        var headers = new ArrayList<String>();
        response.headers().map().forEach((name, values) -> {
            if (!name.startsWith(":")) {
                values.forEach(value -> headers.addAll(List.of(name, value)));
            }
        });
        return new Result(response.statusCode(), reasonPhrase(response.statusCode()), response.uri().toString(),
                response.previousResponse().isPresent(), headers, response.body());
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
