// Crypto (https://w3c.github.io/webcrypto section 10): random values, and the way to SubtleCrypto.
(function (host, load) {
  'use strict';

  const { expose, secret } = load('web/interfaces');
  const { DOMException } = load('web/events');
  const { digests } = host;

  const MAXIMUM_RANDOM = 65536;
  const isInteger = (value) => ArrayBuffer.isView(value) && !(value instanceof DataView)
    && !(value instanceof Float32Array) && !(value instanceof Float64Array)
    && !(typeof Float16Array !== 'undefined' && value instanceof Float16Array);

  class Crypto {
    constructor(key) { if (key !== secret) throw new TypeError('Illegal constructor'); }

    get subtle() { return load('web/subtle').subtle; }

    getRandomValues(array) {
      if (!isInteger(array)) {
        throw new DOMException('The data argument must be an integer-type TypedArray', 'TypeMismatchError');
      }
      if (array.byteLength > MAXIMUM_RANDOM) {
        throw new DOMException(`The requested length exceeds 65,536 bytes`, 'QuotaExceededError');
      }
      new Uint8Array(array.buffer, array.byteOffset, array.byteLength)
        .set(new Uint8Array(digests.random(array.byteLength)));
      return array;
    }

    // RFC 9562 section 5.4
    randomUUID() {
      const bytes = new Uint8Array(digests.random(16));
      bytes[6] = (bytes[6] & 0x0f) | 0x40;
      bytes[8] = (bytes[8] & 0x3f) | 0x80;
      const hex = bytes.toHex?.() ?? Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
      return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
    }
  }
  expose(Crypto, 'subtle', 'getRandomValues', 'randomUUID');

  return { crypto: new Crypto(secret), Crypto };
})
