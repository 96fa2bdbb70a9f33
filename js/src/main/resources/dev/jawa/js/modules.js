// CommonJS modules (https://nodejs.org/api/modules.html): files and JSON by path. And the way into the first ES module.
(function (host) {
  'use strict';

  const loaded = new Map();

  class Module {
    constructor(filename, parent) {
      this.id = filename;
      this.filename = filename;
      this.path = host.dirname(filename);
      this.exports = {};
      this.parent = parent;
      this.loaded = false;
      this.children = [];
    }
  }

  function load(filename, parent) {
    const known = loaded.get(filename);
    if (known !== undefined) return known.exports;
    const module = new Module(filename, parent);
    loaded.set(filename, module);
    parent?.children.push(module);
    try {
      if (filename.endsWith('.json')) module.exports = parseJson(filename);
      else run(module);
    } catch (error) {
      loaded.delete(filename);
      throw error;
    }
    module.loaded = true;
    return module.exports;
  }

  function parseJson(filename) {
    try {
      return JSON.parse(host.readText(filename).replace(/^\uFEFF/, ''));
    } catch (error) {
      error.message = `${filename}: ${error.message}`;
      throw error;
    }
  }

  function run(module) {
    const body = host.compileFunction(module.filename, 'exports, require, module, __filename, __dirname');
    const require = (specifier) => load(resolve(specifier, module), module);
    require.resolve = (specifier) => resolve(specifier, module);
    require.cache = cache;
    require.main = main;
    body.call(module.exports, module.exports, require, module, module.filename, module.path);
  }

  function resolve(specifier, module) {
    if (typeof specifier !== 'string') {
      throw new TypeError(`The "id" argument must be of type string. Received ${String(specifier)}`);
    }
    const filename = /^(\.{0,2}\/|\.{1,2}$)/.test(specifier) ? host.resolveFile(specifier, module.path) : undefined;
    if (filename === undefined) {
      const error = new Error(`Cannot find module '${specifier}'\nRequire stack:\n- ${module.filename}`);
      error.code = 'MODULE_NOT_FOUND';
      throw error;
    }
    return filename;
  }

  // require.cache, live: deleting an entry makes the next require load the file again.
  const cache = new Proxy(Object.create(null), {
    get: (_, key) => loaded.get(key),
    has: (_, key) => loaded.has(key),
    deleteProperty: (_, key) => { loaded.delete(key); return true; },
    ownKeys: () => [...loaded.keys()],
    getOwnPropertyDescriptor: (_, key) => (loaded.has(key)
      ? { value: loaded.get(key), writable: true, enumerable: true, configurable: true } : undefined),
  });

  let main;

  return {
    requireMain(filename) {
      main = new Module(filename);
      main.id = '.';
      loaded.set(filename, main);
      run(main);
      main.loaded = true;
    },
    importMain(url) {
      return import(url);
    },
  };
})
