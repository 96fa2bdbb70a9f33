// node:crypto (https://nodejs.org/api/crypto.html): digests, random numbers and derived keys; node/keys has the rest.
(function (host, load) {
  'use strict';

  const { Buffer } = load('node/buffer');
  const { Transform } = load('node/stream');
  const { unavailable } = load('node/unavailable');
  const lazy = load('node/lazy');
  const { digests, crypto: java } = host;

  const bytesOf = (data, encoding) => (typeof data === 'string' ? Buffer.from(data, encoding) : data);

  class Digest extends Transform {
    #digest;
    #isDone = false;

    constructor(digest, options) {
      super(options);
      this.#digest = digest;
    }

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

    copy(options) {
      this.#open();
      return new this.constructor(digests.copy(this.#digest), options);
    }

    _transform(chunk, encoding, callback) {
      this.update(chunk, encoding);
      callback();
    }

    _flush(callback) { callback(null, this.digest()); }
  }

  class Hash extends Digest {}
  class Hmac extends Digest {}

  function known(digest, name) {
    if (digest === undefined) {
      throw new Error(`Digest method not supported: ${name}`);
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

  const macs = { sha1: 'HmacSHA1', sha224: 'HmacSHA224', sha256: 'HmacSHA256', sha384: 'HmacSHA384', sha512: 'HmacSHA512',
    md5: 'HmacMD5', 'sha512-256': 'HmacSHA512/256', 'sha3-256': 'HmacSHA3-256', 'sha3-512': 'HmacSHA3-512' };

  function macOf(name) {
    const mac = macs[`${name}`.toLowerCase().replace(/^sha-/, 'sha')];
    if (mac === undefined) {
      throw Object.assign(new TypeError(`Invalid digest: ${name}`), { code: 'ERR_CRYPTO_INVALID_DIGEST' });
    }
    return mac;
  }

  const outOfRange = (name, value, rule) => Object.assign(new RangeError(
    `The value of "${name}" is out of range. It must be ${rule}. Received ${value}`), { code: 'ERR_OUT_OF_RANGE' });

  function checkLength(length) {
    if (!Number.isInteger(length) || length < 0 || length > 2147483647) throw outOfRange('keylen', length,
      '>= 0 && <= 2147483647');
  }

  const secret = (key) => load('node/keys').secretBytes(key);

  function pbkdf2(password, salt, iterations, length, name) {
    checkLength(length);
    if (!(iterations >= 1)) throw outOfRange('iterations', iterations, '>= 1 && <= 2147483647');
    return [macOf(name), bytesOf(password), bytesOf(salt), iterations, length];
  }

  function hkdf(name, key, salt, info, length) {
    checkLength(length);
    return [macOf(name), secret(key), bytesOf(salt), bytesOf(info), length];
  }

  function scrypt(password, salt, length, options = {}) {
    checkLength(length);
    const cost = options.N ?? options.cost ?? 16384;
    const blockSize = options.r ?? options.blockSize ?? 8;
    const parallelization = options.p ?? options.parallelization ?? 1;
    const memory = options.maxmem ?? 32 * 1024 * 1024;
    const isPower = cost > 1 && Number.isInteger(Math.log2(cost));
    if (!isPower || 128 * cost * blockSize > memory || blockSize * parallelization >= 2 ** 30) {
      throw Object.assign(new RangeError(`Invalid scrypt params: ${isPower ? 'memory limit exceeded' : 'N must be a power of two'}`),
        { code: 'ERR_CRYPTO_INVALID_SCRYPT_PARAMS' });
    }
    return [bytesOf(password), bytesOf(salt), cost, blockSize, parallelization, length];
  }

  // With a callback the work is done in the background.
  const inBackground = (start, wrap, callback) => {
    java.background(start).then((bytes) => callback(null, wrap(bytes)), (error) => callback(error));
  };

  const api = {
    Hash, Hmac,
    createHash: (name, options) => new Hash(known(digests.digest(`${name}`), name), options),
    createHmac: (name, key, options) => new Hmac(known(digests.mac(`${name}`, secret(key)), name), options),
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
    pbkdf2Sync: (...all) => Buffer.from(java.pbkdf2(...pbkdf2(...all))),
    pbkdf2(...all) {
      const callback = all.pop();
      const parameters = pbkdf2(...all);
      inBackground(() => java.pbkdf2(...parameters), Buffer.from, callback);
    },
    hkdfSync: (...all) => java.hkdf(...hkdf(...all)),
    hkdf(...all) {
      const callback = all.pop();
      const parameters = hkdf(...all);
      inBackground(() => java.hkdf(...parameters), (bytes) => bytes, callback);
    },
    scryptSync: (...all) => Buffer.from(java.scrypt(...scrypt(...all))),
    scrypt(...all) {
      const callback = all.pop();
      const parameters = scrypt(...all);
      inBackground(() => java.scrypt(...parameters), Buffer.from, callback);
    },
    timingSafeEqual(first, second) {
      for (const [name, value] of [['buf1', first], ['buf2', second]]) {
        if (!ArrayBuffer.isView(value) && !(value instanceof ArrayBuffer)) {
          throw Object.assign(new TypeError(`The "${name}" argument must be an instance of ArrayBuffer, Buffer, TypedArray, or DataView.`),
            { code: 'ERR_INVALID_ARG_TYPE' });
        }
      }
      if (first.byteLength !== second.byteLength) {
        throw Object.assign(new RangeError('Input buffers must have the same byte length'),
          { code: 'ERR_CRYPTO_TIMING_SAFE_EQUAL_LENGTH' });
      }
      const [one, other] = [first, second].map((data) => (ArrayBuffer.isView(data)
        ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength) : new Uint8Array(data)));
      let difference = 0;
      for (let at = 0; at < one.length; at++) difference |= one[at] ^ other[at];
      return difference === 0;
    },
    get webcrypto() { return crypto; },
    get subtle() { return crypto.subtle; },
    constants: { RSA_PKCS1_PADDING: 1, RSA_NO_PADDING: 3, RSA_PKCS1_OAEP_PADDING: 4, RSA_PKCS1_PSS_PADDING: 6,
      RSA_PSS_SALTLEN_DIGEST: -1, RSA_PSS_SALTLEN_MAX_SIGN: -2, RSA_PSS_SALTLEN_AUTO: -2, defaultCipherList: '' },
    getFips: () => 0,
    secureHeapUsed: () => ({ total: 0, used: 0, utilization: 0, min: 0 }),
    ...unavailable('crypto', ['Certificate', 'DiffieHellman', 'DiffieHellmanGroup', 'X509Certificate', 'checkPrime',
      'checkPrimeSync', 'createDiffieHellman', 'createDiffieHellmanGroup', 'generatePrime', 'generatePrimeSync',
      'getDiffieHellman', 'privateEncrypt', 'publicDecrypt', 'setEngine', 'setFips', 'argon2', 'argon2Sync', 'encapsulate',
      'decapsulate']),
  };
  // Those that need keys are loaded when one of them is used.
  const keys = () => load('node/keys').exports;
  return Object.assign(api, lazy.functions(['createSecretKey', 'createPublicKey', 'createPrivateKey', 'generateKeyPairSync',
    'generateKeySync', 'generateKey', 'sign', 'verify', 'createSign', 'createVerify', 'createCipheriv', 'createDecipheriv',
    'getCiphers', 'getCipherInfo', 'getCurves', 'publicEncrypt', 'privateDecrypt', 'createECDH', 'diffieHellman'], keys),
  lazy.classes(['KeyObject', 'Sign', 'Verify', 'Cipheriv', 'Decipheriv', 'ECDH'], keys), {
    // It is promisified in its own way.
    generateKeyPair: Object.assign((...all) => keys().generateKeyPair(...all), { [Symbol.for('nodejs.util.promisify.custom')]:
      (...all) => keys().generateKeyPair[Symbol.for('nodejs.util.promisify.custom')](...all) }),
  });
})
