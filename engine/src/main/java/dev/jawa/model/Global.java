package dev.jawa.model;

/**
 * A global the module defines (core spec 2.5.4).
 *
 * @param type its type
 * @param initial its first value
 */
public record Global(GlobalType type, ConstantExpression initial) {
}
