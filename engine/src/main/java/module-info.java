/** Jawa's engine: WebAssembly for Java programs, compiled to JVM bytecode. */
module dev.jawa {
    uses dev.jawa.TextFormat;

    // Says whether the JVM can stop loops.
    requires java.management;
    requires jdk.management;

    exports dev.jawa;
    exports dev.jawa.binary to dev.jawa.text;
    exports dev.jawa.model;
    exports dev.jawa.runtime to dev.jawa.js;
    exports dev.jawa.runtime.aggregate to dev.jawa.js;
    exports dev.jawa.runtime.continuation to dev.jawa.js;
    exports dev.jawa.runtime.memory to dev.jawa.js;
}
