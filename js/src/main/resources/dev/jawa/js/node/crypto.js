// node:crypto without ciphers and keys (https://nodejs.org/api/crypto.html): the digests and random numbers of the JDK.
(function (host, load) {
  'use strict';

  const { Buffer } = load('node/buffer');
  const { digests } = host;

  const bytesOf = (data, encoding) => (typeof data === 'string' ? Buffer.from(data, encoding) : data);

  class Digest {
    #digest;
    #isDone = false;

    constructor(digest) { this.#digest = digest; }

    #open() {
      if (this.#isDone) throw Object.assign(new Error('Digest already called'), { code: 'ERR_CRYPTO_HASH_FINALIZED' });
    }

    update(data, encoding) {
      this.#open();
      if (typeof data !== 'string' && !ArrayBuffer.isView(data)) {
        throw Object.assign(new TypeError('The "data" argument must be of type string or an instance of Buffer, '
          + `TypedArray, or DataView. Received ${data === null ? 'null' : typeof data}`), { code: 'ERR_INVALID_ARG_TYPE' });
      }
      digests.update(this.#digest, bytesOf(data, encoding));
      return this;
    }

    digest(encoding) {
      this.#open();
      this.#isDone = true;
      const bytes = Buffer.from(digests.finish(this.#digest));
      return encoding === undefined || encoding === 'buffer' ? bytes : bytes.toString(encoding);
    }

    copy() {
      this.#open();
      return new Digest(digests.copy(this.#digest));
    }
  }

  class Hash extends Digest {}
  class Hmac extends Digest {}

  function known(digest, name) {
    if (digest === undefined) {
      throw Object.assign(new Error(`Digest method not supported: ${name}`), { code: 'ERR_CRYPTO_INVALID_DIGEST' });
    }
    return digest;
  }

  function later(action, callback) {
    if (callback === undefined) return action();
    let answer;
    try {
      answer = [null, action()];
    } catch (error) {
      answer = [error];
    }
    host.task(() => callback(...answer));
    return undefined;
  }

  const random = (size) => Buffer.from(digests.random(size));

  function randomFillSync(buffer, offset = 0, size = buffer.byteLength - offset) {
    const bytes = ArrayBuffer.isView(buffer) ? new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength)
      : new Uint8Array(buffer);
    bytes.set(random(size), offset);
    return buffer;
  }

  function randomInt(min, max, callback) {
    const [low, high, done] = typeof max === 'number' ? [min, max, callback] : [0, min, max];
    const range = high - low;
    if (!(range > 0 && range <= 2 ** 48)) {
      throw Object.assign(new RangeError('The range of random numbers is out of range'), { code: 'ERR_OUT_OF_RANGE' });
    }
    const limit = 2 ** 48 - (2 ** 48 % range);
    let value;
    do value = random(6).readUIntBE(0, 6); while (value >= limit);
    return later(() => low + (value % range), done);
  }

  // RFC 8018 section 5.2
  function pbkdf2Sync(password, salt, iterations, length, name) {
    const mac = (data) => new Hmac(known(digests.mac(name, bytesOf(password)), name)).update(data).digest();
    const blocks = [];
    for (let index = 1, size = 0; size < length; index++) {
      const number = Buffer.alloc(4);
      number.writeUInt32BE(index);
      let value = mac(Buffer.concat([bytesOf(salt), number]));
      const sum = Buffer.from(value);
      for (let count = 1; count < iterations; count++) {
        value = mac(value);
        for (let at = 0; at < sum.length; at++) sum[at] ^= value[at];
      }
      blocks.push(sum);
      size += sum.length;
    }
    return Buffer.concat(blocks).subarray(0, length);
  }

  return {
    Hash, Hmac,
    createHash: (name) => new Hash(known(digests.digest(`${name}`), name)),
    createHmac: (name, key) => new Hmac(known(digests.mac(`${name}`, bytesOf(key)), name)),
    hash: (name, data, encoding = 'hex') => new Hash(known(digests.digest(`${name}`), name)).update(data).digest(encoding),
    getHashes: () => [...digests.names],
    randomBytes: (size, callback) => later(() => random(size), callback),
    pseudoRandomBytes: (size, callback) => later(() => random(size), callback),
    randomFillSync,
    randomFill(buffer, ...rest) {
      const callback = rest.pop();
      later(() => randomFillSync(buffer, ...rest), callback);
    },
    randomInt,
    randomUUID: () => crypto.randomUUID(),
    getRandomValues: (array) => crypto.getRandomValues(array),
    pbkdf2Sync,
    pbkdf2: (password, salt, iterations, length, name, callback) =>
      later(() => pbkdf2Sync(password, salt, iterations, length, name), callback),
    timingSafeEqual(first, second) {
      if (first.byteLength !== second.byteLength) {
        throw Object.assign(new RangeError('Input buffers must have the same byte length'),
          { code: 'ERR_CRYPTO_TIMING_SAFE_EQUAL_LENGTH' });
      }
      let difference = 0;
      for (let at = 0; at < first.length; at++) difference |= first[at] ^ second[at];
      return difference === 0;
    },
    get webcrypto() { return crypto; },
    get subtle() { return crypto.subtle; },
    constants: {},
  };
})
