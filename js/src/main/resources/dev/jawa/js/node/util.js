// node:util (https://nodejs.org/api/util.html).
(function (host, load) {
  'use strict';

  const promisified = Symbol.for('nodejs.util.promisify.custom');

  const { inspect } = host.inspection();

  const lazy = load('node/lazy');
  const { invalidType } = load('node/errors');
  const { unavailable } = load('node/unavailable');

  function promisify(original) {
    if (typeof original !== 'function') throw invalidType('original', 'of type function', original);
    if (original[promisified] !== undefined) return original[promisified];
    return Object.setPrototypeOf(Object.defineProperties(function (...values) {
      return new Promise((resolve, reject) => {
        Reflect.apply(original, this, [...values, (error, result) => (error ? reject(error) : resolve(result))]);
      });
    }, Object.getOwnPropertyDescriptors(original)), Object.getPrototypeOf(original));
  }
  promisify.custom = promisified;

  function callbackify(original) {
    if (typeof original !== 'function') throw invalidType('original', 'of type function', original);
    const result = function (...values) {
      const callback = values.pop();
      if (typeof callback !== 'function') throw invalidType('last argument', 'of type function', callback);
      Reflect.apply(original, this, values).then((value) => process.nextTick(callback, null, value),
        (error) => process.nextTick(callback, error || Object.assign(new Error('Promise was rejected with falsy value'),
          { code: 'ERR_FALSY_VALUE_REJECTION', reason: error })));
    };
    return Object.defineProperty(result, 'name', { value: `${original.name}Callbackified` });
  }

  function inherits(constructor, parent) {
    if (typeof constructor !== 'function') throw invalidType('ctor', 'of type function', constructor);
    if (typeof parent !== 'function') throw invalidType('superCtor', 'of type function', parent);
    if (parent.prototype === undefined) throw invalidType('superCtor.prototype', 'of type object', undefined);
    Object.defineProperty(constructor, 'super_', { value: parent, writable: true, configurable: true });
    Object.setPrototypeOf(constructor.prototype, parent.prototype);
  }

  function deprecate(action, message, code) {
    let isWarned = false;
    return Object.setPrototypeOf(function (...values) {
      if (!isWarned) {
        isWarned = true;
        process.emitWarning(message, 'DeprecationWarning', code);
      }
      return new.target ? Reflect.construct(action, values, new.target) : Reflect.apply(action, this, values);
    }, action);
  }

  const tagOf = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(Uint8Array.prototype), Symbol.toStringTag).get;
  const named = (name) => (value) => Object.prototype.toString.call(value) === `[object ${name}]`;
  const isTyped = (name) => (value) => ArrayBuffer.isView(value) && tagOf.call(value) === name;
  const types = {
    isArrayBufferView: ArrayBuffer.isView,
    isTypedArray: (value) => ArrayBuffer.isView(value) && tagOf.call(value) !== undefined,
    isAnyArrayBuffer: (value) => value instanceof ArrayBuffer || value instanceof SharedArrayBuffer,
    isArrayBuffer: (value) => value instanceof ArrayBuffer,
    isSharedArrayBuffer: (value) => value instanceof SharedArrayBuffer,
    isNativeError: (value) => host.isError(value),
    isRegExp: (value) => host.isRegExp(value),
    isPromise: (value) => host.promiseState(value) !== undefined,
    isProxy: (value) => host.proxyTarget(value) !== undefined,
    isModuleNamespaceObject: (value) => host.isModuleNamespace(value),
    isBoxedPrimitive: (value) => typeof value === 'object' && value !== null
      && ['Number', 'String', 'Boolean', 'BigInt', 'Symbol'].some((name) => value instanceof globalThis[name]),
    isExternal: () => false,
    isEventTarget: (value) => value instanceof EventTarget,
    isKeyObject: (value) => typeof value === 'object' && value !== null && named('KeyObject')(value),
    isCryptoKey: (value) => typeof value === 'object' && value !== null && named('CryptoKey')(value),
    isArgumentsObject: named('Arguments'),
    isGeneratorObject: named('Generator'),
    isAsyncFunction: named('AsyncFunction'),
    isGeneratorFunction: (value) => named('GeneratorFunction')(value) || named('AsyncGeneratorFunction')(value),
    isMapIterator: named('Map Iterator'),
    isSetIterator: named('Set Iterator'),
  };
  for (const name of ['Map', 'Set', 'WeakMap', 'WeakSet', 'Date', 'DataView']) {
    types[`is${name}`] = (value) => value instanceof globalThis[name];
  }
  for (const name of ['Number', 'String', 'Boolean', 'BigInt', 'Symbol']) {
    types[`is${name}Object`] = (value) => typeof value === 'object' && value instanceof globalThis[name];
  }
  for (const name of ['Int8', 'Uint8', 'Uint8Clamped', 'Int16', 'Uint16', 'Int32', 'Uint32', 'Float16', 'Float32', 'Float64',
    'BigInt64', 'BigUint64']) types[`is${name}Array`] = isTyped(`${name}Array`);

  const noLog = Object.assign(() => {}, { enabled: false });
  const debuglog = (section) => {
    const isOn = `${process.env.NODE_DEBUG ?? ''}`.toLowerCase().split(',').includes(`${section}`.toLowerCase());
    return isOn ? Object.assign((...values) => console.error(`${section.toUpperCase()} ${process.pid}: ${
      api.format(...values)}`), { enabled: true }) : noLog;
  };

  const api = {
    inspect,
    format: (...values) => host.inspection().format(values),
    formatWithOptions: (options, ...values) => host.inspection().format(values, options),
    promisify, callbackify, inherits, deprecate, types, debuglog, debug: debuglog,
    TextEncoder, TextDecoder,
    isDeepStrictEqual: (first, second) => load('node/deep-equal').isDeepEqual(first, second, 'strict'),
    stripVTControlCharacters: (text) => text.replace(/\u001b(?:\[[0-9;?]*[ -/]*[@-~]|\][^\u0007]*\u0007)/g, ''),
    _extend: (target, source) => (source === null || typeof source !== 'object' ? target : Object.assign(target, source)),
    toUSVString: (text) => `${text}`.toWellFormed(),
    isArray: Array.isArray,
    isError: (value) => host.isError(value),
    isRegExp: (value) => host.isRegExp(value),
    isDate: types.isDate,
    isString: (value) => typeof value === 'string',
    isFunction: (value) => typeof value === 'function',
    isObject: (value) => value !== null && typeof value === 'object',
    ...lazy.functions(['parseArgs', 'parseEnv', 'styleText', 'getSystemErrorName', 'getSystemErrorMap', 'getSystemErrorMessage',
      'getCallSites', 'diff', 'transferableAbortController', 'transferableAbortSignal'], () => load('node/util-more')),
    ...lazy.classes(['MIMEType', 'MIMEParams'], () => load('node/util-more')),
    ...unavailable('util', ['convertProcessSignalToExitCode', 'markPromiseAsHandled', 'setTraceSigInt', 'debounce', 'throttle']),
    aborted: (signal) => new Promise((resolve) => { signal.addEventListener('abort', resolve, { once: true }); }),
  };
  return api;
})
