package dev.jawa.js.node;

import dev.jawa.js.graal.Arguments;
import dev.jawa.js.graal.Realm;
import dev.jawa.js.graal.Slot;
import dev.jawa.js.graal.Values;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Digests and random bytes, of the JDK: what {@code crypto.subtle} and {@code node:crypto} share. */
public final class DigestBinding {
    private static final SecureRandom RANDOM = new SecureRandom();
    /** The names of Node.js, and whether the Web Cryptography API has the algorithm too. */
    private static final List<String> NAMES = List.of("md5", "sha1", "sha224", "sha256", "sha384", "sha512",
            "sha512-224", "sha512-256", "sha3-224", "sha3-256", "sha3-384", "sha3-512");

    private final Realm realm;
    private final Slot<MessageDigest> digest = new Slot<>("Digest", MessageDigest.class);
    private final Slot<Mac> mac = new Slot<>("Mac", Mac.class);

    /** A binding for a realm. */
    public DigestBinding(Realm realm) {
        this.realm = realm;
    }

    /** The object with the functions. */
    public Object object() {
        Object host = realm.newObject();
        realm.define(host, "names", realm.newArray(NAMES.stream().map(Values::string).toList()));
        method(host, "random", arguments -> {
            byte[] bytes = new byte[Values.toInt32(arguments.get(0))];
            RANDOM.nextBytes(bytes);
            return realm.newArrayBuffer(bytes);
        });
        method(host, "digest", arguments -> create(arguments, name -> {
            Object object = realm.newObject();
            digest.set(object, MessageDigest.getInstance(name));
            return object;
        }));
        method(host, "mac", arguments -> create(arguments, name -> {
            byte[] key = Values.copyBytes(arguments.get(1));
            String algorithm = "Hmac" + (name.startsWith("SHA3") ? name : name.replace("-", ""));
            Mac created = Mac.getInstance(algorithm);
            // The JDK allows no empty key; to HMAC a zero is the same.
            created.init(new SecretKeySpec(key.length == 0 ? new byte[1] : key, algorithm));
            Object object = realm.newObject();
            mac.set(object, created);
            return object;
        }));
        method(host, "update", this::update);
        method(host, "copy", this::copy);
        method(host, "finish", arguments -> {
            Optional<MessageDigest> found = digest.in(arguments.get(0));
            return realm.newArrayBuffer(found.isPresent() ? found.get().digest()
                    : mac.in(arguments.get(0)).orElseThrow().doFinal());
        });
        return host;
    }

    private void method(Object object, String name, Function<Arguments, Object> body) {
        realm.define(object, name, realm.helper(name, body));
    }

    @FunctionalInterface
    private interface Creation {
        Object create(String name) throws GeneralSecurityException;
    }

    /** {@code undefined} if there is no such algorithm. */
    private Object create(Arguments arguments, Creation creation) {
        Optional<String> name = javaName(Values.toString(arguments.get(0)));
        if (name.isEmpty()) {
            return Values.UNDEFINED;
        }
        try {
            return creation.create(name.get());
        } catch (GeneralSecurityException _) {
            return Values.UNDEFINED;
        }
    }

    private static Optional<String> javaName(String name) {
        String lower = name.toLowerCase(Locale.ROOT).replaceFirst("^sha-", "sha").replaceFirst("^rsa-", "");
        if (!NAMES.contains(lower)) {
            return Optional.empty();
        }
        String upper = lower.toUpperCase(Locale.ROOT);
        boolean isNamedAsInJava = upper.startsWith("MD") || upper.startsWith("SHA3-");
        return Optional.of(isNamedAsInJava ? upper : "SHA-" + upper.substring(3).replace('-', '/'));
    }

    private Object update(Arguments arguments) {
        byte[] bytes = Values.copyBytes(arguments.get(1));
        digest.in(arguments.get(0)).ifPresent(found -> found.update(bytes));
        mac.in(arguments.get(0)).ifPresent(found -> found.update(bytes));
        return Values.UNDEFINED;
    }

    private Object copy(Arguments arguments) {
        try {
            Object object = realm.newObject();
            digest.set(object, (MessageDigest) digest.in(arguments.get(0)).orElseThrow().clone());
            return object;
        } catch (CloneNotSupportedException e) {
            throw realm.typeError("this digest cannot be copied");
        }
    }
}
