/**
 * The parser of the text format (core spec, chapter 6): from a text to the {@linkplain dev.jawa.model model}.
 *
 * <p>{@link dev.jawa.text.parser.Lexer} makes tokens; {@link dev.jawa.text.parser.ModuleParser} goes over them twice:
 * {@code Declarations} gives everything an index, then {@code TypeParser}, {@code FieldParser}, {@code SegmentParser}
 * and {@code InstructionParser} read what is said about it. Instructions are encoded at once, since function bodies
 * stay in the binary format.
 */
package dev.jawa.text.parser;
