package dev.jawa.model;

/**
 * An import (core spec 2.5.11).
 *
 * @param module the first name
 * @param name the second name
 * @param type what is wanted
 */
public record Import(String module, String name, ExternalType type) {
}
