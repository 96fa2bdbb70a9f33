// Workers as browsers have them (https://html.spec.whatwg.org/multipage/workers.html).
(function (host, load) {
  'use strict';

  const { expose } = load('web/interfaces');
  const { ErrorEvent, EventTarget, MessageEvent, handlerAttribute } = load('web/events');
  const { read, write } = load('web/clone');

  // Sends a message, and detaches what is transferred with it once it has been sent.
  function send(post, message, options) {
    const { parts, sent } = write(message, Array.isArray(options) ? options : options?.transfer);
    post(parts);
    sent();
  }

  class Worker extends EventTarget {
    #handle;

    constructor(url, options = {}) {
      if (arguments.length === 0) throw new TypeError('The script of the worker is missing');
      super();
      const path = load('modules/loader').pathOf(url, host.mainFolder);
      this.#handle = host.startWorker(path, options?.type === 'module' ? 'MODULE' : 'SCRIPT', write(undefined).parts,
        `${options?.name ?? ''}`,
        (parts) => this.dispatchEvent(new MessageEvent('message', { data: read(parts) })),
        (parts) => this.#failed(read(parts)),
        () => {}, true);
    }

    #failed(error) {
      let heard = false;
      const event = new ErrorEvent('error', { error, message: `Uncaught ${error}`, cancelable: true });
      Object.defineProperty(event, 'preventDefault', { value: () => { heard = true; } });
      this.dispatchEvent(event);
      if (!heard && this.onerror === null) host.reportError(error);
    }

    postMessage(message, options) { send(this.#handle.post, message, options); }
    terminate() { this.#handle.terminate(); }
  }
  expose(Worker, 'postMessage', 'terminate');
  handlerAttribute(Worker, 'message');
  handlerAttribute(Worker, 'messageerror');
  handlerAttribute(Worker, 'error');

  // Makes the global object that of a worker: a target of messages, which keeps the worker running while it listens.
  function beWorker(global) {
    class Scope extends EventTarget {}
    handlerAttribute(Scope, 'message');
    handlerAttribute(Scope, 'messageerror');
    const scope = new Scope();
    let listens = false;
    const listen = () => {
      if (listens) return;
      listens = true;
      host.hold();
      host.worker.receiver((parts) => scope.dispatchEvent(new MessageEvent('message', { data: read(parts) })));
    };
    const close = () => {
      if (!listens) return;
      listens = false;
      host.release();
    };
    const define = (name, value) => Object.defineProperty(global, name,
      { value, writable: true, enumerable: true, configurable: true });
    define('name', host.worker.name);
    define('postMessage', (message, options) => send(host.worker.post, message, options));
    define('close', close);
    define('addEventListener', (type, ...rest) => {
      scope.addEventListener(type, ...rest);
      if (type === 'message') listen();
    });
    define('removeEventListener', (...all) => scope.removeEventListener(...all));
    define('dispatchEvent', (event) => scope.dispatchEvent(event));
    for (const name of ['onmessage', 'onmessageerror']) {
      Object.defineProperty(global, name, {
        get: () => scope[name],
        set: (value) => {
          scope[name] = value;
          if (name === 'onmessage') listen();
        },
        enumerable: true, configurable: true,
      });
    }
    define('importScripts', (...urls) => {
      for (const url of urls) {
        (0, eval)(load('node/fs').readFileSync(load('modules/loader').pathOf(url, host.mainFolder), 'utf8'));
      }
    });
  }

  return { Worker, beWorker, send };
})
