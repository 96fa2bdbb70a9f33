package dev.jawa.model;

import java.util.Optional;

/**
 * A table the module defines (core spec 2.5.5).
 *
 * @param type its type
 * @param initial what its elements are at first; null where nothing is said
 */
public record Table(TableType type, Optional<ConstantExpression> initial) {
}
