// Which file a specifier of import or require means (https://nodejs.org/api/esm.html#resolution-algorithm-specification,
// https://nodejs.org/api/modules.html#all-together).
(function (host) {
  'use strict';

  const FILE = 1;
  const DIRECTORY = 2;
  const REQUIRE_EXTENSIONS = ['.js', '.json', '.node', '.cjs', '.mjs', '.wasm'];

  const descriptions = new Map();

  function failure(Class, code, message) {
    const error = new Class(message);
    error.code = code;
    return error;
  }

  // The package.json of a folder; undefined if it has none.
  function readPackage(folder) {
    if (descriptions.has(folder)) return descriptions.get(folder);
    const path = host.join(folder, 'package.json');
    let result;
    if (host.kind(path) === FILE) {
      let data;
      try {
        data = JSON.parse(host.readText(path));
      } catch (error) {
        throw failure(Error, 'ERR_INVALID_PACKAGE_CONFIG', `Invalid package config ${path}. ${error.message}`);
      }
      result = { folder, data: data !== null && typeof data === 'object' ? data : {} };
    }
    descriptions.set(folder, result);
    return result;
  }

  // The package that a file belongs to.
  function packageOf(file) {
    for (let folder = host.dirname(file); ; folder = host.dirname(folder)) {
      if (host.basename(folder) === 'node_modules') return undefined;
      const found = readPackage(folder);
      if (found !== undefined) return found;
      if (host.dirname(folder) === folder) return undefined;
    }
  }

  function* nodeModulesFolders(from) {
    for (let folder = from; ; folder = host.dirname(folder)) {
      if (host.basename(folder) !== 'node_modules') yield host.join(folder, 'node_modules');
      if (host.dirname(folder) === folder) return;
    }
  }

  function splitBare(specifier, from) {
    const match = /^(@[^/\\%]+\/[^/\\%]+|[^@./\\%][^/\\%]*)(\/.*)?$/.exec(specifier);
    if (match === null) {
      throw failure(TypeError, 'ERR_INVALID_MODULE_SPECIFIER',
        `Invalid module "${specifier}" is not a valid package name imported from ${from}`);
    }
    return { name: match[1], subpath: `.${match[2] ?? ''}` };
  }

  // PACKAGE_TARGET_RESOLVE: a path; null if the target is excluded; undefined if no condition holds.
  function resolveTarget(target, match, description, key, conditions, isImport) {
    if (typeof target === 'string') return resolveTextTarget(target, match, description, key, conditions, isImport);
    if (Array.isArray(target)) return resolveAlternatives(target, match, description, key, conditions, isImport);
    if (target === null) return null;
    if (typeof target !== 'object') throw invalidTarget(target, description, key);
    for (const condition of Object.keys(target)) {
      if (condition !== 'default' && !conditions.includes(condition)) continue;
      const resolved = resolveTarget(target[condition], match, description, key, conditions, isImport);
      if (resolved !== undefined) return resolved;
    }
    return undefined;
  }

  function resolveAlternatives(targets, match, description, key, conditions, isImport) {
    let last = null;
    let problem;
    for (const target of targets) {
      try {
        const resolved = resolveTarget(target, match, description, key, conditions, isImport);
        if (resolved === undefined) continue;
        if (resolved !== null) return resolved;
        last = null;
        problem = undefined;
      } catch (error) {
        if (error.code !== 'ERR_INVALID_PACKAGE_TARGET') throw error;
        problem = error;
      }
    }
    if (problem !== undefined) throw problem;
    return last;
  }

  function resolveTextTarget(target, match, description, key, conditions, isImport) {
    const filled = match === undefined ? target : target.replaceAll('*', () => match);
    if (!target.startsWith('./')) {
      if (!isImport || /^(\.\.?\/|\/|[a-z]+:\/)/.test(target)) throw invalidTarget(target, description, key);
      return host.isBuiltin(filled) ? { builtin: filled }
        : { path: resolvePackage(filled, host.join(description.folder, 'package.json'), conditions) };
    }
    const forbidden = /(^|[\\/])(\.\.?|%2e|%2e%2e|node_modules)([\\/]|$)/i;
    if (forbidden.test(target.slice(2)) || (match !== undefined && forbidden.test(match))) {
      throw invalidTarget(target, description, key);
    }
    return { path: host.join(description.folder, filled) };
  }

  const invalidTarget = (target, description, key) => failure(Error, 'ERR_INVALID_PACKAGE_TARGET',
    `Invalid target ${JSON.stringify(target)} defined for '${key}' in ${host.join(description.folder, 'package.json')}`);

  // PACKAGE_IMPORTS_EXPORTS_RESOLVE
  function resolveInMap(key, map, description, conditions, isImport) {
    if (Object.hasOwn(map, key) && !key.includes('*')) {
      return resolveTarget(map[key], undefined, description, key, conditions, isImport);
    }
    let best;
    for (const pattern of Object.keys(map)) {
      const star = pattern.indexOf('*');
      if (star < 0 || star !== pattern.lastIndexOf('*')) continue;
      const start = pattern.slice(0, star);
      const end = pattern.slice(star + 1);
      if (!key.startsWith(start) || key === start || !key.endsWith(end) || key.length < pattern.length) continue;
      if (best === undefined || star > best.star || (star === best.star && pattern.length > best.pattern.length)) {
        best = { pattern, star, match: key.slice(star, key.length - end.length) };
      }
    }
    if (best === undefined) return undefined;
    return resolveTarget(map[best.pattern], best.match, description, key, conditions, isImport);
  }

  function resolveExports(description, subpath, conditions, from) {
    const { exports } = description.data;
    const isMap = exports !== null && typeof exports === 'object' && !Array.isArray(exports)
      && Object.keys(exports).some((key) => key.startsWith('.'));
    const map = isMap ? exports : { '.': exports };
    const resolved = resolveInMap(subpath, map, description, conditions, false);
    if (resolved === undefined || resolved === null) {
      const what = subpath === '.' ? 'No "exports" main defined' : `Package subpath '${subpath}' is not defined by "exports"`;
      throw failure(Error, 'ERR_PACKAGE_PATH_NOT_EXPORTED',
        `${what} in ${host.join(description.folder, 'package.json')}${from === undefined ? '' : ` imported from ${from}`}`);
    }
    return resolved.path;
  }

  // #name, by the imports of the own package.
  function resolveImports(specifier, from, conditions) {
    const description = packageOf(from);
    const map = description?.data.imports;
    if (map !== null && typeof map === 'object' && specifier !== '#' && !specifier.startsWith('#/')) {
      const resolved = resolveInMap(specifier, map, description, conditions, true);
      if (resolved !== undefined && resolved !== null) return resolved;
    }
    throw failure(TypeError, 'ERR_PACKAGE_IMPORT_NOT_DEFINED', `Package import specifier "${specifier}" is not defined`
      + `${description === undefined ? '' : ` in package ${host.join(description.folder, 'package.json')}`} imported from ${from}`);
  }

  function resolveSelf(name, subpath, from, conditions) {
    const description = packageOf(from);
    if (description === undefined || description.data.name !== name) return undefined;
    const { exports } = description.data;
    if (exports === undefined || exports === null) return undefined;
    return resolveExports(description, subpath, conditions, from);
  }

  // PACKAGE_RESOLVE
  function resolvePackage(specifier, from, conditions) {
    const { name, subpath } = splitBare(specifier, from);
    const self = resolveSelf(name, subpath, from, conditions);
    if (self !== undefined) return self;
    for (const parent of nodeModulesFolders(host.dirname(from))) {
      const folder = host.join(parent, name);
      if (host.kind(folder) !== DIRECTORY) continue;
      const description = readPackage(folder);
      const exports = description?.data.exports;
      if (exports !== undefined && exports !== null) return resolveExports(description, subpath, conditions, from);
      if (subpath !== '.') return host.join(folder, subpath);
      const main = mainOf(folder, description);
      if (main !== undefined) return main;
      break;
    }
    throw notFound(`Cannot find package '${name}' imported from ${from}`);
  }

  const notFound = (message) => failure(Error, 'ERR_MODULE_NOT_FOUND', message);

  // LEGACY_MAIN_RESOLVE
  function mainOf(folder, description) {
    const { main } = description?.data ?? {};
    if (typeof main === 'string') {
      const path = host.join(folder, main);
      const found = asFile(path) ?? asIndex(path);
      if (found !== undefined) return found;
    }
    return asIndex(folder);
  }

  function asFile(path) {
    if (host.kind(path) === FILE) return path;
    for (const extension of REQUIRE_EXTENSIONS) {
      if (host.kind(path + extension) === FILE) return path + extension;
    }
    return undefined;
  }

  const asIndex = (folder) => (host.kind(folder) === DIRECTORY ? asFile(host.join(folder, 'index')) : undefined);

  // ESM_RESOLVE: { builtin } or { path, query }.
  function resolveImport(specifier, from, conditions) {
    if (host.isBuiltin(specifier)) return { builtin: specifier };
    const [, name, query] = /^([^?]*)(\?.*)?$/s.exec(specifier);
    let found;
    if (/^file:/i.test(specifier)) {
      found = { path: host.pathOfUrl(specifier.replace(/[?#].*/s, '')) };
    } else if (/^(\.{0,2}\/|\.{1,2}$)/.test(specifier)) {
      if (from === undefined && !specifier.startsWith('/')) {
        throw failure(TypeError, 'ERR_INVALID_URL', `Nothing that '${specifier}' could be relative to`);
      }
      const text = decodeURIComponent(name.replace(/#.*/s, ''));
      found = { path: host.join(from === undefined || text.startsWith('/') ? '/' : host.dirname(from), text) };
      if (name.endsWith('/')) throw unsupportedDirectory(found.path, from);
    } else if (/^[a-z][a-z0-9+.-]+:/i.test(specifier)) {
      throw failure(Error, 'ERR_UNSUPPORTED_ESM_URL_SCHEME',
        `Only file:, data: and node: URLs can be imported. Received '${specifier}'`);
    } else if (specifier.startsWith('#')) {
      found = resolveImports(specifier, from, conditions);
    } else {
      found = { path: resolvePackage(specifier, from ?? host.join(host.cwd(), 'x'), conditions) };
    }
    if (found.builtin !== undefined) return found;
    const kind = host.kind(found.path);
    if (kind === DIRECTORY) throw unsupportedDirectory(found.path, from);
    if (kind !== FILE) {
      throw notFound(`Cannot find module '${found.path}'${from === undefined ? '' : ` imported from ${from}`}`);
    }
    const isFileSpecifier = query !== undefined && /^(file:|\.{0,2}\/)/i.test(specifier);
    return { path: host.realpath(found.path), query: isFileSpecifier ? query : '' };
  }

  const unsupportedDirectory = (path, from) => failure(Error, 'ERR_UNSUPPORTED_DIR_IMPORT',
    `Directory import '${path}' is not supported resolving ES modules imported from ${from}`);

  // require(X) from a file: { builtin } or { path }, or undefined.
  function resolveRequire(specifier, from, conditions) {
    if (host.isBuiltin(specifier)) return { builtin: specifier };
    if (/^(\.{0,2}\/|\.{1,2}$)/.test(specifier) || host.isAbsolute(specifier)) {
      return real(asRequired(host.join(host.dirname(from), specifier), specifier));
    }
    if (specifier.startsWith('#')) {
      const found = resolveImports(specifier, from, conditions);
      return found.builtin !== undefined ? found : real(asRequired(found.path, specifier));
    }
    if (!/^(@[^/\\%]+\/[^/\\%]+|[^@./\\%][^/\\%]*)(\/.*)?$/.test(specifier)) return undefined;
    const { name, subpath } = splitBare(specifier, from);
    const self = resolveSelf(name, subpath, from, conditions);
    if (self !== undefined) return real(self);
    for (const parent of nodeModulesFolders(host.dirname(from))) {
      const folder = host.join(parent, name);
      const description = host.kind(folder) === DIRECTORY ? readPackage(folder) : undefined;
      const exports = description?.data.exports;
      const found = exports !== undefined && exports !== null ? resolveExports(description, subpath, conditions)
        : asRequired(subpath === '.' ? folder : host.join(folder, subpath), specifier);
      if (found !== undefined) return real(found);
    }
    return undefined;
  }

  const real = (path) => (path === undefined || host.kind(path) !== FILE ? undefined : { path: host.realpath(path) });

  // LOAD_AS_FILE, LOAD_AS_DIRECTORY
  function asRequired(path, specifier) {
    if (!/(^|\/)\.{0,2}$/.test(specifier)) {
      const file = asFile(path);
      if (file !== undefined) return file;
    }
    return host.kind(path) === DIRECTORY ? mainOf(path, readPackage(path)) : undefined;
  }

  // ESM_FILE_FORMAT
  function formatOf(path) {
    const extension = /\.[^./\\]*$/.exec(path)?.[0];
    switch (extension) {
      case '.mjs': return 'module';
      case '.cjs': return 'commonjs';
      case '.json': return 'json';
      case '.wasm': case '.wat': return 'wasm';
      case '.node': return 'addon';
      default:
    }
    const type = packageOf(path)?.data.type;
    if (type === 'module') return 'module';
    if (type === 'commonjs') return 'commonjs';
    return looksLikeModule(path) ? 'module' : 'commonjs';
  }

  const hasModuleSyntax = (text) =>
    /^[ \t]*(import[\s"'{*]|export[\s{*])|[;}](import|export)[\s{*"']/m.test(text);

  // Without a type it is CommonJS, unless that cannot be and it has the syntax of ES modules.
  function looksLikeModule(path) {
    if (!hasModuleSyntax(host.readText(path))) return false;
    try {
      host.compileFunction(path, 'exports, require, module, __filename, __dirname');
      return false;
    } catch (error) {
      if (error instanceof SyntaxError) return true;
      throw error;
    }
  }

  return { resolveImport, resolveRequire, formatOf, hasModuleSyntax, packageOf, nodeModulesFolders };
})
