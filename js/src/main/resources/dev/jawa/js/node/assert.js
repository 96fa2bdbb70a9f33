// node:assert (https://nodejs.org/api/assert.html).
(function (host, load) {
  'use strict';

  const show = (value) => host.inspection().inspect(value);

  class AssertionError extends Error {
    constructor({ message, actual, expected, operator }) {
      super(message);
      this.name = 'AssertionError';
      Object.assign(this, { generatedMessage: false, code: 'ERR_ASSERTION', actual, expected, operator });
    }
  }

  function fail(message, values, text) {
    if (message instanceof Error) throw message;
    throw new AssertionError({ message: message ?? text, ...values });
  }

  function isDeepEqual(first, second, isStrict, seen = new Map()) {
    if (isStrict ? Object.is(first, second) : first == second || (first !== first && second !== second)) return true;
    if (typeof first !== 'object' || typeof second !== 'object' || first === null || second === null) return false;
    if (isStrict && Object.getPrototypeOf(first) !== Object.getPrototypeOf(second)) return false;
    if (Object.prototype.toString.call(first) !== Object.prototype.toString.call(second)) return false;
    if (seen.get(first) === second) return true;
    seen.set(first, second);
    const same = (one, other) => isDeepEqual(one, other, isStrict, seen);
    if (Array.isArray(first) && first.length !== second.length) return false;
    if (first instanceof Date && first.getTime() !== second.getTime()) return false;
    if (host.isRegExp(first) && String(first) !== String(second)) return false;
    if (first instanceof Error && (first.message !== second.message || first.name !== second.name)) return false;
    if (['Number', 'String', 'Boolean', 'BigInt'].some((name) => first instanceof globalThis[name])
      && !Object.is(first.valueOf(), second.valueOf())) return false;
    if (first instanceof ArrayBuffer) return same(new Uint8Array(first), new Uint8Array(second));
    if (ArrayBuffer.isView(first)) {
      if (first.byteLength !== second.byteLength) return false;
      if (!(first instanceof DataView)) return first.every((value, at) => same(value, second[at]));
    }
    if (first instanceof Map) {
      if (first.size !== second.size) return false;
      for (const [key, value] of first) if (!second.has(key) || !same(value, second.get(key))) return false;
    }
    if (first instanceof Set) {
      if (first.size !== second.size) return false;
      for (const value of first) {
        if (!second.has(value) && ![...second].some((other) => same(value, other))) return false;
      }
    }
    const keys = Object.keys(first);
    return keys.length === Object.keys(second).length
      && keys.every((key) => Object.hasOwn(second, key) && same(first[key], second[key]));
  }

  function matches(error, expected, message) {
    if (expected === undefined) return;
    if (typeof expected === 'function') {
      if (expected.prototype !== undefined && error instanceof expected) return;
      if (Error.isPrototypeOf(expected) || expected === Error) throw error;
      if (expected.call({}, error) === true) return;
    } else if (host.isRegExp(expected)) {
      if (expected.test(String(error))) return;
    } else if (Object.keys(expected).every((key) => (host.isRegExp(expected[key]) && typeof error[key] === 'string'
      ? expected[key].test(error[key]) : isDeepEqual(error[key], expected[key], true)))) return;
    fail(message, { actual: error, expected, operator: 'throws' }, `The error does not match: ${show(error)}`);
  }

  const assert = (...values) => assert.ok(...values);
  const compare = (operator, test, text) => (actual, expected, message) => {
    if (!test(actual, expected)) fail(message, { actual, expected, operator }, `${text}\n\n${show(actual)}\n${show(expected)}\n`);
  };
  Object.assign(assert, {
    AssertionError, isDeepEqual,
    ok(value, message) {
      if (!value) {
        fail(message, { actual: value, expected: true, operator: '==' },
          'The expression evaluated to a falsy value');
      }
    },
    fail(message = 'Failed') { fail(message, { operator: 'fail' }); },
    equal: compare('==', (first, second) => first == second || (first !== first && second !== second), 'Expected values to be loosely equal:'),
    notEqual: compare('!=', (first, second) => first != second, 'Expected values to be loosely unequal:'),
    strictEqual: compare('strictEqual', Object.is, 'Expected values to be strictly equal:'),
    notStrictEqual: compare('notStrictEqual', (first, second) => !Object.is(first, second), 'Expected values to be strictly unequal:'),
    deepEqual: compare('deepEqual', (first, second) => isDeepEqual(first, second, false), 'Expected values to be loosely deep-equal:'),
    notDeepEqual: compare('notDeepEqual', (first, second) => !isDeepEqual(first, second, false), 'Expected values not to be loosely deep-equal:'),
    deepStrictEqual: compare('deepStrictEqual', (first, second) => isDeepEqual(first, second, true), 'Expected values to be strictly deep-equal:'),
    notDeepStrictEqual: compare('notDeepStrictEqual', (first, second) => !isDeepEqual(first, second, true), 'Expected values not to be strictly deep-equal:'),
    match: compare('match', (text, pattern) => pattern.test(text), 'The input did not match the regular expression:'),
    doesNotMatch: compare('doesNotMatch', (text, pattern) => !pattern.test(text), 'The input was expected to not match:'),
    throws(action, expected, message) {
      const [matcher, text] = typeof expected === 'string' ? [undefined, expected] : [expected, message];
      try {
        action();
      } catch (error) {
        matches(error, matcher, text);
        return;
      }
      fail(text, { operator: 'throws' }, 'Missing expected exception.');
    },
    doesNotThrow(action) { action(); },
    async rejects(promise, expected, message) {
      try {
        await (typeof promise === 'function' ? promise() : promise);
      } catch (error) {
        matches(error, expected, message);
        return;
      }
      fail(message, { operator: 'rejects' }, 'Missing expected rejection.');
    },
    async doesNotReject(promise) { await (typeof promise === 'function' ? promise() : promise); },
    ifError(value) { if (value !== null && value !== undefined) throw value; },
  });
  const strict = Object.assign((...values) => assert.ok(...values), assert, { equal: assert.strictEqual,
    notEqual: assert.notStrictEqual, deepEqual: assert.deepStrictEqual, notDeepEqual: assert.notDeepStrictEqual });
  strict.strict = strict;
  assert.strict = strict;
  return assert;
})
