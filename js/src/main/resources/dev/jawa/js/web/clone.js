// structuredClone (https://html.spec.whatwg.org/multipage/structured-data.html), and the channels that use it
// (https://html.spec.whatwg.org/multipage/web-messaging.html).
(function (host, load) {
  'use strict';

  const { expose, secret } = load('web/interfaces');
  const { DOMException, Event, EventTarget, MessageEvent, handlerAttribute } = load('web/events');

  const ERRORS = new Map([Error, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError]
    .map((constructor) => [constructor.name, constructor]));
  const typedArrayTag = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(Uint8Array.prototype),
    Symbol.toStringTag).get;
  const getter = (constructor, name) => Object.getOwnPropertyDescriptor(constructor.prototype, name).get;
  const probes = [
    ['ArrayBuffer', getter(ArrayBuffer, 'byteLength')], ['SharedArrayBuffer', getter(SharedArrayBuffer, 'byteLength')],
    ['DataView', getter(DataView, 'buffer')], ['Map', getter(Map, 'size')], ['Set', getter(Set, 'size')],
    ['Date', Date.prototype.getTime], ['Number', Number.prototype.valueOf], ['String', String.prototype.valueOf],
    ['Boolean', Boolean.prototype.valueOf], ['BigInt', BigInt.prototype.valueOf],
  ];

  function kindOf(value) {
    if (Array.isArray(value)) return 'Array';
    if (typedArrayTag.call(value) !== undefined) return 'TypedArray';
    if (host.isError(value)) return 'Error';
    if (host.isRegExp(value)) return 'RegExp';
    for (const [kind, probe] of probes) {
      try {
        probe.call(value);
        return kind;
      } catch {
        // It has not the slot.
      }
    }
    return 'Object';
  }

  function uncloneable(value) {
    let text;
    try {
      text = typeof value === 'function' ? `${value.name || 'function'}() {}` : `${String(value)}`;
    } catch {
      text = 'The value';
    }
    return new DOMException(`${text} could not be cloned.`, 'DataCloneError');
  }

  function copyOfBuffer(buffer) {
    if (buffer.detached) throw uncloneable(buffer);
    if (!buffer.resizable) return ArrayBuffer.prototype.slice.call(buffer, 0);
    const copy = new ArrayBuffer(buffer.byteLength, { maxByteLength: buffer.maxByteLength });
    new Uint8Array(copy).set(new Uint8Array(buffer));
    return copy;
  }

  class Cloning {
    memory = new Map();

    constructor(transferred) {
      for (const [from, to] of transferred) this.memory.set(from, to);
    }

    clone(value) {
      if (typeof value === 'symbol' || typeof value === 'function') throw uncloneable(value);
      if (typeof value !== 'object' || value === null) return value;
      if (this.memory.has(value)) return this.memory.get(value);
      const kind = kindOf(value);
      if (kind === 'Array') return this.properties(value, this.remember(value, new Array(value.length)));
      if (kind === 'Map') return this.map(value);
      if (kind === 'Set') return this.set(value);
      if (kind === 'Error') return this.error(value);
      if (kind === 'Object') return this.object(value);
      return this.remember(value, this.simple(kind, value));
    }

    remember(value, copy) {
      this.memory.set(value, copy);
      return copy;
    }

    simple(kind, value) {
      switch (kind) {
        case 'ArrayBuffer': return copyOfBuffer(value);
        case 'SharedArrayBuffer': return value;
        case 'DataView': return new DataView(this.clone(value.buffer), value.byteOffset, value.byteLength);
        case 'TypedArray': {
          const constructor = globalThis[typedArrayTag.call(value)];
          return new constructor(this.clone(value.buffer), value.byteOffset, value.length);
        }
        case 'Date': return new Date(Date.prototype.getTime.call(value));
        case 'RegExp': return new RegExp(value.source, value.flags);
        case 'Number': return Object(Number.prototype.valueOf.call(value));
        case 'String': return Object(String.prototype.valueOf.call(value));
        case 'Boolean': return Object(Boolean.prototype.valueOf.call(value));
        default: return Object(BigInt.prototype.valueOf.call(value));
      }
    }

    map(value) {
      const copy = this.remember(value, new Map());
      for (const [key, content] of [...Map.prototype.entries.call(value)]) copy.set(this.clone(key), this.clone(content));
      return copy;
    }

    set(value) {
      const copy = this.remember(value, new Set());
      for (const content of [...Set.prototype.values.call(value)]) copy.add(this.clone(content));
      return copy;
    }

    error(value) {
      const constructor = ERRORS.get(`${value.name}`) ?? Error;
      const copy = this.remember(value, Object.create(constructor.prototype) && new constructor());
      const hidden = (name, content) => Object.defineProperty(copy, name,
        { value: content, writable: true, configurable: true });
      const message = Object.getOwnPropertyDescriptor(value, 'message');
      if (message !== undefined && 'value' in message) hidden('message', `${message.value}`);
      hidden('stack', `${value.stack}`);
      if (Object.hasOwn(value, 'cause')) hidden('cause', this.clone(value.cause));
      return copy;
    }

    object(value) {
      const special = host.cloneHostObject(value);
      if (special !== undefined) return this.remember(value, special);
      for (const [isOne, copy] of load('web/blob').cloneable) {
        if (isOne(value)) return this.remember(value, copy(value));
      }
      if (host.isOpaque(value) || host.isWebAssemblyObject(value) || MessagePort.isPort(value)) throw uncloneable(value);
      return this.properties(value, this.remember(value, {}));
    }

    properties(value, copy) {
      for (const key of Object.keys(value)) {
        if (Object.hasOwn(value, key)) {
          Object.defineProperty(copy, key,
            { value: this.clone(value[key]), writable: true, enumerable: true, configurable: true });
        }
      }
      return copy;
    }
  }

  // For another realm: a value is written down as a list of tags, primitive values, and objects that stand for bytes or
  // for what realms share.
  const TAGS = ['primitive', 'known', 'Array', 'Object', 'Map', 'Set', 'Error', 'Date', 'RegExp', 'TypedArray',
    'DataView', 'ArrayBuffer', 'shared', 'Number', 'String', 'Boolean', 'BigInt'];
  const TAG = Object.fromEntries(TAGS.map((name, index) => [name, index]));

  class Writer {
    parts = [];
    #known = new Map();

    write(value) {
      if (typeof value === 'symbol' || typeof value === 'function') throw uncloneable(value);
      if (typeof value !== 'object' || value === null) return this.#put('primitive', value);
      if (this.#known.has(value)) return this.#put('known', this.#known.get(value));
      this.#known.set(value, this.#known.size);
      const kind = kindOf(value);
      switch (kind) {
        case 'Array': return this.#properties(kind, value, value.length);
        case 'Map': return this.#contents(kind, [...Map.prototype.entries.call(value)].flat());
        case 'Set': return this.#contents(kind, [...Set.prototype.values.call(value)]);
        case 'Error': return this.#error(value);
        case 'Date': return this.#put(kind, Date.prototype.getTime.call(value));
        case 'RegExp': return this.#put(kind, value.source, value.flags);
        case 'TypedArray':
          this.#put(kind, typedArrayTag.call(value), value.byteOffset, value.length);
          return this.write(value.buffer);
        case 'DataView':
          this.#put(kind, value.byteOffset, value.byteLength);
          return this.write(value.buffer);
        case 'ArrayBuffer':
          if (value.detached) throw uncloneable(value);
          return this.#put(kind, value.resizable ? value.maxByteLength : -1, value);
        case 'SharedArrayBuffer': return this.#put('shared', value);
        case 'Object':
          if (host.isShareable(value)) return this.#put('shared', value);
          if (host.isOpaque(value) || host.isWebAssemblyObject(value) || MessagePort.isPort(value)
              || load('web/blob').cloneable.some(([isOne]) => isOne(value))) throw uncloneable(value);
          return this.#properties(kind, value, 0);
        default: return this.#put(kind, value.valueOf());
      }
    }

    #put(tag, ...content) { this.parts.push(TAG[tag], ...content); }

    #contents(tag, contents) {
      this.#put(tag, contents.length);
      for (const content of contents) this.write(content);
    }

    #properties(tag, value, length) {
      const keys = Object.keys(value);
      this.#put(tag, length, keys.length);
      for (const key of keys) {
        this.parts.push(key);
        this.write(value[key]);
      }
    }

    #error(value) {
      const message = Object.getOwnPropertyDescriptor(value, 'message');
      const hasCause = Object.hasOwn(value, 'cause');
      this.#put('Error', `${value.name}`, message !== undefined && 'value' in message ? `${message.value}` : undefined,
        `${value.stack}`, hasCause);
      if (hasCause) this.write(value.cause);
    }
  }

  class Reader {
    #parts;
    #at = 0;
    #known = [];

    constructor(parts) { this.#parts = parts; }

    #next() { return this.#parts[this.#at++]; }

    #remember(value) {
      this.#known.push(value);
      return value;
    }

    // A view is known before its buffer.
    #view(make) {
      const index = this.#known.push(undefined) - 1;
      return this.#known[index] = make(this.read());
    }

    read() {
      const kind = TAGS[this.#next()];
      switch (kind) {
        case 'primitive': return this.#next();
        case 'known': return this.#known[this.#next()];
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
          return this.#view((buffer) => new globalThis[name](buffer, offset, length));
        }
        case 'DataView': {
          const [offset, length] = [this.#next(), this.#next()];
          return this.#view((buffer) => new DataView(buffer, offset, length));
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

  // Writes a message down; sent() detaches the buffers that go with it.
  function write(value, transfer) {
    const list = [...transfer ?? []];
    if (new Set(list).size !== list.length) throw new DOMException('An object is transferred twice', 'DataCloneError');
    for (const object of list) {
      if (object === null || typeof object !== 'object' || kindOf(object) !== 'ArrayBuffer') {
        throw new DOMException('Value not transferable to a worker', 'DataCloneError');
      } else if (object.detached) throw uncloneable(object);
    }
    const writer = new Writer();
    writer.write(value);
    return { parts: writer.parts, sent: () => list.forEach((buffer) => buffer.transfer()) };
  }

  const read = (parts) => new Reader(parts).read();

  // What was thrown, whatever it is.
  function writeError(error) {
    try {
      return write(error).parts;
    } catch {
      return write(new Error(String(error))).parts;
    }
  }

  // Copies a value; what is transferred leaves its sender only if all else can be cloned.
  function cloneWith(value, transfer) {
    const list = [...transfer ?? []];
    if (new Set(list).size !== list.length) throw new DOMException('An object is transferred twice', 'DataCloneError');
    const transferred = new Map();
    for (const object of list) {
      if (MessagePort.isPort(object)) transferred.set(object, MessagePort.successor(object));
      else if (object === null || typeof object !== 'object' || kindOf(object) !== 'ArrayBuffer') {
        throw new DOMException('Value not transferable', 'DataCloneError');
      } else if (object.detached) throw uncloneable(object);
      else transferred.set(object, copyOfBuffer(object));
    }
    const cloning = new Cloning(transferred);
    const copy = cloning.clone(value);
    for (const [from, to] of transferred) {
      if (MessagePort.isPort(from)) MessagePort.hand(from, to);
      else from.transfer();
    }
    return { copy, ports: [...transferred.values()].filter(MessagePort.isPort) };
  }

  function structuredClone(value, options = {}) {
    if (arguments.length === 0) throw new TypeError('The value argument must be specified');
    return cloneWith(value, options?.transfer).copy;
  }

  class MessagePort extends EventTarget {
    #other;
    #queue = [];
    #started = false;
    #closed = false;
    #referenced = false;
    // Those of Node.js's on() by the listener, and the number of all that hear messages.
    #handlers = new Map();
    #listeners = new Set();

    constructor(key) {
      if (key !== secret) throw new TypeError('Illegal constructor');
      super();
    }

    // As in Node.js, a port keeps the program running while somebody listens to it.
    addEventListener(type, listener, options) {
      super.addEventListener(type, listener, options);
      if (`${type}` !== 'message' || listener === null || listener === undefined) return;
      if (this.#listeners.size === 0) this.ref();
      this.#listeners.add(listener);
    }

    removeEventListener(type, listener, options) {
      super.removeEventListener(type, listener, options);
      if (`${type}` === 'message') this.#forget(listener);
    }

    #forget(listener) {
      if (this.#listeners.delete(listener) && this.#listeners.size === 0) this.unref();
    }

    postMessage(message, options) {
      const transfer = Array.isArray(options) ? options : options?.transfer;
      if ([...transfer ?? []].includes(this)) throw new DOMException('A port cannot transfer itself', 'DataCloneError');
      const { copy, ports } = cloneWith(message, transfer);
      const target = this.#other;
      if (target === undefined || target.#closed) return;
      target.#queue.push({ data: copy, ports });
      if (target.#started) target.#deliver();
    }

    start() {
      if (this.#started) return;
      this.#started = true;
      if (this.#queue.length > 0) this.#deliver();
    }

    close() {
      const other = this.#other;
      this.#end();
      other?.#end();
    }

    #end() {
      if (this.#closed) return;
      this.unref();
      this.#closed = true;
      host.task(() => this.dispatchEvent(new Event('close')));
    }

    // The messages come as tasks, in their order.
    #deliver() {
      host.task(() => {
        const message = this.#queue.shift();
        if (message !== undefined) this.dispatchEvent(new MessageEvent('message', message));
      });
    }

    // As Node.js has it: the listener gets the data.
    on(type, listener) { return this.#hear(type, listener, false); }
    addListener(type, listener) { return this.#hear(type, listener, false); }
    once(type, listener) { return this.#hear(type, listener, true); }

    #hear(type, listener, isOnce) {
      const handler = (event) => {
        if (isOnce) this.off(type, listener);
        listener.call(this, event.data);
      };
      const key = `${type}`;
      if (!this.#handlers.has(key)) this.#handlers.set(key, new Map());
      if (this.#handlers.get(key).has(listener)) return this;
      this.#handlers.get(key).set(listener, handler);
      this.addEventListener(type, handler);
      if (type === 'message') this.start();
      return this;
    }

    off(type, listener) {
      const handler = this.#handlers.get(`${type}`)?.get(listener);
      if (handler !== undefined) {
        this.#handlers.get(`${type}`).delete(listener);
        this.removeEventListener(type, handler);
      }
      return this;
    }

    removeListener(type, listener) { return this.off(type, listener); }

    removeAllListeners(type) {
      for (const [name, handlers] of this.#handlers) {
        if (type === undefined || name === `${type}`) [...handlers.keys()].forEach((listener) => this.off(name, listener));
      }
      return this;
    }

    listenerCount(type) { return this.#handlers.get(`${type}`)?.size ?? 0; }
    emit(type, value) { return this.dispatchEvent(new MessageEvent(type, { data: value })); }
    hasRef() { return this.#referenced; }

    ref() {
      if (this.#referenced || this.#closed) return;
      this.#referenced = true;
      host.hold();
    }

    unref() {
      if (!this.#referenced) return;
      this.#referenced = false;
      host.release();
    }

    // The next message, if there is one; it is not delivered any more.
    static take(port) {
      const message = port.#queue.shift();
      return message === undefined ? undefined : { message: message.data };
    }

    static isPort(value) { return #queue in value; }

    // onmessage has changed; its listener stays once there was one.
    static handled(port) {
      if (port.onmessage !== null) port.ref();
      else if (port.#listeners.size <= 1) port.unref();
    }
    static pair(first, second) {
      first.#other = second;
      second.#other = first;
    }

    static successor() { return new MessagePort(secret); }
    static hand(from, to) {
      to.#other = from.#other;
      if (to.#other !== undefined) to.#other.#other = to;
      to.#queue = from.#queue;
      from.#queue = [];
      from.unref();
      from.#closed = true;
      from.#other = undefined;
    }
  }
  expose(MessagePort, 'postMessage', 'start', 'close');
  handlerAttribute(MessagePort, 'message');
  handlerAttribute(MessagePort, 'messageerror');
  const attribute = Object.getOwnPropertyDescriptor(MessagePort.prototype, 'onmessage');
  Object.defineProperty(MessagePort.prototype, 'onmessage', { ...attribute,
    set(value) {
      attribute.set.call(this, value);
      MessagePort.handled(this);
      this.start();
    } });

  class MessageChannel {
    #port1 = new MessagePort(secret);
    #port2 = new MessagePort(secret);

    constructor() { MessagePort.pair(this.#port1, this.#port2); }
    get port1() { return this.#port1; }
    get port2() { return this.#port2; }
  }
  expose(MessageChannel, 'port1', 'port2');

  return { structuredClone, MessageChannel, MessagePort, write, read, writeError };
})
