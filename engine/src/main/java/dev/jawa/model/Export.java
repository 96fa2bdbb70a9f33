package dev.jawa.model;

/**
 * An export (core spec 2.5.10).
 *
 * @param name unique in the module
 * @param kind which index space
 * @param index in that space, imports first
 */
public record Export(String name, ExternalKind kind, int index) {
}
