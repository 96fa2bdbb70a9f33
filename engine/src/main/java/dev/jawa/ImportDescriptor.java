package dev.jawa;

import dev.jawa.model.ExternType;
import dev.jawa.model.ExternalKind;

/**
 * An import that a module wants.
 *
 * @param module the first name
 * @param name the second name
 * @param kind what it is
 * @param type its type; for a tag, a function type
 * @see <a href="https://developer.mozilla.org/docs/WebAssembly/Reference/JavaScript_interface/Module/imports_static">
 *     MDN: WebAssembly.Module.imports()</a>
 */
public record ImportDescriptor(String module, String name, ExternalKind kind, ExternType type) {
}
