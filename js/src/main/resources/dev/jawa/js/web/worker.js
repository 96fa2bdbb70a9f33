// Workers as browsers have them (https://html.spec.whatwg.org/multipage/workers.html).
(function (host, load) {
  'use strict';

  const { expose } = load('web/interfaces');
  const { DOMException, EventTarget, MessageEvent, PromiseRejectionEvent, handlerAttribute, hasListener } = load('web/events');
  const { pack, readError } = load('web/clone');
  const { messageEvent } = load('web/messaging');
  const { errorEvent, withParts } = load('web/global-handlers');
  const { scriptOf } = load('modules/loader');

  class Worker extends EventTarget {
    #handle;

    constructor(url, options = {}) {
      if (arguments.length === 0) throw new TypeError('The script of the worker is missing');
      super();
      const type = options?.type ?? 'classic';
      if (type !== 'classic' && type !== 'module') {
        throw new TypeError(`The type of a worker is "classic" or "module", and not "${type}"`);
      }
      const mode = type === 'module' ? 'MODULE' : 'SCRIPT';
      this.#handle = host.startWorker({ ...scriptOf(url, host.dirname(host.mainFile), mode === 'SCRIPT'), mode,
        data: pack(undefined), name: `${options?.name ?? ''}`, isWeb: true },
      (parts) => this.#failed(readError(parts)), () => {});
      const { port } = this.#handle;
      host.ports.own(port, (parts) => this.dispatchEvent(messageEvent(parts)), () => {});
      host.ports.start(port);
    }

    #failed(error) {
      const isHeard = hasListener(this, 'error');
      this.dispatchEvent(errorEvent(error));
      if (!isHeard) host.reportError(error);
    }

    postMessage(message, options) {
      if (arguments.length === 0) throw new TypeError('The message is missing');
      host.ports.post(this.#handle.port, pack(message, options));
    }

    terminate() { this.#handle.terminate(); }
  }
  expose(Worker, 'postMessage', 'terminate');
  handlerAttribute(Worker, 'message');
  handlerAttribute(Worker, 'messageerror');
  handlerAttribute(Worker, 'error');

  // Makes the global object that of a worker: a target of messages, which keeps the worker running while it listens.
  function beWorker(global) {
    class WorkerGlobalScope extends EventTarget {
      static [Symbol.hasInstance](value) { return value === global || super[Symbol.hasInstance](value); }
    }
    class DedicatedWorkerGlobalScope extends WorkerGlobalScope {}
    const events = ['message', 'messageerror', 'error', 'unhandledrejection', 'rejectionhandled', 'online', 'offline'];
    events.forEach((name) => handlerAttribute(DedicatedWorkerGlobalScope, name));
    const scope = new DedicatedWorkerGlobalScope();
    const { port } = host.worker;
    host.ports.own(port, (parts) => scope.dispatchEvent(messageEvent(parts)), () => {});
    let listens = false;
    const listen = () => {
      if (listens) return;
      listens = true;
      host.hold();
      host.ports.start(port);
    };
    const define = (name, value) => Object.defineProperty(global, name,
      { value, writable: true, enumerable: true, configurable: true });
    const hidden = (name, value) => Object.defineProperty(global, name, { value, writable: true, configurable: true });
    hidden('WorkerGlobalScope', WorkerGlobalScope);
    hidden('DedicatedWorkerGlobalScope', DedicatedWorkerGlobalScope);
    define('name', host.worker.name);
    Object.defineProperty(global, 'location', { enumerable: true, configurable: true, get: workerLocation });
    define('postMessage', (message, options) => host.ports.post(port, pack(message, options)));
    define('close', () => host.endLoop());
    define('addEventListener', (type, ...rest) => {
      scope.addEventListener(type, ...rest);
      if (`${type}` === 'message') listen();
    });
    define('removeEventListener', (...all) => scope.removeEventListener(...all));
    define('dispatchEvent', (event) => scope.dispatchEvent(event));
    for (const name of events.map((type) => `on${type}`)) {
      Object.defineProperty(global, name, {
        get: () => scope[name],
        set: (value) => {
          scope[name] = name === 'onerror' ? withParts(value) : value;
          if (name === 'onmessage') listen();
        },
        enumerable: true, configurable: true,
      });
    }
    define('importScripts', (...urls) => {
      if (host.mainMode === 'MODULE') throw new TypeError('Module scripts do not support importScripts()');
      const base = host.dirname(host.mainFile);
      for (const script of urls.map((url) => scriptOf(url, base, true))) {
        try {
          host.runScript(script.file, script.text, script.location);
        } catch (error) {
          if (error?.code !== 'ENOENT') throw error;
          throw new DOMException(`The script ${script.file} cannot be loaded`, 'NetworkError');
        }
      }
    });
    handleError = (error) => !scope.dispatchEvent(errorEvent(error));
    handleRejection = (reason, promise) => {
      return !scope.dispatchEvent(new PromiseRejectionEvent('unhandledrejection', { cancelable: true, reason, promise }));
    };
  }
  let handleError = () => false;
  let handleRejection = () => false;

  let location;
  function workerLocation() {
    if (location === undefined) {
      const url = new URL(host.mainUrl);
      class WorkerLocation {
        get [Symbol.toStringTag]() { return 'WorkerLocation'; }
        toString() { return url.href; }
      }
      for (const part of ['href', 'origin', 'protocol', 'host', 'hostname', 'port', 'pathname', 'search', 'hash']) {
        Object.defineProperty(WorkerLocation.prototype, part, { get: () => url[part], enumerable: true, configurable: true });
      }
      location = new WorkerLocation();
    }
    return location;
  }

  return { Worker, beWorker, MessageEvent,
    // What a worker of a browser does with what it has not caught; true if its listeners say that it is handled.
    handle: (event, error, promise) => (event === 'uncaughtException' ? handleError(error) : handleRejection(error, promise)) };
})
