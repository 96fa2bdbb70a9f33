/**
 * The binary format (core spec, chapter 5): from bytes to the {@linkplain dev.jawa.model model} of a module and back, and a
 * cursor over the instructions of a function body.
 */
package dev.jawa.binary;
