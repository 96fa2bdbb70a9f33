package dev.jawa.js.crypto;

import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import javax.crypto.spec.SecretKeySpec;

/** What is done with keys: ciphers, signatures, agreements, by the names that Java has for them. */
final class Operations {
    private Operations() {
    }

    /**
     * A cipher of AES.
     *
     * @param mode {@code CBC}, {@code CTR}, {@code GCM}, {@code ECB} or {@code KW}
     * @param iv the initialization vector or counter; nothing where there is none
     * @param tagBits the length of the tag of GCM
     * @param padding whether CBC and ECB fill the last block
     */
    static Cipher aes(String mode, boolean encrypts, byte[] key, byte[] iv, int tagBits, boolean padding)
            throws GeneralSecurityException {
        boolean isPadded = padding && (mode.equals("CBC") || mode.equals("ECB"));
        Cipher cipher = Cipher.getInstance("AES/" + mode + (isPadded ? "/PKCS5Padding" : "/NoPadding"));
        AlgorithmParameterSpec parameters = switch (mode) {
            case "GCM" -> new GCMParameterSpec(tagBits, iv);
            case "CBC", "CTR" -> new IvParameterSpec(iv);
            default -> null;
        };
        cipher.init(encrypts ? Cipher.ENCRYPT_MODE : Cipher.DECRYPT_MODE, new SecretKeySpec(key, "AES"), parameters);
        return cipher;
    }

    /** RSA-OAEP (RFC 8017 section 7.1). */
    static byte[] rsaOaep(boolean encrypts, Key key, String hash, byte[] label, byte[] data)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPPadding");
        cipher.init(encrypts ? Cipher.ENCRYPT_MODE : Cipher.DECRYPT_MODE, key,
                new OAEPParameterSpec(hash, "MGF1", new MGF1ParameterSpec(hash), new PSource.PSpecified(label)));
        return cipher.doFinal(data);
    }

    /** RSAES-PKCS1-v1_5. */
    static byte[] rsaPkcs1(boolean encrypts, Key key, byte[] data) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("RSA/ECB/PKCS1Padding");
        cipher.init(encrypts ? Cipher.ENCRYPT_MODE : Cipher.DECRYPT_MODE, key);
        return cipher.doFinal(data);
    }

    /**
     * A way to sign.
     *
     * @param scheme {@code RSA}, {@code PSS}, {@code ECDSA} (two numbers side by side), {@code ECDSA-DER} or
     *     {@code Ed25519}
     * @param hash Java's name of it; of no meaning to Ed25519
     * @param saltLength of PSS, in bytes
     */
    static Signature signature(String scheme, String hash, int saltLength) throws GeneralSecurityException {
        String plain = hash.replace("-", "");
        if (scheme.equals("PSS")) {
            Signature pss = Signature.getInstance("RSASSA-PSS");
            pss.setParameter(new PSSParameterSpec(hash, "MGF1", new MGF1ParameterSpec(hash), saltLength, 1));
            return pss;
        }
        return Signature.getInstance(switch (scheme) {
            case "RSA" -> plain + "withRSA";
            case "ECDSA" -> plain + "withECDSAinP1363Format";
            case "ECDSA-DER" -> plain + "withECDSA";
            default -> "Ed25519";
        });
    }

    static byte[] sign(Signature signature, PrivateKey key, byte[] data) throws GeneralSecurityException {
        signature.initSign(key);
        signature.update(data);
        return signature.sign();
    }

    static boolean verify(Signature signature, PublicKey key, byte[] data, byte[] signed)
            throws GeneralSecurityException {
        signature.initVerify(key);
        signature.update(data);
        try {
            return signature.verify(signed);
        } catch (java.security.SignatureException _) {
            // It has not even the form of one.
            return false;
        }
    }

    /** The secret that two share who each have a key of a pair: ECDH or X25519. */
    static byte[] agree(PrivateKey own, PublicKey other) throws GeneralSecurityException {
        KeyAgreement agreement = KeyAgreement.getInstance(Keys.kind(own).equals("EC") ? "ECDH" : "X25519");
        agreement.init(own);
        agreement.doPhase(other, true);
        return agreement.generateSecret();
    }
}
