// node:async_hooks (https://nodejs.org/api/async_context.html); hooks are never called.
(function (host) {
  'use strict';

  const { asyncValues } = host;
  let lastId = 1;

  class AsyncLocalStorage {
    #key = Symbol('AsyncLocalStorage');
    #default;
    #name;

    constructor({ defaultValue, name = '' } = {}) {
      this.#default = defaultValue;
      this.#name = `${name}`;
    }

    get name() { return this.#name; }

    static bind(action) { return AsyncResource.bind(action); }

    static snapshot() {
      const bound = asyncValues.bind(([action, values]) => action(...values));
      return (action, ...values) => bound([action, values]);
    }

    // In a box, so that undefined is a value too.
    getStore() {
      const box = asyncValues.get(this.#key);
      return box === undefined ? this.#default : box.value;
    }

    enterWith(value) { asyncValues.enter(this.#key, { value }); }

    run(value, action, ...values) {
      return asyncValues.within(() => {
        this.enterWith(value);
        return action(...values);
      });
    }

    exit(action, ...values) { return this.run(undefined, action, ...values); }
    disable() { this.enterWith(undefined); }
    withScope(value) {
      const before = asyncValues.get(this.#key);
      this.enterWith(value);
      return { [Symbol.dispose ?? Symbol.for('dispose')]: () => asyncValues.enter(this.#key, before) };
    }
  }

  class AsyncResource {
    #run = asyncValues.bind(([action, self, values]) => action.apply(self, values));
    #id = ++lastId;

    constructor(type) {
      if (typeof type !== 'string') {
        throw Object.assign(new TypeError('The "type" argument must be of type string.'), { code: 'ERR_INVALID_ARG_TYPE' });
      }
      Object.defineProperty(this, 'type', { value: type });
    }

    runInAsyncScope(action, self, ...values) { return this.#run([action, self, values]); }
    emitDestroy() { return this; }
    asyncId() { return this.#id; }
    triggerAsyncId() { return 1; }

    bind(action, self) {
      const resource = this;
      return function (...values) { return resource.runInAsyncScope(action, self ?? this, ...values); };
    }

    static bind(action, type, self) { return new AsyncResource(type ?? action.name ?? 'bound').bind(action, self); }
  }

  return { AsyncLocalStorage, AsyncResource, executionAsyncId: () => 1, triggerAsyncId: () => 0,
    executionAsyncResource: () => ({}), asyncWrapProviders: Object.freeze({ NONE: 0 }),
    createHook: () => ({ enable() { return this; }, disable() { return this; } }) };
})
