package dev.jawa.js.crypto;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;

/**
 * The public key of a private one on a curve, which the JDK does not compute. It takes a time that depends on the key, so it
 * is for keys that are read from outside, once each.
 */
final class CurvePoints {
    private static final BigInteger THREE = BigInteger.valueOf(3);

    private final BigInteger prime;
    private final BigInteger a;

    private CurvePoints(ECParameterSpec parameters) {
        prime = ((ECFieldFp) parameters.getCurve().getField()).getP();
        a = parameters.getCurve().getA();
    }

    static PublicKey publicOf(ECPrivateKey key) throws GeneralSecurityException {
        ECParameterSpec parameters = key.getParams();
        ECPoint point = new CurvePoints(parameters).multiply(parameters.getGenerator(), key.getS());
        return KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(point, parameters));
    }

    private ECPoint multiply(ECPoint point, BigInteger factor) {
        ECPoint result = ECPoint.POINT_INFINITY;
        for (int bit = factor.bitLength() - 1; bit >= 0; bit--) {
            result = add(result, result);
            if (factor.testBit(bit)) {
                result = add(result, point);
            }
        }
        return result;
    }

    private ECPoint add(ECPoint p, ECPoint q) {
        if (p.equals(ECPoint.POINT_INFINITY)) {
            return q;
        }
        if (q.equals(ECPoint.POINT_INFINITY)) {
            return p;
        }
        BigInteger slope;
        if (!p.getAffineX().equals(q.getAffineX())) {
            slope = divide(q.getAffineY().subtract(p.getAffineY()), q.getAffineX().subtract(p.getAffineX()));
        } else if (p.getAffineY().equals(q.getAffineY()) && p.getAffineY().signum() != 0) {
            slope = divide(THREE.multiply(p.getAffineX().pow(2)).add(a), p.getAffineY().shiftLeft(1));
        } else {
            return ECPoint.POINT_INFINITY;
        }
        BigInteger x = slope.pow(2).subtract(p.getAffineX()).subtract(q.getAffineX()).mod(prime);
        return new ECPoint(x, slope.multiply(p.getAffineX().subtract(x)).subtract(p.getAffineY()).mod(prime));
    }

    private BigInteger divide(BigInteger dividend, BigInteger divisor) {
        return dividend.multiply(divisor.modInverse(prime)).mod(prime);
    }
}
