package dev.jawa.js.crypto;

import dev.jawa.js.EventLoop;
import dev.jawa.js.graal.Arguments;
import dev.jawa.js.graal.ErrorType;
import dev.jawa.js.graal.PromiseHandle;
import dev.jawa.js.graal.Realm;
import dev.jawa.js.graal.Slot;
import dev.jawa.js.graal.Values;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import javax.crypto.Cipher;

/**
 * Keys and what is done with them, for the scripts {@code web/subtle} and {@code node/keys}. Each function does its work at
 * once; within {@code background} it gives a promise. What the JDK refuses is an {@code Error} whose {@code name} is
 * {@code OperationError}.
 */
public final class CryptoBinding {
    private final Realm realm;
    private final EventLoop loop;
    private final Slot<Key> key = new Slot<>("Key", Key.class);
    private final Slot<Cipher> cipher = new Slot<>("Cipher", Cipher.class);
    private boolean inBackground;

    /** A binding for a realm. */
    public CryptoBinding(Realm realm, EventLoop loop) {
        this.realm = realm;
        this.loop = loop;
    }

    @FunctionalInterface
    private interface Work<T> {
        T run() throws GeneralSecurityException;
    }

    /** The object with the functions. */
    public Object object() {
        Object host = realm.newObject();
        // What is called within works on another thread.
        method(host, "background", arguments -> {
            inBackground = true;
            try {
                return realm.call(arguments.get(0), Values.UNDEFINED);
            } finally {
                inBackground = false;
            }
        });
        defineDerivation(host);
        defineCiphers(host);
        defineKeys(host);
        defineSignatures(host);
        return host;
    }

    private void method(Object object, String name, Function<Arguments, Object> body) {
        realm.define(object, name, realm.helper(name, body));
    }

    private static String text(Arguments arguments, int index) {
        return Values.toString(arguments.get(index));
    }

    private static int number(Arguments arguments, int index) {
        return Values.toInt32(arguments.get(index));
    }

    private static byte[] bytes(Arguments arguments, int index) {
        return Values.copyBytes(arguments.get(index));
    }

    private <T extends Key> T key(Arguments arguments, int index, Class<T> type) {
        return type.cast(key.in(arguments.get(index)).orElseThrow());
    }

    private <T> Object does(Work<T> work, Function<T, Object> toValue) {
        if (inBackground) {
            PromiseHandle promise = realm.newPromise();
            loop.background(work::run, result -> promise.resolve(toValue.apply(result)),
                    problem -> promise.reject(failure(problem)));
            return promise.promise();
        }
        try {
            return toValue.apply(work.run());
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw realm.thrown(failure(e));
        }
    }

    private Object failure(Throwable problem) {
        Object error = realm.newError(ErrorType.ERROR,
                problem.getMessage() == null ? problem.toString() : problem.getMessage());
        realm.defineHidden(error, "name", Values.string("OperationError"));
        return error;
    }

    private Object doesBytes(Work<byte[]> work) {
        return does(work, realm::newArrayBuffer);
    }

    private void defineDerivation(Object host) {
        method(host, "pbkdf2", arguments -> {
            String mac = text(arguments, 0);
            byte[] password = bytes(arguments, 1);
            byte[] salt = bytes(arguments, 2);
            int iterations = number(arguments, 3);
            int length = number(arguments, 4);
            return doesBytes(() -> KeyDerivation.pbkdf2(mac, password, salt, iterations, length));
        });
        method(host, "hkdf", arguments -> {
            String mac = text(arguments, 0);
            byte[] secret = bytes(arguments, 1);
            byte[] salt = bytes(arguments, 2);
            byte[] info = bytes(arguments, 3);
            int length = number(arguments, 4);
            return doesBytes(() -> KeyDerivation.hkdf(mac, secret, salt, info, length));
        });
        method(host, "scrypt", arguments -> {
            byte[] password = bytes(arguments, 0);
            byte[] salt = bytes(arguments, 1);
            int cost = number(arguments, 2);
            int blockSize = number(arguments, 3);
            int parallelization = number(arguments, 4);
            int length = number(arguments, 5);
            return doesBytes(() -> KeyDerivation.scrypt(password, salt, cost, blockSize, parallelization, length));
        });
    }

    private void defineCiphers(Object host) {
        // aes(mode, encrypts, key, iv, tagBits, padding, additional data, data)
        method(host, "aes", arguments -> {
            String mode = text(arguments, 0);
            boolean encrypts = Values.toBoolean(arguments.get(1));
            byte[] secret = bytes(arguments, 2);
            byte[] iv = bytes(arguments, 3);
            int tagBits = number(arguments, 4);
            boolean padding = Values.toBoolean(arguments.get(5));
            byte[] additional = bytes(arguments, 6);
            byte[] data = bytes(arguments, 7);
            return doesBytes(() -> {
                Cipher created = Operations.aes(mode, encrypts, secret, iv, tagBits, padding);
                if (additional.length > 0) {
                    created.updateAAD(additional);
                }
                return created.doFinal(data);
            });
        });
        // newAes(mode, encrypts, key, iv, tagBits, padding), to be used in parts
        method(host, "newAes", arguments -> does(() -> Operations.aes(text(arguments, 0),
                Values.toBoolean(arguments.get(1)), bytes(arguments, 2), bytes(arguments, 3), number(arguments, 4),
                Values.toBoolean(arguments.get(5))), created -> {
                    Object object = realm.newObject();
                    cipher.set(object, created);
                    return object;
                }));
        method(host, "addData", arguments -> {
            cipher.in(arguments.get(0)).orElseThrow().updateAAD(bytes(arguments, 1));
            return Values.UNDEFINED;
        });
        method(host, "update", arguments -> {
            byte[] result = cipher.in(arguments.get(0)).orElseThrow().update(bytes(arguments, 1));
            return realm.newArrayBuffer(result == null ? new byte[0] : result);
        });
        method(host, "finish", arguments -> doesBytes(() -> cipher.in(arguments.get(0)).orElseThrow().doFinal()));
        method(host, "rsaOaep", arguments -> {
            boolean encrypts = Values.toBoolean(arguments.get(0));
            Key rsa = key(arguments, 1, Key.class);
            String hash = text(arguments, 2);
            byte[] label = bytes(arguments, 3);
            byte[] data = bytes(arguments, 4);
            return doesBytes(() -> Operations.rsaOaep(encrypts, rsa, hash, label, data));
        });
        method(host, "rsaPkcs1", arguments -> {
            boolean encrypts = Values.toBoolean(arguments.get(0));
            Key rsa = key(arguments, 1, Key.class);
            byte[] data = bytes(arguments, 2);
            return doesBytes(() -> Operations.rsaPkcs1(encrypts, rsa, data));
        });
    }

    private Object object(Key given) {
        Object object = realm.newObject();
        key.set(object, given);
        realm.define(object, "kind", Values.string(Keys.kind(given)));
        realm.define(object, "detail", Values.string(Keys.detail(given)));
        realm.define(object, "isPrivate", given instanceof PrivateKey);
        return object;
    }

    private Object pair(KeyPair pair) {
        return realm.newArray(List.of(object(pair.getPublic()), object(pair.getPrivate())));
    }

    private void defineKeys(Object host) {
        method(host, "generateEc", arguments -> {
            String curve = text(arguments, 0);
            return does(() -> Keys.generateEc(curve), this::pair);
        });
        method(host, "generateEdwards", arguments -> {
            String name = text(arguments, 0);
            return does(() -> Keys.generateEdwards(name), this::pair);
        });
        method(host, "generateRsa", arguments -> {
            int bits = number(arguments, 0);
            var exponent = new BigInteger(1, bytes(arguments, 1));
            return does(() -> Keys.generateRsa(bits, exponent), this::pair);
        });
        method(host, "decode", arguments -> does(() ->
                Keys.decode(bytes(arguments, 0), Values.toBoolean(arguments.get(1))), this::object));
        method(host, "encode", arguments -> realm.newArrayBuffer(key(arguments, 0, Key.class).getEncoded()));
        method(host, "ofRaw", arguments -> does(() -> Keys.ofRaw(text(arguments, 0), bytes(arguments, 1)), this::object));
        method(host, "toRaw", arguments -> realm.newArrayBuffer(Keys.rawPublic(key(arguments, 0, PublicKey.class))));
        method(host, "publicOf", arguments -> does(() -> Keys.publicOf(key(arguments, 0, PrivateKey.class)), this::object));
        // ofJwk([name, text, ...])
        method(host, "ofJwk", arguments -> {
            List<Object> members = realm.iterate(arguments.get(0));
            Map<String, String> jwk = new LinkedHashMap<>();
            for (int i = 0; i < members.size(); i += 2) {
                jwk.put(Values.toString(members.get(i)), Values.toString(members.get(i + 1)));
            }
            return does(() -> Keys.ofJwk(jwk), this::object);
        });
        method(host, "toJwk", arguments -> does(() -> {
            Key given = key(arguments, 0, Key.class);
            return Keys.toJwk(given, given instanceof PrivateKey secret ? Keys.publicOf(secret) : (PublicKey) given);
        }, jwk -> {
            Object object = realm.newObject();
            jwk.forEach((name, value) -> realm.define(object, name, Values.string(value)));
            return object;
        }));
    }

    private void defineSignatures(Object host) {
        // sign(scheme, hash, salt length, key, data), verify(..., signature)
        method(host, "sign", arguments -> {
            String scheme = text(arguments, 0);
            String hash = text(arguments, 1);
            int salt = number(arguments, 2);
            PrivateKey secret = key(arguments, 3, PrivateKey.class);
            byte[] data = bytes(arguments, 4);
            return doesBytes(() -> Operations.sign(Operations.signature(scheme, hash, salt), secret, data));
        });
        method(host, "verify", arguments -> {
            String scheme = text(arguments, 0);
            String hash = text(arguments, 1);
            int salt = number(arguments, 2);
            PublicKey open = key(arguments, 3, PublicKey.class);
            byte[] data = bytes(arguments, 4);
            byte[] signed = bytes(arguments, 5);
            return does(() -> Operations.verify(Operations.signature(scheme, hash, salt), open, data, signed),
                    Boolean::valueOf);
        });
        method(host, "agree", arguments -> {
            PrivateKey own = key(arguments, 0, PrivateKey.class);
            PublicKey other = key(arguments, 1, PublicKey.class);
            return doesBytes(() -> Operations.agree(own, other));
        });
    }
}
