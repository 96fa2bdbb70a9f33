// The basics of node:test (https://nodejs.org/api/test.html): tests, suites, hooks, mocks, and a report in the style of "spec".
(function (host, load) {
  'use strict';

  const { failure, invalidType } = load('node/errors');
  const { unavailable } = load('node/unavailable');

  const counts = { tests: 0, suites: 0, pass: 0, fail: 0, cancelled: 0, skipped: 0, todo: 0 };
  const hooksOf = () => ({ before: [], after: [], beforeEach: [], afterEach: [] });
  const root = { name: '<root>', depth: -1, hooks: hooksOf(), parent: undefined, isSuite: true, children: [] };
  let current = root;
  let queue;
  const start = host.now();
  const failed = [];

  const print = (depth, text) => console.log('  '.repeat(Math.max(depth, 0)) + text.replaceAll('\n',
    `\n${'  '.repeat(Math.max(depth, 0))}`));
  const took = (from) => `(${(host.now() - from).toFixed(6)}ms)`;

  // (name, options, action), each of which may be missing.
  function parse(values) {
    const name = typeof values[0] === 'string' ? values.shift() : undefined;
    const options = typeof values[0] === 'object' && values[0] !== null ? values.shift() : {};
    const [action = () => {}] = values;
    if (typeof action !== 'function') throw invalidType('fn', 'of type function', action);
    return { name: name || action.name || '<anonymous>', options, action };
  }

  class TestContext {
    #test;

    constructor(test) {
      this.#test = test;
      this.mock = new MockTracker();
      this.assert = { ...load('node/assert') };
    }

    get name() { return this.#test.name; }
    get fullName() { return fullName(this.#test); }
    get signal() { return this.#test.abort.signal; }
    get passed() { return this.#test.error === undefined; }
    get error() { return this.#test.error ?? null; }
    diagnostic(message) { this.#test.messages.push(`${message}`); }
    skip(message) { this.#test.skip = message ?? true; }
    todo(message) { this.#test.todo = message ?? true; }
    plan(count) { this.#test.plan = count; }
    runOnly() {}
    before(action) { this.#test.hooks.before.push(action); }
    after(action) { this.#test.hooks.after.push(action); }
    beforeEach(action) { this.#test.hooks.beforeEach.push(action); }
    afterEach(action) { this.#test.hooks.afterEach.push(action); }

    test(...values) { return runNow(create(parse(values), this.#test, false)); }

    async waitFor(condition, { interval = 50, timeout = 1000 } = {}) {
      const end = host.now() + timeout;
      for (;;) {
        try {
          return await condition();
        } catch (error) {
          if (host.now() >= end) throw new Error('waitFor() timed out', { cause: error });
        }
        await new Promise((resolve) => { setTimeout(resolve, interval); });
      }
    }
  }

  const fullName = (test) => (test.parent === undefined
    || test.parent === root ? test.name : `${fullName(test.parent)} > ${test.name}`);

  function create({ name, options, action }, parent, isSuite) {
    return { name, options, action, parent, isSuite, depth: parent.depth + 1, hooks: hooksOf(), children: [],
      messages: [], skip: options.skip,
      todo: options.todo, abort: new AbortController(), subtests: 0 };
  }

  function withTimeout(test, promise) {
    const { timeout, signal } = test.options;
    if ((timeout === undefined || timeout === Infinity) && signal === undefined) return promise;
    return new Promise((resolve, reject) => {
      const timer = timeout === undefined || timeout === Infinity ? undefined
        : setTimeout(() => reject(failure(Error, 'ERR_TEST_FAILURE', `test timed out after ${timeout}ms`)), timeout);
      signal?.addEventListener('abort', () => reject(signal.reason), { once: true });
      promise.then(resolve, reject).finally(() => clearTimeout(timer));
    });
  }

  // An action that takes a callback calls it when it is done.
  function call(action, self, context) {
    if (action.length < 2) return action.call(self, context);
    return new Promise((resolve, reject) => { action.call(self, context, (error) => (error ? reject(error) : resolve())); });
  }

  async function hooks(test, kind, context) {
    const chain = [];
    for (let at = test; at !== undefined; at = at.parent) chain.push(at);
    const ordered = kind === 'beforeEach' ? chain.reverse() : chain;
    for (const one of ordered) for (const hook of one.hooks[kind]) await call(hook, context, context);
  }

  async function runNow(test) {
    const from = host.now();
    test.parent.subtests++;
    const context = test.isSuite ? { name: test.name, signal: test.abort.signal } : new TestContext(test);
    if (test.skip) {
      report(test, from);
      return;
    }
    let begun = false;
    const begin = () => {
      if (!begun) print(test.depth, `▶ ${test.name}`);
      begun = true;
    };
    test.begin = begin;
    test.parent.begin?.();
    try {
      if (test.isSuite) await runSuite(test, context);
      else await runTest(test, context);
    } catch (error) {
      test.error = error;
    }
    if (test.plan !== undefined && test.error === undefined && test.plan !== test.subtests) {
      test.error = failure(Error, 'ERR_TEST_FAILURE', `plan expected ${test.plan} assertions but received ${test.subtests}`);
    }
    test.abort.abort();
    report(test, from);
  }

  async function runTest(test, context) {
    await hooks(test.parent, 'beforeEach', context);
    try {
      await withTimeout(test, Promise.resolve(call(test.action, context, context)));
      for (const hook of test.hooks.after) await call(hook, context, context);
    } finally {
      await hooks(test.parent, 'afterEach', context);
      context.mock.reset();
    }
    if (test.failedChildren > 0) throw failure(Error, 'ERR_TEST_FAILURE',
      `${test.failedChildren} subtest${test.failedChildren > 1 ? 's' : ''} failed`);
  }

  async function runSuite(test, context) {
    const outer = current;
    current = test;
    try {
      await call(test.action, context, context);
    } finally {
      current = outer;
    }
    for (const hook of test.hooks.before) await call(hook, context, context);
    for (const child of test.children) await runNow(child);
    for (const hook of test.hooks.after) await call(hook, context, context);
    if (test.failedChildren > 0) throw failure(Error, 'ERR_TEST_FAILURE',
      `${test.failedChildren} subtest${test.failedChildren > 1 ? 's' : ''} failed`);
  }

  function report(test, from) {
    const { error, skip, todo } = test;
    counts[test.isSuite ? 'suites' : 'tests']++;
    const reason = (value) => (typeof value === 'string' && value !== '' ? ` # ${value}` : '');
    let mark = '✔';
    let note = '';
    if (skip) {
      mark = '﹣';
      note = ` # ${typeof skip === 'string' ? skip : 'SKIP'}`;
    } else if (error !== undefined) mark = todo ? '⚠' : '✖';
    if (todo) note = ` # ${typeof todo === 'string' ? todo : 'TODO'}`;
    print(test.depth, `${mark} ${test.name} ${took(from)}${note === '' ? reason(todo) : note}`);
    if (!test.isSuite) {
      if (skip) counts.skipped++;
      else if (todo) counts.todo++;
      else counts[error === undefined ? 'pass' : 'fail']++;
    }
    for (const message of test.messages) print(test.depth, `ℹ ${message}`);
    if (error !== undefined && !todo && !skip) {
      test.parent.failedChildren = (test.parent.failedChildren ?? 0) + 1;
      if (test.parent === root || !test.isSuite && error.code !== 'ERR_TEST_FAILURE'
        || error.code !== 'ERR_TEST_FAILURE') failed.push(test);
      process.exitCode = 1;
    }
  }

  // Tests at the top run one after the other, once the module has run.
  function enqueue(test) {
    if (current !== root) {
      current.children.push(test);
      return Promise.resolve();
    }
    if (queue === undefined) {
      queue = new Promise((resolve) => { setImmediate(resolve); }).then(async () => {
        for (const hook of root.hooks.before) await hook();
      });
      process.once('exit', summary);
      process.once('beforeExit', () => {});
      host.hold();
      let last;
      const drain = () => {
        last = queue;
        queue.then(() => {
          if (last !== queue) drain();
          else Promise.all(root.hooks.after.map((hook) => hook())).finally(() => host.release());
        });
      };
      setImmediate(drain);
    }
    queue = queue.then(() => runNow(test));
    return queue;
  }

  function summary() {
    for (const [name, value] of Object.entries(counts)) console.log(`ℹ ${name} ${value}`);
    console.log(`ℹ duration_ms ${(host.now() - start).toFixed(6)}`);
    if (failed.length === 0) return;
    console.log('\n✖ failing tests:');
    for (const test of failed) {
      console.log(`\n✖ ${test.name}`);
      const text = load('inspect').inspect(test.error);
      print(1, text);
    }
  }

  const test = (...values) => enqueue(create(parse(values), current, false));
  const describe = (...values) => enqueue(create(parse(values), current, true));
  for (const [base, action] of [[test, test], [describe, describe]]) {
    base.skip = (...values) => withOption(action, values, { skip: true });
    base.todo = (...values) => withOption(action, values, { todo: true });
    base.only = (...values) => action(...values);
  }
  function withOption(action, values, added) {
    const { name, options, action: body } = parse(values);
    return action(name, { ...options, ...added }, body);
  }

  // Mocks

  class MockFunctionContext {
    calls = [];
    #implementation;
    #once = new Map();
    #restore;

    constructor(implementation, restore) {
      this.#implementation = implementation;
      this.#restore = restore;
    }

    callCount() { return this.calls.length; }
    resetCalls() { this.calls = []; }
    mockImplementation(implementation) { this.#implementation = implementation; }
    mockImplementationOnce(implementation, onCall = this.calls.length) { this.#once.set(onCall, implementation); }
    restore() { this.#restore?.(this); }
    _current() { return this.#once.get(this.calls.length) ?? this.#implementation; }
  }

  class MockTracker {
    #contexts = [];

    fn(original = () => {}, implementation = original, options = {}) {
      const settings = typeof implementation === 'object' ? implementation : options;
      return this.#make(original, typeof implementation === 'function' ? implementation : original, settings,
        (context) => context.mockImplementation(original));
    }

    #make(original, implementation, { times = Infinity }, restore) {
      const context = new MockFunctionContext(implementation, restore);
      this.#contexts.push(context);
      const mock = function (...values) {
        const call = { arguments: values, error: undefined, result: undefined, stack: new Error(),
          target: new.target, this: this };
        try {
          const action = context.calls.length < times ? context._current() : original;
          call.result = new.target ? Reflect.construct(action, values,
            new.target === mock ? action : new.target) : Reflect.apply(action, this, values);
          return call.result;
        } catch (error) {
          call.error = error;
          throw error;
        } finally {
          context.calls.push(call);
        }
      };
      Object.defineProperty(mock, 'mock', { value: context });
      return Object.defineProperty(mock, 'name', { value: original.name, configurable: true });
    }

    method(object, name, implementation, options = {}) {
      const settings = typeof implementation === 'object' ? implementation : options;
      let owner = object;
      while (owner !== null && !Object.hasOwn(owner, name)) owner = Object.getPrototypeOf(owner);
      const descriptor = owner === null ? undefined : Object.getOwnPropertyDescriptor(owner, name);
      const kind = settings.getter ? 'get' : settings.setter ? 'set' : 'value';
      const original = descriptor?.[kind];
      if (typeof original !== 'function') throw failure(TypeError, 'ERR_INVALID_ARG_VALUE',
        `The argument 'methodName' must be a method. Received ${String(name)}`);
      const mock = this.#make(original, typeof implementation === 'function' ? implementation : original, settings, () => {
        if (owner === object) Object.defineProperty(object, name, descriptor);
        else delete object[name];
      });
      Object.defineProperty(object, name, { ...descriptor, [kind]: mock, configurable: true });
      return mock;
    }

    getter(object, name, implementation, options) { return this.method(object, name, implementation, { ...options,
      getter: true }); }
    setter(object, name, implementation, options) { return this.method(object, name, implementation, { ...options,
      setter: true }); }
    restoreAll() { this.#contexts.forEach((context) => context.restore()); }

    reset() {
      this.restoreAll();
      this.#contexts = [];
      this.#timers?.reset();
    }

    #timers;
    get timers() { return this.#timers ??= new MockTimers(); }

    module() { throw failure(Error, 'ERR_FEATURE_UNAVAILABLE', 'mock.module is not available here'); }
  }

  // Timers whose time is told.
  class MockTimers {
    #originals;
    #now = 0;
    #tasks = [];
    #last = 0;

    enable({ apis = ['setTimeout', 'setInterval', 'setImmediate', 'Date'], now = 0 } = {}) {
      if (this.#originals !== undefined) throw failure(Error, 'ERR_INVALID_STATE',
        'Invalid state: MockTimers is already enabled!');
      this.#originals = {};
      this.#now = Number(now);
      const replace = (name, value) => {
        this.#originals[name] = globalThis[name];
        globalThis[name] = value;
      };
      const add = (action, delay, values, interval) => {
        this.#tasks.push({ id: ++this.#last, at: this.#now + Math.max(1, delay || 1), action, values, interval });
        return this.#last;
      };
      const clear = (id) => { this.#tasks = this.#tasks.filter((task) => task.id !== id); };
      if (apis.includes('setTimeout')) {
        replace('setTimeout', (action, delay, ...values) => add(action, delay, values));
        replace('clearTimeout', clear);
      }
      if (apis.includes('setInterval')) {
        replace('setInterval', (action, delay, ...values) => add(action, delay, values, Math.max(1, delay || 1)));
        replace('clearInterval', clear);
      }
      if (apis.includes('setImmediate')) {
        replace('setImmediate', (action, ...values) => add(action, 0, values));
        replace('clearImmediate', clear);
      }
      if (apis.includes('Date')) {
        const RealDate = Date;
        const time = () => this.#now;
        replace('Date', class extends RealDate {
          constructor(...values) { super(...(values.length === 0 ? [time()] : values)); }
          static now() { return time(); }
        });
      }
    }

    tick(milliseconds = 1) {
      const end = this.#now + milliseconds;
      for (;;) {
        this.#tasks.sort((first, second) => first.at - second.at || first.id - second.id);
        const [next] = this.#tasks;
        if (next === undefined || next.at > end) break;
        this.#now = next.at;
        if (next.interval === undefined) this.#tasks.shift();
        else next.at += next.interval;
        next.action(...next.values);
      }
      this.#now = end;
    }

    runAll() { this.tick(Math.max(0, ...this.#tasks.map((task) => task.at - this.#now))); }
    setTime(milliseconds) { this.#now = Number(milliseconds); }

    reset() {
      if (this.#originals === undefined) return;
      Object.assign(globalThis, this.#originals);
      this.#originals = undefined;
      this.#tasks = [];
    }

    [Symbol.dispose]() { this.reset(); }
  }

  const hook = (kind) => (action) => { current.hooks[kind].push(action); };

  return Object.assign(test, {
    test, it: Object.assign((...values) => test(...values), test), describe,
      suite: Object.assign((...values) => describe(...values), describe),
    before: hook('before'), after: hook('after'), beforeEach: hook('beforeEach'), afterEach: hook('afterEach'),
    mock: new MockTracker(), MockTracker,
    assert: { register() {} },
    ...unavailable('test', ['run', 'snapshot']),
  });
})
