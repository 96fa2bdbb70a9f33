// node:worker_threads (https://nodejs.org/api/worker_threads.html).
(function (host, load) {
  'use strict';

  const EventEmitter = load('node/events');
  const { MessageChannel, MessagePort, BroadcastChannel, portOf, take } = load('web/messaging');
  const { pack, read, readError } = load('web/clone');
  const loader = load('modules/loader');

  const own = host.worker;
  const started = load('node/started');
  const environment = new Map(started?.environment);
  const SHARE_ENV = Symbol.for('nodejs.worker_threads.SHARE_ENV');

  const failure = (type, code, message) => Object.assign(new type(message), { code });

  function scriptOf(file, isText) {
    if (isText) return { file: host.join(host.cwd(), '[worker eval]'), text: `${file}`, mode: 'COMMONJS' };
    const text = `${file?.href ?? file}`;
    if (!/^(file|data|blob):/.test(text) && typeof file !== 'string') {
      throw failure(TypeError, 'ERR_INVALID_ARG_TYPE', 'The "filename" argument must be of type string or an instance of URL.');
    }
    if (typeof file === 'string' && !/^(\.{1,2}[/\\])/.test(file) && !host.isAbsolute(file)) {
      throw failure(TypeError, 'ERR_WORKER_PATH', 'The worker script or module filename must be an absolute path or a relative'
        + ` path starting with './' or '../'.${/^file:/.test(file) ? ' Wrap file:// URLs with `new URL`.' : ''} Received "${file}"`);
    }
    const script = loader.scriptOf(file, host.cwd(), false);
    return { ...script, mode: script.location !== undefined ? 'MODULE' : loader.modeOf(script.file) };
  }

  class Worker extends EventEmitter {
    #handle;
    #ended;
    #exitCode;
    #referenced = true;

    constructor(file, options = {}) {
      super();
      const { argv, env, workerData, transferList, resourceLimits, name } = options ?? {};
      if (argv !== undefined && !Array.isArray(argv)) {
        throw failure(TypeError, 'ERR_INVALID_ARG_TYPE', 'The "options.argv" property must be an instance of Array.');
      }
      if (env !== undefined && env !== null && env !== SHARE_ENV && typeof env !== 'object') {
        throw failure(TypeError, 'ERR_INVALID_ARG_TYPE',
          'The "options.env" property must be of type object or one of undefined, null, or worker_threads.SHARE_ENV.');
      }
      const { process } = load('node/process');
      // A copy of the variables, also if they are to be shared.
      const variables = Object.fromEntries(Object.entries(env === SHARE_ENV ? process.env : env ?? process.env)
        .map(([key, value]) => [key, `${value}`]));
      const script = scriptOf(file, options?.eval);
      const data = pack({ workerData, file: options?.eval ? '[worker eval]' : undefined,
        environment: [...environment], argv: argv?.map(String) ?? [], env: variables,
        resourceLimits: { ...resourceLimits } }, transferList);
      this.#ended = new Promise((resolve) => {
        this.#handle = host.startWorker({ ...script, data, name: `${name ?? ''}`, isWeb: false },
          (error) => this.emit('error', readError(error)),
          (code) => {
            this.#exitCode = code;
            this.threadId = -1;
            resolve(code);
            this.emit('exit', code);
          });
      });
      const { port } = this.#handle;
      host.ports.own(port, (parts) => this.#received(parts), () => {});
      host.ports.start(port);
      this.threadId = this.#handle.threadId;
      this.threadName = name === undefined ? 'WorkerThread' : `${name}`;
      this.resourceLimits = { ...resourceLimits };
      this.stdin = null;
      queueMicrotask(() => this.emit('online'));
    }

    #received(parts) {
      let message;
      try {
        message = read(parts).data;
      } catch (error) {
        this.emit('messageerror', error);
        return;
      }
      this.emit('message', message);
    }

    postMessage(message, options) {
      if (arguments.length === 0) throw failure(TypeError, 'ERR_MISSING_ARGS', 'The "message" argument must be specified');
      host.ports.post(this.#handle.port, pack(message, options));
    }

    terminate() {
      if (this.#exitCode === undefined) this.#handle.terminate();
      return this.#ended;
    }

    async [Symbol.asyncDispose]() { await this.terminate(); }

    ref() {
      if (!this.#referenced && this.#exitCode === undefined) this.#handle.ref();
      this.#referenced = true;
    }

    unref() {
      if (this.#referenced && this.#exitCode === undefined) this.#handle.unref();
      this.#referenced = false;
    }
  }

  const untransferable = new WeakSet();

  return {
    isMainThread: own === undefined,
    isInternalThread: false,
    // A worker of a browser has its port already.
    parentPort: own === undefined || own.isWeb ? null : portOf(own.port),
    workerData: started?.workerData ?? null,
    threadId: own?.threadId ?? 0,
    threadName: own === undefined ? '' : own.name || 'WorkerThread',
    resourceLimits: started?.resourceLimits ?? {},
    SHARE_ENV,
    Worker, MessageChannel, MessagePort, BroadcastChannel,
    markAsUntransferable(object) { untransferable.add(object); },
    isMarkedAsUntransferable: (object) => untransferable.has(object),
    markAsUncloneable() {},
    moveMessagePortToContext(port) { return port; },
    getEnvironmentData: (key) => environment.get(key),
    setEnvironmentData(key, value) {
      if (value === undefined) environment.delete(key);
      else environment.set(key, value);
    },
    receiveMessageOnPort: take,
  };
})
