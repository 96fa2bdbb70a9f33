// CommonJS modules (https://nodejs.org/api/modules.html), what import gets of them, and the way into the first module.
(function (host, load) {
  'use strict';

  const { resolveImport, resolveRequire, formatOf, hasModuleSyntax, packageOf, nodeModulesFolders } = load('modules/resolution');

  const REQUIRE_CONDITIONS = ['node', 'require', 'module-sync'];
  const IMPORT_CONDITIONS = ['node', 'import', 'module-sync'];
  const PARAMETERS = 'exports, require, module, __filename, __dirname';

  const loaded = new Map();
  let main;

  class Module {
    constructor(id = '', parent = undefined) {
      this.id = id;
      this.path = host.dirname(id);
      this.exports = {};
      this.filename = id;
      this.loaded = false;
      this.children = [];
      Object.defineProperty(this, 'parent', { value: parent, writable: true, configurable: true });
      parent?.children?.push(this);
    }

    get paths() { return [...nodeModulesFolders(this.path)]; }

    require(id) { return Module._load(id, this, false); }

    load(filename) {
      this.filename = filename;
      const extension = /\.[^./\\]*$/.exec(filename)?.[0];
      (Module._extensions[extension] ?? Module._extensions['.js'])(this, filename);
      this.loaded = true;
    }

    _compile(content, filename) {
      const body = host.compileText(filename, PARAMETERS, content);
      return body.call(this.exports, this.exports, makeRequire(this), this, filename, host.dirname(filename));
    }

    static _load(request, parent, isMain) {
      const resolved = find(request, parent);
      if (resolved.builtin !== undefined) return builtin(resolved.builtin);
      return loadFile(resolved.path, parent, isMain);
    }

    static _resolveFilename(request, parent) {
      const { builtin: name, path } = find(request, parent);
      return name ?? path;
    }

    static _nodeModulePaths(from) { return [...nodeModulesFolders(from)]; }

    static wrap(text) { return `(function (${PARAMETERS}) { ${text}\n});`; }

    static createRequire(from) {
      const path = /^file:/.test(`${from}`) ? host.pathOfUrl(`${from}`) : `${from}`;
      if (!host.isAbsolute(path)) {
        throw Object.assign(new TypeError(`The argument 'filename' must be a file URL or an absolute path. Received '${from}'`),
          { code: 'ERR_INVALID_ARG_VALUE' });
      }
      return makeRequire(new Module(path.endsWith('/') ? `${path}noop.js` : path));
    }

    static isBuiltin(name) { return host.isBuiltin(`${name}`); }

    static get builtinModules() { return host.builtinNames(); }
  }
  for (const name of ['_load', '_resolveFilename', '_nodeModulePaths', 'wrap', 'createRequire', 'isBuiltin', 'builtinModules']) {
    Object.defineProperty(Module, name, { enumerable: true });
  }
  Module.Module = Module;
  const { unavailable } = load('node/unavailable');
  Object.assign(Module, { wrapper: [`(function (${PARAMETERS}) { `, '\n});'], isPreloading: false, syncBuiltinESMExports() {},
    constants: { compileCacheStatus: { FAILED: 0, ENABLED: 1, ALREADY_ENABLED: 2, DISABLED: 3 } },
      enableCompileCache: () => ({ status: 3 }),
    flushCompileCache() {}, getCompileCacheDir: () => undefined, findSourceMap: () => undefined,
    getSourceMapsSupport: () => ({ enabled: false, nodeModules: false, generatedCode: false }), setSourceMapsSupport() {},
    findPackageJSON(specifier, base) {
      const from = /^file:/.test(`${base ?? specifier}`) ? host.pathOfUrl(`${base ?? specifier}`) : `${base ?? specifier}`;
      if (base === undefined || /^\.{0,2}\//.test(`${specifier}`)) {
        return packageOf(base === undefined ? from : host.join(host.dirname(from), `${specifier}`))?.path;
      }
      for (const folder of nodeModulesFolders(host.dirname(from))) {
        const path = host.join(folder, `${specifier}/package.json`);
        if (host.kind(path) === 1) return path;
      }
      return undefined;
    } }, unavailable('module', ['register', 'registerHooks', 'runMain', 'stripTypeScriptTypes', 'SourceMap']));
  Module.globalPaths = [];
  Module._pathCache = Object.create(null);

  Module._extensions = Object.assign(Object.create(null), {
    '.js'(module, filename) {
      if (formatOf(filename) === 'module') {
        module.exports = host.requireModule(filename);
        return;
      }
      const body = host.compileFunction(filename, PARAMETERS);
      body.call(module.exports, module.exports, makeRequire(module), module, filename, module.path);
    },
    '.json'(module, filename) {
      try {
        module.exports = JSON.parse(host.readText(filename).replace(/^\uFEFF/, ''));
      } catch (error) {
        error.message = `${filename}: ${error.message}`;
        throw error;
      }
    },
    '.wasm'(module, filename) {
      module.exports = host.requireModule(filename);
    },
    '.node'(module, filename) {
      throw Object.assign(new Error(`${filename} is machine code for Node.js, which cannot be loaded here`),
        { code: 'ERR_DLOPEN_FAILED' });
    },
  });

  const builtin = (name) => {
    const plain = name.replace(/^node:/, '');
    return plain === 'module' ? Module : host.builtin(plain);
  };

  function find(request, parent) {
    if (typeof request !== 'string') {
      throw Object.assign(new TypeError(`The "id" argument must be of type string. Received ${String(request)}`),
        { code: 'ERR_INVALID_ARG_TYPE' });
    }
    const from = parent?.filename ?? host.join(host.cwd(), 'x');
    const resolved = resolveRequire(request, from, REQUIRE_CONDITIONS);
    if (resolved !== undefined) return resolved;
    const stack = [];
    for (let module = parent; module?.filename !== undefined; module = module.parent) stack.push(module.filename);
    const error = new Error(`Cannot find module '${request}'${stack.length === 0 ? ''
      : `\nRequire stack:\n- ${stack.join('\n- ')}`}`);
    error.code = 'MODULE_NOT_FOUND';
    error.requireStack = stack;
    throw error;
  }

  function loadFile(filename, parent, isMain) {
    const known = loaded.get(filename);
    if (known !== undefined) return known.exports;
    const module = new Module(filename, parent);
    if (isMain) {
      module.id = '.';
      main = module;
    }
    loaded.set(filename, module);
    try {
      module.load(filename);
    } catch (error) {
      loaded.delete(filename);
      throw error;
    }
    return module.exports;
  }

  function makeRequire(module) {
    const require = (id) => Module._load(id, module, false);
    require.resolve = (request, options) => {
      const folders = options?.paths;
      if (folders === undefined) return Module._resolveFilename(request, module);
      for (const folder of folders) {
        const found = resolveRequire(request, host.join(host.absolute(folder), 'x'), REQUIRE_CONDITIONS);
        if (found !== undefined) return found.builtin ?? found.path;
      }
      return find(request, { filename: module.filename });
    };
    require.resolve.paths = (request) => (host.isBuiltin(request) ? null : [...nodeModulesFolders(module.path)]);
    require.cache = cache;
    require.main = main;
    require.extensions = Module._extensions;
    return require;
  }

  // require.cache, live: deleting an entry makes the next require load the file again.
  const cache = new Proxy(Object.create(null), {
    get: (_, key) => loaded.get(key),
    has: (_, key) => loaded.has(key),
    set: (_, key, value) => { loaded.set(key, value); return true; },
    deleteProperty: (_, key) => { loaded.delete(key); return true; },
    ownKeys: () => [...loaded.keys()],
    getOwnPropertyDescriptor: (_, key) => (loaded.has(key)
      ? { value: loaded.get(key), writable: true, enumerable: true, configurable: true } : undefined),
  });
  Module._cache = cache;

  // What import gets

  function commonJsNames(filename, visited = new Set()) {
    if (visited.has(filename)) return new Set();
    visited.add(filename);
    const { names, reexports } = load('modules/exports')(host.readText(filename));
    const all = new Set(names);
    for (const specifier of reexports) {
      try {
        const found = resolveRequire(specifier, filename, REQUIRE_CONDITIONS);
        if (found?.builtin !== undefined) Object.keys(builtin(found.builtin)).forEach((name) => all.add(name));
        else if (found !== undefined && formatOf(found.path) === 'commonjs') {
          commonJsNames(found.path, visited).forEach((name) => all.add(name));
        }
      } catch {
        // Whoever requires it will see why it cannot be found.
      }
    }
    return all;
  }

  function describe(key, names, evaluate) {
    const exported = [...new Set([...names, 'default'])].filter((name) => name.isWellFormed());
    return { kind: 'synthetic', key, names: exported, evaluate: () => {
      const exports = evaluate();
      const isObject = exports !== null && (typeof exports === 'object' || typeof exports === 'function');
      return exported.map((name) => (name === 'default' || name === 'module.exports' ? exports
        : isObject ? exports[name] : undefined));
    } };
  }

  const MAIN_TEXT = 'jawa:main';
  let mainText;

  // The text of a blob: or data: URL.
  function textOf(url) {
    const { DOMException } = load('web/events');
    if (/^data:/i.test(url)) {
      const [, type, data] = /^data:([^,]*),(.*?)(?:#.*)?$/is.exec(url) ?? [];
      if (data === undefined) throw new DOMException(`Not a data: URL: ${url}`, 'SyntaxError');
      const bytes = decodeURIComponent(data);
      return /;\s*base64$/i.test(type) ? new TextDecoder().decode(Uint8Array.from(atob(bytes), (c) => c.charCodeAt(0))) : bytes;
    }
    const found = host.blobUrls.find(url.replace(/#.*/s, ''));
    if (found === undefined) throw new DOMException(`There is no blob ${url}`, 'NetworkError');
    return new TextDecoder().decode(found[0]);
  }

  // What the module loader is to load for a specifier.
  function resolveForImport(specifier, from, isSource) {
    if (/^blob:/i.test(specifier)) return { kind: 'text', key: specifier, text: textOf(specifier) };
    if (specifier === MAIN_TEXT && mainText !== undefined) return mainText;
    const { builtin: name, path, query } = resolveImport(specifier, from, IMPORT_CONDITIONS);
    if (name !== undefined) {
      const exports = builtin(name);
      return describe(`node:${name.replace(/^node:/, '')}`, Object.keys(exports), () => exports);
    }
    const key = path + query;
    switch (formatOf(path)) {
      case 'module': return { kind: 'module', key, path };
      case 'json': return { kind: 'json', key, path };
      case 'wasm': return { kind: 'wasm', key, path, isSource };
      case 'addon': throw Object.assign(new Error(`${path} is machine code for Node.js, which cannot be loaded here`),
        { code: 'ERR_UNKNOWN_FILE_EXTENSION' });
      default: return describe(key, [...commonJsNames(path), 'module.exports'], () => loadFile(path, undefined, false));
    }
  }

  return {
    Module,
    resolveForImport,
    urlOf(specifier, from) {
      const { builtin: name, path, query } = resolveImport(specifier, from, IMPORT_CONDITIONS);
      return name === undefined ? host.urlOfPath(path) + query : `node:${name.replace(/^node:/, '')}`;
    },
    // The script of a worker, a path or a URL: { file }, or { file, location } and for a classic script { text }.
    scriptOf(url, folder, isClassic) {
      const text = `${url?.href ?? url}`;
      if (/^file:/i.test(text)) return { file: host.pathOfUrl(text.replace(/[?#].*/s, '')) };
      if (/^(blob|data):/i.test(text)) {
        return { file: host.join(folder, '[worker]'), location: text, text: isClassic ? textOf(text) : undefined };
      }
      if (/^[a-z][a-z0-9+.-]+:/i.test(text)) {
        throw new (load('web/events').DOMException)(
          `A script cannot be loaded from ${text}, only from file:, blob: and data: URLs`, 'SecurityError');
      }
      return { file: host.isAbsolute(text) ? text : host.join(folder, text) };
    },
    // What is not there is nothing in particular; whoever runs it will say so.
    modeOf: (path) => (host.kind(path) !== 0 && formatOf(path) === 'module' ? 'MODULE' : 'COMMONJS'),
    requireMain(filename) {
      if (host.kind(filename) === 0) {
        throw Object.assign(new Error(`Cannot find module '${filename}'`), { code: 'MODULE_NOT_FOUND', requireStack: [] });
      }
      loadFile(host.realpath(filename), undefined, true);
    },
    // Runs a text as the first module: as CommonJS, or if that cannot be and it looks like one as an ES module.
    runMain(filename, text) {
      main = new Module('[worker eval]', undefined);
      main.filename = filename;
      try {
        host.compileText(filename, PARAMETERS, text);
      } catch (error) {
        if (!(error instanceof SyntaxError) || !hasModuleSyntax(text)) throw error;
        mainText = { kind: 'source', key: '[worker eval]', path: filename, text };
        return import(MAIN_TEXT);
      }
      main._compile(text, filename);
      return undefined;
    },
    importMain(url) { return import(url); },
  };
})
