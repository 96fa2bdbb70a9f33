/** The text format of WebAssembly: modules, and scripts that test them. */
module dev.jawa.text {
    requires transitive dev.jawa;

    exports dev.jawa.text;
    exports dev.jawa.text.script;
}
