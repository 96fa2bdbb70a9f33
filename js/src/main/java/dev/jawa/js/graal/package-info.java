/**
 * The bridge to GraalJS: the only package that uses GraalJS's own classes, which are public but no API. The version of
 * GraalJS is pinned for this reason. Everything else of the host handles JavaScript values as opaque {@code Object}s
 * through {@link dev.jawa.js.graal.Realm} and {@link dev.jawa.js.graal.Values}.
 */
package dev.jawa.js.graal;
