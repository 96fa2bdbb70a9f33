package dev.jawa.compile.bytecode;

/** Reading field and method descriptors (JVM specification 4.3). */
final class Descriptors {
    private Descriptors() {
    }

    /** The index after the field descriptor that starts at {@code index}. */
    static int end(String descriptor, int index) {
        int i = index;
        while (descriptor.charAt(i) == '[') {
            i++;
        }
        return descriptor.charAt(i) == 'L' ? descriptor.indexOf(';', i) + 1 : i + 1;
    }

    /** How many slots the parameters of a method take. */
    static int parameterSlots(String descriptor) {
        int slots = 0;
        for (int i = 1; descriptor.charAt(i) != ')'; i = end(descriptor, i)) {
            char c = descriptor.charAt(i);
            slots += c == 'J' || c == 'D' ? 2 : 1;
        }
        return slots;
    }
}
