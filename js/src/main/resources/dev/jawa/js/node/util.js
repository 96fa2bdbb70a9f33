// node:util (https://nodejs.org/api/util.html).
(function (host, load) {
  'use strict';

  const promisified = Symbol.for('nodejs.util.promisify.custom');

  const { inspect } = host.inspection();

  function promisify(original) {
    if (typeof original !== 'function') {
      throw Object.assign(new TypeError(`The "original" argument must be of type function. Received ${typeof original}`),
        { code: 'ERR_INVALID_ARG_TYPE' });
    }
    if (original[promisified] !== undefined) return original[promisified];
    return Object.setPrototypeOf(Object.defineProperties(function (...values) {
      return new Promise((resolve, reject) => {
        Reflect.apply(original, this, [...values, (error, result) => (error ? reject(error) : resolve(result))]);
      });
    }, Object.getOwnPropertyDescriptors(original)), Object.getPrototypeOf(original));
  }
  promisify.custom = promisified;

  const callbackify = (original) => function (...values) {
    const callback = values.pop();
    Reflect.apply(original, this, values).then((result) => process.nextTick(callback, null, result),
      (error) => process.nextTick(callback, error ?? new Error('Promise was rejected with falsy value')));
  };

  function inherits(constructor, parent) {
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
  for (const name of ['Int8', 'Uint8', 'Uint8Clamped', 'Int16', 'Uint16', 'Int32', 'Uint32', 'Float32', 'Float64',
    'BigInt64', 'BigUint64']) types[`is${name}Array`] = isTyped(`${name}Array`);

  function parseArgs({ args = process.argv.slice(2), options = {}, allowPositionals = false, strict = true } = {}) {
    const values = {};
    const positionals = [];
    const add = (name, value) => {
      if (options[name]?.multiple) (values[name] ??= []).push(value);
      else values[name] = value;
    };
    const list = [...args];
    while (list.length > 0) {
      const text = list.shift();
      if (text === '--') {
        positionals.push(...list.splice(0));
      } else if (/^--?[^-]/.test(text)) {
        const [, long, inline] = /^--?([^=]+)(?:=(.*))?$/s.exec(text);
        const name = text.startsWith('--') ? long
          : Object.keys(options).find((key) => options[key].short === long) ?? long;
        if (strict && options[name] === undefined) {
          throw Object.assign(new TypeError(`Unknown option '${text}'`), { code: 'ERR_PARSE_ARGS_UNKNOWN_OPTION' });
        }
        add(name, options[name]?.type === 'string' ? inline ?? list.shift() : true);
      } else {
        if (strict && !allowPositionals) {
          throw Object.assign(new TypeError(`Unexpected argument '${text}'`),
            { code: 'ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL' });
        }
        positionals.push(text);
      }
    }
    for (const [name, option] of Object.entries(options)) if (option.default !== undefined) values[name] ??= option.default;
    return { values, positionals };
  }

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
    promisify, callbackify, inherits, deprecate, types, parseArgs, debuglog, debug: debuglog,
    TextEncoder, TextDecoder,
    isDeepStrictEqual: (first, second) => load('node/assert').isDeepEqual(first, second, true),
    stripVTControlCharacters: (text) => text.replace(/\u001b(?:\[[0-9;?]*[ -/]*[@-~]|\][^\u0007]*\u0007)/g, ''),
    styleText: (_, text) => text,
    _extend: (target, source) => (source === null || typeof source !== 'object' ? target : Object.assign(target, source)),
    toUSVString: (text) => `${text}`.toWellFormed(),
    isArray: Array.isArray,
    isError: (value) => host.isError(value),
    isRegExp: (value) => host.isRegExp(value),
    isDate: types.isDate,
    isString: (value) => typeof value === 'string',
    isFunction: (value) => typeof value === 'function',
    isObject: (value) => value !== null && typeof value === 'object',
    getSystemErrorName: (number) => ({ '-2': 'ENOENT', '-13': 'EACCES', '-17': 'EEXIST' })[number] ?? `Unknown system error ${number}`,
    aborted: (signal) => new Promise((resolve) => { signal.addEventListener('abort', resolve, { once: true }); }),
  };
  return api;
})
