// onerror, onunhandledrejection and onrejectionhandled of a global object
// (https://html.spec.whatwg.org/multipage/webappapis.html#runtime-script-errors).
(function (host, load) {
  'use strict';

  const { isObject } = load('web/interfaces');
  const { ErrorEvent, PromiseRejectionEvent } = load('web/events');

  // The event of an error, with the place where it was made.
  function errorEvent(error) {
    const stack = isObject(error) ? `${error.stack}` : '';
    const [, filename = '', lineno = '0', colno = '0'] = /\(?((?:[a-z]+:)?[^\s()]+):(\d+):(\d+)\)?$/m.exec(stack) ?? [];
    return new ErrorEvent('error', { error, message: `Uncaught ${isObject(error) && 'message' in error
      ? `${error.name}: ${error.message}` : String(error)}`, filename, lineno: Number(lineno), colno: Number(colno), cancelable: true });
  }

  // onerror of a global object: it gets the parts of the event, and true means that the error is handled.
  function withParts(handler) {
    if (typeof handler !== 'function') return handler;
    return (event) => {
      if (handler.call(globalThis, event.message, event.filename, event.lineno, event.colno, event.error) === true) {
        event.preventDefault();
      }
    };
  }

  const handlers = new Map();

  // What a program that is no worker has not caught; true if its handlers say that it is handled.
  function handle(event, error, promise) {
    const isError = event === 'uncaughtException';
    const handler = handlers.get(isError ? 'onerror' : 'onunhandledrejection');
    if (typeof handler !== 'function') return false;
    const told = isError ? errorEvent(error) : new PromiseRejectionEvent('unhandledrejection', { cancelable: true,
      reason: error, promise });
    (isError ? withParts(handler) : handler).call(globalThis, told);
    return told.defaultPrevented;
  }

  return { errorEvent, withParts, handle, get: (name) => handlers.get(name) ?? null,
    set: (name, value) => { handlers.set(name, isObject(value) ? value : null); } };
})
