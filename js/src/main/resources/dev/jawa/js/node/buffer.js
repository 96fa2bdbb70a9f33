// node:buffer (https://nodejs.org/api/buffer.html): a subclass of Uint8Array; the host turns bytes into text and back.
(function (host, load) {
  'use strict';

  const { bytes } = host;
  const MAXIMUM_LENGTH = 2 ** 31 - 9;
  const ENCODINGS = { utf8: 'utf8', 'utf-8': 'utf8', ucs2: 'utf16le', 'ucs-2': 'utf16le', utf16le: 'utf16le',
    'utf-16le': 'utf16le', latin1: 'latin1', binary: 'latin1', ascii: 'ascii', base64: 'base64',
    base64url: 'base64url', hex: 'hex' };

  function encodingOf(name) {
    if (name === undefined || name === null || name === '') return 'utf8';
    const encoding = ENCODINGS[`${name}`.toLowerCase()];
    if (encoding === undefined) {
      throw Object.assign(new TypeError(`Unknown encoding: ${name}`), { code: 'ERR_UNKNOWN_ENCODING' });
    }
    return encoding;
  }

  const invalidType = (name, expected, value) => {
    const error = load('node/errors').invalidType(name, expected, value);
    if (name === 'value') error.message = error.message.replace('The "value" argument', 'The first argument');
    return error;
  };

  const outOfRange = (name, range, value) => Object.assign(new RangeError(`The value of "${name}" is out of range. `
    + `It must be ${range}. Received ${String(value)}`), { code: 'ERR_OUT_OF_RANGE' });

  const isBytes = (value) => ArrayBuffer.isView(value) && value instanceof Uint8Array;
  const isAnyBuffer = (value) => value instanceof ArrayBuffer
    || (typeof SharedArrayBuffer !== 'undefined' && value instanceof SharedArrayBuffer);

  function checkSize(size) {
    if (typeof size !== 'number') throw invalidType('size', 'of type number', size);
    if (!(size >= 0 && size <= MAXIMUM_LENGTH)) throw outOfRange('size', `>= 0 && <= ${MAXIMUM_LENGTH}`, size);
  }

  class FastBuffer extends Uint8Array {
    // Without this, what Uint8Array's methods make would be of whatever class inherits from Buffer.
    static get [Symbol.species]() { return FastBuffer; }
  }

  // A function and not a class: it may be called without new.
  function Buffer(value, encodingOrOffset, length) {
    return typeof value === 'number' ? Buffer.alloc(value) : Buffer.from(value, encodingOrOffset, length);
  }
  Buffer.prototype = FastBuffer.prototype;
  Object.setPrototypeOf(Buffer, Uint8Array);
  Object.defineProperty(FastBuffer.prototype, 'constructor', { value: Buffer, writable: true, configurable: true });
  Object.defineProperty(Buffer, Symbol.species, { get: () => FastBuffer });

  const encode = (text, encoding) => new FastBuffer(bytes.encode(text, encodingOf(encoding)));

  function from(value, encodingOrOffset, length) {
    if (typeof value === 'string') return encode(value, encodingOrOffset);
    if (typeof value === 'object' && value !== null) {
      if (isAnyBuffer(value)) return new FastBuffer(value, encodingOrOffset, length);
      if (ArrayBuffer.isView(value) && !(value instanceof DataView)) return new FastBuffer(value);
      if (Array.isArray(value)) return new FastBuffer(value);
      if (value.type === 'Buffer' && Array.isArray(value.data)) return new FastBuffer(value.data);
      const primitive = value.valueOf?.();
      if (primitive !== undefined && primitive !== null && primitive !== value) {
        return from(primitive, encodingOrOffset, length);
      }
      if (typeof value.length === 'number') return new FastBuffer(Array.from(value));
      const text = value[Symbol.toPrimitive]?.('string');
      if (typeof text === 'string') return encode(text, encodingOrOffset);
    }
    throw invalidType('value', 'of type string or an instance of Buffer, ArrayBuffer, or Array or an Array-like Object',
      value);
  }

  const statics = {
    poolSize: 8192,
    from,
    of: (...items) => new FastBuffer(items),
    alloc(size, fill, encoding) {
      checkSize(size);
      const buffer = new FastBuffer(size);
      return fill === undefined || fill === 0 ? buffer : buffer.fill(fill, encoding);
    },
    allocUnsafe(size) {
      checkSize(size);
      return new FastBuffer(size);
    },
    allocUnsafeSlow(size) { return statics.allocUnsafe(size); },
    isBuffer: (value) => value instanceof FastBuffer,
    isEncoding: (name) => typeof name === 'string' && ENCODINGS[name.toLowerCase()] !== undefined,
    byteLength(value, encoding) {
      if (typeof value !== 'string') {
        if (isAnyBuffer(value) || ArrayBuffer.isView(value)) return value.byteLength;
        throw invalidType('string', 'of type string or an instance of Buffer or ArrayBuffer', value);
      }
      return bytes.encode(value, encodingOf(encoding)).byteLength;
    },
    compare: (first, second) => bytes.compare(first, second),
    concat(list, length) {
      if (!Array.isArray(list)) throw invalidType('list', 'an instance of Array', list);
      const total = length ?? list.reduce((sum, part) => sum + part.length, 0);
      const result = statics.alloc(total);
      let at = 0;
      for (const part of list) {
        if (at >= total) break;
        const chunk = part.length > total - at ? part.subarray(0, total - at) : part;
        result.set(chunk, at);
        at += chunk.length;
      }
      return result;
    },
    copyBytesFrom(view, offset = 0, length = view.length - offset) {
      const part = view.subarray(offset, offset + length);
      return new FastBuffer(part.buffer.slice(part.byteOffset, part.byteOffset + part.byteLength));
    },
  };
  for (const [name, value] of Object.entries(statics)) {
    Object.defineProperty(Buffer, name, { value, writable: true, enumerable: true, configurable: true });
  }

  // Where a range of a method begins or ends: in the buffer, whatever was given.
  const clamp = (value, fallback, length) => {
    if (value === undefined) return fallback;
    const number = Math.trunc(Number(value)) || 0;
    return number < 0 ? 0 : Math.min(number, length);
  };

  const asBytes = (value, encoding) => (typeof value === 'string' ? encode(value, encoding)
    : typeof value === 'number' ? new FastBuffer([value & 255]) : value);

  function search(buffer, value, offset, encoding, isLast) {
    let from = offset;
    let name = encoding;
    if (typeof offset === 'string') {
      name = offset;
      from = undefined;
    }
    const searched = asBytes(value, name);
    if (!isBytes(searched)) throw invalidType('value', 'one of type number or string or an instance of Buffer', value);
    let start = Math.trunc(Number(from));
    if (Number.isNaN(start)) start = isLast ? buffer.length : 0;
    if (start < 0) start += buffer.length;
    if (start < 0) {
      if (isLast) return -1;
      start = 0;
    }
    return bytes.indexOf(buffer, searched, Math.min(start, buffer.length), isLast);
  }

  const methods = {
    toString(encoding, start, end) {
      const from = clamp(start, 0, this.length);
      const to = clamp(end, this.length, this.length);
      return from >= to ? '' : bytes.decode(from === 0 && to === this.length ? this : this.subarray(from, to),
        encodingOf(encoding));
    },
    toLocaleString(encoding, start, end) { return this.toString(encoding, start, end); },
    toJSON() { return { type: 'Buffer', data: Array.from(this) }; },
    equals(other) {
      if (!isBytes(other)) throw invalidType('otherBuffer', 'an instance of Buffer or Uint8Array', other);
      return this.length === other.length && bytes.compare(this, other) === 0;
    },
    compare(target, targetStart = 0, targetEnd = target.length, start = 0, end = this.length) {
      return bytes.compare(this.subarray(start, end), target.subarray(targetStart, targetEnd));
    },
    copy(target, targetStart = 0, start = 0, end = this.length) {
      const room = target.length - targetStart;
      if (room <= 0 || start >= end) return 0;
      const part = this.subarray(start, Math.min(end, start + room));
      target.set(part, targetStart);
      return part.length;
    },
    write(text, offset, length, encoding) {
      let at = offset;
      let count = length;
      let name = encoding;
      if (typeof at === 'string') [at, count, name] = [undefined, undefined, at];
      else if (typeof count === 'string') [count, name] = [undefined, count];
      const start = at ?? 0;
      const room = Math.min(count ?? this.length, this.length - start);
      const kind = encodingOf(name);
      let part = encode(text, kind);
      if (part.length > room) {
        let end = Math.max(room, 0);
        // No half characters.
        if (kind === 'utf8') while (end > 0 && (part[end] & 0xc0) === 0x80) end--;
        if (kind === 'utf16le') end &= ~1;
        part = part.subarray(0, end);
      }
      this.set(part, start);
      return part.length;
    },
    fill(value, offset, end, encoding) {
      let [from, to, name] = [offset, end, encoding];
      if (typeof from === 'string') [from, to, name] = [undefined, undefined, from];
      else if (typeof to === 'string') [to, name] = [undefined, to];
      const start = clamp(from, 0, this.length);
      const stop = clamp(to, this.length, this.length);
      if (typeof value === 'number' || typeof value === 'boolean') {
        return Uint8Array.prototype.fill.call(this, Number(value) & 255, start, stop);
      }
      const pattern = asBytes(value, name);
      if (pattern.length === 0) return Uint8Array.prototype.fill.call(this, 0, start, stop);
      for (let at = start; at < stop; at += pattern.length) {
        this.set(at + pattern.length > stop ? pattern.subarray(0, stop - at) : pattern, at);
      }
      return this;
    },
    indexOf(value, offset, encoding) { return search(this, value, offset, encoding, false); },
    lastIndexOf(value, offset, encoding) { return search(this, value, offset, encoding, true); },
    includes(value, offset, encoding) { return search(this, value, offset, encoding, false) >= 0; },
    // Unlike Uint8Array's, it shows the same bytes.
    slice(start, end) { return this.subarray(start, end); },
    subarray(start, end) {
      const part = Uint8Array.prototype.subarray.call(this, start, end);
      return part instanceof FastBuffer ? part : new FastBuffer(part.buffer, part.byteOffset, part.length);
    },
    swap16() { return swap(this, 2); },
    swap32() { return swap(this, 4); },
    swap64() { return swap(this, 8); },
    inspect() { return inspect.call(this); },
  };

  function swap(buffer, size) {
    if (buffer.length % size !== 0) {
      throw Object.assign(new RangeError(`Buffer size must be a multiple of ${size * 8}-bits`),
        { code: 'ERR_INVALID_BUFFER_SIZE' });
    }
    for (let at = 0; at < buffer.length; at += size) Uint8Array.prototype.subarray.call(buffer, at, at + size).reverse();
    return buffer;
  }

  function inspect() {
    const hex = bytes.decode(this.subarray(0, 50), 'hex').replace(/..(?=.)/g, '$& ');
    const more = this.length - 50;
    return `<Buffer ${hex}${more > 0 ? ` ... ${more} more byte${more > 1 ? 's' : ''}` : ''}>`;
  }
  methods[Symbol.for('nodejs.util.inspect.custom')] = inspect;

  // readUInt16LE and the like, by DataView

  const view = (buffer, offset, size) => {
    if (typeof offset !== 'number') throw invalidType('offset', 'of type number', offset);
    if (!Number.isInteger(offset)) throw outOfRange('offset', 'an integer', offset);
    if (offset < 0 || offset + size > buffer.length) {
      throw outOfRange('offset', `>= 0 and <= ${buffer.length - size}`, offset);
    }
    return new DataView(buffer.buffer, buffer.byteOffset + offset, size);
  };

  const limits = { Int8: [-0x80, 0x7f], Uint8: [0, 0xff], Int16: [-0x8000, 0x7fff], Uint16: [0, 0xffff],
    Int32: [-0x80000000, 0x7fffffff], Uint32: [0, 0xffffffff], BigInt64: [-(2n ** 63n), 2n ** 63n - 1n],
    BigUint64: [0n, 2n ** 64n - 1n] };

  function defineNumber(name, kind, size) {
    for (const [end, isLittle] of size === 1 ? [['', true]] : [['LE', true], ['BE', false]]) {
      methods[`read${name}${end}`] = function (offset = 0) { return view(this, offset, size)[`get${kind}`](0, isLittle); };
      methods[`write${name}${end}`] = function (value, offset = 0) {
        const range = limits[kind];
        const number = typeof value === 'bigint' || kind.startsWith('Big') ? value : Number(value);
        if (range !== undefined && (number < range[0] || number > range[1])) {
          throw outOfRange('value', `>= ${range[0]} and <= ${range[1]}`, value);
        }
        view(this, offset, size)[`set${kind}`](0, number, isLittle);
        return offset + size;
      };
    }
  }
  const kinds = [['Int8', 'Int8', 1], ['UInt8', 'Uint8', 1], ['Int16', 'Int16', 2], ['UInt16', 'Uint16', 2],
    ['Int32', 'Int32', 4], ['UInt32', 'Uint32', 4], ['Float', 'Float32', 4], ['Double', 'Float64', 8],
    ['BigInt64', 'BigInt64', 8], ['BigUInt64', 'BigUint64', 8]];
  for (const [name, kind, size] of kinds) defineNumber(name, kind, size);

  for (const isLittle of [true, false]) {
    const end = isLittle ? 'LE' : 'BE';
    const order = (buffer, offset, length) => {
      const part = Array.from(Uint8Array.prototype.subarray.call(buffer, offset, offset + length));
      return isLittle ? part.reverse() : part;
    };
    methods[`readUInt${end}`] = function (offset, length) {
      view(this, offset, length);
      return order(this, offset, length).reduce((sum, byte) => sum * 256 + byte, 0);
    };
    methods[`readInt${end}`] = function (offset, length) {
      const value = this[`readUInt${end}`](offset, length);
      return value >= 2 ** (8 * length - 1) ? value - 2 ** (8 * length) : value;
    };
    methods[`writeUInt${end}`] = function (value, offset, length) {
      view(this, offset, length);
      let rest = value < 0 ? value + 2 ** (8 * length) : value;
      for (let index = 0; index < length; index++) {
        this[isLittle ? offset + index : offset + length - 1 - index] = rest % 256;
        rest = Math.floor(rest / 256);
      }
      return offset + length;
    };
    methods[`writeInt${end}`] = methods[`writeUInt${end}`];
  }

  for (const name of Object.keys(methods)) if (/UInt/.test(name)) methods[name.replace('UInt', 'Uint')] = methods[name];
  for (const [name, encoding] of [['utf8', 'utf8'], ['latin1', 'latin1'], ['hex', 'hex'], ['base64', 'base64'],
    ['ascii', 'ascii'], ['ucs2', 'utf16le']]) {
    methods[`${name}Slice`] = function (start, end) { return this.toString(encoding, start, end); };
    methods[`${name}Write`] = function (text, offset, length) { return this.write(text, offset, length, encoding); };
  }
  for (const key of Reflect.ownKeys(methods)) {
    Object.defineProperty(FastBuffer.prototype, key, { value: methods[key], writable: true, configurable: true });
  }
  Object.defineProperty(FastBuffer.prototype, 'parent', { get() { return this.buffer; }, configurable: true });
  Object.defineProperty(FastBuffer.prototype, 'offset', { get() { return this.byteOffset; }, configurable: true });

  const isUtf8 = (input) => {
    try {
      new TextDecoder('utf-8', { fatal: true }).decode(input);
      return true;
    } catch {
      return false;
    }
  };

  return { Buffer, SlowBuffer: Buffer, kMaxLength: MAXIMUM_LENGTH, kStringMaxLength: 2 ** 29 - 24,
    INSPECT_MAX_BYTES: 50, constants: { MAX_LENGTH: MAXIMUM_LENGTH, MAX_STRING_LENGTH: 2 ** 29 - 24 },
    isUtf8, isAscii: (input) => new Uint8Array(input.buffer ?? input).every((byte) => byte < 0x80),
    transcode: (source, from_, to) => encode(Buffer.from(source).toString(from_), to),
    get atob() { return atob; }, get btoa() { return btoa; },
    get Blob() { return Blob; }, get File() { return File; } };
})
