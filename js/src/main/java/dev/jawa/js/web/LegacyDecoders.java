package dev.jawa.js.web;

import dev.jawa.js.graal.Arguments;
import dev.jawa.js.graal.Realm;
import dev.jawa.js.graal.Slot;
import dev.jawa.js.graal.Values;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.util.Arrays;
import java.util.Map;

/** Decoders of the script {@code web/encoding} for the legacy encodings, which are the JDK's charsets (Encoding standard). */
public final class LegacyDecoders {
    /** The JDK's names where they are others. */
    private static final Map<String, String> NAMES = Map.of("shift_jis", "windows-31j", "euc-kr", "x-windows-949",
            "big5", "Big5-HKSCS", "windows-874", "x-windows-874", "macintosh", "x-MacRoman", "x-mac-cyrillic",
            "x-MacUkraine", "iso-8859-8-i", "iso-8859-8", "gbk", "GB18030");
    private static final char REPLACEMENT = '\uFFFD';

    private final Realm realm;
    private final Slot<Decoder> decoders = new Slot<>("Decoder", Decoder.class);

    /** Decoders of a realm. */
    public LegacyDecoders(Realm realm) {
        this.realm = realm;
    }

    /** The object with {@code create(encoding, fatal)} and {@code decode(decoder, bytes, stream)}. */
    public Object object() {
        Object host = realm.newObject();
        realm.define(host, "create", realm.helper("create", arguments -> {
            Object object = realm.newObject();
            decoders.set(object, Decoder.of(Values.toString(arguments.get(0)), Values.toBoolean(arguments.get(1))));
            return object;
        }));
        realm.define(host, "decode", realm.helper("decode", this::decode));
        return host;
    }

    /** {@code undefined} if the bytes are not valid and the decoder was to say so. */
    private Object decode(Arguments arguments) {
        try {
            return Values.string(decoders.in(arguments.get(0)).orElseThrow()
                    .decode(Values.copyBytes(arguments.get(1)), Values.toBoolean(arguments.get(2))));
        } catch (CharacterCodingException _) {
            return Values.UNDEFINED;
        }
    }

    private static final class Decoder {
        private final CharsetDecoder decoder;
        private final boolean fatal;
        private final boolean singleByte;
        // The beginning of a character whose end has not come yet.
        private byte[] rest = new byte[0];

        private Decoder(CharsetDecoder decoder, boolean fatal, boolean singleByte) {
            this.decoder = decoder;
            this.fatal = fatal;
            this.singleByte = singleByte;
        }

        static Decoder of(String encoding, boolean fatal) {
            Charset charset = Charset.forName(NAMES.getOrDefault(encoding, encoding));
            CodingErrorAction action = fatal ? CodingErrorAction.REPORT : CodingErrorAction.REPLACE;
            CharsetDecoder decoder = charset.newDecoder().onMalformedInput(action).onUnmappableCharacter(action)
                    .replaceWith(String.valueOf(REPLACEMENT));
            return new Decoder(decoder, fatal, decoder.maxCharsPerByte() == 1 && charset.newEncoder().maxBytesPerChar() == 1);
        }

        String decode(byte[] bytes, boolean stream) throws CharacterCodingException {
            if (singleByte) {
                return decodeSingle(bytes);
            }
            byte[] all = Arrays.copyOf(rest, rest.length + bytes.length);
            System.arraycopy(bytes, 0, all, rest.length, bytes.length);
            ByteBuffer in = ByteBuffer.wrap(all);
            CharBuffer out = CharBuffer.allocate((int) (all.length * (double) decoder.maxCharsPerByte()) + 16);
            CoderResult result = decoder.decode(in, out, !stream);
            if (result.isError()) {
                reset();
                result.throwException();
            }
            if (stream) {
                rest = Arrays.copyOfRange(all, in.position(), all.length);
            } else {
                decoder.flush(out);
                reset();
            }
            return out.flip().toString();
        }

        private void reset() {
            rest = new byte[0];
            decoder.reset();
        }

        /** Bytes of the second control set that have no character stand for themselves. */
        private String decodeSingle(byte[] bytes) throws CharacterCodingException {
            char[] characters = new String(bytes, decoder.charset()).toCharArray();
            for (int i = 0; i < characters.length; i++) {
                if (characters[i] == REPLACEMENT) {
                    int code = Byte.toUnsignedInt(bytes[i]);
                    if (code >= 0x80 && code < 0xA0) {
                        characters[i] = (char) code;
                    } else if (fatal) {
                        throw new java.nio.charset.MalformedInputException(1);
                    }
                }
            }
            return new String(characters);
        }
    }

}
