package dev.jawa.text;

import dev.jawa.CompileError;
import dev.jawa.Module;
import dev.jawa.binary.ModuleDecoder;
import dev.jawa.binary.ModuleEncoder;
import dev.jawa.binary.NameSection;
import dev.jawa.model.ModuleModel;
import dev.jawa.text.parser.ModuleParser;
import dev.jawa.text.parser.Source;
import dev.jawa.text.printer.ModulePrinter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The text format of WebAssembly (core spec, chapter 6).
 *
 * <p>Errors in a text are {@link CompileError}s that give line and column and show the line with the place underlined.
 * A module that has been parsed is well-formed; whether it is valid is known when it is compiled.
 */
public final class Wat {
    private Wat() {
    }

    /** How instructions are printed. */
    public enum Style {
        /** A line each, in the order in which they are executed. */
        PLAIN,
        /** In parentheses, with what gives their operands inside them. */
        FOLDED
    }

    /**
     * Parses a module: {@code (module ...)}, or its fields alone. Identifiers are kept in a name section.
     *
     * @throws CompileError if the text is malformed
     */
    public static ModuleModel parse(String text) {
        return ModuleParser.parse(Source.of("", text));
    }

    /**
     * Parses a module.
     *
     * @param name what messages call the text, such as a file name
     * @param text in UTF-8
     * @throws CompileError if the text is malformed
     */
    public static ModuleModel parse(String name, byte[] text) {
        return ModuleParser.parse(new Source(name, text.clone()));
    }

    /**
     * Parses a module in a file.
     *
     * @throws CompileError if the text is malformed or the file cannot be read
     */
    public static ModuleModel parse(Path file) {
        try {
            return ModuleParser.parse(new Source(file.toString(), Files.readAllBytes(file)));
        } catch (IOException e) {
            throw new CompileError("cannot read " + file + ": " + e, e);
        }
    }

    /**
     * Parses a module and encodes it in the binary format.
     *
     * @throws CompileError if the text is malformed
     */
    public static byte[] encode(String text) {
        return ModuleEncoder.encode(parse(text));
    }

    /** Encodes a module in the binary format. */
    public static byte[] encode(ModuleModel module) {
        return ModuleEncoder.encode(module);
    }

    /**
     * Parses and compiles a module.
     *
     * @throws CompileError if the text is malformed or the module invalid; either way it shows the place in the text
     */
    public static Module compile(String text) {
        try {
            return Module.compile(encode(text));
        } catch (CompileError error) {
            throw locate("", text.getBytes(StandardCharsets.UTF_8), error);
        }
    }

    /**
     * The error of a module that was compiled from a text, at its place in the text: an error about an instruction gets
     * the line, the column and the line itself.
     *
     * @param name what messages call the text, such as a file name
     * @param text of the module, in UTF-8
     * @param error that compiling the {@linkplain #encode(String) encoded} module gave
     * @return the error itself if it is about something else, or shows its place already
     */
    public static CompileError locate(String name, byte[] text, CompileError error) {
        if (error.function().isEmpty() || error.offset().isEmpty()) {
            return error;
        }
        int function = error.function().getAsInt();
        ModuleModel module = decode(encode(parse(name, text)));
        int defined = function - module.spaces().importedFunctions();
        if (defined < 0 || defined >= module.code().size()) {
            return error;
        }
        String called = NameSection.of(module).function(function).map(known -> "$" + known)
                .orElseGet(() -> Integer.toString(function));
        int offset = error.offset().getAsInt() - module.code().get(defined).code().offset();
        return ModuleParser.locate(new Source(name, text.clone()), function, offset,
                error.reason() + " in function " + called).orElse(error);
    }

    /**
     * Prints a module. The text is parsed to the same module; identifiers come from the name section, other custom
     * sections become annotations.
     *
     * @throws CompileError if a function body is malformed
     */
    public static String print(ModuleModel module) {
        return print(module, Style.PLAIN);
    }

    /**
     * Prints a module, as {@link #print(ModuleModel)} does, in a style.
     *
     * @throws CompileError if a function body is malformed
     */
    public static String print(ModuleModel module, Style style) {
        return ModulePrinter.print(module, style);
    }

    /**
     * Prints a module as {@link #print(ModuleModel, Style)} does, piece by piece, so that a large one takes little
     * memory.
     *
     * @param target gets the text; part of it if there is an error
     * @throws CompileError if a function body is malformed
     * @throws IOException if the target throws it
     */
    public static void print(ModuleModel module, Style style, Appendable target) throws IOException {
        ModulePrinter.print(module, style, target);
    }

    /**
     * Decodes a module from the binary format, without validating it.
     *
     * @throws CompileError if it is malformed
     */
    public static ModuleModel decode(byte[] module) {
        return ModuleDecoder.decode(module.clone());
    }

    /**
     * Decodes a module from the binary format and prints it. It need not be valid.
     *
     * @throws CompileError if it is malformed
     */
    public static String print(byte[] module) {
        return print(decode(module));
    }

    /**
     * Prints one function of a module.
     *
     * @param index of a function that the module defines, imports counted
     * @throws CompileError if its body is malformed
     * @throws IndexOutOfBoundsException if there is no such function
     */
    public static String printFunction(ModuleModel module, int index) {
        return printFunction(module, index, Style.PLAIN);
    }

    /**
     * Prints one function of a module in a style.
     *
     * @param index of a function that the module defines, imports counted
     * @throws CompileError if its body is malformed
     * @throws IndexOutOfBoundsException if there is no such function
     */
    public static String printFunction(ModuleModel module, int index, Style style) {
        return ModulePrinter.printFunction(module, index, style);
    }
}
