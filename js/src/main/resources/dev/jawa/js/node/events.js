// node:events (https://nodejs.org/api/events.html).
(function (host, load) {
  'use strict';

  const rejectionSymbol = Symbol.for('nodejs.rejection');
  const errorMonitor = Symbol('events.errorMonitor');

  function checkListener(listener) {
    if (typeof listener !== 'function') {
      throw load('node/errors').invalidType('listener', 'of type function', listener);
    }
  }

  // A function and not a class: programs inherit from it by EventEmitter.call(this).
  function EventEmitter(options) {
    EventEmitter.init.call(this, options);
  }

  EventEmitter.init = function init() {
    if (this._events === undefined || this._events === Object.getPrototypeOf(this)._events) {
      this._events = Object.create(null);
      this._eventsCount = 0;
    }
    this._maxListeners ??= undefined;
  };

  function add(emitter, type, listener, isFirst) {
    checkListener(listener);
    if (emitter._events === undefined) EventEmitter.init.call(emitter);
    if (emitter._events.newListener !== undefined) emitter.emit('newListener', type, listener.listener ?? listener);
    const list = emitter._events[type];
    if (list === undefined) {
      emitter._events[type] = [listener];
      emitter._eventsCount++;
    } else {
      // A copy, so that an emit that is under way keeps its list.
      emitter._events[type] = isFirst ? [listener, ...list] : [...list, listener];
    }
    return emitter;
  }

  function onceListener(emitter, type, listener) {
    checkListener(listener);
    const wrapped = function (...values) {
      emitter.removeListener(type, wrapped);
      return listener.apply(this, values);
    };
    wrapped.listener = listener;
    return wrapped;
  }

  const methods = {
    emit(type, ...values) {
      const listeners = this._events?.[type];
      if (type === 'error') {
        const monitors = this._events?.[errorMonitor];
        monitors?.forEach((listener) => listener.apply(this, values));
        if (listeners === undefined) {
          const [error] = values;
          if (error instanceof Error) throw error;
          throw Object.assign(new Error(`Unhandled error. (${host.inspection().inspect(error)})`),
            { code: 'ERR_UNHANDLED_ERROR', context: error });
        }
      }
      if (listeners === undefined) return false;
      for (const listener of listeners) listener.apply(this, values);
      return true;
    },
    addListener(type, listener) { return add(this, type, listener, false); },
    prependListener(type, listener) { return add(this, type, listener, true); },
    once(type, listener) { return add(this, type, onceListener(this, type, listener), false); },
    prependOnceListener(type, listener) { return add(this, type, onceListener(this, type, listener), true); },
    removeListener(type, listener) {
      checkListener(listener);
      const list = this._events?.[type];
      const at = list?.findLastIndex((entry) => entry === listener || entry.listener === listener) ?? -1;
      if (at < 0) return this;
      const [removed] = list.slice(at, at + 1);
      const rest = list.toSpliced(at, 1);
      if (rest.length > 0) this._events[type] = rest;
      else {
        delete this._events[type];
        this._eventsCount--;
      }
      if (this._events.removeListener !== undefined) this.emit('removeListener', type, removed.listener ?? removed);
      return this;
    },
    removeAllListeners(type) {
      if (this._events === undefined) return this;
      if (type === undefined) {
        this._events = Object.create(null);
        this._eventsCount = 0;
      } else if (this._events[type] !== undefined) {
        delete this._events[type];
        this._eventsCount--;
      }
      return this;
    },
    setMaxListeners(count) {
      this._maxListeners = count;
      return this;
    },
    getMaxListeners() { return this._maxListeners ?? EventEmitter.defaultMaxListeners; },
    listeners(type) { return (this._events?.[type] ?? []).map((entry) => entry.listener ?? entry); },
    rawListeners(type) { return [...(this._events?.[type] ?? [])]; },
    listenerCount(type, listener) {
      const list = this._events?.[type] ?? [];
      return listener === undefined ? list.length
        : list.filter((entry) => entry === listener || entry.listener === listener).length;
    },
    eventNames() { return this._events === undefined ? [] : Reflect.ownKeys(this._events); },
  };
  methods.on = methods.addListener;
  methods.off = methods.removeListener;
  for (const [name, value] of Object.entries(methods)) {
    Object.defineProperty(EventEmitter.prototype, name, { value, writable: true, enumerable: true, configurable: true });
  }

  // A promise of the next event; an "error" rejects it.
  function once(emitter, type, options = {}) {
    return new Promise((resolve, reject) => {
      const { signal } = options;
      if (signal?.aborted) {
        reject(abortError(signal));
        return;
      }
      if (typeof emitter.addEventListener === 'function') {
        emitter.addEventListener(type, (event) => resolve([event]), { once: true, signal });
        signal?.addEventListener('abort', () => reject(abortError(signal)), { once: true });
        return;
      }
      const failed = (error) => {
        emitter.removeListener(type, happened);
        reject(error);
      };
      const happened = (...values) => {
        emitter.removeListener('error', failed);
        resolve(values);
      };
      emitter.once(type, happened);
      if (type !== 'error') emitter.once('error', failed);
      signal?.addEventListener('abort', () => {
        emitter.removeListener(type, happened);
        failed(abortError(signal));
      }, { once: true });
    });
  }

  // An asynchronous iterator of the values of events; an "error" and an abort end it.
  function on(emitter, type, options = {}) {
    const { signal, close = [] } = options;
    if (signal?.aborted) throw abortError(signal);
    const events = [];
    const waiting = [];
    let failed;
    let isOver = false;
    const listening = [];
    const listen = (name, listener) => {
      if (typeof emitter.on === 'function') emitter.on(name, listener);
      else emitter.addEventListener(name, listener);
      listening.push([name, listener]);
    };
    const end = () => {
      isOver = true;
      for (const [name, listener] of listening.splice(0)) {
        if (typeof emitter.on === 'function') emitter.removeListener(name, listener);
        else emitter.removeEventListener(name, listener);
      }
      signal?.removeEventListener('abort', aborted);
      for (const { resolve } of waiting.splice(0)) resolve({ value: undefined, done: true });
    };
    const fail = (error) => {
      const next = waiting.shift();
      if (next === undefined) failed = { error };
      else next.reject(error);
      end();
    };
    const aborted = () => fail(abortError(signal));
    listen(type, (...values) => {
      const next = waiting.shift();
      if (next === undefined) events.push(values);
      else next.resolve({ value: values, done: false });
    });
    if (type !== 'error' && typeof emitter.on === 'function') listen('error', fail);
    for (const name of close) listen(name, end);
    signal?.addEventListener('abort', aborted, { once: true });
    return Object.setPrototypeOf({
      next() {
        if (events.length > 0) return Promise.resolve({ value: events.shift(), done: false });
        if (failed !== undefined) {
          const { error } = failed;
          failed = undefined;
          return Promise.reject(error);
        }
        if (isOver) return Promise.resolve({ value: undefined, done: true });
        return new Promise((resolve, reject) => { waiting.push({ resolve, reject }); });
      },
      return() {
        end();
        return Promise.resolve({ value: undefined, done: true });
      },
      throw(error) {
        fail(error);
        return Promise.resolve({ value: undefined, done: true });
      },
      [Symbol.asyncIterator]() { return this; },
    }, Object.getPrototypeOf(Object.getPrototypeOf(async function* () {}).prototype));
  }

  const abortError = (signal) => Object.assign(new Error('The operation was aborted', { cause: signal.reason }),
    { name: 'AbortError', code: 'ABORT_ERR' });

  let AsyncEmitter;
  function asyncEmitter() {
    AsyncEmitter ??= class EventEmitterAsyncResource extends EventEmitter {
      #resource;

      constructor(options) {
        super(options);
        this.#resource = new (load('node/async_hooks').AsyncResource)((typeof options === 'string' ? options : options?.name) ?? new.target.name);
      }

      emit(type, ...values) { return this.#resource.runInAsyncScope(super.emit, this, type, ...values); }
      emitDestroy() { this.#resource.emitDestroy(); }
      get asyncResource() { return this.#resource; }
      get asyncId() { return this.#resource.asyncId(); }
      get triggerAsyncId() { return this.#resource.triggerAsyncId(); }
    };
    return AsyncEmitter;
  }

  Object.assign(EventEmitter, { EventEmitter, once, on, errorMonitor, defaultMaxListeners: 10,
    captureRejectionSymbol: rejectionSymbol, captureRejections: false,
    listenerCount: (emitter, type) => emitter.listenerCount(type),
    getMaxListeners: (emitter) => emitter.getMaxListeners?.() ?? 10,
    addAbortListener(signal, listener) {
      if (signal.aborted) queueMicrotask(() => listener());
      else signal.addEventListener('abort', listener, { once: true });
      return { [Symbol.dispose ?? Symbol.for('dispose')]: () => signal.removeEventListener('abort', listener) };
    },
    getEventListeners: (emitter, type) => emitter.listeners?.(type) ?? load('web/events').listenersOf(emitter, type),

    setMaxListeners(count, ...emitters) { emitters.forEach((emitter) => emitter.setMaxListeners?.(count)); } });
  Object.defineProperty(EventEmitter, 'EventEmitterAsyncResource', { get: asyncEmitter, enumerable: false, configurable: true });
  return EventEmitter;
})
