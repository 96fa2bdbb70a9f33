package dev.jawa.model;

/**
 * A custom section (core spec 5.5.3).
 *
 * @param name need not be unique
 * @param contents what follows the name
 * @param after the id of the last other section before it, 0 if it comes first, so that an encoder can put it back
 */
public record CustomSection(String name, Bytes contents, int after) {
}
