// SubtleCrypto and CryptoKey (https://w3c.github.io/webcrypto), a thin layer over the JDK's cryptography.
(function (host, load) {
  'use strict';

  const { expose, isObject, secret } = load('web/interfaces');
  const { DOMException } = load('web/events');
  const { registerPlatformClass } = load('web/clone');
  const { digests, crypto: java } = host;

  const NONE = new Uint8Array(0);
  const CURVES = ['P-256', 'P-384', 'P-521'];
  const HASHES = ['SHA-1', 'SHA-256', 'SHA-384', 'SHA-512'];
  const HASH_BLOCKS = { 'SHA-1': 512, 'SHA-256': 512, 'SHA-384': 1024, 'SHA-512': 1024 };
  const FORMATS = ['raw', 'raw-public', 'raw-secret', 'pkcs8', 'spki', 'jwk'];

  const failure = (name, message) => new DOMException(message, name);
  const unsupported = (what) => failure('NotSupportedError', what);

  // The bytes of a buffer source, not copied.
  function bytesOf(data, what = 'data') {
    if (data instanceof ArrayBuffer || data instanceof SharedArrayBuffer) return new Uint8Array(data);
    if (ArrayBuffer.isView(data)) return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    throw new TypeError(`The ${what} must be an ArrayBuffer or a view of one`);
  }

  // In the background; what the JDK refuses is an OperationError.
  async function operate(start) {
    try {
      return await java.background(start);
    } catch (error) {
      throw error?.name === 'OperationError' ? failure('OperationError', error.message) : error;
    }
  }

  function hashOf(hash) {
    const name = `${isObject(hash) ? hash.name : hash}`.toUpperCase();
    if (!HASHES.includes(name)) throw unsupported(`Unrecognized hash algorithm: ${name}`);
    return name;
  }
  const macOf = (hash) => `Hmac${hash.replace('-', '')}`;

  // Algorithms by the names that they are called by, whatever the case

  const AES = ['AES-CBC', 'AES-CTR', 'AES-GCM', 'AES-KW'];
  const RSA = ['RSASSA-PKCS1-v1_5', 'RSA-PSS', 'RSA-OAEP'];
  const NAMES = [...AES, ...RSA, ...HASHES, 'HMAC', 'ECDSA', 'ECDH', 'Ed25519', 'X25519', 'PBKDF2', 'HKDF'];
  const OPERATIONS = {
    encrypt: ['AES-CBC', 'AES-CTR', 'AES-GCM', 'RSA-OAEP'],
    sign: ['HMAC', 'ECDSA', 'Ed25519', 'RSASSA-PKCS1-v1_5', 'RSA-PSS'],
    digest: HASHES,
    deriveBits: ['PBKDF2', 'HKDF', 'ECDH', 'X25519'],
    generateKey: [...AES, ...RSA, 'HMAC', 'ECDSA', 'ECDH', 'Ed25519', 'X25519'],
    importKey: [...AES, ...RSA, 'HMAC', 'ECDSA', 'ECDH', 'Ed25519', 'X25519', 'PBKDF2', 'HKDF'],
    exportKey: [...AES, ...RSA, 'HMAC', 'ECDSA', 'ECDH', 'Ed25519', 'X25519'],
    wrapKey: ['AES-KW'],
  };

  // Section 18.4, "normalize an algorithm"
  function normalize(algorithm, operation) {
    if (!isObject(algorithm) && typeof algorithm !== 'string') throw new TypeError('The algorithm must be an object or a string');
    const given = `${isObject(algorithm) ? algorithm.name : algorithm}`.toUpperCase();
    const name = NAMES.find((known) => known.toUpperCase() === given);
    if (name === undefined || !OPERATIONS[operation].includes(name)) throw unsupported('Unrecognized algorithm name');
    return { parameters: isObject(algorithm) ? algorithm : {}, name };
  }

  let make;
  let materialOf;

  class CryptoKey {
    #type;
    #extractable;
    #algorithm;
    #usages;
    #material;

    constructor(key, fields) {
      if (key !== secret) throw new TypeError('Illegal constructor');
      this.#type = fields.type;
      this.#extractable = fields.extractable;
      this.#algorithm = fields.algorithm;
      this.#usages = fields.usages;
      this.#material = fields.material;
    }

    get type() { return this.#type; }
    get extractable() { return this.#extractable; }
    get algorithm() { return this.#algorithm; }
    get usages() { return [...this.#usages]; }

    [Symbol.for('nodejs.util.inspect.custom')](depth, options, inspect) {
      const { type, extractable, algorithm, usages } = this;
      return `CryptoKey ${inspect({ type, extractable, algorithm, usages }, options)}`;
    }

    static {
      make = (type, algorithm, extractable, usages, material) => {
        if (usages.length === 0 && type !== 'public') throw failure('SyntaxError',
          'Usages cannot be empty when importing a private or secret key.');
        return new CryptoKey(secret, { type, algorithm, extractable, usages, material });
      };
      materialOf = (value) => (isObject(value) && #material in value ? value.#material : undefined);
      registerPlatformClass('web/subtle', 'CryptoKey', {
        isOne: (value) => materialOf(value) !== undefined,
        // Where another realm needs it, as bytes.
        write: (key) => [key.#type, key.#extractable, key.#algorithm, key.#usages,
          key.#type === 'secret' ? key.#material.slice() : java.encode(key.#material)],
        read: ([type, extractable, algorithm, usages, bytes]) => new CryptoKey(secret, { type, extractable, algorithm, usages,
          material: type === 'secret' ? bytes : java.decode(bytes, type === 'private') }),
      });
    }
  }
  expose(CryptoKey, 'type', 'extractable', 'algorithm', 'usages');

  const USAGES = ['encrypt', 'decrypt', 'sign', 'verify', 'deriveKey', 'deriveBits', 'wrapKey', 'unwrapKey'];

  // What keys of an algorithm may be used for, by their type.
  function allowedUsages(name, type) {
    switch (name) {
      case 'AES-KW': return ['wrapKey', 'unwrapKey'];
      case 'AES-CBC': case 'AES-CTR': case 'AES-GCM': return ['encrypt', 'decrypt', 'wrapKey', 'unwrapKey'];
      case 'HMAC': return ['sign', 'verify'];
      case 'PBKDF2': case 'HKDF': return ['deriveKey', 'deriveBits'];
      case 'RSA-OAEP': return type === 'public' ? ['encrypt', 'wrapKey'] : ['decrypt', 'unwrapKey'];
      case 'ECDH': case 'X25519': return type === 'public' ? [] : ['deriveKey', 'deriveBits'];
      default: return type === 'public' ? ['verify'] : ['sign'];
    }
  }

  function usagesOf(usages) {
    const all = [...usages].map(String);
    for (const usage of all) if (!USAGES.includes(usage)) throw new TypeError(`'${usage}' is not a valid key usage`);
    return USAGES.filter((usage) => all.includes(usage));
  }

  function checkUsages(name, type, usages) {
    const allowed = allowedUsages(name, type);
    if (usages.some((usage) => !allowed.includes(usage))) throw failure('SyntaxError', `Unsupported key usage for a ${name} key`);
  }

  function require(key, name, usage) {
    if (materialOf(key) === undefined) throw new TypeError('The key must be a CryptoKey');
    if (name !== undefined && key.algorithm.name !== name) throw failure('InvalidAccessError',
      'The key is for another algorithm');
    if (!key.usages.includes(usage)) throw failure('InvalidAccessError', `Unable to use this key to ${usage}`);
    return materialOf(key);
  }

  // Keys

  const secretAlgorithm = (name, parameters, bytes) => (name === 'HMAC'
    ? { name, length: hmacLength(parameters, bytes), hash: { name: hashOf(parameters.hash) } }
    : name === 'PBKDF2' || name === 'HKDF' ? { name } : { name, length: bytes.length * 8 });

  function hmacLength({ length }, bytes) {
    if (bytes.length === 0) throw failure('DataError', 'Zero-length key is not supported');
    if (length !== undefined && (length > bytes.length * 8 || length <= (bytes.length - 1) * 8)) {
      throw failure('DataError', 'Invalid key length');
    }
    return length ?? bytes.length * 8;
  }

  function pairAlgorithm(name, parameters, material) {
    if (RSA.includes(name)) {
      if (material.kind !== 'RSA') throw failure('DataError', 'Invalid key type');
      const jwk = java.toJwk(material);
      return { name, modulusLength: Number(material.detail), publicExponent: fromBase64Url(jwk.e),
        hash: { name: hashOf(parameters.hash) } };
    }
    if (name === 'Ed25519' || name === 'X25519') {
      if (material.kind !== name) throw failure('DataError', 'Invalid key type');
      return { name };
    }
    if (!CURVES.includes(parameters.namedCurve)) throw unsupported('Unrecognized namedCurve');
    if (material.kind !== 'EC' || material.detail !== parameters.namedCurve) throw failure('DataError', 'Named curve mismatch');
    return { name, namedCurve: parameters.namedCurve };
  }

  const toBase64Url = (bytes) => btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
  function fromBase64Url(text) {
    try {
      return Uint8Array.from(atob(`${text}`.replaceAll('-', '+').replaceAll('_', '/')), (character) => character.charCodeAt(0));
    } catch {
      throw failure('DataError', 'Invalid keyData');
    }
  }

  const isSecret = (name) => AES.includes(name) || ['HMAC', 'PBKDF2', 'HKDF'].includes(name);

  function dataError(decode) {
    try {
      return decode();
    } catch (error) {
      throw error instanceof DOMException ? error : failure('DataError', `Invalid keyData: ${error.message}`);
    }
  }

  function importSecret(format, data, { name, parameters }, extractable, usages) {
    let bytes;
    if (format === 'raw' || format === 'raw-secret') bytes = bytesOf(data, 'keyData').slice();
    else if (format === 'jwk' && name !== 'PBKDF2' && name !== 'HKDF') {
      if (data.kty !== 'oct') throw failure('DataError', 'JWK "kty" must be "oct"');
      checkJwk(data, extractable, usages);
      bytes = fromBase64Url(data.k);
    } else throw unsupported(`Unable to import ${name} using ${format} format`);
    checkUsages(name, 'secret', usages);
    if (extractable && (name === 'PBKDF2' || name === 'HKDF')) throw failure('SyntaxError', `${name} keys cannot be extractable`);
    if (AES.includes(name) && ![16, 24, 32].includes(bytes.length)) throw failure('DataError', 'Invalid key length');
    return make('secret', secretAlgorithm(name, parameters, bytes), extractable, usages, bytes);
  }

  function checkJwk(jwk, extractable, usages) {
    if (jwk.ext === false && extractable) throw failure('DataError', 'JWK "ext" Parameter and extractable mismatch');
    if (jwk.key_ops !== undefined && usages.some((usage) => !jwk.key_ops.includes(usage))) {
      throw failure('DataError', 'Key operations and usage mismatch');
    }
  }

  function importPair(format, data, { name, parameters }, extractable, usages) {
    let material;
    switch (format) {
      case 'spki': case 'pkcs8':
        material = dataError(() => java.decode(bytesOf(data, 'keyData'), format === 'pkcs8'));
        break;
      case 'raw': case 'raw-public':
        if (RSA.includes(name)) throw unsupported(`Unable to import ${name} using raw format`);
        material = dataError(() => java.ofRaw(parameters.namedCurve ?? name, bytesOf(data, 'keyData')));
        break;
      case 'jwk':
        checkJwk(data, extractable, usages);
        material = dataError(() => java.ofJwk(Object.entries(data).filter(([, value]) => typeof value === 'string').flat()));
        break;
      default: throw unsupported(`Unable to import ${name} using ${format} format`);
    }
    const type = material.isPrivate ? 'private' : 'public';
    checkUsages(name, type, usages);
    return make(type, pairAlgorithm(name, parameters, material), extractable, usages, material);
  }

  function exportKey(format, key) {
    const material = materialOf(key);
    const { name } = key.algorithm;
    const wrong = () => unsupported(`Unable to export a ${key.type} ${name} key using ${format} format`);
    switch (format) {
      case 'jwk': {
        const members = key.type === 'secret' ? { kty: 'oct', k: toBase64Url(material) } : { ...java.toJwk(material) };
        const alg = jwkAlgorithm(key.algorithm);
        return { key_ops: key.usages, ext: key.extractable, ...alg === undefined ? {} : { alg }, ...members };
      }
      case 'raw': case 'raw-secret': case 'raw-public':
        if (key.type === 'secret' && format !== 'raw-public') return material.slice().buffer;
        if (key.type !== 'public' || RSA.includes(name) || format === 'raw-secret') throw wrong();
        return java.toRaw(material);
      default:
        if (key.type !== { spki: 'public', pkcs8: 'private' }[format]) throw wrong();
        return java.encode(material);
    }
  }

  function jwkAlgorithm({ name, length, hash }) {
    const number = hash?.name.slice('SHA-'.length);
    switch (name) {
      case 'HMAC': return `HS${number}`;
      case 'RSASSA-PKCS1-v1_5': return `RS${number}`;
      case 'RSA-PSS': return `PS${number}`;
      case 'RSA-OAEP': return number === '1' ? 'RSA-OAEP' : `RSA-OAEP-${number}`;
      case 'Ed25519': return 'Ed25519';
      case 'ECDSA': case 'ECDH': case 'X25519': return undefined;
      default: return `A${length}${name.slice('AES-'.length)}`;
    }
  }

  async function generateKey({ name, parameters }, extractable, usages) {
    if (isSecret(name)) {
      const length = parameters.length ?? (name === 'HMAC' ? HASH_BLOCKS[hashOf(parameters.hash)] : undefined);
      if (AES.includes(name) && ![128, 192, 256].includes(length)) throw failure('OperationError', 'Invalid key length');
      if (!(length > 0)) throw failure('OperationError', 'Zero-length key is not supported');
      checkUsages(name, 'secret', usages);
      const bytes = new Uint8Array(digests.random(Math.ceil(length / 8)));
      return make('secret', secretAlgorithm(name, parameters, bytes), extractable, usages, bytes);
    }
    const allowed = [...allowedUsages(name, 'public'), ...allowedUsages(name, 'private')];
    if (usages.some((usage) => !allowed.includes(usage))) throw failure('SyntaxError', `Unsupported key usage for a ${name} key`);
    if (name === 'ECDSA' || name === 'ECDH') {
      if (!CURVES.includes(parameters.namedCurve)) throw unsupported('Unrecognized namedCurve');
    }
    const [open, hidden] = await operate(() => {
      if (RSA.includes(name)) return java.generateRsa(parameters.modulusLength, parameters.publicExponent);
      return name === 'ECDSA' || name === 'ECDH' ? java.generateEc(parameters.namedCurve) : java.generateEdwards(name);
    });
    const algorithm = pairAlgorithm(name, parameters, open);
    const of = (type) => usages.filter((usage) => allowedUsages(name, type).includes(usage));
    return { publicKey: make('public', algorithm, true, of('public'), open),
      privateKey: make('private', algorithm, extractable, of('private'), hidden) };
  }

  // Ciphers

  async function cipher(encrypts, { name, parameters }, key, data) {
    const material = materialOf(key);
    const aes = (mode, iv, tag = 0, additional = NONE) =>
      operate(() => java.aes(mode, encrypts, material, iv, tag, true, additional, data));
    switch (name) {
      case 'AES-CBC': {
        const iv = bytesOf(parameters.iv, 'iv');
        if (iv.length !== 16) throw failure('OperationError', 'algorithm.iv must contain exactly 16 bytes');
        return aes('CBC', iv);
      }
      case 'AES-GCM': {
        const tag = parameters.tagLength ?? 128;
        if (![32, 64, 96, 104, 112, 120, 128].includes(tag)) throw failure('OperationError',
          `${tag} is not a valid AES-GCM tag length`);
        if (tag < 96) throw unsupported(`AES-GCM tags of ${tag} bits are not supported here`);
        const additional = parameters.additionalData === undefined ? NONE : bytesOf(parameters.additionalData, 'additionalData');
        return aes('GCM', bytesOf(parameters.iv, 'iv'), tag, additional);
      }
      case 'AES-CTR': return counterMode(encrypts, parameters, material, data);
      default: {
        if (encrypts !== (key.type === 'public')) throw failure('InvalidAccessError',
          `The key cannot be used to ${encrypts ? 'encrypt' : 'decrypt'}`);
        const label = parameters.label === undefined ? NONE : bytesOf(parameters.label, 'label');
        return operate(() => java.rsaOaep(encrypts, material, key.algorithm.hash.name, label, data));
      }
    }
  }

  // The JDK counts with all 128 bits; where fewer count and come to their end, the rest begins with zero again.
  async function counterMode(encrypts, parameters, key, data) {
    const counter = bytesOf(parameters.counter, 'counter').slice();
    const { length } = parameters;
    if (counter.length !== 16) throw failure('OperationError', 'algorithm.counter must contain exactly 16 bytes');
    if (!(length > 0 && length <= 128)) throw failure('OperationError', 'AES-CTR algorithm.length must be between 1 and 128');
    let value = 0n;
    for (const byte of counter) value = (value << 8n) | BigInt(byte);
    const mask = (1n << BigInt(length)) - 1n;
    const blocks = BigInt(Math.ceil(data.byteLength / 16));
    if (blocks > mask + 1n) throw failure('OperationError', 'There is more data than the counter can count');
    const left = mask - (value & mask) + 1n;
    const run = (iv, part) => operate(() => java.aes('CTR', encrypts, key, iv, 0, false, NONE, part));
    if (blocks <= left) return run(counter, data);
    const split = Number(left) * 16;
    let start = value & ~mask & ((1n << 128n) - 1n);
    const restarted = new Uint8Array(16);
    for (let at = 15; at >= 0; at--, start >>= 8n) restarted[at] = Number(start & 255n);
    const [first, second] = await Promise.all([run(counter, data.slice(0, split)), run(restarted, data.slice(split))]);
    const whole = new Uint8Array(data.byteLength);
    whole.set(new Uint8Array(first));
    whole.set(new Uint8Array(second), split);
    return whole.buffer;
  }

  // Signatures

  function mac(key, data) {
    const digest = digests.mac(key.algorithm.hash.name, materialOf(key));
    digests.update(digest, data);
    return digests.finish(digest);
  }

  function scheme({ name, parameters }, key) {
    switch (name) {
      case 'ECDSA': return ['ECDSA', hashOf(parameters.hash), 0];
      case 'RSA-PSS': return ['PSS', key.algorithm.hash.name, parameters.saltLength];
      case 'RSASSA-PKCS1-v1_5': return ['RSA', key.algorithm.hash.name, 0];
      default: return ['Ed25519', '', 0];
    }
  }

  function isEqual(first, second) {
    if (first.length !== second.length) return false;
    return first.reduce((difference, byte, at) => difference | (byte ^ second[at]), 0) === 0;
  }

  // Derived bits

  async function deriveBits({ name, parameters }, key, length) {
    const material = materialOf(key);
    if (name === 'ECDH' || name === 'X25519') {
      const other = materialOf(parameters.public);
      if (other === undefined) throw new TypeError('algorithm.public must be a CryptoKey');
      if (parameters.public.type !== 'public' || parameters.public.algorithm.name !== name || other.detail !== material.detail) {
        throw failure('InvalidAccessError', 'algorithm.public must be a public key for the same algorithm and curve');
      }
      const bits = await operate(() => java.agree(material, other));
      if (length === null || length === undefined) return bits;
      if (length > bits.byteLength * 8) throw failure('OperationError', 'derived bit length is too large');
      const part = new Uint8Array(bits.slice(0, Math.ceil(length / 8)));
      if (length % 8 !== 0) part[part.length - 1] &= 0xff << (8 - length % 8);
      return part.buffer;
    }
    if (length === null || length === undefined || length % 8 !== 0) throw failure('OperationError',
      'length must be a multiple of 8');
    const hash = macOf(hashOf(parameters.hash));
    const salt = bytesOf(parameters.salt, 'salt');
    if (name === 'HKDF') {
      const info = bytesOf(parameters.info, 'info');
      return operate(() => java.hkdf(hash, material, salt, info, length / 8));
    }
    if (!(parameters.iterations > 0)) throw failure('OperationError', 'iterations cannot be zero');
    return operate(() => java.pbkdf2(hash, material, salt, parameters.iterations, length / 8));
  }

  function derivedLength(type) {
    const { name, parameters } = normalize(type, 'importKey');
    if (name === 'PBKDF2' || name === 'HKDF') return null;
    if (name === 'HMAC') return parameters.length ?? HASH_BLOCKS[hashOf(parameters.hash)];
    if (!AES.includes(name)) throw unsupported('The derived key type is not supported');
    if (![128, 192, 256].includes(parameters.length)) throw failure('OperationError', 'Invalid key length');
    return parameters.length;
  }

  class SubtleCrypto {
    constructor(key) { if (key !== secret) throw new TypeError('Illegal constructor'); }

    async digest(algorithm, data) {
      const { name } = normalize(algorithm, 'digest');
      const digest = digests.digest(name);
      digests.update(digest, bytesOf(data));
      return digests.finish(digest);
    }

    async generateKey(algorithm, extractable, keyUsages) {
      return generateKey(normalize(algorithm, 'generateKey'), Boolean(extractable), usagesOf(keyUsages));
    }

    async importKey(format, keyData, algorithm, extractable, keyUsages) {
      if (!FORMATS.includes(format)) throw new TypeError(`'${format}' is not a valid key format`);
      const normalized = normalize(algorithm, 'importKey');
      const usages = usagesOf(keyUsages);
      if (format === 'jwk' && (!isObject(keyData) || ArrayBuffer.isView(keyData) || keyData instanceof ArrayBuffer)) {
        throw new TypeError('The keyData must be a JsonWebKey');
      }
      return (isSecret(normalized.name) ? importSecret : importPair)(format, keyData, normalized, Boolean(extractable), usages);
    }

    async exportKey(format, key) {
      if (!FORMATS.includes(format)) throw new TypeError(`'${format}' is not a valid key format`);
      if (materialOf(key) === undefined) throw new TypeError('The key must be a CryptoKey');
      if (!OPERATIONS.exportKey.includes(key.algorithm.name)) throw unsupported(`${key.algorithm.name} keys cannot be exported`);
      if (!key.extractable) throw failure('InvalidAccessError', 'key is not extractable');
      return exportKey(format, key);
    }

    async encrypt(algorithm, key, data) {
      const normalized = normalize(algorithm, 'encrypt');
      require(key, normalized.name, 'encrypt');
      return cipher(true, normalized, key, bytesOf(data));
    }

    async decrypt(algorithm, key, data) {
      const normalized = normalize(algorithm, 'encrypt');
      require(key, normalized.name, 'decrypt');
      return cipher(false, normalized, key, bytesOf(data));
    }

    async sign(algorithm, key, data) {
      const normalized = normalize(algorithm, 'sign');
      const material = require(key, normalized.name, 'sign');
      if (normalized.name === 'HMAC') return mac(key, bytesOf(data));
      return operate(() => java.sign(...scheme(normalized, key), material, bytesOf(data)));
    }

    async verify(algorithm, key, signature, data) {
      const normalized = normalize(algorithm, 'sign');
      const material = require(key, normalized.name, 'verify');
      if (normalized.name === 'HMAC') return isEqual(new Uint8Array(mac(key, bytesOf(data))), bytesOf(signature, 'signature'));
      return operate(() => java.verify(...scheme(normalized, key), material, bytesOf(data), bytesOf(signature, 'signature')));
    }

    async deriveBits(algorithm, baseKey, length = null) {
      const normalized = normalize(algorithm, 'deriveBits');
      require(baseKey, normalized.name, 'deriveBits');
      return deriveBits(normalized, baseKey, length);
    }

    async deriveKey(algorithm, baseKey, derivedKeyType, extractable, keyUsages) {
      const normalized = normalize(algorithm, 'deriveBits');
      require(baseKey, normalized.name, 'deriveKey');
      const bits = await deriveBits(normalized, baseKey, derivedLength(derivedKeyType));
      return this.importKey('raw', bits, derivedKeyType, extractable, keyUsages);
    }

    async wrapKey(format, key, wrappingKey, wrapAlgorithm) {
      require(wrappingKey, undefined, 'wrapKey');
      const exported = await this.exportKey(format, key);
      const data = format === 'jwk' ? new TextEncoder().encode(JSON.stringify(exported)) : bytesOf(exported);
      if (wrappingKey.algorithm.name === 'AES-KW') {
        normalize(wrapAlgorithm, 'wrapKey');
        return operate(() => java.aes('KW', true, materialOf(wrappingKey), NONE, 0, false, NONE, data));
      }
      const normalized = normalize(wrapAlgorithm, 'encrypt');
      require(wrappingKey, normalized.name, 'wrapKey');
      return cipher(true, normalized, wrappingKey, data);
    }

    async unwrapKey(format, wrappedKey, unwrappingKey, unwrapAlgorithm, unwrappedKeyAlgorithm, extractable, keyUsages) {
      require(unwrappingKey, undefined, 'unwrapKey');
      const wrapped = bytesOf(wrappedKey, 'wrappedKey');
      let data;
      if (unwrappingKey.algorithm.name === 'AES-KW') {
        normalize(unwrapAlgorithm, 'wrapKey');
        data = await operate(() => java.aes('KW', false, materialOf(unwrappingKey), NONE, 0, false, NONE, wrapped));
      } else {
        const normalized = normalize(unwrapAlgorithm, 'encrypt');
        require(unwrappingKey, normalized.name, 'unwrapKey');
        data = await cipher(false, normalized, unwrappingKey, wrapped);
      }
      const keyData = format === 'jwk' ? dataError(() => JSON.parse(new TextDecoder().decode(data))) : data;
      return this.importKey(format, keyData, unwrappedKeyAlgorithm, extractable, keyUsages);
    }
  }
  expose(SubtleCrypto, 'digest', 'generateKey', 'importKey', 'exportKey', 'encrypt', 'decrypt', 'sign', 'verify', 'deriveBits',
    'deriveKey', 'wrapKey', 'unwrapKey');

  return { SubtleCrypto, CryptoKey, subtle: new SubtleCrypto(secret), materialOf, makeKey: make };
})
