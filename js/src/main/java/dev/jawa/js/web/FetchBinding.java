package dev.jawa.js.web;

import dev.jawa.js.EventLoop;
import dev.jawa.js.Permissions;
import dev.jawa.js.graal.Arguments;
import dev.jawa.js.graal.ErrorType;
import dev.jawa.js.graal.PromiseHandle;
import dev.jawa.js.graal.Realm;
import dev.jawa.js.graal.Slot;
import dev.jawa.js.graal.Values;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** {@code fetch} and {@code Response}: the script fetch.js and what it needs of Java. */
public final class FetchBinding {
    private static final int CHUNK = 64 * 1024;
    private static final List<String> GLOBALS = List.of("Headers", "Request", "Response");

    private final Realm realm;
    private final EventLoop loop;
    private final URI base;
    private final Permissions permissions;
    private final Object host;
    private final Function<String, Object> load;
    private final Slot<InputStream> input = new Slot<>("Input", InputStream.class);
    private final Slot<Pipe> pipe = new Slot<>("Pipe", Pipe.class);
    /** Both of the script; {@code null} until something needs it. */
    private Object exports;
    private Object responses;

    /**
     * A binding that runs the script when it is first needed.
     *
     * @param base what relative URLs are relative to
     * @param host gets the functions that the script needs
     * @param load runs a script of the host
     */
    public FetchBinding(Realm realm, EventLoop loop, URI base, Permissions permissions, Object host,
            Function<String, Object> load) {
        this.realm = realm;
        this.loop = loop;
        this.base = base;
        this.permissions = permissions;
        this.host = host;
        this.load = load;
        defineFunctions();
    }

    private Object exports() {
        if (exports == null) {
            exports = load.apply("fetch");
            responses = realm.get(host, "responses");
        }
        return exports;
    }

    /** Defines the globals. */
    public void install(Object global) {
        realm.defineLazy(global, "fetch", true, () -> realm.get(exports(), "fetch"));
        for (String name : GLOBALS) {
            realm.defineLazy(global, name, false, () -> realm.get(exports(), name));
        }
    }

    /** Whether a value is a {@code Response}. */
    public boolean isResponse(Object value) {
        return responses != null
                && Values.toBoolean(realm.call(realm.get(responses, "isResponse"), Values.UNDEFINED, value));
    }

    /** Whether the status of a response is a success. */
    public boolean isOk(Object response) {
        return Values.toBoolean(realm.get(response, "ok"));
    }

    /** The {@code Content-Type} of a response. */
    public Optional<String> contentType(Object response) {
        return Values.asString(realm.call(realm.get(responses, "contentType"), Values.UNDEFINED, response));
    }

    /**
     * Takes the body of a response, which is used from now on.
     *
     * @return to be read on another thread; empty if it is none
     * @throws RuntimeException a {@code TypeError} if it has been used already
     */
    public InputStream takeBody(Object response) {
        return input.in(realm.call(realm.get(responses, "take"), Values.UNDEFINED, response))
                .orElseGet(InputStream::nullInputStream);
    }

    /** The JavaScript value that says why a body could not be read. */
    public Object reasonOf(Throwable problem) {
        return switch (problem) {
            case Pipe.Failure failure -> failure.reason();
            case IOException failure ->
                    realm.thrownValue(realm.typeError("The body cannot be read: " + message(failure)));
            default -> realm.thrownValue(problem);
        };
    }

    private static String message(Throwable problem) {
        return problem.getMessage() == null ? problem.toString() : problem.getMessage();
    }

    private void defineFunctions() {
        method(host, "resolveUrl", arguments -> Values.string(resolve(Values.toString(arguments.get(0)))));
        method(host, "fetch", this::fetch);
        method(host, "read", arguments -> read(inputOf(arguments)));
        method(host, "readAll", arguments -> readAll(inputOf(arguments)));
        method(host, "closeInput", arguments -> close(inputOf(arguments)));
        method(host, "inputOf", arguments -> wrap(new ByteArrayInputStream(Values.copyBytes(arguments.get(0)))));
        method(host, "newPipe", _ -> {
            Object object = realm.newObject();
            pipe.set(object, new Pipe());
            return object;
        });
        method(host, "inputOfPipe", arguments -> wrap(pipeOf(arguments)));
        method(host, "writePipe", arguments -> run(() ->
                pipeOf(arguments).write(Values.copyBytes(arguments.get(1)))));
        method(host, "closePipe", arguments -> run(() -> pipeOf(arguments).end()));
        method(host, "failPipe", arguments -> run(() -> pipeOf(arguments).fail(arguments.get(1))));
    }

    private void method(Object object, String name, Function<Arguments, Object> body) {
        realm.define(object, name, realm.helper(name, body));
    }

    private static Object run(Runnable action) {
        action.run();
        return Values.UNDEFINED;
    }

    private InputStream inputOf(Arguments arguments) {
        return input.in(arguments.get(0)).orElseThrow();
    }

    private Pipe pipeOf(Arguments arguments) {
        return pipe.in(arguments.get(0)).orElseThrow();
    }

    private Object wrap(InputStream stream) {
        Object object = realm.newObject();
        input.set(object, stream);
        return object;
    }

    private String resolve(String url) {
        return Urls.resolve(base, url).orElseThrow(() -> realm.typeError("Invalid URL: " + url));
    }

    /** {@code fetch(url, method, headers, body)}: a promise of the parts of a response. */
    private Object fetch(Arguments arguments) {
        var headers = new ArrayList<String>();
        realm.iterate(arguments.get(2)).forEach(text -> headers.add(Values.toString(text)));
        Object body = arguments.get(3);
        var request = new Fetcher.Request(Values.toString(arguments.get(0)), Values.toString(arguments.get(1)), headers,
                Values.isUndefined(body) ? Optional.empty() : Optional.of(Values.copyBytes(body)),
                Values.toString(arguments.get(4)));
        PromiseHandle promise = realm.newPromise();
        loop.background(() -> Fetcher.fetch(request, permissions), result -> promise.resolve(parts(result)), problem ->
                promise.reject(realm.newError(ErrorType.TYPE_ERROR,
                        "fetch of " + shortened(request.url()) + " failed: " + message(problem))));
        return promise.promise();
    }

    private static String shortened(String url) {
        return url.length() <= 200 ? url : url.substring(0, 200) + "...";
    }

    private Object parts(Fetcher.Result result) {
        Object parts = realm.newObject();
        realm.define(parts, "status", Values.number(result.status()));
        realm.define(parts, "statusText", Values.string(result.statusText()));
        realm.define(parts, "url", Values.string(result.url()));
        realm.define(parts, "redirected", result.redirected());
        realm.define(parts, "headers", realm.newArray(result.headers().stream().map(Values::string).toList()));
        realm.define(parts, "input", wrap(result.body()));
        return parts;
    }

    /** The next bytes that are there, as an {@code ArrayBuffer}; {@code null} at the end. */
    private Object read(InputStream stream) {
        return inBackground(() -> {
            byte[] chunk = new byte[CHUNK];
            int count = stream.read(chunk);
            if (count < 0) {
                stream.close();
                return Optional.<byte[]>empty();
            }
            return Optional.of(Arrays.copyOf(chunk, count));
        }, chunk -> chunk.map(realm::newArrayBuffer).orElse(Values.NULL));
    }

    private Object readAll(InputStream stream) {
        return inBackground(() -> {
            try (stream) {
                return stream.readAllBytes();
            }
        }, realm::newArrayBuffer);
    }

    private Object close(InputStream stream) {
        return inBackground(() -> {
            stream.close();
            return Values.UNDEFINED;
        }, Function.identity());
    }

    private <T> Object inBackground(EventLoop.Work<T> work, Function<T, Object> toValue) {
        PromiseHandle promise = realm.newPromise();
        Consumer<T> succeeded = result -> promise.resolve(toValue.apply(result));
        loop.background(work, succeeded, problem -> promise.reject(reasonOf(problem)));
        return promise.promise();
    }
}
