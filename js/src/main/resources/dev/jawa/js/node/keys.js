// The part of node:crypto that needs keys (https://nodejs.org/api/crypto.html), over the JDK's cryptography.
(function (host, load) {
  'use strict';

  const { Buffer } = load('node/buffer');
  const { Transform } = load('node/stream');
  const { crypto: java, digests } = host;

  const NONE = new Uint8Array(0);
  const CURVES = { prime256v1: 'P-256', 'P-256': 'P-256', secp384r1: 'P-384', 'P-384': 'P-384', secp521r1: 'P-521',
    'P-521': 'P-521' };
  const OPENSSL_CURVES = { 'P-256': 'prime256v1', 'P-384': 'secp384r1', 'P-521': 'secp521r1' };
  const PSS_PADDING = 6;
  const OAEP_PADDING = 4;
  const PKCS1_PADDING = 1;

  const failure = (type, code, message) => Object.assign(new type(message), { code });
  const bytesOf = (data, encoding) => (typeof data === 'string' ? Buffer.from(data, encoding) : data);
  const encoded = (bytes, encoding) => (encoding === undefined || encoding === 'buffer' ? bytes : bytes.toString(encoding));

  // Keys

  let make;

  class KeyObject {
    #type;
    #material;

    constructor(type, material) {
      if (!['secret', 'public', 'private'].includes(type)) {
        throw failure(TypeError, 'ERR_INVALID_ARG_VALUE', `The argument 'type' is invalid. Received ${type}`);
      }
      this.#type = type;
      this.#material = material;
    }

    static from(key) {
      const material = load('web/subtle').materialOf(key);
      if (material === undefined) throw failure(TypeError, 'ERR_INVALID_ARG_TYPE',
        'The "key" argument must be an instance of CryptoKey.');
      return new KeyObject(key.type, material);
    }

    get type() { return this.#type; }
    get symmetricKeySize() { return this.#type === 'secret' ? this.#material.byteLength : undefined; }

    get asymmetricKeyType() {
      return this.#type === 'secret' ? undefined : { EC: 'ec', RSA: 'rsa', Ed25519: 'ed25519',
        X25519: 'x25519' }[this.#material.kind];
    }

    get asymmetricKeyDetails() {
      if (this.#type === 'secret') return undefined;
      const { kind, detail } = this.#material;
      if (kind === 'RSA') return { modulusLength: Number(detail), publicExponent: 65537n };
      return kind === 'EC' ? { namedCurve: OPENSSL_CURVES[detail] } : {};
    }

    equals(other) {
      return other instanceof KeyObject && other.type === this.type
        && Buffer.from(binary(this)).equals(Buffer.from(binary(other)));
    }

    export(options = {}) {
      const { format, type } = options;
      if (format === 'jwk') {
        return this.#type === 'secret' ? { kty: 'oct',
          k: Buffer.from(this.#material).toString('base64url') } : { ...java.toJwk(this.#material) };
      }
      if (this.#type === 'secret') return Buffer.from(this.#material);
      const wanted = this.#type === 'public' ? 'spki' : 'pkcs8';
      if (type !== undefined && type !== wanted) throw unavailable(`export of a ${this.#type} key as ${type}`);
      if (options.cipher !== undefined || options.passphrase !== undefined) throw unavailable('export of an encrypted key');
      const bytes = Buffer.from(java.encode(this.#material));
      return format === 'pem' ? toPem(bytes, `${this.#type.toUpperCase()} KEY`) : bytes;
    }

    static {
      make = (key) => key.#material;
    }
  }
  Object.defineProperty(KeyObject.prototype, Symbol.toStringTag, { value: 'KeyObject', configurable: true });
  class SecretKeyObject extends KeyObject {}
  class PublicKeyObject extends KeyObject {}
  class PrivateKeyObject extends KeyObject {}
  const materialOf = (key) => make(key);
  const binary = (key) => (key.type === 'secret' ? materialOf(key) : java.encode(materialOf(key)));
  const ofPair = (material) => (material.isPrivate ? new PrivateKeyObject('private',
    material) : new PublicKeyObject('public', material));

  const unavailable = (what) => failure(Error, 'ERR_FEATURE_UNAVAILABLE', `node:crypto: ${what} is not available here`);

  const toPem = (bytes, label) => `-----BEGIN ${label}-----\n${bytes.toString('base64').replace(/.{1,64}/g, '$&\n')}-----END ${label}-----\n`;

  // An element of DER around others.
  function der(tag, ...parts) {
    const content = Buffer.concat(parts);
    const length = content.length < 128 ? [content.length] : content.length < 256 ? [0x81, content.length]
      : [0x82, content.length >> 8, content.length & 255];
    return Buffer.concat([Buffer.from([tag, ...length]), content]);
  }
  const rsaIdentifier = Buffer.from('300d06092a864886f70d0101010500', 'hex');

  function decode(bytes, label, type) {
    const wrong = (error) => failure(Error, 'ERR_OSSL_UNSUPPORTED', `The key cannot be read: ${error.message}`);
    try {
      if (/^RSA PUBLIC/.test(label) || type === 'pkcs1' && !/PRIVATE/.test(label) && label !== 'private') {
        return java.decode(der(0x30, rsaIdentifier, der(3, Buffer.from([0]), bytes)), false);
      }
      if (/^RSA PRIVATE/.test(label) || type === 'pkcs1') {
        return java.decode(der(0x30, Buffer.from('020100', 'hex'), rsaIdentifier, der(4, bytes)), true);
      }
      return java.decode(bytes, /PRIVATE/i.test(label));
    } catch (error) {
      throw wrong(error);
    }
  }

  function readKey(given, isPrivate) {
    if (given instanceof KeyObject) return materialOf(given);
    const options = typeof given === 'string' || ArrayBuffer.isView(given)
      || given instanceof ArrayBuffer ? { key: given } : given ?? {};
    const { key, format, type } = options;
    if (key instanceof KeyObject) return materialOf(key);
    if (load('web/subtle').materialOf(given) !== undefined) return load('web/subtle').materialOf(given);
    if (format === 'jwk') return java.ofJwk(Object.entries(key).filter(([, value]) => typeof value === 'string').flat());
    if (key === undefined) throw failure(TypeError, 'ERR_INVALID_ARG_TYPE',
      'The "key" argument must be of type string or an instance of Buffer, KeyObject or object.');
    if (format === 'der') return decode(bytesOf(key), isPrivate ? 'private' : 'public', type);
    const [, label, body] = /-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END/.exec(typeof key === 'string' ? key : Buffer.from(key).toString()) ?? [];
    if (label === undefined) throw failure(Error, 'ERR_OSSL_UNSUPPORTED', 'The key is not in the PEM format');
    if (/ENCRYPTED/.test(label) || /EC PRIVATE|DSA|CERTIFICATE/.test(label)) throw unavailable(`reading a ${label}`);
    return decode(Buffer.from(body, 'base64'), label, type);
  }

  const privateKey = (given) => {
    const material = readKey(given, true);
    if (!material.isPrivate) throw failure(TypeError, 'ERR_CRYPTO_INVALID_KEY_OBJECT_TYPE',
      'Invalid key object type public, expected private.');
    return material;
  };
  const publicKey = (given) => {
    const material = readKey(given, false);
    return material.isPrivate ? java.publicOf(material) : material;
  };

  function createSecretKey(key, encoding) {
    const bytes = bytesOf(key, encoding);
    if (!ArrayBuffer.isView(bytes) && !(bytes instanceof ArrayBuffer)) {
      throw failure(TypeError, 'ERR_INVALID_ARG_TYPE',
        'The "key" argument must be of type string or an instance of ArrayBuffer, Buffer, TypedArray, or DataView.');
    }
    return new SecretKeyObject('secret', new Uint8Array(Buffer.from(bytes)));
  }

  // What a secret is given as: bytes, a text or a KeyObject.
  const secretBytes = (key, encoding) => (key instanceof KeyObject ? materialOf(key)
    : load('web/subtle').materialOf(key) ?? bytesOf(key, encoding));

  function generatePair(type, options = {}) {
    switch (type) {
      case 'rsa': case 'rsa-pss': {
        let exponent = (options.publicExponent ?? 65537).toString(16);
        if (exponent.length % 2 === 1) exponent = `0${exponent}`;
        return java.generateRsa(options.modulusLength, Buffer.from(exponent, 'hex'));
      }
      case 'ec':
        if (CURVES[options.namedCurve] === undefined) throw failure(Error, 'ERR_CRYPTO_INVALID_CURVE',
          `Invalid EC curve name: ${options.namedCurve}`);
        return java.generateEc(CURVES[options.namedCurve]);
      case 'ed25519': case 'x25519': return java.generateEdwards(type === 'ed25519' ? 'Ed25519' : 'X25519');
      default: throw failure(TypeError, 'ERR_INVALID_ARG_VALUE',
        `The argument 'type' must be a supported key type. Received '${type}'`);
    }
  }

  const asWanted = ([open, hidden], { publicKeyEncoding, privateKeyEncoding } = {}) => {
    const keys = [ofPair(open), ofPair(hidden)];
    return [publicKeyEncoding, privateKeyEncoding].map((encoding,
      index) => (encoding === undefined ? keys[index] : keys[index].export(encoding)));
  };

  function generateKeyPairSync(type, options) {
    const [open, hidden] = asWanted(generatePair(type, options), options);
    return { publicKey: open, privateKey: hidden };
  }

  function generateKeyPair(type, options, callback) {
    const done = callback ?? options;
    const settings = callback === undefined ? {} : options;
    java.background(() => generatePair(type, settings)).then((pair) => done(null, ...asWanted(pair, settings)),
      (error) => done(error));
  }
  generateKeyPair[Symbol.for('nodejs.util.promisify.custom')] = (type, options) => new Promise((resolve, reject) => {
    generateKeyPair(type, options, (error, open, hidden) => (error ? reject(error) : resolve({ publicKey: open,
      privateKey: hidden })));
  });

  const generateKeySync = (type, { length }) => createSecretKey(Buffer.from(digests.random(Math.floor(length / 8))));

  // Signatures

  const HASHES = { sha1: 'SHA-1', sha224: 'SHA-224', sha256: 'SHA-256', sha384: 'SHA-384', sha512: 'SHA-512',
    'sha512-256': 'SHA-512/256', 'sha3-256': 'SHA3-256', 'sha3-384': 'SHA3-384', 'sha3-512': 'SHA3-512' };
  function hashOf(name) {
    const hash = HASHES[`${name}`.toLowerCase().replace(/^rsa-/, '').replace(/^sha-/, 'sha')];
    if (hash === undefined) throw failure(Error, 'ERR_CRYPTO_INVALID_DIGEST', `Invalid digest: ${name}`);
    return hash;
  }

  function scheme(material, algorithm, options) {
    const hash = material.kind === 'Ed25519' ? '' : hashOf(algorithm ?? 'sha256');
    switch (material.kind) {
      case 'EC': return [options.dsaEncoding === 'ieee-p1363' ? 'ECDSA' : 'ECDSA-DER', hash, 0];
      case 'RSA': {
        if (options.padding !== PSS_PADDING) return ['RSA', hash, 0];
        const digest = digests.finish(digests.digest(algorithm)).byteLength;
        const { saltLength = -2 } = options;
        return ['PSS', hash, saltLength === -1 ? digest : saltLength === -2 ? Math.ceil((Number(material.detail) - 1) / 8) - digest - 2 : saltLength];
      }
      case 'Ed25519': return ['Ed25519', '', 0];
      default: throw failure(Error, 'ERR_OSSL_EVP_OPERATION_NOT_SUPPORTED', 'The key cannot be used for signatures');
    }
  }

  const optionsOf = (key) => (key instanceof KeyObject || typeof key !== 'object' ? {} : key);

  function sign(algorithm, data, key, callback) {
    const work = () => {
      const material = privateKey(key);
      return Buffer.from(java.sign(...scheme(material, algorithm, optionsOf(key)), material, bytesOf(data)));
    };
    return later(work, callback);
  }

  function verify(algorithm, data, key, signature, callback) {
    const work = () => {
      const material = publicKey(key);
      return java.verify(...scheme(material, algorithm, optionsOf(key)), material, bytesOf(data), bytesOf(signature));
    };
    return later(work, callback);
  }

  function later(work, callback) {
    if (callback === undefined) return work();
    let answer;
    try {
      answer = [null, work()];
    } catch (error) {
      answer = [error];
    }
    host.task(() => callback(...answer));
    return undefined;
  }

  // createSign and createVerify collect what is signed.
  class Collected extends Transform {
    _chunks = [];

    constructor(algorithm) {
      super();
      this._algorithm = algorithm;
      hashOf(algorithm);
    }

    update(data, encoding) {
      this._chunks.push(Buffer.from(bytesOf(data, encoding)));
      return this;
    }

    _transform(chunk, encoding, callback) {
      this.update(chunk, encoding);
      callback();
    }
  }

  class Sign extends Collected {
    sign(key, encoding) { return encoded(sign(this._algorithm, Buffer.concat(this._chunks), key), encoding); }
  }

  class Verify extends Collected {
    verify(key, signature, encoding) { return verify(this._algorithm, Buffer.concat(this._chunks), key,
      bytesOf(signature, encoding)); }
  }

  // Ciphers

  const CIPHERS = ['cbc', 'ctr', 'ecb', 'gcm'].flatMap((mode) => [128, 192, 256].map((bits) => `aes-${bits}-${mode}`));

  function cipherInfo(name) {
    const found = /^(?:id-)?aes-?(128|192|256)-(cbc|ctr|ecb|gcm)$/i.exec(`${name}`);
    if (found === null) return undefined;
    const mode = found[2].toLowerCase();
    return { name: `aes-${found[1]}-${mode}`, mode, keyLength: found[1] / 8, blockSize: mode === 'ctr' || mode === 'gcm' ? 1 : 16,
      ivLength: { ecb: 0, gcm: 12 }[mode] ?? 16 };
  }

  class Cipheriv extends Transform {
    #info;
    #encrypts;
    #key;
    #iv;
    #cipher;
    #padding = true;
    #additional = [];
    #tagLength;
    #tag;
    #isDone = false;

    constructor(encrypts, name, key, iv, options = {}) {
      super(options);
      this.#info = cipherInfo(name);
      if (this.#info === undefined) throw failure(Error, 'ERR_CRYPTO_UNKNOWN_CIPHER', 'Unknown cipher');
      this.#encrypts = encrypts;
      this.#key = secretBytes(key);
      this.#iv = iv === null ? NONE : bytesOf(iv);
      this.#tagLength = options?.authTagLength ?? 16;
      if (this.#key.byteLength !== this.#info.keyLength) throw failure(RangeError, 'ERR_CRYPTO_INVALID_KEYLEN',
        'Invalid key length');
      const isRight = this.#info.mode === 'gcm' ? this.#iv.byteLength > 0 : this.#iv.byteLength === this.#info.ivLength;
      if (!isRight) throw failure(TypeError, 'ERR_CRYPTO_INVALID_IV', 'Invalid initialization vector');
    }

    #open() {
      if (this.#isDone) throw failure(Error, 'ERR_CRYPTO_INVALID_STATE', 'Unsupported state or unable to authenticate data');
      if (this.#cipher === undefined) {
        this.#cipher = java.newAes(this.#info.mode.toUpperCase(), this.#encrypts, this.#key, this.#iv,
          this.#tagLength * 8, this.#padding);
        this.#additional.forEach((data) => java.addData(this.#cipher, data));
      }
      return this.#cipher;
    }

    update(data, inputEncoding, outputEncoding) {
      return encoded(Buffer.from(java.update(this.#open(), bytesOf(data, inputEncoding))), outputEncoding);
    }

    final(outputEncoding) {
      const cipher = this.#open();
      this.#isDone = true;
      const isGcm = this.#info.mode === 'gcm';
      let before = NONE;
      let rest;
      try {
        if (isGcm && !this.#encrypts) {
          if (this.#tag === undefined) throw new Error('no tag');
          before = java.update(cipher, this.#tag);
        }
        rest = Buffer.from(java.finish(cipher));
      } catch (error) {
        throw isGcm ? new Error('Unsupported state or unable to authenticate data')
          : failure(Error, this.#encrypts ? 'ERR_OSSL_WRONG_FINAL_BLOCK_LENGTH' : 'ERR_OSSL_BAD_DECRYPT',
            this.#encrypts ? 'wrong final block length' : 'bad decrypt');
      }
      if (isGcm && this.#encrypts) {
        this.#tag = rest.subarray(rest.length - this.#tagLength);
        rest = rest.subarray(0, rest.length - this.#tagLength);
      }
      return encoded(Buffer.concat([new Uint8Array(before), rest]), outputEncoding);
    }

    setAutoPadding(isOn = true) {
      this.#padding = Boolean(isOn);
      return this;
    }

    setAAD(data, options) {
      this.#additional.push(bytesOf(data, options?.encoding));
      return this;
    }

    getAuthTag() {
      if (!this.#encrypts || this.#tag === undefined) throw failure(Error, 'ERR_CRYPTO_INVALID_STATE',
        'Invalid state for operation getAuthTag');
      return Buffer.from(this.#tag);
    }

    setAuthTag(tag, encoding) {
      this.#tag = bytesOf(tag, encoding);
      this.#tagLength = this.#tag.byteLength;
      return this;
    }

    _transform(chunk, encoding, callback) { attempt(() => this.update(chunk,
      encoding === 'buffer' ? undefined : encoding), callback); }
    _flush(callback) { attempt(() => this.final(), callback); }
  }
  class Decipheriv extends Cipheriv {}

  function attempt(work, callback) {
    let result;
    try {
      result = work();
    } catch (error) {
      callback(error);
      return;
    }
    callback(null, result);
  }

  function rsa(encrypts, key, data) {
    const options = optionsOf(key);
    const material = encrypts ? publicKey(key) : privateKey(key);
    if (options.padding === PKCS1_PADDING) return Buffer.from(java.rsaPkcs1(encrypts, material, bytesOf(data)));
    if ((options.padding ?? OAEP_PADDING) !== OAEP_PADDING) throw unavailable(`the padding ${options.padding}`);
    return Buffer.from(java.rsaOaep(encrypts, material, hashOf(options.oaepHash ?? 'sha1'), options.oaepLabel
      ?? NONE, bytesOf(data)));
  }

  // Agreement

  class ECDH {
    #curve;
    #pair;

    constructor(curve) {
      this.#curve = CURVES[curve];
      if (this.#curve === undefined) throw failure(Error, 'ERR_CRYPTO_INVALID_CURVE', `Invalid EC curve name: ${curve}`);
    }

    generateKeys(encoding) {
      this.#pair = java.generateEc(this.#curve);
      return this.getPublicKey(encoding);
    }

    getPublicKey(encoding) { return encoded(Buffer.from(java.toRaw(this.#pair[0])), encoding); }
    getPrivateKey(encoding) { return encoded(Buffer.from(java.toJwk(this.#pair[1]).d, 'base64url'), encoding); }

    setPrivateKey(key, encoding) {
      const length = { 'P-256': 32, 'P-384': 48, 'P-521': 66 }[this.#curve];
      const d = Buffer.concat([Buffer.alloc(length), bytesOf(key, encoding)]).subarray(-length);
      const hidden = java.ofJwk(['kty', 'EC', 'crv', this.#curve, 'd', d.toString('base64url')]);
      this.#pair = [java.publicOf(hidden), hidden];
    }

    computeSecret(other, inputEncoding, outputEncoding) {
      return encoded(Buffer.from(java.agree(this.#pair[1], java.ofRaw(this.#curve, bytesOf(other, inputEncoding)))),
        outputEncoding);
    }
  }

  return {
    secretBytes,
    exports: {
      KeyObject, Sign, Verify, Cipheriv, Decipheriv, ECDH,
      createSecretKey,
      createPublicKey: (key) => ofPair(publicKey(key)),
      createPrivateKey: (key) => ofPair(privateKey(key)),
      generateKeyPairSync, generateKeyPair, generateKeySync,
      generateKey: (type, options, callback) => later(() => generateKeySync(type, options), callback),
      sign, verify,
      createSign: (algorithm) => new Sign(algorithm),
      createVerify: (algorithm) => new Verify(algorithm),
      createCipheriv: (...all) => new Cipheriv(true, ...all),
      createDecipheriv: (...all) => new Decipheriv(false, ...all),
      getCiphers: () => [...CIPHERS],
      getCipherInfo: (name) => cipherInfo(name),
      getCurves: () => Object.values(OPENSSL_CURVES),
      publicEncrypt: (key, data) => rsa(true, key, data),
      privateDecrypt: (key, data) => rsa(false, key, data),
      createECDH: (curve) => new ECDH(curve),
      diffieHellman: ({ privateKey: own, publicKey: other }, callback) =>
        later(() => Buffer.from(java.agree(privateKey(own), publicKey(other))), callback),
    },
  };
})
