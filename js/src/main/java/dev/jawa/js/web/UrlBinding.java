package dev.jawa.js.web;

import dev.jawa.js.graal.Arguments;
import dev.jawa.js.graal.Realm;
import dev.jawa.js.graal.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What the script of {@code URL} and {@code URLSearchParams} needs of Java. */
public final class UrlBinding {
    private final Realm realm;

    /** A binding for a realm. */
    public UrlBinding(Realm realm) {
        this.realm = realm;
    }

    /** Adds the functions to an object. */
    public void define(Object host) {
        method(host, "parseUrl", this::parse);
        method(host, "changeUrl", arguments -> UrlParser.parse(text(arguments, 0), Optional.empty())
                .flatMap(url -> UrlParser.change(url, text(arguments, 1), text(arguments, 2)))
                .map(this::parts).orElse(Values.UNDEFINED));
        method(host, "parseForm", arguments -> {
            List<String> flat = UrlEncoding.parseForm(text(arguments, 0));
            var pairs = new ArrayList<Object>();
            for (int i = 0; i < flat.size(); i += 2) {
                pairs.add(realm.newArray(List.of(Values.string(flat.get(i)), Values.string(flat.get(i + 1)))));
            }
            return realm.newArray(pairs);
        });
        method(host, "serializeForm", arguments -> Values.string(UrlEncoding.serializeForm(
                realm.iterate(arguments.get(0)).stream().map(Values::toString).toList())));
    }

    private void method(Object object, String name, Function<Arguments, Object> body) {
        realm.define(object, name, realm.helper(name, body));
    }

    private static String text(Arguments arguments, int index) {
        return Values.toString(arguments.get(index));
    }

    private Object parse(Arguments arguments) {
        Optional<UrlRecord> base = Optional.empty();
        if (!Values.isUndefined(arguments.get(1))) {
            base = UrlParser.parse(text(arguments, 1), Optional.empty());
            if (base.isEmpty()) {
                return Values.UNDEFINED;
            }
        }
        return UrlParser.parse(text(arguments, 0), base).map(this::parts).orElse(Values.UNDEFINED);
    }

    private Object parts(UrlRecord url) {
        Object parts = realm.newObject();
        define(parts, "href", url.href());
        define(parts, "origin", url.origin());
        define(parts, "protocol", url.scheme() + ":");
        define(parts, "username", url.username());
        define(parts, "password", url.password());
        define(parts, "host", url.hostAndPort());
        define(parts, "hostname", url.host().orElse(""));
        define(parts, "port", url.port().map(String::valueOf).orElse(""));
        define(parts, "pathname", url.pathname());
        define(parts, "search", url.query().filter(query -> !query.isEmpty()).map(query -> "?" + query).orElse(""));
        define(parts, "hash", url.fragment().filter(text -> !text.isEmpty()).map(text -> "#" + text).orElse(""));
        return parts;
    }

    private void define(Object object, String name, String value) {
        realm.define(object, name, Values.string(value));
    }
}
