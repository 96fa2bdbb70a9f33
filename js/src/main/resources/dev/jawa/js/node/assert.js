// node:assert (https://nodejs.org/api/assert.html).
(function (host, load) {
  'use strict';

  const { isDeepEqual } = load('node/deep-equal');
  const { failure, invalidType } = load('node/errors');
  const { unavailable } = load('node/unavailable');

  const MAXIMUM_SHORT = 12;
  const LINE = 80;

  const show = (value) => host.inspection().inspect(value, { compact: false, customInspect: false, depth: 1000,
    maxArrayLength: Infinity, showHidden: false,
    showProxy: false, sorted: true, getters: true });

  const HEADERS = {
    strictEqual: 'Expected values to be strictly equal:',
    deepStrictEqual: 'Expected values to be strictly deep-equal:',
    deepEqual: 'Expected values to be loosely deep-equal:',
    partialDeepStrictEqual: 'Expected values to be partially and strictly deep-equal:',
    notStrictEqual: 'Expected "actual" to be strictly unequal to:',
    notDeepStrictEqual: 'Expected "actual" not to be strictly deep-equal to:',
    notDeepEqual: 'Expected "actual" not to be loosely deep-equal to:',
  };

  // The lines of two texts: those of both, those of the actual (+) and those of the expected value (-).
  function difference(actual, expected) {
    const lines = host.builtin('util').diff(actual.split('\n'), expected.split('\n'));
    return lines.map(([operation, line]) => `${{ 0: ' ', 1: '+', '-1': '-' }[operation]} ${line}`).join('\n');
  }

  function messageOf(actual, expected, operator) {
    const header = HEADERS[operator];
    switch (operator) {
      case 'strictEqual': case 'deepStrictEqual': case 'partialDeepStrictEqual': {
        const [first, second] = [show(actual), show(expected)];
        const isPlain = (value) => typeof value !== 'object' || value === null;
        if (first === second) return `${operator === 'strictEqual' ? 'Values have same structure but are not reference-equal:' : header}\n\n${first}\n`;
        if (!first.includes('\n') && !second.includes('\n')) {
          const length = first.length + second.length;
          if (length <= MAXIMUM_SHORT && isPlain(actual) && isPlain(expected) && (actual !== 0
            || expected !== 0)) return `${header}\n\n${first} !== ${second}\n`;
          if (length < LINE && isPlain(actual)
            && isPlain(expected)) return `${header}\n+ actual - expected\n\n+ ${first}\n- ${second}\n`;
        }
        return `${header}\n+ actual - expected\n\n${difference(first, second)}\n`;
      }
      case 'notStrictEqual': case 'notDeepStrictEqual': case 'notDeepEqual': {
        const text = show(actual);
        return text.includes('\n') || operator !== 'notStrictEqual' ? `${header}\n\n${text}${text.includes('\n') ? '\n' : ''}` : `${header} ${text}`;
      }
      case 'deepEqual': return `${header}\n\n${show(actual)}\n\nshould loosely deep-equal\n\n${show(expected)}`;
      case '==': case '!=': return `${host.inspection().inspect(actual)} ${operator} ${host.inspection().inspect(expected)}`;
      default: return 'Failed';
    }
  }

  class AssertionError extends Error {
    constructor(options) {
      if (typeof options !== 'object' || options === null) throw invalidType('options', 'of type object', options);
      const { message, actual, expected, operator, stackStartFn } = options;
      super(message === undefined ? messageOf(actual, expected, operator) : `${message}`);
      Object.defineProperty(this, 'name', { value: 'AssertionError [ERR_ASSERTION]', writable: true, configurable: true });
      if (typeof stackStartFn === 'function') Error.captureStackTrace(this, stackStartFn);
      // The code stands in the stack, and not in the name.
      Object.defineProperty(this, 'stack', { value: this.stack, writable: true, configurable: true });
      this.generatedMessage = message === undefined;
      this.code = 'ERR_ASSERTION';
      Object.assign(this, { actual, expected, operator });
      this.name = 'AssertionError';
    }

    toString() { return `${this.name} [${this.code}]: ${this.message}`; }
  }

  function fail(message, values, generated, start) {
    if (message instanceof Error) throw message;
    const error = new AssertionError({ ...values, message: message ?? generated, stackStartFn: start });
    error.generatedMessage = message === undefined || message === null;
    throw error;
  }

  function required(count, least) {
    if (count < least) throw failure(TypeError, 'ERR_MISSING_ARGS', 'The "actual" and "expected" arguments must be specified');
  }

  const compare = (operator, test) => function compared(actual, expected, message) {
    required(arguments.length, 2);
    if (!test(actual, expected)) fail(message, { actual, expected, operator }, undefined, compared);
  };

  function ok(value, message) {
    if (value) return;
    const generated = arguments.length === 0 ? 'No value argument passed to `assert.ok()`'
      : `The expression evaluated to a falsy value:\n\n  assert.ok(${host.inspection().inspect(value)})\n`;
    fail(message, { actual: value, expected: true, operator: '==' }, generated, ok);
  }
  function assert(...values) { return ok(...values); }

  // Whether what was thrown is what was expected; else it fails, or what was thrown goes on.
  function check(error, expected, message, operator) {
    if (expected === undefined) return;
    const values = { actual: error, expected, operator };
    if (host.isRegExp(expected)) {
      if (!expected.test(String(error))) fail(message, values,
        `The input did not match the regular expression ${expected}. Input:\n\n${host.inspection().inspect(String(error))}\n`);
    } else if (typeof expected === 'function') {
      if (expected.prototype !== undefined && error instanceof expected) return;
      if (Error.isPrototypeOf(expected) || expected === Error) {
        const name = error?.constructor?.name;
        fail(message, values, `The error is expected to be an instance of "${expected.name}". Received ${name ? `"${name}"` : `"${host.inspection().inspect(error, { depth: -1 })}"`}${
          error?.message ? `\n\nError message:\n\n${error.message}` : ''}`);
      }
      const result = expected.call({}, error);
      if (result !== true) {
        fail(message, values, `The ${expected.name ? `"${expected.name}" ` : ''}validation function is expected to return "true". Received ${
          host.inspection().inspect(result)}\n\nCaught error:\n\n${error}`);
      }
    } else if (typeof expected === 'object' && expected !== null) {
      const keys = Object.keys(expected);
      if (expected instanceof Error) keys.push('name', 'message');
      else if (keys.length === 0) throw failure(TypeError, 'ERR_INVALID_ARG_VALUE',
        "The argument 'error' may not be an empty object. Received {}");
      for (const key of keys) {
        const isPattern = host.isRegExp(expected[key]) && typeof error[key] === 'string';
        if (isPattern ? expected[key].test(error[key]) : isDeepEqual(error[key], expected[key], 'strict')
          && key in error) continue;
        const pick = (from) => Object.fromEntries(keys.filter((name) => name in from).map((name) => [name, from[name]]));
        fail(message, values, messageOf(pick(Object(error)), pick(expected), 'deepStrictEqual'));
      }
    } else throw invalidType('expected', 'of type function or an instance of Error, RegExp, or Object', expected);
  }

  const missing = (kind, expected,
    message) => `Missing expected ${kind}${expected?.name ? ` (${expected.name})` : ''}${message ? `: ${message}` : '.'}`;
  const split = (expected, message) => (typeof expected === 'string' ? [undefined, expected] : [expected, message]);

  function unwanted(kind, error, expected, message) {
    const [, text] = split(expected, message);
    throw new AssertionError({ actual: error, expected, operator: kind === 'rejection' ? 'doesNotReject' : 'doesNotThrow',
      message: `Got unwanted ${kind}${text ? `: ${text}` : '.'}\nActual message: "${error?.message}"` });
  }

  const isWanted = (error, expected) => typeof expected === 'function' ? error instanceof expected
    || expected.call({}, error) === true
    : host.isRegExp(expected) ? expected.test(String(error)) : true;

  const start = async (promise) => {
    const given = typeof promise === 'function' ? promise() : promise;
    if (typeof given?.then !== 'function') {
      throw typeof promise === 'function' ? failure(TypeError, 'ERR_INVALID_RETURN_VALUE',
        `Expected instance of Promise to be returned from the "promiseFn" function but got ${
        host.inspection().inspect(given)}.`) : invalidType('promiseFn', 'of type function or an instance of Promise', promise);
    }
    await given;
  };

  Object.assign(assert, {
    AssertionError, ok,
    fail(message = 'Failed') { fail(message, { operator: 'fail' }, undefined, assert.fail); },
    equal: compare('==', (first, second) => first == second || (first !== first && second !== second)),
    notEqual: compare('!=', (first, second) => first != second && !(first !== first && second !== second)),
    strictEqual: compare('strictEqual', Object.is),
    notStrictEqual: compare('notStrictEqual', (first, second) => !Object.is(first, second)),
    deepEqual: compare('deepEqual', (first, second) => isDeepEqual(first, second, 'loose')),
    notDeepEqual: compare('notDeepEqual', (first, second) => !isDeepEqual(first, second, 'loose')),
    deepStrictEqual: compare('deepStrictEqual', (first, second) => isDeepEqual(first, second, 'strict')),
    notDeepStrictEqual: compare('notDeepStrictEqual', (first, second) => !isDeepEqual(first, second, 'strict')),
    partialDeepStrictEqual: compare('partialDeepStrictEqual', (first, second) => isDeepEqual(first, second, 'partial')),
    match(text, pattern, message) { matches(text, pattern, message, 'match', true); },
    doesNotMatch(text, pattern, message) { matches(text, pattern, message, 'doesNotMatch', false); },
    throws(action, expected, message) {
      if (typeof action !== 'function') throw invalidType('fn', 'of type function', action);
      const [matcher, text] = split(expected, message);
      let error;
      try {
        action();
      } catch (thrown) {
        error = { thrown };
      }
      if (error === undefined) fail(undefined, { expected: matcher, operator: 'throws' }, missing('exception',
        matcher, text), assert.throws);
      check(error.thrown, matcher, text, 'throws');
    },
    doesNotThrow(action, expected, message) {
      if (typeof action !== 'function') throw invalidType('fn', 'of type function', action);
      try {
        action();
      } catch (error) {
        if (isWanted(error, expected)) unwanted('exception', error, expected, message);
        throw error;
      }
    },
    async rejects(promise, expected, message) {
      const [matcher, text] = split(expected, message);
      let error;
      try {
        await start(promise);
      } catch (thrown) {
        if (thrown?.code === 'ERR_INVALID_RETURN_VALUE' || thrown?.code === 'ERR_INVALID_ARG_TYPE'
          && typeof promise !== 'function' && typeof promise?.then !== 'function') throw thrown;
        error = { thrown };
      }
      if (error === undefined) fail(undefined, { expected: matcher, operator: 'rejects' }, missing('rejection', matcher, text));
      check(error.thrown, matcher, text, 'rejects');
    },
    async doesNotReject(promise, expected, message) {
      try {
        await start(promise);
      } catch (error) {
        if (isWanted(error, expected)) unwanted('rejection', error, expected, message);
        throw error;
      }
    },
    ifError(value) {
      if (value === null || value === undefined) return;
      const text = typeof value === 'object' && typeof value.message === 'string' ? value.message
        || value.constructor?.name : host.inspection().inspect(value);
      throw new AssertionError({ actual: value, expected: null, operator: 'ifError',
        message: `ifError got unwanted exception: ${text}` });
    },
    ...unavailable('assert', ['Assert']),
  });

  function matches(text, pattern, message, operator, isWantedToMatch) {
    if (!host.isRegExp(pattern)) throw invalidType('regexp', 'an instance of RegExp', pattern);
    if (typeof text === 'string' && pattern.test(text) === isWantedToMatch) return;
    const shown = host.inspection().inspect(text);
    fail(message, { actual: text, expected: pattern, operator }, typeof text !== 'string'
      ? `The "string" argument must be of type string. Received type ${typeof text} (${shown})`
      : `The input ${isWantedToMatch ? 'did not match' : 'was expected to not match'} the regular expression ${pattern}. Input:\n\n${shown}\n`);
  }

  // Functions of their own, so that what is strict is not what was replaced in the other.
  function strict(...values) { return ok(...values); }
  Object.assign(strict, assert, { equal: assert.strictEqual, notEqual: assert.notStrictEqual, deepEqual: assert.deepStrictEqual,
    notDeepEqual: assert.notDeepStrictEqual });
  strict.strict = strict;
  assert.strict = strict;
  return assert;
})
