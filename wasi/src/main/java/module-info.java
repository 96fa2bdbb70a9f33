/** WASI preview 1: WebAssembly programs with files, clocks and streams, and nothing that they were not given. */
module dev.jawa.wasi {
    requires transitive dev.jawa;

    exports dev.jawa.wasi;
    // The engine binds the functions, which are public methods of classes that nobody else should see.
    opens dev.jawa.wasi.preview1 to dev.jawa;
}
