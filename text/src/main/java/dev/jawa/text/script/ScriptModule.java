package dev.jawa.text.script;

import dev.jawa.CompileError;
import dev.jawa.binary.ModuleEncoder;
import dev.jawa.model.ModuleModel;
import dev.jawa.text.parser.ModuleParser;
import dev.jawa.text.parser.Source;
import dev.jawa.text.parser.TokenReader;
import dev.jawa.text.parser.Tokens;
import java.util.Optional;

/** A module of a script, in one of the three forms it can have. It is parsed when needed, and may be malformed. */
public sealed interface ScriptModule {
    /**
     * The module in the binary format.
     *
     * @throws CompileError if it is a text that is malformed
     */
    byte[] bytes();

    /** In the binary format. */
    record Binary(byte[] bytes) implements ScriptModule {
    }

    /** A text in strings. */
    record Quote(Source source) implements ScriptModule {
        @Override
        public byte[] bytes() {
            return ModuleEncoder.encode(ModuleParser.parse(source));
        }
    }

    /** A text that is part of the script: the fields from a token on. */
    record Text(Tokens tokens, int position, Optional<String> name) implements ScriptModule {
        /** The module that the text describes. */
        public ModuleModel model() {
            var reader = new TokenReader(tokens);
            reader.position(position);
            return ModuleParser.parseFields(reader, name);
        }

        @Override
        public byte[] bytes() {
            return ModuleEncoder.encode(model());
        }
    }
}
