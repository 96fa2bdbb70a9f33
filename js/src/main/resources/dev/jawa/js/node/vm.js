// node:vm (https://nodejs.org/api/vm.html) in one realm: a context has global variables of its own, but shares the classes
// of the language with everybody else.
(function (host, load) {
  'use strict';

  const contexts = new WeakSet();
  const run = (0, eval);
  const textOf = (code, options) => {
    const file = typeof options === 'string' ? options : options?.filename;
    return file === undefined ? `${code}` : `${code}\n//# sourceURL=${file}`;
  };

  function createContext(object = {}) {
    if (object === null || (typeof object !== 'object' && typeof object !== 'function')) {
      throw Object.assign(new TypeError('The "contextObject" argument must be of type object.'), { code: 'ERR_INVALID_ARG_TYPE' });
    }
    contexts.add(object);
    return object;
  }

  const LANGUAGE = new Set(['Object', 'Function', 'Array', 'Number', 'parseFloat', 'parseInt', 'Infinity', 'NaN',
    'undefined', 'Boolean', 'String', 'Symbol', 'Date', 'Promise', 'RegExp', 'Error', 'AggregateError', 'EvalError',
    'RangeError', 'ReferenceError', 'SyntaxError', 'TypeError', 'URIError', 'JSON', 'Math', 'Intl', 'ArrayBuffer',
    'Atomics', 'Uint8Array', 'Int8Array', 'Uint16Array', 'Int16Array', 'Uint32Array', 'Int32Array', 'Float32Array',
    'Float64Array', 'Uint8ClampedArray', 'BigUint64Array', 'BigInt64Array', 'DataView', 'Map', 'BigInt', 'Set', 'Iterator',
    'WeakMap', 'WeakSet', 'WeakRef', 'Proxy', 'Reflect', 'FinalizationRegistry', 'SharedArrayBuffer', 'decodeURI',
    'decodeURIComponent', 'encodeURI', 'encodeURIComponent', 'escape', 'unescape', 'isFinite', 'isNaN', 'WebAssembly', 'eval']);

  // The parameters of what runs the code; the second one must not be looked for in the context.
  const SCOPE = '__jawa_scope';
  const TEXT = '__jawa_text';

  // What with() asks for every name: the object first, then the language, and nothing of the host. What is nowhere is
  // undefined, since a variable that is being declared is nowhere yet.
  function scopeOf(object) {
    return new Proxy(object, {
      has: (_, name) => name !== TEXT,
      get(target, name) {
        if (name === Symbol.unscopables) return undefined;
        if (name === 'globalThis') return object;
        if (name in target) return Reflect.get(target, name);
        return LANGUAGE.has(name) ? globalThis[name] : undefined;
      },
      set: (target, name, value) => Reflect.set(target, name, value),
    });
  }

  function runInContext(code, context, options) {
    if (!contexts.has(context)) {
      throw Object.assign(new TypeError('The "contextifiedObject" argument must be an vm.Context'), { code: 'ERR_INVALID_ARG_TYPE' });
    }
    // A variable declared with var becomes a property by itself, since it is set through the scope; a function must be set.
    const body = run(`(function (${SCOPE}, ${TEXT}) { with (${SCOPE}) return eval(${TEXT}); })`);
    const functions = [...`${code}`.matchAll(/^(?:async\s+)?function\s*\*?\s*([\w$]+)/gm)].map(([, name]) => name);
    const exporting = functions.map((name) => `globalThis[${JSON.stringify(name)}] = ${name};`).join('');
    return body.call(context, scopeOf(context), exporting + textOf(code, options));
  }

  const runInThisContext = (code, options) => run(textOf(code, options));
  const runInNewContext = (code, object, options) => runInContext(code, createContext(object), options);

  class Script {
    #code;
    #options;

    constructor(code, options) {
      this.#code = `${code}`;
      this.#options = options;
      // Says what is wrong with it now, not when it runs.
      new Function(`if (false) {}\n${this.#code.replace(/^#!.*/, '')}`);
    }

    runInThisContext() { return runInThisContext(this.#code, this.#options); }
    runInContext(context) { return runInContext(this.#code, context, this.#options); }
    runInNewContext(object) { return runInNewContext(this.#code, object, this.#options); }
    createCachedData() { return load('node/buffer').Buffer.alloc(0); }
  }

  return { Script, createContext, isContext: (object) => contexts.has(object), runInContext, runInNewContext,
    runInThisContext, createScript: (code, options) => new Script(code, options),
    compileFunction: (code, parameters = []) => new Function(...parameters, `${code}`),
    constants: { USE_MAIN_CONTEXT_DEFAULT_LOADER: Symbol('vm_dynamic_import_main_context_default'),
      DONT_CONTEXTIFY: Symbol('vm_context_no_contextify') } };
})
