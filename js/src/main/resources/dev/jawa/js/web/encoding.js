// TextDecoder for more encodings than GraalJS has: those with a byte for each character
// (https://encoding.spec.whatwg.org section 4.2).
(function (host) {
  'use strict';

  const Decoder = globalThis.TextDecoder;
  const MORE_LABELS = { latin1: 'windows-1252', l1: 'windows-1252', ascii: 'windows-1252', 'us-ascii': 'windows-1252',
    'iso-8859-1': 'windows-1252', 'iso8859-1': 'windows-1252', iso88591: 'windows-1252', cp1252: 'windows-1252',
    'x-cp1252': 'windows-1252', latin2: 'iso-8859-2', latin9: 'iso-8859-15', koi8: 'koi8-r', cp866: 'ibm866' };
  const NAME = /^(windows-125[0-8]|iso-8859-(2|3|4|5|6|7|8|13|15)|koi8-[ru]|ibm866)$/;

  function singleByteEncoding(label) {
    const text = `${label}`.trim().toLowerCase();
    const name = Object.hasOwn(MORE_LABELS, text) ? MORE_LABELS[text] : text;
    return NAME.test(name) ? name : undefined;
  }

  class SingleByteDecoder extends Decoder {
    #encoding;

    constructor(encoding, options) {
      super('utf-8', options);
      this.#encoding = encoding;
    }

    get encoding() { return this.#encoding; }

    decode(input = new Uint8Array(0)) {
      const text = host.decodeSingleBytes(input, this.#encoding);
      if (this.fatal && text.includes('\uFFFD')) {
        throw Object.assign(new TypeError(`The encoded data was not valid for encoding ${this.#encoding}`),
          { code: 'ERR_ENCODING_INVALID_ENCODED_DATA' });
      }
      return text;
    }
  }

  function TextDecoder(label = 'utf-8', options = {}) {
    if (new.target === undefined) throw new TypeError("Class constructor TextDecoder cannot be invoked without 'new'");
    const encoding = singleByteEncoding(label);
    if (encoding === undefined) return Reflect.construct(Decoder, [label, options], new.target);
    const decoder = new SingleByteDecoder(encoding, options);
    return new.target === TextDecoder ? decoder : Object.setPrototypeOf(decoder, new.target.prototype);
  }
  Object.defineProperty(TextDecoder, 'prototype', { value: Decoder.prototype, writable: false });
  Object.defineProperty(TextDecoder, 'length', { value: 0, configurable: true });
  Object.defineProperty(Decoder.prototype, 'constructor', { value: TextDecoder, writable: true, configurable: true });
  return { TextDecoder };
})
