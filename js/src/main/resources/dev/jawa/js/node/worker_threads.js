// node:worker_threads (https://nodejs.org/api/worker_threads.html).
(function (host, load) {
  'use strict';

  const EventEmitter = load('node/events');
  const { MessageChannel, MessagePort, read, write } = load('web/clone');
  const { send } = load('web/worker');

  const own = host.worker;
  const started = own === undefined ? undefined : read(own.data);
  const environment = new Map(started?.environment);

  class Worker extends EventEmitter {
    #handle;
    #ended;
    #exitCode;
    #referenced = true;

    constructor(file, options = {}) {
      super();
      const loader = load('modules/loader');
      const own = options?.eval ? loader.fileOf(`${file}`) : undefined;
      const path = own?.path ?? loader.pathOf(file, host.cwd());
      const mode = options?.type === 'module' ? 'MODULE' : loader.modeOf(path);
      const { parts, sent } = write({ workerData: options?.workerData, environment: [...environment] },
        options?.transferList);
      this.#ended = new Promise((resolve) => {
        this.#handle = host.startWorker(path, mode, parts, `${options?.name ?? ''}`,
          (message) => this.emit('message', read(message)),
          (error) => this.emit('error', read(error)),
          (code) => {
            this.#exitCode = code;
            own?.remove();
            resolve(code);
            this.emit('exit', code);
          }, false);
      });
      sent();
      this.threadId = this.#handle.threadId;
      queueMicrotask(() => this.emit('online'));
    }

    postMessage(message, options) { send(this.#handle.post, message, options); }

    terminate() {
      if (this.#exitCode === undefined) this.#handle.terminate();
      return this.#ended;
    }

    ref() {
      if (!this.#referenced && this.#exitCode === undefined) this.#handle.ref();
      this.#referenced = true;
    }

    unref() {
      if (this.#referenced && this.#exitCode === undefined) this.#handle.unref();
      this.#referenced = false;
    }
  }

  // The port to the program that started this one.
  class ParentPort extends EventEmitter {
    #listens = false;
    #referenced = false;
    #handlers = new Map();

    #listen() {
      if (this.#listens) return;
      this.#listens = true;
      own.receiver((parts) => this.emit('message', read(parts)));
    }

    on(type, listener) {
      super.on(type, listener);
      if (type === 'message') {
        this.#listen();
        this.ref();
      }
      return this;
    }

    addListener(type, listener) { return this.on(type, listener); }

    once(type, listener) {
      const wrapped = (...values) => {
        this.off(type, wrapped);
        listener.apply(this, values);
      };
      return this.on(type, wrapped);
    }

    off(type, listener) {
      super.off(type, listener);
      if (type === 'message' && this.listenerCount('message') === 0) this.unref();
      return this;
    }

    removeListener(type, listener) { return this.off(type, listener); }

    // As browsers have it: the listener gets an event.
    addEventListener(type, listener) {
      const handler = (data) => (typeof listener === 'function' ? listener.call(this, { type, data, target: this })
        : listener.handleEvent({ type, data, target: this }));
      this.#handlers.set(listener, handler);
      this.on(type, handler);
    }

    removeEventListener(type, listener) {
      if (this.#handlers.has(listener)) this.off(type, this.#handlers.get(listener));
    }

    set onmessage(listener) { this.addEventListener('message', listener); }
    postMessage(message, options) { send(own.post, message, options); }
    start() { this.#listen(); }
    close() { this.unref(); }

    ref() {
      if (!this.#referenced) host.hold();
      this.#referenced = true;
    }

    unref() {
      if (this.#referenced) host.release();
      this.#referenced = false;
    }
  }

  return {
    isMainThread: own === undefined,
    parentPort: own === undefined ? null : new ParentPort(),
    workerData: started?.workerData ?? null,
    threadId: own?.threadId ?? 0,
    resourceLimits: {},
    SHARE_ENV: Symbol.for('nodejs.worker_threads.SHARE_ENV'),
    Worker, MessageChannel, MessagePort,
    markAsUntransferable() {},
    getEnvironmentData: (key) => environment.get(key),
    setEnvironmentData(key, value) {
      if (value === undefined) environment.delete(key);
      else environment.set(key, value);
    },
    receiveMessageOnPort: (port) => MessagePort.take(port),
  };
})
