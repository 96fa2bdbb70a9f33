package dev.jawa.wasi;

import java.security.SecureRandom;
import java.util.random.RandomGenerator;

/** The JDK's secure random numbers. Loading their providers takes time that only programs which ask for them spend. */
enum SystemRandom implements RandomGenerator {
    INSTANCE;

    private static final class Holder {
        static final SecureRandom RANDOM = new SecureRandom();
    }

    @Override
    public long nextLong() {
        return Holder.RANDOM.nextLong();
    }

    @Override
    public void nextBytes(byte[] bytes) {
        Holder.RANDOM.nextBytes(bytes);
    }
}
