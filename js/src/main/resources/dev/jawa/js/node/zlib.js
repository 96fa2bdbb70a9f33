// node:zlib (https://nodejs.org/api/zlib.html), without Brotli and Zstandard, which the JDK has not.
(function (host, load) {
  'use strict';

  const { Buffer } = load('node/buffer');
  const { Transform } = load('node/stream');
  const { compression } = host;

  const constants = Object.freeze({ Z_NO_FLUSH: 0, Z_PARTIAL_FLUSH: 1, Z_SYNC_FLUSH: 2, Z_FULL_FLUSH: 3, Z_FINISH: 4,
    Z_BLOCK: 5, Z_OK: 0, Z_STREAM_END: 1, Z_NEED_DICT: 2, Z_ERRNO: -1, Z_STREAM_ERROR: -2, Z_DATA_ERROR: -3,
    Z_MEM_ERROR: -4, Z_BUF_ERROR: -5, Z_VERSION_ERROR: -6, Z_NO_COMPRESSION: 0, Z_BEST_SPEED: 1, Z_BEST_COMPRESSION: 9,
    Z_DEFAULT_COMPRESSION: -1, Z_FILTERED: 1, Z_HUFFMAN_ONLY: 2, Z_RLE: 3, Z_FIXED: 4, Z_DEFAULT_STRATEGY: 0,
    ZLIB_VERNUM: 4880, DEFLATE: 1, INFLATE: 2, GZIP: 3, GUNZIP: 4, DEFLATERAW: 5, INFLATERAW: 6, UNZIP: 7,
    Z_MIN_WINDOWBITS: 8, Z_MAX_WINDOWBITS: 15, Z_DEFAULT_WINDOWBITS: 15, Z_MIN_CHUNK: 64, Z_MAX_CHUNK: Infinity,
    Z_DEFAULT_CHUNK: 16384, Z_MIN_MEMLEVEL: 1, Z_MAX_MEMLEVEL: 9, Z_DEFAULT_MEMLEVEL: 8, Z_MIN_LEVEL: -1, Z_MAX_LEVEL: 9,
    Z_DEFAULT_LEVEL: -1 });
  const codes = Object.freeze(Object.fromEntries(Object.entries(constants).filter(([name]) => /^Z_(OK|STREAM|NEED|ERRNO|DATA|MEM|BUF|VERSION)/.test(name))
    .flatMap(([name, value]) => [[name, value], [value, name]])));

  function bytesOf(data) {
    if (typeof data === 'string') return Buffer.from(data);
    if (data instanceof ArrayBuffer || ArrayBuffer.isView(data)) return data;
    throw Object.assign(new TypeError('The "buffer" argument must be of type string or an instance of Buffer, TypedArray, '
      + `DataView, or ArrayBuffer. Received ${data === null ? 'null' : typeof data}`), { code: 'ERR_INVALID_ARG_TYPE' });
  }

  function level(options) {
    const given = options?.level ?? -1;
    if (!Number.isInteger(given) || given < -1 || given > 9) {
      throw Object.assign(new RangeError(`The value of "options.level" is out of range. It must be >= -1 and <= 9. Received ${
        String(given)}`), { code: 'ERR_OUT_OF_RANGE' });
    }
    return given;
  }

  function open(name, options) {
    const handle = compression.open(name, level(options), options?.strategy ?? 0, false);
    if (options?.dictionary !== undefined) compression.dictionary(handle, bytesOf(options.dictionary));
    return handle;
  }

  // Errors of the data are plain ones with the number of zlib.
  function write(handle, data, flush, maximum) {
    try {
      return Buffer.from(compression.write(handle, data, flush, maximum));
    } catch (error) {
      if (!/^Z_/.test(error.code)) throw error;
      throw Object.assign(new Error(error.message), { errno: constants[error.code], code: error.code });
    }
  }

  function sync(name, data, options) {
    const bytes = bytesOf(data);
    const handle = open(name, options);
    try {
      return write(handle, bytes, options?.finishFlush ?? constants.Z_FINISH, options?.maxOutputLength);
    } finally {
      compression.close(handle);
    }
  }

  const later = (name) => function (data, options, callback) {
    const done = typeof options === 'function' ? options : callback;
    if (typeof done !== 'function') {
      throw Object.assign(new TypeError('The "callback" argument must be of type function.'), { code: 'ERR_INVALID_ARG_TYPE' });
    }
    const bytes = bytesOf(data);
    setImmediate(() => {
      let result;
      try {
        result = sync(name, bytes, typeof options === 'function' ? undefined : options);
      } catch (error) {
        done(error);
        return;
      }
      done(null, result);
    });
  };

  class Zlib extends Transform {
    #handle;
    #options;

    constructor(name, options) {
      super(options);
      this.#handle = open(name, options);
      this.#options = options ?? {};
      this.bytesWritten = 0;
    }

    #put(data, flush) {
      const bytes = write(this.#handle, data, flush, this.#options.maxOutputLength);
      if (bytes.length > 0) this.push(bytes);
    }

    _transform(chunk, encoding, callback) {
      const bytes = typeof chunk === 'string' ? Buffer.from(chunk, encoding) : chunk;
      this.bytesWritten += bytes.byteLength;
      try {
        this.#put(bytes, this.#options.flush ?? constants.Z_NO_FLUSH);
      } catch (error) {
        callback(error);
        return;
      }
      callback();
    }

    _flush(callback) {
      try {
        this.#put(Buffer.alloc(0), this.#options.finishFlush ?? constants.Z_FINISH);
      } catch (error) {
        callback(error);
        return;
      }
      callback();
    }

    flush(kind, callback) {
      const done = typeof kind === 'function' ? kind : callback;
      this.#put(Buffer.alloc(0), typeof kind === 'number' ? kind : constants.Z_FULL_FLUSH);
      if (done !== undefined) process.nextTick(done);
    }

    close(callback) {
      if (callback !== undefined) this.once('close', callback);
      this.destroy();
    }
  }

  const api = {
    ...constants, constants, codes,
    crc32: (data, value = 0) => compression.crc32(bytesOf(data), value),
  };
  for (const Name of ['Deflate', 'DeflateRaw', 'Gzip', 'Inflate', 'InflateRaw', 'Gunzip', 'Unzip']) {
    const name = Name[0].toLowerCase() + Name.slice(1);
    // Also without new, as in Node.js.
    const constructor = class extends Zlib { constructor(options) { super(name, options); } };
    Object.defineProperty(constructor, 'name', { value: Name });
    api[Name] = new Proxy(constructor, { apply: (target, _, values) => new target(...values) });
    api[`create${Name}`] = (options) => new constructor(options);
    api[name] = later(name);
    api[`${name}Sync`] = (data, options) => sync(name, data, options);
  }

  const unavailable = (name) => function () {
    throw Object.assign(new Error(`zlib.${name} is not available: the JDK has neither Brotli nor Zstandard`),
      { code: 'ERR_FEATURE_UNAVAILABLE' });
  };
  for (const Name of ['BrotliCompress', 'BrotliDecompress', 'ZstdCompress', 'ZstdDecompress']) {
    const name = Name[0].toLowerCase() + Name.slice(1);
    for (const each of [Name, `create${Name}`, name, `${name}Sync`]) api[each] = unavailable(each);
  }
  return api;
})
