// Timers, whose handles are those of Node.js: objects that are also the numbers that browsers give
// (https://nodejs.org/api/timers.html, https://html.spec.whatwg.org/multipage/timers-and-user-prompts.html).
(function (host, load) {
  'use strict';

  class Timeout {
    #id;
    #start;
    #keepsRunning = true;
    #isOver = false;

    constructor(start) {
      this.#start = start;
      this.#begin();
    }

    #begin() { this.#id = this.#start((isOver) => { this.#isOver = isOver; }); }

    ref() {
      this.#keepsRunning = true;
      host.referTimer(this.#id, true);
      return this;
    }

    unref() {
      this.#keepsRunning = false;
      host.referTimer(this.#id, false);
      return this;
    }

    hasRef() { return this.#keepsRunning && !this.#isOver; }

    refresh() {
      host.stopTimer(this.#id);
      this.#begin();
      if (!this.#keepsRunning) host.referTimer(this.#id, false);
      return this;
    }

    close() {
      host.stopTimer(this.#id);
      return this;
    }

    [Symbol.toPrimitive]() { return this.#id; }
    [Symbol.dispose ?? Symbol('dispose')]() { this.close(); }
  }

  class Immediate {
    #isCancelled = false;

    constructor(callback, values) {
      host.task(() => { if (!this.#isCancelled) callback(...values); });
    }

    ref() { return this; }
    unref() { return this; }
    hasRef() { return !this.#isCancelled; }
    static cancel(immediate) { if (immediate instanceof Immediate) immediate.#isCancelled = true; }
  }
  const { cancel } = Immediate;
  delete Immediate.cancel;

  function requireFunction(callback) {
    if (typeof callback !== 'function') {
      throw load('node/errors').invalidType('callback', 'of type function', callback);
    }
  }

  const stop = (handle) => { if (handle !== undefined && handle !== null) host.stopTimer(+handle); };

  return {
    setTimeout(callback, delay = undefined, ...values) {
      requireFunction(callback);
      return new Timeout((over) => host.startTimer(() => {
        over(true);
        callback(...values);
      }, delay, false));
    },
    setInterval(callback, delay = undefined, ...values) {
      requireFunction(callback);
      return new Timeout(() => host.startTimer(() => callback(...values), delay, true));
    },
    clearTimeout: (handle = undefined) => stop(handle),
    clearInterval: (handle = undefined) => stop(handle),
    setImmediate(callback, ...values) {
      requireFunction(callback);
      return new Immediate(callback, values);
    },
    clearImmediate: (handle) => cancel(handle),
  };
})
