// structuredClone (https://html.spec.whatwg.org/multipage/structured-data.html), and messages that are written down and read.
(function (host, load) {
  'use strict';

  const { isObject } = load('web/interfaces');
  const { DOMException } = load('web/events');

  const ERRORS = new Map([Error, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError]
    .map((constructor) => [constructor.name, constructor]));
  const VIEWS = new Map([Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array, Uint32Array,
    globalThis.Float16Array, Float32Array, Float64Array, BigInt64Array, BigUint64Array]
    .filter((constructor) => constructor !== undefined).map((constructor) => [constructor.name, constructor]));
  const { get: nameOfView } = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(Uint8Array.prototype),
    Symbol.toStringTag);
  const mapEntries = Map.prototype.entries;
  const setValues = Set.prototype.values;
  const { hasOwn } = Object;

  // Classes of the platform: a script and a name with { isOne, write, read }, where write gives values that can be cloned.
  const platform = [];
  const registerPlatformClass = (script, name, methods) => platform.push({ script, name, ...methods });

  // What is transferred and is no buffer: { isOne, take, receive }, where take gives what stands for it in a message.
  let portClass = { isOne: () => false };
  const registerPorts = (methods) => { portClass = methods; };

  const dataCloneError = (message) => new DOMException(message, 'DataCloneError');

  function uncloneable(value) {
    let text;
    try {
      if (typeof value === 'function') text = Function.prototype.toString.call(value);
      else if (typeof value === 'symbol') text = String(value);
      else text = `#<${value.constructor?.name ?? 'Object'}>`;
    } catch {
      text = 'The value';
    }
    return dataCloneError(`${text} could not be cloned.`);
  }

  // A value is written down as a list of tags, primitive values, and objects that stand for bytes or for what realms share.
  const TAGS = ['primitive', 'known', 'port', 'Array', 'Object', 'Map', 'Set', 'Error', 'Date', 'RegExp', 'TypedArray',
    'DataView', 'ArrayBuffer', 'shared', 'Number', 'String', 'Boolean', 'BigInt', 'platform'];
  const TAG = Object.fromEntries(TAGS.map((name, index) => [name, index]));

  class Writer {
    parts = [];
    #known = new Map();
    #ports;

    constructor(ports) { this.#ports = new Map(ports.map((port, index) => [port, index])); }

    write(value) {
      if (typeof value === 'symbol' || typeof value === 'function') throw uncloneable(value);
      if (typeof value !== 'object' || value === null) return this.#put('primitive', value);
      if (this.#known.has(value)) return this.#put('known', this.#known.get(value));
      if (this.#ports.has(value)) return this.#put('port', this.#ports.get(value));
      this.#known.set(value, this.#known.size);
      const kind = host.kindOf(value);
      switch (kind) {
        case 'Array': return this.#properties(kind, value, value.length);
        case 'Map': return this.#contents(kind, [...mapEntries.call(value)].flat());
        case 'Set': return this.#contents(kind, [...setValues.call(value)]);
        case 'Error': return this.#platform(value) || this.#error(value);
        case 'Date': return this.#put(kind, Date.prototype.getTime.call(value));
        case 'RegExp': return this.#put(kind, value.source, value.flags);
        case 'TypedArray':
          this.#put(kind, nameOfView.call(value), value.byteOffset, this.#lengthOf(value));
          return this.write(value.buffer);
        case 'DataView':
          this.#put(kind, value.byteOffset, this.#lengthOf(value));
          return this.write(value.buffer);
        case 'ArrayBuffer':
          if (value.detached) throw dataCloneError('An ArrayBuffer is detached and could not be cloned.');
          return this.#put(kind, value.resizable ? value.maxByteLength : -1, value);
        case 'SharedArrayBuffer': return this.#put('shared', value);
        case 'Object': return this.#object(value);
        case '': throw uncloneable(value);
        default: return this.#put(kind, value.valueOf());
      }
    }

    #put(tag, ...content) {
      this.parts.push(TAG[tag], ...content);
      return true;
    }

    // Undefined for a view that has whatever length its buffer has.
    #lengthOf(view) {
      const { buffer } = view;
      if (!(buffer.resizable || buffer.growable)) return view.length ?? view.byteLength;
      try {
        return host.isLengthTracking(view) ? undefined : view.length ?? view.byteLength;
      } catch {
        throw uncloneable(view);
      }
    }

    #contents(tag, contents) {
      this.#put(tag, contents.length);
      for (const content of contents) this.write(content);
    }

    #object(value) {
      if (host.isShareable(value)) return this.#put('shared', value);
      if (portClass.isOne(value)) {
        throw dataCloneError('Object that needs transfer was found in message but not listed in transferList');
      }
      if (Object.getPrototypeOf(value) !== Object.prototype) {
        if (this.#platform(value)) return true;
        if (host.isWebAssemblyObject(value)) throw uncloneable(value);
      }
      return this.#properties('Object', value, 0);
    }

    #platform(value) {
      const found = platform.find(({ isOne }) => isOne(value));
      if (found === undefined) return false;
      this.#put('platform', found.script, found.name);
      this.write(found.write(value));
      return true;
    }

    #properties(tag, value, length) {
      const keys = Object.keys(value);
      this.#put(tag, length, 0);
      const count = this.parts.length - 1;
      for (const key of keys) {
        // A getter may have removed it.
        if (!hasOwn(value, key)) continue;
        this.parts[count]++;
        this.parts.push(key);
        this.write(value[key]);
      }
    }

    #error(value) {
      const message = Object.getOwnPropertyDescriptor(value, 'message');
      const hasCause = hasOwn(value, 'cause');
      this.#put('Error', `${value.name}`, message !== undefined && 'value' in message ? `${message.value}` : undefined,
        `${value.stack}`, hasCause);
      if (hasCause) this.write(value.cause);
    }
  }

  class Reader {
    #parts;
    #at = 0;
    #known = [];
    ports = [];

    constructor(parts) {
      this.#parts = parts;
      if (parts[0] > 0) load('web/messaging');
      for (let left = this.#next(); left > 0; left--) this.ports.push(portClass.receive(this.#next()));
    }

    #next() { return this.#parts[this.#at++]; }

    #remember(value) {
      this.#known.push(value);
      return value;
    }

    // What it is made of is read first, but numbered after it.
    #later(make) {
      const index = this.#known.push(undefined) - 1;
      return this.#known[index] = make(this.read());
    }

    read() {
      const kind = TAGS[this.#next()];
      switch (kind) {
        case 'primitive': return this.#next();
        case 'known': return this.#known[this.#next()];
        case 'port': return this.ports[this.#next()];
        case 'Array': return this.#properties(this.#remember(new Array(this.#next())));
        case 'Object':
          this.#next();
          return this.#properties(this.#remember({}));
        case 'Map': {
          const map = this.#remember(new Map());
          for (let left = this.#next(); left > 0; left -= 2) map.set(this.read(), this.read());
          return map;
        }
        case 'Set': {
          const set = this.#remember(new Set());
          for (let left = this.#next(); left > 0; left--) set.add(this.read());
          return set;
        }
        case 'Error': return this.#error();
        case 'Date': return this.#remember(new Date(this.#next()));
        case 'RegExp': return this.#remember(new RegExp(this.#next(), this.#next()));
        case 'TypedArray': {
          const [name, offset, length] = [this.#next(), this.#next(), this.#next()];
          return this.#later((buffer) => new (VIEWS.get(name))(buffer, offset, length));
        }
        case 'DataView': {
          const [offset, length] = [this.#next(), this.#next()];
          return this.#later((buffer) => new DataView(buffer, offset, length));
        }
        case 'ArrayBuffer': {
          const maximum = this.#next();
          const bytes = this.#next();
          if (maximum < 0) return this.#remember(bytes);
          const buffer = this.#remember(new ArrayBuffer(bytes.byteLength, { maxByteLength: maximum }));
          new Uint8Array(buffer).set(new Uint8Array(bytes));
          return buffer;
        }
        case 'shared': return this.#remember(this.#next());
        case 'platform': {
          const [script, name] = [this.#next(), this.#next()];
          load(script);
          const { read } = platform.find((found) => found.script === script && found.name === name);
          return this.#later(read);
        }
        default: return this.#remember(Object(this.#next()));
      }
    }

    #properties(object) {
      for (let left = this.#next(); left > 0; left--) {
        Object.defineProperty(object, this.#next(),
          { value: this.read(), writable: true, enumerable: true, configurable: true });
      }
      return object;
    }

    #error() {
      const [name, message, stack, hasCause] = [this.#next(), this.#next(), this.#next(), this.#next()];
      const error = this.#remember(new (ERRORS.get(name) ?? Error)());
      const hidden = (key, value) => Object.defineProperty(error, key, { value, writable: true, configurable: true });
      if (message !== undefined) hidden('message', message);
      hidden('stack', stack);
      if (hasCause) hidden('cause', this.read());
      return error;
    }
  }

  registerPlatformClass('web/events', 'DOMException', {
    isOne: (value) => value instanceof DOMException,
    write: ({ message, name, stack }) => [message, name, stack],
    read: ([message, name, stack]) => Object.defineProperty(new DOMException(message, name), 'stack',
      { value: stack, writable: true, configurable: true }),
  });

  // The objects that are to be transferred: of postMessage(message, [..]) or (message, { transfer: [..] }).
  function transferList(options) {
    const list = isObject(options) && !(Symbol.iterator in options) ? options.transfer : options;
    if (list === undefined || list === null) return [];
    if (!isObject(list) || !(Symbol.iterator in list)) throw new TypeError('The transfer list must be a sequence');
    return [...list];
  }

  // Writes a message down; from then on what is transferred is no longer its sender's.
  function pack(value, options, sender) {
    const list = transferList(options);
    if (list.length === 0) {
      const plain = host.packPlain(value);
      if (plain !== undefined) return plain;
    }
    if (new Set(list).size !== list.length) throw dataCloneError('Transfer list contains an object twice');
    const ports = list.filter((object) => portClass.isOne(object));
    const buffers = list.filter((object) => !portClass.isOne(object));
    if (ports.includes(sender)) throw dataCloneError('Transfer list contains source port');
    for (const port of ports) portClass.check(port);
    for (const buffer of buffers) {
      if (host.isTransferable(buffer)) continue;
      throw isObject(buffer) && host.kindOf(buffer) === 'ArrayBuffer' ? dataCloneError(buffer.detached
        ? 'An ArrayBuffer is detached and could not be cloned.' : 'The buffer of a WebAssembly.Memory cannot be transferred')
        : dataCloneError('Found invalid value in transferList.');
    }
    const writer = new Writer(ports);
    writer.write(value);
    return host.pack([ports.length, ...ports.map((port) => portClass.take(port)), ...writer.parts], buffers);
  }

  // { data, ports } of what a message unpacks to.
  function read(parts) {
    if (parts[0] < 0) return { data: parts[1], ports: [] };
    const reader = new Reader(parts);
    return { data: reader.read(), ports: reader.ports };
  }

  const isCloneable = (value) => {
    try {
      pack(value);
      return true;
    } catch {
      return false;
    }
  };

  // What was thrown, whatever it is; of an error also its own properties, such as code.
  function packError(error) {
    const isError = isObject(error) && host.isError(error);
    const own = isError ? Object.entries(error).filter(([, value]) => isCloneable(value)) : [];
    return pack([isCloneable(error) ? error : new Error(String(error)), Object.fromEntries(own)]);
  }

  function readError(parts) {
    const [error, own] = read(parts).data;
    return isObject(error) ? Object.assign(error, own) : error;
  }

  function structuredClone(value, options = {}) {
    if (arguments.length === 0) throw new TypeError('The "value" argument must be specified');
    return read(host.unpack(pack(value, options?.transfer))).data;
  }

  return { structuredClone, pack, packError, read, readError, registerPlatformClass, registerPorts };
})
