package dev.jawa.js.crypto;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.ECKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECKey;
import java.security.interfaces.RSAKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.security.spec.RSAPrivateCrtKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Pairs of keys: made, read and written, for RSA, the curves of NIST, Ed25519 and X25519. */
final class Keys {
    /** The names of curves: of the Web Cryptography API and of the JDK. */
    private static final Map<String, String> CURVES =
            Map.of("P-256", "secp256r1", "P-384", "secp384r1", "P-521", "secp521r1");
    /** What is before the bytes of a key in its encoding (RFC 8410). */
    private static final Map<String, String> ED_IDENTIFIERS = Map.of("Ed25519", "2b6570", "X25519", "2b656e");
    private static final List<String> FACTORIES = List.of("EC", "RSA", "Ed25519", "X25519");
    private static final int ED_LENGTH = 32;

    private Keys() {
    }

    /** A new pair of elliptic curve keys. */
    static KeyPair generateEc(String curve) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec(javaCurve(curve)));
        return generator.generateKeyPair();
    }

    /** A new pair of RSA keys. */
    static KeyPair generateRsa(int bits, BigInteger exponent) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(new RSAKeyGenParameterSpec(bits, exponent));
        return generator.generateKeyPair();
    }

    /** A new pair of keys of Ed25519 or X25519. */
    static KeyPair generateEdwards(String name) throws GeneralSecurityException {
        return KeyPairGenerator.getInstance(name).generateKeyPair();
    }

    private static String javaCurve(String curve) throws GeneralSecurityException {
        String name = CURVES.get(curve);
        if (name == null) {
            throw new InvalidKeySpecException("no such curve: " + curve);
        }
        return name;
    }

    /** A key of the encoding SubjectPublicKeyInfo, or PKCS #8 if it is private. */
    static Key decode(byte[] encoded, boolean isPrivate) throws GeneralSecurityException {
        for (String name : FACTORIES) {
            try {
                KeyFactory factory = KeyFactory.getInstance(name);
                return isPrivate ? factory.generatePrivate(new PKCS8EncodedKeySpec(encoded))
                        : factory.generatePublic(new X509EncodedKeySpec(encoded));
            } catch (InvalidKeySpecException _) {
                // One of another kind.
            }
        }
        throw new InvalidKeySpecException("no key of a known kind");
    }

    /** The kind of a key: {@code EC}, {@code RSA}, {@code Ed25519} or {@code X25519}. */
    static String kind(Key key) {
        return switch (key) {
            case ECKey _ -> "EC";
            case RSAKey _ -> "RSA";
            case EdECKey _ -> "Ed25519";
            default -> "X25519";
        };
    }

    /** The name of its curve, or how many bits it has. */
    static String detail(Key key) {
        return switch (key) {
            case ECKey ec -> "P-" + ec.getParams().getCurve().getField().getFieldSize();
            case RSAKey rsa -> String.valueOf(rsa.getModulus().bitLength());
            default -> kind(key);
        };
    }

    private static int coordinateLength(ECKey key) {
        return (key.getParams().getCurve().getField().getFieldSize() + 7) / 8;
    }

    /** A public key as raw bytes: an uncompressed point, or the key itself. */
    static byte[] rawPublic(PublicKey key) {
        if (!(key instanceof ECPublicKey ec)) {
            byte[] encoded = key.getEncoded();
            return Arrays.copyOfRange(encoded, encoded.length - ED_LENGTH, encoded.length);
        }
        int length = coordinateLength(ec);
        byte[] point = new byte[1 + 2 * length];
        point[0] = 4;
        System.arraycopy(unsigned(ec.getW().getAffineX(), length), 0, point, 1, length);
        System.arraycopy(unsigned(ec.getW().getAffineY(), length), 0, point, 1 + length, length);
        return point;
    }

    /** A public key of raw bytes. */
    static PublicKey ofRaw(String curve, byte[] raw) throws GeneralSecurityException {
        if (ED_IDENTIFIERS.containsKey(curve)) {
            return (PublicKey) decode(edwards(curve, raw, "302a300506032b", "032100"), false);
        }
        if (raw.length == 0 || raw[0] != 4 || raw.length % 2 == 0) {
            throw new InvalidKeySpecException("an uncompressed point is required");
        }
        int length = raw.length / 2;
        return ecPublic(curve, new BigInteger(1, Arrays.copyOfRange(raw, 1, 1 + length)),
                new BigInteger(1, Arrays.copyOfRange(raw, 1 + length, raw.length)));
    }

    private static byte[] edwards(String curve, byte[] raw, String before, String after) throws GeneralSecurityException {
        if (raw.length != ED_LENGTH) {
            throw new InvalidKeySpecException("a key of " + ED_LENGTH + " bytes is required");
        }
        String text = before + ED_IDENTIFIERS.get(curve).substring(2) + after;
        byte[] prefix = java.util.HexFormat.of().parseHex(text);
        byte[] encoded = Arrays.copyOf(prefix, prefix.length + raw.length);
        System.arraycopy(raw, 0, encoded, prefix.length, raw.length);
        return encoded;
    }

    private static ECParameterSpec parameters(String curve) throws GeneralSecurityException {
        AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
        parameters.init(new ECGenParameterSpec(javaCurve(curve)));
        return parameters.getParameterSpec(ECParameterSpec.class);
    }

    private static PublicKey ecPublic(String curve, BigInteger x, BigInteger y) throws GeneralSecurityException {
        ECParameterSpec parameters = parameters(curve);
        BigInteger prime = ((java.security.spec.ECFieldFp) parameters.getCurve().getField()).getP();
        BigInteger right = x.pow(3).add(parameters.getCurve().getA().multiply(x)).add(parameters.getCurve().getB());
        if (!y.pow(2).subtract(right).mod(prime).equals(BigInteger.ZERO)) {
            throw new InvalidKeySpecException("the point is not on the curve");
        }
        return KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(new ECPoint(x, y), parameters));
    }

    /** A key of a JSON Web Key (RFC 7518 section 6, RFC 8037), of which the members that are texts are given. */
    static Key ofJwk(Map<String, String> jwk) throws GeneralSecurityException {
        boolean isPrivate = jwk.containsKey("d");
        String curve = jwk.getOrDefault("crv", "");
        return switch (jwk.getOrDefault("kty", "")) {
            case "EC" -> isPrivate ? KeyFactory.getInstance("EC")
                    .generatePrivate(new ECPrivateKeySpec(number(jwk, "d"), parameters(curve)))
                    : ecPublic(curve, number(jwk, "x"), number(jwk, "y"));
            case "RSA" -> isPrivate ? KeyFactory.getInstance("RSA").generatePrivate(new RSAPrivateCrtKeySpec(
                    number(jwk, "n"), number(jwk, "e"), number(jwk, "d"), number(jwk, "p"), number(jwk, "q"),
                    number(jwk, "dp"), number(jwk, "dq"), number(jwk, "qi")))
                    : KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(number(jwk, "n"), number(jwk, "e")));
            case "OKP" -> !ED_IDENTIFIERS.containsKey(curve) ? unknown("curve " + curve)
                    : isPrivate ? decode(edwards(curve, bytes(jwk, "d"), "302e020100300506032b", "04220420"), true)
                    : ofRaw(curve, bytes(jwk, "x"));
            case String other -> unknown("kind of key: " + other);
        };
    }

    private static Key unknown(String what) throws GeneralSecurityException {
        throw new InvalidKeySpecException("no such " + what);
    }

    private static byte[] bytes(Map<String, String> jwk, String name) throws GeneralSecurityException {
        try {
            return Base64.getUrlDecoder().decode(jwk.getOrDefault(name, ""));
        } catch (IllegalArgumentException e) {
            throw new InvalidKeySpecException("the member " + name + " is no base64url", e);
        }
    }

    private static BigInteger number(Map<String, String> jwk, String name) throws GeneralSecurityException {
        byte[] bytes = bytes(jwk, name);
        if (bytes.length == 0) {
            throw new InvalidKeySpecException("the member " + name + " is missing");
        }
        return new BigInteger(1, bytes);
    }

    /**
     * The members of the JSON Web Key of a key that depend on the key.
     *
     * @param publicKey of the pair, for a private key of a curve
     */
    static Map<String, String> toJwk(Key key, PublicKey publicKey) {
        var jwk = new LinkedHashMap<String, String>();
        switch (key) {
            case RSAPrivateCrtKey rsa -> {
                jwk.put("kty", "RSA");
                jwk.put("n", text(rsa.getModulus()));
                jwk.put("e", text(rsa.getPublicExponent()));
                jwk.put("d", text(rsa.getPrivateExponent()));
                jwk.put("p", text(rsa.getPrimeP()));
                jwk.put("q", text(rsa.getPrimeQ()));
                jwk.put("dp", text(rsa.getPrimeExponentP()));
                jwk.put("dq", text(rsa.getPrimeExponentQ()));
                jwk.put("qi", text(rsa.getCrtCoefficient()));
            }
            case RSAPublicKey rsa -> {
                jwk.put("kty", "RSA");
                jwk.put("n", text(rsa.getModulus()));
                jwk.put("e", text(rsa.getPublicExponent()));
            }
            case ECKey ec -> {
                int length = coordinateLength(ec);
                ECPoint point = ((ECPublicKey) publicKey).getW();
                jwk.put("kty", "EC");
                jwk.put("crv", detail(key));
                jwk.put("x", text(unsigned(point.getAffineX(), length)));
                jwk.put("y", text(unsigned(point.getAffineY(), length)));
                if (ec instanceof ECPrivateKey secret) {
                    jwk.put("d", text(unsigned(secret.getS(), length)));
                }
            }
            default -> {
                jwk.put("kty", "OKP");
                jwk.put("crv", kind(key));
                jwk.put("x", text(rawPublic(publicKey)));
                if (key instanceof PrivateKey) {
                    byte[] encoded = key.getEncoded();
                    jwk.put("d", text(Arrays.copyOfRange(encoded, encoded.length - ED_LENGTH, encoded.length)));
                }
            }
        }
        return jwk;
    }

    private static byte[] unsigned(BigInteger number, int length) {
        byte[] bytes = number.toByteArray();
        byte[] result = new byte[length];
        int count = Math.min(bytes.length, length);
        System.arraycopy(bytes, bytes.length - count, result, length - count, count);
        return result;
    }

    private static String text(BigInteger number) {
        return text(unsigned(number, (number.bitLength() + 7) / 8));
    }

    private static String text(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** The public key that belongs to a private one. */
    static PublicKey publicOf(PrivateKey key) throws GeneralSecurityException {
        return switch (key) {
            case RSAPrivateCrtKey rsa -> KeyFactory.getInstance("RSA")
                    .generatePublic(new RSAPublicKeySpec(rsa.getModulus(), rsa.getPublicExponent()));
            case ECPrivateKey ec -> CurvePoints.publicOf(ec);
            default -> edwardsPublicOf(key);
        };
    }

    // The JDK computes it only while it makes a pair, from random bytes: these are the key.
    private static PublicKey edwardsPublicOf(PrivateKey key) throws GeneralSecurityException {
        byte[] encoded = key.getEncoded();
        KeyPairGenerator generator = KeyPairGenerator.getInstance(kind(key));
        generator.initialize(new NamedParameterSpec(kind(key)),
                new FixedBytes(Arrays.copyOfRange(encoded, encoded.length - ED_LENGTH, encoded.length)));
        return generator.generateKeyPair().getPublic();
    }
}
