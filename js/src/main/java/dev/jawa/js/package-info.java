/**
 * Jawa's JavaScript host: programs in JavaScript that use WebAssembly, on GraalJS. Start at
 * {@link dev.jawa.js.JsHost}; it is the API, everything else that is public is so for the packages below this one.
 */
package dev.jawa.js;
