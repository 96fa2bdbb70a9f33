package dev.jawa.cli;

/** Where the JVM begins. */
public final class Main {
    private Main() {
    }

    /** Runs a command line and ends the JVM with its exit code. */
    public static void main(String[] args) {
        System.exit(new Jawa(System.out, System.err).execute(args));
    }
}
