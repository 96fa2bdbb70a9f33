/**
 * Jawa's JavaScript host: programs in JavaScript that use WebAssembly, on GraalJS. Start at
 * {@link dev.jawa.js.JsHost}.
 */
package dev.jawa.js;
