// MessageChannel, MessagePort and BroadcastChannel (https://html.spec.whatwg.org/multipage/web-messaging.html), with what
// Node.js's have besides.
(function (host, load) {
  'use strict';

  const { expose, secret } = load('web/interfaces');
  const { DOMException, Event, EventTarget, MessageEvent, handlerAttribute } = load('web/events');
  const { pack, read, registerPorts } = load('web/clone');

  // The event of a message that has come.
  function messageEvent(parts) {
    try {
      return new MessageEvent('message', read(parts));
    } catch (error) {
      return new MessageEvent('messageerror', { data: error });
    }
  }

  const missingMessage = (where) => Object.assign(new TypeError(`Not enough arguments to ${where}`),
    { code: 'ERR_MISSING_ARGS' });

  // As in Node.js, it keeps the program running while somebody listens to messages.
  class Listening extends EventTarget {
    #referenced = false;
    // Those of Node.js's on() by the listener, and all that hear messages.
    #handlers = new Map();
    #listeners = new Set();

    addEventListener(type, listener, options) {
      super.addEventListener(type, listener, options);
      if (`${type}` !== 'message' || listener === null || listener === undefined) return;
      if (this.#listeners.size === 0) this.ref();
      this.#listeners.add(listener);
    }

    removeEventListener(type, listener, options) {
      super.removeEventListener(type, listener, options);
      if (`${type}` === 'message' && this.#listeners.delete(listener) && this.#listeners.size === 0) this.unref();
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
      if (type === 'message') this.start?.();
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
    eventNames() { return [...this.#handlers.keys()].filter((name) => this.listenerCount(name) > 0); }
    setMaxListeners() { return this; }
    emit(type, value) { return this.dispatchEvent(new MessageEvent(type, { data: value })); }
    hasRef() { return this.#referenced; }

    ref() {
      if (this.#referenced || this.isClosed) return;
      this.#referenced = true;
      host.hold();
    }

    unref() {
      if (!this.#referenced) return;
      this.#referenced = false;
      host.release();
    }

    // onmessage has changed; its listener stays once there was one.
    static handled(target) {
      if (target.onmessage !== null) target.ref();
      else if (target.#listeners.size <= 1) target.unref();
    }
  }
  const { handled } = Listening;
  delete Listening.handled;
  for (const name of Object.getOwnPropertyNames(Listening.prototype)) {
    Object.defineProperty(Listening.prototype, name, { enumerable: false });
  }

  // onmessage counts as a listener, and starts what has to be started.
  function messageAttributes(constructor) {
    handlerAttribute(constructor, 'message');
    handlerAttribute(constructor, 'messageerror');
    const attribute = Object.getOwnPropertyDescriptor(constructor.prototype, 'onmessage');
    Object.defineProperty(constructor.prototype, 'onmessage', { ...attribute,
      set(value) {
        attribute.set.call(this, value);
        handled(this);
        this.start?.();
      } });
  }

  let ports;

  class MessagePort extends Listening {
    #end;
    #started = false;

    constructor(key, end) {
      if (key !== secret) throw new TypeError('Illegal constructor');
      super();
      this.#end = end;
      host.ports.own(end, (parts) => this.dispatchEvent(messageEvent(parts)), () => this.#closed());
    }

    postMessage(message, options) {
      if (arguments.length === 0) throw missingMessage('MessagePort.postMessage');
      const packed = pack(message, options, this);
      if (this.#end !== undefined) host.ports.post(this.#end, packed);
    }

    start() {
      if (this.#started || this.#end === undefined) return;
      this.#started = true;
      host.ports.start(this.#end);
    }

    close() { if (this.#end !== undefined) host.ports.close(this.#end); }

    #closed() {
      if (this.#end === undefined) return;
      this.unref();
      this.#end = undefined;
      this.dispatchEvent(new Event('close'));
    }

    static {
      ports = {
        isOne: (value) => #end in value,
        check(port) {
          if (port.#end === undefined) throw new DOMException('MessagePort in transfer list is already detached',
            'DataCloneError');
        },
        // Its end goes away with a message.
        take(port) {
          const end = port.#end;
          port.unref();
          port.#end = undefined;
          host.ports.release(end);
          return end;
        },
        receive: (end) => new MessagePort(secret, end),
        isClosed: (port) => port.#end === undefined,
        next: (port) => (port.#end === undefined ? undefined : host.ports.take(port.#end)),
      };
    }
  }
  const isPort = (value) => typeof value === 'object' && value !== null && ports.isOne(value);
  registerPorts({ ...ports, isOne: isPort });
  Object.defineProperty(MessagePort.prototype, 'isClosed', { get() { return ports.isClosed(this); }, configurable: true });
  expose(MessagePort, 'postMessage', 'start', 'close');
  messageAttributes(MessagePort);

  class MessageChannel {
    #port1;
    #port2;

    constructor() {
      const [first, second] = host.ports.create();
      this.#port1 = new MessagePort(secret, first);
      this.#port2 = new MessagePort(secret, second);
    }

    get port1() { return this.#port1; }
    get port2() { return this.#port2; }
  }
  expose(MessageChannel, 'port1', 'port2');

  class BroadcastChannel extends Listening {
    #name;
    #listener;

    constructor(name) {
      if (arguments.length === 0) throw new TypeError('The "name" argument must be specified');
      super();
      this.#name = `${name}`;
      this.#listener = host.broadcasts.join(this.#name, (parts) => {
        if (!this.isClosed) this.dispatchEvent(messageEvent(parts));
      });
      this.ref();
    }

    get name() { return this.#name; }
    get isClosed() { return this.#listener === undefined; }

    postMessage(message) {
      if (arguments.length === 0) throw missingMessage('BroadcastChannel.postMessage');
      if (this.isClosed) throw new DOMException('BroadcastChannel is closed.', 'InvalidStateError');
      host.broadcasts.post(this.#name, this.#listener, pack(message));
    }

    close() {
      if (this.isClosed) return;
      host.broadcasts.leave(this.#name, this.#listener);
      this.unref();
      this.#listener = undefined;
    }
  }
  expose(BroadcastChannel, 'name', 'postMessage', 'close');
  messageAttributes(BroadcastChannel);

  return { MessageChannel, MessagePort, BroadcastChannel, messageEvent,
    portOf: (end) => new MessagePort(secret, end),
    // Node.js's receiveMessageOnPort: the next message, if there is one; it is not delivered any more.
    take(port) {
      if (!isPort(port)) {
        throw Object.assign(new TypeError('The "port" argument must be a MessagePort instance'),
          { code: 'ERR_INVALID_ARG_TYPE' });
      }
      const parts = ports.next(port);
      return parts === undefined ? undefined : { message: read(parts).data };
    } };
})
