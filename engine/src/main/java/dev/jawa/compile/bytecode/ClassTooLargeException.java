package dev.jawa.compile.bytecode;

/** A class or a method does not fit a class file. The compiler answers by making smaller ones. */
public final class ClassTooLargeException extends java.lang.RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Says what does not fit. */
    public ClassTooLargeException(String what) {
        super(what, null, false, false);
    }
}
