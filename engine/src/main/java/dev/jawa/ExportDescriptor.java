package dev.jawa;

import dev.jawa.model.ExternType;
import dev.jawa.model.ExternalKind;

/**
 * An export that a module has.
 *
 * @param name its name
 * @param kind what it is
 * @param type its type; for a tag, a function type
 * @see <a href="https://developer.mozilla.org/docs/WebAssembly/Reference/JavaScript_interface/Module/exports_static">
 *     MDN: WebAssembly.Module.exports()</a>
 */
public record ExportDescriptor(String name, ExternalKind kind, ExternType type) {
}
