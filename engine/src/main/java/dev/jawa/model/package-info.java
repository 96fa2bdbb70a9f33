/**
 * What a module says: its types and sections as immutable records, and {@link dev.jawa.model.Opcode the instruction
 * table}.
 *
 * <p>{@link dev.jawa.model.ModuleModel} is the whole. Types that refer to other types of their module do so by
 * {@link dev.jawa.model.TypeIndex}; a {@link dev.jawa.model.DefinedType} is the same type without a module, for
 * linking and for casts.
 */
package dev.jawa.model;
