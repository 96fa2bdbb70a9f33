/**
 * The {@code WebAssembly} namespace as the JS API specification has it, over Jawa's engine: one class for each
 * interface, {@code Conversions} between values, {@code ImportReader} for import objects, {@code ErrorMapping} for what
 * goes wrong. Sections named in comments are of https://webassembly.github.io/spec/js-api/.
 */
package dev.jawa.js.webassembly;
