// node:v8 (https://nodejs.org/api/v8.html), as far as it means anything on a JVM.
(function (host, load) {
  'use strict';

  const { Buffer } = load('node/buffer');
  const { failure } = load('node/errors');
  const { unavailable } = load('node/unavailable');

  // The format of V8's ValueSerializer, version 15, for what it can hold without a host's objects.
  const VERSION = 0x0f;
  const VIEWS = [['b', Int8Array], ['B', Uint8Array], ['C', Uint8ClampedArray], ['w', Int16Array], ['W',
    Uint16Array], ['d', Int32Array],
    ['D', Uint32Array], ['f', Float32Array], ['F', Float64Array], ['?', DataView], ['q', BigInt64Array], ['Q', BigUint64Array]];

  class Serializer {
    #bytes = [];
    #known = new Map();

    writeHeader() { this.#bytes.push(0xff, VERSION); }
    releaseBuffer() { return Buffer.from(this.#bytes); }
    writeUint32(value) { this.#varint(value); }
    writeDouble(value) { this.#raw(new Uint8Array(new Float64Array([value]).buffer)); }
    writeRawBytes(bytes) { this.#raw(bytes); }
    writeUint64(high, low) { this.#big((BigInt(high) << 32n) | BigInt(low)); }

    #tag(character) { this.#bytes.push(character.charCodeAt(0)); }
    #raw(bytes) { for (const byte of bytes) this.#bytes.push(byte); }

    #varint(value) {
      let left = value;
      while (left > 127) {
        this.#bytes.push((left % 128) | 128);
        left = Math.floor(left / 128);
      }
      this.#bytes.push(left);
    }

    #big(value) {
      let left = value;
      while (left > 127n) {
        this.#bytes.push(Number(left & 127n) | 128);
        left >>= 7n;
      }
      this.#bytes.push(Number(left));
    }

    #string(text) {
      if (/^[\0-\xff]*$/.test(text)) {
        this.#tag('"');
        this.#varint(text.length);
        for (let at = 0; at < text.length; at++) this.#bytes.push(text.charCodeAt(at));
        return;
      }
      // Two bytes must be at an even place.
      const size = text.length * 2;
      const lengthBytes = size > 16383 ? 3 : size > 127 ? 2 : 1;
      if ((this.#bytes.length + 1 + lengthBytes) % 2 === 1) this.#bytes.push(0);
      this.#tag('c');
      this.#varint(size);
      this.#raw(Buffer.from(text, 'utf16le'));
    }

    writeValue(value) {
      switch (typeof value) {
        case 'undefined': this.#tag('_'); return true;
        case 'boolean': this.#tag(value ? 'T' : 'F'); return true;
        case 'string': this.#string(value); return true;
        case 'bigint': this.#tag('Z'); this.#bigInt(value); return true;
        case 'number':
          if (Number.isInteger(value) && value >= -(2 ** 30) && value < 2 ** 30 && !Object.is(value, -0)) {
            this.#tag('I');
            this.#varint(value < 0 ? -value * 2 - 1 : value * 2);
          } else {
            this.#tag('N');
            this.writeDouble(value);
          }
          return true;
        default:
      }
      if (value === null) {
        this.#tag('0');
        return true;
      }
      if (typeof value !== 'object') throw uncloneable(value);
      if (this.#known.has(value)) {
        this.#tag('^');
        this.#varint(this.#known.get(value));
        return true;
      }
      this.#object(value);
      return true;
    }

    #bigInt(value) {
      let left = value < 0n ? -value : value;
      const digits = [];
      for (; left > 0n; left >>= 64n) digits.push(left & 0xffffffffffffffffn);
      this.#varint((digits.length * 8 << 1) | (value < 0n ? 1 : 0));
      for (const digit of digits) this.#raw(new Uint8Array(new BigUint64Array([digit]).buffer));
    }

    #remember(value) { this.#known.set(value, this.#known.size); }

    #object(value) {
      const kind = host.kindOf(value);
      if (kind === 'TypedArray' || kind === 'DataView') {
        // Node.js writes a view as a host object: its bytes alone.
        this.#remember(value);
        this.#tag('\\');
        const index = VIEWS.findIndex(([, constructor]) => value instanceof constructor);
        const number = { 0: 0, 1: 1, 2: 2, 3: 3, 4: 4, 5: 5, 6: 6, 7: 7, 8: 8, 9: 9, 10: 11, 11: 12 }[index];
        this.#varint(Buffer.isBuffer(value) ? 10 : number);
        this.#varint(value.byteLength);
        this.#raw(new Uint8Array(value.buffer, value.byteOffset, value.byteLength));
        return;
      }
      this.#remember(value);
      switch (kind) {
        case 'Date': this.#tag('D'); this.writeDouble(value.getTime()); return;
        case 'Boolean': this.#tag(value.valueOf() ? 'y' : 'x'); return;
        case 'Number': this.#tag('n'); this.writeDouble(value.valueOf()); return;
        case 'BigInt': this.#tag('z'); this.#bigInt(value.valueOf()); return;
        case 'String': this.#tag('s'); this.#string(value.valueOf()); return;
        case 'RegExp': {
          this.#tag('R');
          this.#string(value.source);
          this.#varint([...'gimyusdv'].reduce((bits, flag, index) => bits | (value.flags.includes(flag) ? [1, 2, 4,
            8, 16, 32, 128, 256][index] : 0), 0));
          return;
        }
        case 'ArrayBuffer':
          this.#tag('B');
          this.#varint(value.byteLength);
          this.#raw(new Uint8Array(value));
          return;
        case 'Map': this.#all(';', ':', [...value].flat()); return;
        case 'Set': this.#all("'", ',', [...value]); return;
        case 'Array': this.#array(value); return;
        case 'Error': this.#error(value); return;
        case 'Object': break;
        default: throw uncloneable(value);
      }
      if (host.isWebAssemblyObject(value) || host.isShareable(value)) throw uncloneable(value);
      this.#tag('o');
      this.#varint(this.#properties(value, Object.keys(value), '{'));
    }

    #properties(value, keys, end) {
      for (const key of keys) {
        this.writeValue(/^(0|[1-9]\d{0,8})$/.test(key) ? Number(key) : key);
        this.writeValue(value[key]);
      }
      this.#tag(end);
      return keys.length;
    }

    #all(start, end, values) {
      this.#tag(start);
      values.forEach((one) => this.writeValue(one));
      this.#tag(end);
      this.#varint(values.length);
    }

    #array(value) {
      const isDense = Object.keys(value).length >= value.length && value.every((_, index) => Object.hasOwn(value, index));
      this.#tag(isDense ? 'A' : 'a');
      this.#varint(value.length);
      if (isDense) for (let index = 0; index < value.length; index++) this.writeValue(value[index]);
      const keys = Object.keys(value).filter((key) => !isDense || !/^\d+$/.test(key));
      this.#varint(this.#properties(value, keys, isDense ? '$' : '@'));
      this.#varint(value.length);
    }

    #error(value) {
      this.#tag('r');
      const type = { EvalError: 'E', RangeError: 'R', ReferenceError: 'F', SyntaxError: 'S', TypeError: 'T',
        URIError: 'U' }[value.name];
      if (type !== undefined) this.#tag(type);
      if (Object.hasOwn(value, 'message')) {
        this.#tag('m');
        this.#string(`${value.message}`);
      }
      if (Object.hasOwn(value, 'cause')) {
        this.#tag('c');
        this.writeValue(value.cause);
      }
      this.#tag('s');
      this.#string(`${value.stack}`);
      this.#tag('.');
    }
  }

  const uncloneable = (value) => new Error(`${typeof value === 'object' ? '#<Object>' : String(value)} could not be cloned.`);

  class Deserializer {
    #bytes;
    #at = 0;
    #known = [];

    constructor(buffer) {
      if (!ArrayBuffer.isView(buffer)) throw failure(TypeError, 'ERR_INVALID_ARG_TYPE',
        'buffer must be a TypedArray or a DataView');
      this.#bytes = Buffer.from(buffer.buffer, buffer.byteOffset, buffer.byteLength);
    }

    readHeader() {
      if (this.#bytes[0] !== 0xff) throw new Error('Unable to deserialize cloned data due to invalid or unsupported version.');
      this.#at = 2;
      return true;
    }

    getWireFormatVersion() { return this.#bytes[1]; }
    readUint32() { return this.#varint(); }

    readDouble() {
      const value = this.#bytes.readDoubleLE(this.#at);
      this.#at += 8;
      return value;
    }

    readRawBytes(length) { return this.#take(length); }

    #take(length) {
      if (this.#at + length > this.#bytes.length) throw new Error('Unable to deserialize cloned data.');
      const part = this.#bytes.subarray(this.#at, this.#at + length);
      this.#at += length;
      return part;
    }

    #varint() {
      let value = 0;
      for (let factor = 1; ; factor *= 128) {
        const [byte] = this.#take(1);
        value += (byte & 127) * factor;
        if (byte < 128) return value;
      }
    }

    #tag() {
      let byte;
      do [byte] = this.#take(1);
      while (byte === 0);
      return String.fromCharCode(byte);
    }

    #remember(value) {
      this.#known.push(value);
      return value;
    }

    readValue() {
      const tag = this.#tag();
      switch (tag) {
        case '_': return undefined;
        case '0': return null;
        case 'T': return true;
        case 'F': return false;
        case 'I': {
          const value = this.#varint();
          return value % 2 === 1 ? -(value + 1) / 2 : value / 2;
        }
        case 'U': return this.#varint();
        case 'N': return this.readDouble();
        case 'Z': return this.#bigInt();
        case '"': return this.#take(this.#varint()).toString('latin1');
        case 'c': return this.#take(this.#varint()).toString('utf16le');
        case 'S': return this.#take(this.#varint()).toString('utf8');
        case '^': return this.#known[this.#varint()];
        case 'o': return this.#properties(this.#remember({}), '{', 1);
        case 'A': {
          const array = this.#remember(new Array(this.#varint()));
          for (let index = 0; index < array.length; index++) array[index] = this.readValue();
          return this.#properties(array, '$', 2);
        }
        case 'a': return this.#properties(this.#remember(new Array(this.#varint())), '@', 2);
        case 'D': return this.#remember(new Date(this.readDouble()));
        case 'y': return this.#remember(Object(true));
        case 'x': return this.#remember(Object(false));
        case 'n': return this.#remember(Object(this.readDouble()));
        case 'z': return this.#remember(Object(this.#bigInt()));
        case 's': return this.#remember(Object(this.readValue()));
        case 'R': {
          const source = this.readValue();
          const bits = this.#varint();
          return this.#remember(new RegExp(source, [...'gimyusdv'].filter((_, index) => bits & [1, 2, 4, 8, 16, 32,
            128, 256][index]).join('')));
        }
        case ';': {
          const map = this.#remember(new Map());
          while (!this.#ends(':')) map.set(this.readValue(), this.readValue());
          this.#varint();
          return map;
        }
        case "'": {
          const set = this.#remember(new Set());
          while (!this.#ends(',')) set.add(this.readValue());
          this.#varint();
          return set;
        }
        case 'B': return this.#remember(new Uint8Array(this.#take(this.#varint())).buffer);
        case '\\': return this.#view();
        case 'r': return this.#error();
        default: throw new Error('Unable to deserialize cloned data.');
      }
    }

    #ends(character) {
      while (this.#bytes[this.#at] === 0) this.#at++;
      if (this.#bytes[this.#at] !== character.charCodeAt(0)) return false;
      this.#at++;
      return true;
    }

    #properties(object, end, counts) {
      while (!this.#ends(end)) object[this.readValue()] = this.readValue();
      for (let left = counts; left > 0; left--) this.#varint();
      return object;
    }

    #bigInt() {
      const bits = this.#varint();
      let value = 0n;
      [...this.#take(bits >> 1)].forEach((byte, index) => { value |= BigInt(byte) << BigInt(8 * index); });
      return bits & 1 ? -value : value;
    }

    #view() {
      const number = this.#varint();
      const bytes = this.#take(this.#varint());
      if (number === 10) return this.#remember(Buffer.from(bytes));
      const [, constructor] = VIEWS[number > 10 ? number - 1 : number];
      return this.#remember(new constructor(new Uint8Array(bytes).buffer));
    }

    #error() {
      const constructors = { E: EvalError, R: RangeError, F: ReferenceError, S: SyntaxError, T: TypeError, U: URIError };
      let constructor = Error;
      const values = {};
      for (let tag = this.#tag(); tag !== '.'; tag = this.#tag()) {
        if (constructors[tag] !== undefined) constructor = constructors[tag];
        else values[{ m: 'message', s: 'stack', c: 'cause' }[tag]] = this.readValue();
      }
      const error = this.#remember(new constructor());
      for (const [name, value] of Object.entries(values)) Object.defineProperty(error, name, { value,
        writable: true, configurable: true });
      return error;
    }
  }

  class DefaultSerializer extends Serializer {}
  class DefaultDeserializer extends Deserializer {}

  const statistics = () => {
    const { heapTotal, heapUsed, total } = host.memory();
    return { total_heap_size: heapTotal, total_heap_size_executable: 0, total_physical_size: heapTotal,
      total_available_size: total - heapUsed,
      used_heap_size: heapUsed, heap_size_limit: total, malloced_memory: 0, peak_malloced_memory: 0, does_zap_garbage: 0,
      number_of_native_contexts: 1, number_of_detached_contexts: 0, total_global_handles_size: 0,
        used_global_handles_size: 0, external_memory: 0 };
  };

  return {
    Serializer, Deserializer, DefaultSerializer, DefaultDeserializer,
    serialize(value) {
      const serializer = new DefaultSerializer();
      serializer.writeHeader();
      serializer.writeValue(value);
      return serializer.releaseBuffer();
    },
    deserialize(buffer) {
      const deserializer = new DefaultDeserializer(buffer);
      deserializer.readHeader();
      return deserializer.readValue();
    },
    getHeapStatistics: statistics,
    getHeapSpaceStatistics: () => [],
    getHeapCodeStatistics: () => ({ code_and_metadata_size: 0, bytecode_and_metadata_size: 0,
      external_script_source_size: 0, cpu_profiler_metadata_size: 0 }),
    cachedDataVersionTag: () => 0,
    setFlagsFromString() {},
    isStringOneByteRepresentation: (text) => /^[\0-\xff]*$/.test(text),
    startupSnapshot: { isBuildingSnapshot: () => false },
    ...unavailable('v8', ['getHeapSnapshot', 'writeHeapSnapshot', 'takeCoverage', 'stopCoverage', 'queryObjects', 'GCProfiler',
      'getCppHeapStatistics', 'setHeapSnapshotNearHeapLimit', 'startCpuProfile', 'startHeapProfile']),
    promiseHooks: unavailable('v8.promiseHooks', ['createHook', 'onInit', 'onBefore', 'onAfter', 'onSettled']),
  };
})
