/**
 * The text format of WebAssembly (core spec, chapter 6): modules are parsed to the {@linkplain dev.jawa.model model}
 * and printed from it. {@link dev.jawa.text.Wat} is the way in.
 */
package dev.jawa.text;
