// TextDecoder for all encodings (https://encoding.spec.whatwg.org); GraalJS has those of Unicode, the JDK the others.
(function (host, load) {
  'use strict';

  const Decoder = globalThis.TextDecoder;
  const { failure } = load('node/errors');

  // Each encoding, and the other labels that it has (section 4.2).
  const LABELS = {
    'utf-8': 'unicode-1-1-utf-8 unicode11utf8 unicode20utf8 utf8 x-unicode20utf8',
    'utf-16le': 'csunicode iso-10646-ucs-2 ucs-2 unicode unicodefeff utf-16',
    'utf-16be': 'unicodefffe',
    ibm866: '866 cp866 csibm866',
    'iso-8859-2': 'csisolatin2 iso-ir-101 iso8859-2 iso88592 iso_8859-2 iso_8859-2:1987 l2 latin2',
    'iso-8859-3': 'csisolatin3 iso-ir-109 iso8859-3 iso88593 iso_8859-3 iso_8859-3:1988 l3 latin3',
    'iso-8859-4': 'csisolatin4 iso-ir-110 iso8859-4 iso88594 iso_8859-4 iso_8859-4:1988 l4 latin4',
    'iso-8859-5': 'csisolatincyrillic cyrillic iso-ir-144 iso8859-5 iso88595 iso_8859-5 iso_8859-5:1988',
    'iso-8859-6': 'arabic asmo-708 csiso88596e csiso88596i csisolatinarabic ecma-114 iso-8859-6-e iso-8859-6-i iso-ir-127 iso8859-6 '
      + 'iso88596 iso_8859-6 iso_8859-6:1987',
    'iso-8859-7': 'csisolatingreek ecma-118 elot_928 greek greek8 iso-ir-126 iso8859-7 iso88597 iso_8859-7 iso_8859-7:1987 sun_eu_greek',
    'iso-8859-8': 'csiso88598e csisolatinhebrew hebrew iso-8859-8-e iso-ir-138 iso8859-8 iso88598 iso_8859-8 iso_8859-8:1988 visual',
    'iso-8859-8-i': 'csiso88598i logical',
    'iso-8859-13': 'iso8859-13 iso885913',
    'iso-8859-15': 'csisolatin9 iso8859-15 iso885915 iso_8859-15 l9',
    'iso-8859-16': '',
    'koi8-r': 'cskoi8r koi koi8 koi8_r',
    'koi8-u': 'koi8-ru',
    macintosh: 'csmacintosh mac x-mac-roman',
    'windows-874': 'dos-874 iso-8859-11 iso8859-11 iso885911 tis-620',
    'windows-1250': 'cp1250 x-cp1250',
    'windows-1251': 'cp1251 x-cp1251',
    'windows-1252': 'ansi_x3.4-1968 ascii cp1252 cp819 csisolatin1 ibm819 iso-8859-1 iso-ir-100 iso8859-1 iso88591 iso_8859-1 '
      + 'iso_8859-1:1987 l1 latin1 us-ascii x-cp1252',
    'windows-1253': 'cp1253 x-cp1253',
    'windows-1254': 'cp1254 csisolatin5 iso-8859-9 iso-ir-148 iso8859-9 iso88599 iso_8859-9 iso_8859-9:1989 l5 latin5 x-cp1254',
    'windows-1255': 'cp1255 x-cp1255',
    'windows-1256': 'cp1256 x-cp1256',
    'windows-1257': 'cp1257 x-cp1257',
    'windows-1258': 'cp1258 x-cp1258',
    'x-mac-cyrillic': 'x-mac-ukrainian',
    gbk: 'chinese csgb2312 csiso58gb231280 gb2312 gb_2312 gb_2312-80 iso-ir-58 x-gbk',
    gb18030: '',
    big5: 'big5-hkscs cn-big5 csbig5 x-x-big5',
    'euc-jp': 'cseucpkdfmtjapanese x-euc-jp',
    'iso-2022-jp': 'csiso2022jp',
    shift_jis: 'csshiftjis ms932 ms_kanji shift-jis sjis windows-31j x-sjis',
    'euc-kr': 'cseuckr csksc56011987 iso-ir-149 korean ks_c_5601-1987 ks_c_5601-1989 ksc5601 ksc_5601 windows-949',
    'x-user-defined': '',
  };
  const byLabel = new Map(Object.entries(LABELS).flatMap(([name, labels]) => [name,
    ...labels.split(' ')].map((label) => [label, name])));

  const invalid = (encoding) => failure(TypeError, 'ERR_ENCODING_INVALID_ENCODED_DATA',
    `The encoded data was not valid for encoding ${encoding}`);

  class LegacyDecoder extends Decoder {
    #encoding;
    #decoder;

    constructor(encoding, options) {
      super('utf-8', options);
      this.#encoding = encoding;
      if (encoding !== 'x-user-defined') this.#decoder = host.legacyDecoders.create(encoding, Boolean(options?.fatal));
    }

    get encoding() { return this.#encoding; }

    decode(input = new Uint8Array(0), options = {}) {
      checkInput(input);
      if (this.#decoder === undefined) {
        const bytes = ArrayBuffer.isView(input) ? new Uint8Array(input.buffer, input.byteOffset,
          input.byteLength) : new Uint8Array(input);
        return Array.from(bytes, (byte) => String.fromCharCode(byte < 0x80 ? byte : 0xf700 + byte)).join('');
      }
      const text = host.legacyDecoders.decode(this.#decoder, input, Boolean(options?.stream));
      if (text === undefined) throw invalid(this.#encoding);
      return text;
    }
  }

  function checkInput(input) {
    if (ArrayBuffer.isView(input) || input instanceof ArrayBuffer || input instanceof SharedArrayBuffer) return;
    throw failure(TypeError, 'ERR_INVALID_ARG_TYPE',
      'The "list" argument must be an instance of SharedArrayBuffer, ArrayBuffer or ArrayBufferView.');
  }

  function TextDecoder(label = 'utf-8', options = {}) {
    if (new.target === undefined) throw new TypeError("Class constructor TextDecoder cannot be invoked without 'new'");
    const encoding = byLabel.get(`${label}`.replace(/^[\t\n\f\r ]+|[\t\n\f\r ]+$/g, '').toLowerCase());
    if (encoding === undefined) throw failure(RangeError, 'ERR_ENCODING_NOT_SUPPORTED',
      `The "${label}" encoding is not supported`);
    if (encoding.startsWith('utf-')) return Reflect.construct(Decoder, [encoding, options], new.target);
    const decoder = new LegacyDecoder(encoding, options);
    return new.target === TextDecoder ? decoder : Object.setPrototypeOf(decoder, new.target.prototype);
  }
  Object.defineProperty(TextDecoder, 'prototype', { value: Decoder.prototype, writable: false });
  Object.defineProperty(TextDecoder, 'length', { value: 0, configurable: true });
  Object.defineProperty(Decoder.prototype, 'constructor', { value: TextDecoder, writable: true, configurable: true });

  const { decode } = Decoder.prototype;
  Object.defineProperty(Decoder.prototype, 'decode', { enumerable: true, writable: true, configurable: true,
    value: { decode(input = undefined, options = undefined) {
      if (input !== undefined) checkInput(input);
      return decode.call(this, input, options);
    } }.decode });
  Object.defineProperty(Decoder.prototype.decode, 'length', { value: 0, configurable: true });
  return { TextDecoder };
})
