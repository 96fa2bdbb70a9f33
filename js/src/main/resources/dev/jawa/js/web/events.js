// Event, EventTarget, AbortController and what belongs to them (https://dom.spec.whatwg.org sections 2 and 3), and
// DOMException (https://webidl.spec.whatwg.org/#idl-DOMException).
(function (host, load) {
  'use strict';

  const { expose, constants, inspectable, isObject, secret } = load('web/interfaces');

  const CODES = {
    IndexSizeError: 1, HierarchyRequestError: 3, WrongDocumentError: 4, InvalidCharacterError: 5,
    NoModificationAllowedError: 7, NotFoundError: 8, NotSupportedError: 9, InUseAttributeError: 10,
    InvalidStateError: 11, SyntaxError: 12, InvalidModificationError: 13, NamespaceError: 14, InvalidAccessError: 15,
    TypeMismatchError: 17, SecurityError: 18, NetworkError: 19, AbortError: 20, URLMismatchError: 21,
    QuotaExceededError: 22, TimeoutError: 23, InvalidNodeTypeError: 24, DataCloneError: 25,
  };

  class DOMException extends Error {
    #name = 'Error';

    constructor(message = '', options = 'Error') {
      super(`${message}`);
      const isName = !isObject(options);
      this.#name = isName ? `${options}` : `${options.name ?? 'Error'}`;
      if (!isName && 'cause' in options) {
        Object.defineProperty(this, 'cause', { value: options.cause, writable: true, configurable: true });
      }
      // Error knows the name only now.
      const lines = `${this.stack}`.split('\n').filter((line) => line.startsWith('    at '));
      const stack = [`${this.#name}: ${this.message}`, ...lines].join('\n');
      Object.defineProperty(this, 'stack', { value: stack, writable: true, configurable: true });
    }

    get name() { return #name in this ? this.#name : 'Error'; }
    get code() { return CODES[this.#name] ?? 0; }
  }
  expose(DOMException, 'name', 'code');
  // The constants of the codes, by names of which some are of no error any more.
  constants(DOMException, Object.fromEntries([...Object.entries(CODES), ['DOMStringSizeError', 2],
    ['NoDataAllowedError', 6], ['ValidationError', 16]]
    .map(([name, code]) => [`${name.replace(/Error$/, '').replace(/(?<=[a-z])(?=[A-Z])|(?<=URL)/g, '_').replace('In_Use', 'Inuse')
      .toUpperCase()}_ERR`, code]).sort(([, first], [, second]) => first - second)));

  class QuotaExceededError extends DOMException {
    #quota;
    #requested;

    constructor(message = '', { quota = null, requested = null } = {}) {
      super(message, 'QuotaExceededError');
      const [first, second] = [quota, requested].map((value) => (value === null ? null : Number(value)));
      if (first < 0 || second < 0) throw new RangeError('The quota and what was requested cannot be negative');
      this.#quota = first;
      this.#requested = second;
    }

    get quota() { return this.#quota; }
    get requested() { return this.#requested; }
  }
  expose(QuotaExceededError, 'quota', 'requested');

  const missing = (name) => load('node/errors').failure(TypeError, 'ERR_MISSING_ARGS',
    `The "${name}" argument must be specified`);

  let internals;

  class Event {
    #type;
    #bubbles;
    #cancelable;
    #composed;
    #canceled = false;
    #dispatching = false;
    #propagationStopped = false;
    #stopped = false;
    #passive = false;
    #target = null;
    #current = null;
    #phase = 0;
    #timeStamp = performance.now();

    constructor(type, init = {}) {
      if (arguments.length === 0) throw missing('type');
      this.#type = `${type}`;
      this.#bubbles = Boolean(init?.bubbles);
      this.#cancelable = Boolean(init?.cancelable);
      this.#composed = Boolean(init?.composed);
    }

    get type() { return this.#type; }
    get target() { return this.#target; }
    get srcElement() { return this.#target; }
    get currentTarget() { return this.#current; }
    get eventPhase() { return this.#phase; }
    get bubbles() { return this.#bubbles; }
    get cancelable() { return this.#cancelable; }
    get defaultPrevented() { return this.#canceled; }
    get composed() { return this.#composed; }
    get isTrusted() { return false; }
    get timeStamp() { return this.#timeStamp; }
    get returnValue() { return !this.#canceled; }
    get cancelBubble() { return this.#propagationStopped; }
    set cancelBubble(value) { if (value) this.#propagationStopped = true; }
    composedPath() { return this.#current === null ? [] : [this.#target]; }
    stopPropagation() { this.#propagationStopped = true; }
    stopImmediatePropagation() { this.#propagationStopped = this.#stopped = true; }
    preventDefault() { if (this.#cancelable && !this.#passive) this.#canceled = true; }

    static {
      internals = {
        isEvent: (value) => isObject(value) && #type in value,
        isDispatching: (event) => event.#dispatching,
        start(event, target) {
          event.#dispatching = true;
          event.#target = event.#current = target;
          event.#phase = 2;
        },
        passive(event, value) { event.#passive = value; },
        isStopped: (event) => event.#stopped,
        end(event) {
          event.#dispatching = event.#propagationStopped = event.#stopped = false;
          event.#phase = 0;
          event.#current = null;
          return !event.#canceled;
        },
      };
    }
  }
  expose(Event, 'type', 'target', 'srcElement', 'currentTarget', 'eventPhase', 'bubbles', 'cancelable',
    'defaultPrevented', 'composed', 'isTrusted', 'timeStamp', 'returnValue', 'cancelBubble', 'composedPath',
    'stopPropagation', 'stopImmediatePropagation', 'preventDefault');
  constants(Event, { NONE: 0, CAPTURING_PHASE: 1, AT_TARGET: 2, BUBBLING_PHASE: 3 });

  class CustomEvent extends Event {
    #detail;

    constructor(type, init = {}) {
      super(type, init);
      this.#detail = init?.detail ?? null;
    }

    get detail() { return this.#detail; }
  }
  expose(CustomEvent, 'detail');

  class MessageEvent extends Event {
    #init;

    constructor(type, init = {}) {
      super(type, init);
      this.#init = { data: null, origin: '', lastEventId: '', source: null, ports: [], ...init };
    }

    get data() { return this.#init.data; }
    get origin() { return this.#init.origin; }
    get lastEventId() { return this.#init.lastEventId; }
    get source() { return this.#init.source; }
    get ports() { return this.#init.ports; }
  }
  expose(MessageEvent, 'data', 'origin', 'lastEventId', 'source', 'ports');

  class ErrorEvent extends Event {
    #init;

    constructor(type, init = {}) {
      super(type, init);
      this.#init = { message: '', filename: '', lineno: 0, colno: 0, error: undefined, ...init };
    }

    get message() { return this.#init.message; }
    get filename() { return this.#init.filename; }
    get lineno() { return this.#init.lineno; }
    get colno() { return this.#init.colno; }
    get error() { return this.#init.error; }
  }
  expose(ErrorEvent, 'message', 'filename', 'lineno', 'colno', 'error');

  class PromiseRejectionEvent extends Event {
    #promise;
    #reason;

    constructor(type, init) {
      super(type, init);
      if (!isObject(init) || !('promise' in init)) throw new TypeError('The promise is missing');
      this.#promise = init.promise;
      this.#reason = init.reason;
    }

    get promise() { return this.#promise; }
    get reason() { return this.#reason; }
  }
  expose(PromiseRejectionEvent, 'promise', 'reason');

  class EventTarget {
    #listeners = [];

    addEventListener(type, callback, options = {}) {
      if (arguments.length < 2) throw missing(arguments.length === 0 ? 'type" and "listener' : 'listener');
      if (callback === null || callback === undefined) return;
      if (!isObject(callback)) throw new TypeError('The callback must be a function or an object');
      const capture = Boolean(isObject(options) ? options.capture : options);
      const { once = false, passive = false, signal } = isObject(options) ? options : {};
      if (signal?.aborted) return;
      const known = this.#listeners.some((listener) => listener.type === `${type}` && listener.callback === callback
        && listener.capture === capture);
      if (known) return;
      this.#listeners.push({ type: `${type}`, callback, capture, once: Boolean(once), passive: Boolean(passive) });
      signal?.addEventListener('abort', () => this.removeEventListener(type, callback, options), { once: true });
    }

    static listenersOf(target, type) {
      return target.#listeners.filter((listener) => listener.type === type).map((listener) => listener.callback);
    }

    removeEventListener(type, callback, options = {}) {
      const capture = Boolean(isObject(options) ? options.capture : options);
      const at = this.#listeners.findIndex((listener) => listener.type === `${type}`
        && listener.callback === callback && listener.capture === capture);
      if (at >= 0) {
        this.#listeners[at].removed = true;
        this.#listeners.splice(at, 1);
      }
    }

    dispatchEvent(event) {
      if (!internals.isEvent(event)) throw load('node/errors').invalidType('event', 'an instance of Event', event);
      if (internals.isDispatching(event)) throw new DOMException('The event is being dispatched', 'InvalidStateError');
      internals.start(event, this);
      for (const listener of [...this.#listeners]) {
        if (listener.type !== event.type || listener.removed) continue;
        if (listener.once) this.removeEventListener(listener.type, listener.callback, listener.capture);
        internals.passive(event, listener.passive);
        try {
          if (typeof listener.callback === 'function') listener.callback.call(this, event);
          else listener.callback.handleEvent(event);
        } catch (error) {
          host.reportError(error);
        }
        internals.passive(event, false);
        if (internals.isStopped(event)) break;
      }
      return internals.end(event);
    }
  }
  const { listenersOf } = EventTarget;
  delete EventTarget.listenersOf;
  expose(EventTarget, 'addEventListener', 'removeEventListener', 'dispatchEvent');

  // onabort and the like: an attribute whose value is a listener.
  const handlers = new WeakMap();
  function handlerAttribute(constructor, type) {
    Object.defineProperty(constructor.prototype, `on${type}`, {
      get() { return handlers.get(this)?.get(type)?.handler ?? null; },
      set(value) {
        const known = handlers.get(this)?.get(type);
        if (known !== undefined) {
          known.handler = isObject(value) ? value : null;
          return;
        }
        if (!isObject(value)) return;
        const entry = { handler: value };
        if (!handlers.has(this)) handlers.set(this, new Map());
        handlers.get(this).set(type, entry);
        this.addEventListener(type, (event) => {
          if (typeof entry.handler === 'function') entry.handler.call(this, event);
        });
      },
      enumerable: true, configurable: true,
    });
  }

  let abort;

  class AbortSignal extends EventTarget {
    #aborted = false;
    #reason;
    #dependents = [];

    constructor(key) {
      if (key !== secret) throw new TypeError('Illegal constructor');
      super();
    }

    static abort(reason) {
      const signal = new AbortSignal(secret);
      abort(signal, reason);
      return signal;
    }

    static timeout(milliseconds) {
      const signal = new AbortSignal(secret);
      const timer = setTimeout(() => abort(signal,
        new DOMException('The operation was aborted due to timeout', 'TimeoutError')), milliseconds);
      timer.unref?.();
      return signal;
    }

    static any(signals) {
      const all = [...signals];
      const result = new AbortSignal(secret);
      const aborted = all.find((signal) => signal.aborted);
      if (aborted !== undefined) abort(result, aborted.reason);
      else all.forEach((signal) => signal.#dependents.push(result));
      return result;
    }

    get aborted() { return this.#aborted; }
    get reason() { return this.#reason; }
    throwIfAborted() { if (this.#aborted) throw this.#reason; }

    static {
      abort = (signal, reason) => {
        if (signal.#aborted) return;
        signal.#aborted = true;
        signal.#reason = reason === undefined ? new DOMException('This operation was aborted', 'AbortError') : reason;
        signal.dispatchEvent(new Event('abort'));
        for (const dependent of signal.#dependents.splice(0)) abort(dependent, signal.#reason);
      };
    }
  }
  expose(AbortSignal, 'aborted', 'reason', 'throwIfAborted');
  handlerAttribute(AbortSignal, 'abort');

  class AbortController {
    #signal = new AbortSignal(secret);

    get signal() { return this.#signal; }
    abort(reason) { abort(this.#signal, reason); }
  }
  expose(AbortController, 'signal', 'abort');

  inspectable(AbortSignal, ({ aborted }) => ({ aborted }));
  inspectable(AbortController, ({ signal }) => ({ signal }));
  inspectable(Event, ({ type, defaultPrevented, cancelable, timeStamp }) => ({ type, defaultPrevented, cancelable, timeStamp }));

  return { DOMException, QuotaExceededError, PromiseRejectionEvent, Event, CustomEvent, MessageEvent, ErrorEvent,
    EventTarget, AbortSignal, AbortController,
    handlerAttribute, listenersOf,
    // Whether anybody would hear an event; the listener of an attribute stays when that is null again.
    hasListener(target, type) {
      return listenersOf(target, type).length > (handlers.get(target)?.get(type)?.handler === null ? 1 : 0);
    } };
})
