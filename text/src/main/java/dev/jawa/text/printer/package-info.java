/**
 * The printer of the text format: from the {@linkplain dev.jawa.model model} of a module to a text that is parsed to
 * the same module.
 */
package dev.jawa.text.printer;
