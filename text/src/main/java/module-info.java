/** The text format of WebAssembly: modules, and scripts that test them. */
module dev.jawa.text {
    requires transitive dev.jawa;

    provides dev.jawa.TextFormat with dev.jawa.text.TextFormatProvider;

    exports dev.jawa.text;
    exports dev.jawa.text.script;
}
