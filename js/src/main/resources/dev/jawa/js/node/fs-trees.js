// What node:fs does with folders and all that is in them: cp, glob, opendir, watch.
(function (host, load) {
  'use strict';

  const fs = load('node/fs');
  const path = load('node/path');
  const EventEmitter = load('node/events');
  const { failure, invalidType, systemError } = load('node/errors');
  const { fileURLToPath } = load('node/url');
  const { files } = host;

  const textOf = (value) => (value instanceof URL ? fileURLToPath(value) : `${value}`);

  // cp

  function cp(source, target, options = {}) {
    const from = textOf(source);
    const to = textOf(target);
    const settings = { force: true, errorOnExist: false, recursive: false, dereference: false, ...options };
    const stat = settings.dereference ? fs.statSync : fs.lstatSync;
    const status = stat(from);
    if (status.isDirectory() && !settings.recursive) {
      throw failure(Error, 'ERR_FS_EISDIR', `Recursive option not enabled, cannot copy a directory: ${from}/`);
    }
    const inside = path.relative(path.resolve(from), path.resolve(to));
    if (status.isDirectory() && (inside === '' || !inside.startsWith('..') && !path.isAbsolute(inside))) {
      throw failure(Error, 'ERR_FS_CP_EINVAL',
        inside === '' ? 'src and dest cannot be the same' : `Cannot copy ${from}/ to a subdirectory of self ${to}`);
    }
    fs.mkdirSync(path.dirname(to), { recursive: true });
    copyEntry(from, to, settings, stat);
  }

  function copyEntry(from, to, settings, stat) {
    if (settings.filter !== undefined && !settings.filter(from, to)) return;
    const status = stat(from);
    const there = fs.lstatSync(to, { throwIfNoEntry: false });
    if (status.isDirectory()) {
      if (there !== undefined && !there.isDirectory()) {
        throw systemError('ERR_FS_CP_DIR_TO_NON_DIR', 'Cannot overwrite non-directory with directory', 'cp', 'EISDIR',
        `cannot overwrite non-directory ${to} with directory ${from}`, to);
      }
      fs.mkdirSync(to, { recursive: true });
      for (const name of fs.readdirSync(from)) copyEntry(path.join(from, name), path.join(to, name), settings, stat);
      return;
    }
    if (there?.isDirectory()) {
      throw systemError('ERR_FS_CP_NON_DIR_TO_DIR', 'Cannot overwrite directory with non-directory', 'cp', 'ENOTDIR',
        `cannot overwrite directory ${to} with non-directory ${from}`, to);
    }
    if (there !== undefined && !settings.force) {
      if (settings.errorOnExist) throw systemError('ERR_FS_CP_EEXIST', 'Target already exists', 'cp', 'EEXIST',
        `${to} already exists`, to);
      return;
    }
    if (status.isSymbolicLink()) {
      if (there !== undefined) fs.unlinkSync(to);
      const link = fs.readlinkSync(from);
      fs.symlinkSync(settings.verbatimSymlinks ? link : path.resolve(path.dirname(from), link), to);
      return;
    }
    fs.copyFileSync(from, to, settings.mode ?? 0);
    if (settings.preserveTimestamps) fs.utimesSync(to, status.atime, status.mtime);
  }

  async function cpAsync(source, target, options = {}) {
    const { filter } = options;
    if (filter === undefined) return cp(source, target, options);
    // A filter that may give promises: it is asked before for each place.
    const answers = new Map();
    const ask = async (from, to) => {
      const isWanted = await filter(from, to);
      answers.set(from, isWanted);
      if (isWanted && options.recursive && fs.lstatSync(from, { throwIfNoEntry: false })?.isDirectory()) {
        for (const name of fs.readdirSync(from)) await ask(path.join(from, name), path.join(to, name));
      }
    };
    await ask(textOf(source), textOf(target));
    return cp(source, target, { ...options, filter: (from) => answers.get(from) });
  }

  // glob

  // The regular expression of a part of a pattern, between slashes.
  function expressionOf(part) {
    let source = '';
    for (let at = 0; at < part.length; at++) {
      const character = part[at];
      const extended = /^([?*+@!])\(([^()]*)\)/.exec(part.slice(at));
      if (extended !== null) {
        const choices = extended[2].split('|').map((choice) => expressionOf(choice)).join('|');
        source += { '?': `(?:${choices})?`, '*': `(?:${choices})*`, '+': `(?:${choices})+`, '@': `(?:${choices})`,
          '!': `(?!(?:${choices})$)[^/]*` }[extended[1]];
        at += extended[0].length - 1;
      } else if (character === '*') source += '[^/]*';
      else if (character === '?') source += '[^/]';
      else if (character === '[' && part.includes(']', at + 2)) {
        const end = part.indexOf(']', at + 2);
        source += `[${part.slice(at + 1, end).replace(/^!/, '^').replaceAll('\\', '\\\\')}]`;
        at = end;
      } else source += character.replace(/[.+^${}()|[\]\\]/g, '\\$&');
    }
    return source;
  }

  // The alternatives of braces.
  function expanded(pattern) {
    const found = /\{([^{}]*(?:,|\.\.)[^{}]*)\}/.exec(pattern);
    if (found === null) return [pattern];
    const range = /^(-?\d+)\.\.(-?\d+)$/.exec(found[1]);
    const choices = range === null ? found[1].split(',')
      : Array.from({ length: Math.abs(range[2] - range[1]) + 1 }, (_,
        index) => Number(range[1]) + Math.sign(range[2] - range[1]) * index);
    return choices.flatMap((choice) => expanded(pattern.slice(0,
      found.index) + choice + pattern.slice(found.index + found[0].length)));
  }

  function matcher(part) {
    const expression = new RegExp(`^${expressionOf(part)}$`);
    return (name) => (part.startsWith('.') || !name.startsWith('.') || !/^[*?[]/.test(part)) && expression.test(name);
  }

  const entriesOf = (folder) => {
    try {
      return fs.readdirSync(folder === '' ? '.' : folder, { withFileTypes: true });
    } catch {
      return [];
    }
  };

  function* matches(base, done, parts, seen) {
    const folder = path.join(base, done);
    if (parts.length === 0) {
      if (!seen.has(done)) {
        seen.add(done);
        yield done;
      }
      return;
    }
    const [part, ...rest] = parts;
    if (part === '**') {
      yield* matches(base, done, rest.length === 0 && done !== '' ? [] : rest, seen);
      for (const entry of entriesOf(folder)) {
        if (entry.name.startsWith('.')) continue;
        const next = done === '' ? entry.name : `${done}/${entry.name}`;
        if (entry.isDirectory()) yield* matches(base, next, parts, seen);
        else if (rest.length === 0) yield* matches(base, next, [], seen);
      }
      return;
    }
    if (!/[*?[(]/.test(part)) {
      const next = done === '' ? part : `${done}/${part}`;
      if (fs.existsSync(path.join(base, next))) yield* matches(base, next, rest, seen);
      return;
    }
    const test = matcher(part);
    for (const entry of entriesOf(folder)) {
      if (test(entry.name) && (rest.length === 0 || entry.isDirectory() || entry.isSymbolicLink())) {
        yield* matches(base, done === '' ? entry.name : `${done}/${entry.name}`, rest, seen);
      }
    }
  }

  function* glob(patterns, options = {}) {
    const base = options.cwd === undefined ? host.cwd() : textOf(options.cwd);
    const list = Array.isArray(patterns) ? patterns : [patterns];
    list.forEach((pattern) => {
      if (typeof pattern !== 'string') throw invalidType('patterns', 'of type string or an instance of Array', pattern);
    });
    const { exclude } = options;
    const excluded = typeof exclude === 'function' ? (name, entry) => exclude(options.withFileTypes ? entry() : name)
      : (name) => (exclude ?? []).some((pattern) => matchesGlob(name, pattern));
    const seen = new Set();
    for (const pattern of list.flatMap(expanded)) {
      const isAbsolute = path.isAbsolute(pattern);
      const parts = pattern.split('/').filter((part) => part !== '' && part !== '.');
      for (const name of matches(isAbsolute ? '/' : base, '', parts, seen)) {
        const result = isAbsolute ? `/${name}` : name === '' ? '.' : name;
        const entry = () => direntOf(isAbsolute ? result : path.join(base, name));
        if (!excluded(result, entry)) yield options.withFileTypes ? entry() : result;
      }
    }
  }

  const direntOf = (file) => fs.readdirSync(path.dirname(file),
    { withFileTypes: true }).find((entry) => entry.name === path.basename(file));

  function matchesGlob(name, pattern) {
    return expanded(pattern).some((one) => {
      const parts = one.split('/');
      const source = parts.map((part, index) => (part === '**' ? (index === parts.length - 1 ? '.*' : '(?:[^/]+/)*')
        : expressionOf(part) + (index === parts.length - 1 ? '' : '/'))).join('');
      return new RegExp(`^${source}$`).test(name);
    });
  }

  async function* globAsync(patterns, options) { yield* glob(patterns, options); }

  // opendir

  class Dir {
    #entries;
    #isClosed = false;

    constructor(folder, options) {
      this.path = folder;
      // As the function that is called, and not as readdir.
      fs._call('opendir', 'readdir', [folder], folder);
      this.#entries = fs.readdirSync(folder, { ...options, withFileTypes: true });
    }

    #open() { if (this.#isClosed) throw failure(Error, 'ERR_DIR_CLOSED', 'Directory handle was closed'); }

    readSync() {
      this.#open();
      return this.#entries.shift() ?? null;
    }

    closeSync() {
      this.#open();
      this.#isClosed = true;
    }

    read(callback) { return answer(() => this.readSync(), callback); }
    close(callback) { return answer(() => this.closeSync(), callback); }

    async* entries() {
      try {
        for (let entry = this.readSync(); entry !== null; entry = this.readSync()) yield entry;
      } finally {
        this.closeSync();
      }
    }

    [Symbol.asyncIterator]() { return this.entries(); }
    async [Symbol.asyncDispose]() { if (!this.#isClosed) this.closeSync(); }
    [Symbol.dispose]() { if (!this.#isClosed) this.closeSync(); }
  }

  // With a callback or, without one, a promise.
  function answer(work, callback) {
    if (callback === undefined) return new Promise((resolve) => { host.task(resolve); }).then(work);
    new Promise((resolve) => { host.task(resolve); }).then(work).then((result) => callback(null, result),
      (error) => callback(error));
    return undefined;
  }

  // watch

  class FSWatcher extends EventEmitter {
    #end;
    #isHeld = false;

    constructor(file, options) {
      super();
      const { persistent = true, recursive = false, encoding, signal } = options;
      this.#end = fs._call('watch', 'watch', [file, recursive, (kind, name) => {
        if (this.#end !== undefined) this.emit('change', kind, encoding === 'buffer' ? Buffer.from(name) : name);
      }], file);
      if (persistent) this.ref();
      if (signal?.aborted) queueMicrotask(() => this.close());
      else signal?.addEventListener('abort', () => this.close(), { once: true });
    }

    close() {
      if (this.#end === undefined) return;
      this.#end();
      this.#end = undefined;
      this.unref();
      process.nextTick(() => this.emit('close'));
    }

    ref() {
      if (!this.#isHeld && this.#end !== undefined) host.hold();
      this.#isHeld = this.#end !== undefined;
      return this;
    }

    unref() {
      if (this.#isHeld) host.release();
      this.#isHeld = false;
      return this;
    }
  }

  function watch(file, options, listener) {
    const settings = typeof options === 'string' ? { encoding: options } : typeof options === 'object' ? options : {};
    const heard = typeof options === 'function' ? options : listener;
    const watcher = new FSWatcher(textOf(file), settings);
    if (heard !== undefined) watcher.on('change', heard);
    return watcher;
  }

  async function* watchAsync(file, options = {}) {
    const watcher = watch(file, options);
    const events = [];
    let wake = Promise.withResolvers();
    watcher.on('change', (eventType, filename) => {
      events.push({ eventType, filename });
      wake.resolve();
    });
    options.signal?.addEventListener('abort', () => wake.reject(options.signal.reason), { once: true });
    try {
      for (;;) {
        while (events.length > 0) yield events.shift();
        await wake.promise;
        wake = Promise.withResolvers();
      }
    } finally {
      watcher.close();
    }
  }

  // watchFile asks again and again.
  const watched = new Map();

  class StatWatcher extends EventEmitter {
    constructor(file, interval, persistent) {
      super();
      const nothing = () => Object.setPrototypeOf({ size: 0, mtimeMs: 0, mode: 0, ino: 0, mtime: new Date(0) },
        fs.Stats.prototype);
      const look = () => fs.statSync(file, { throwIfNoEntry: false }) ?? nothing();
      let before = look();
      this.timer = setInterval(() => {
        const now = look();
        if (now.mtimeMs !== before.mtimeMs || now.size !== before.size || now.ino !== before.ino) {
          const previous = before;
          before = now;
          this.emit('change', now, previous);
        }
      }, interval);
      if (!persistent) this.timer.unref();
    }

    ref() { this.timer.ref(); return this; }
    unref() { this.timer.unref(); return this; }
  }

  function watchFile(file, options, listener) {
    const { interval = 5007, persistent = true } = typeof options === 'object' ? options : {};
    const key = path.resolve(textOf(file));
    if (!watched.has(key)) watched.set(key, new StatWatcher(key, interval, persistent));
    return watched.get(key).on('change', typeof options === 'function' ? options : listener);
  }

  function unwatchFile(file, listener) {
    const key = path.resolve(textOf(file));
    const watcher = watched.get(key);
    if (watcher === undefined) return;
    if (listener === undefined) watcher.removeAllListeners('change');
    else watcher.removeListener('change', listener);
    if (watcher.listenerCount('change') > 0) return;
    clearInterval(watcher.timer);
    watched.delete(key);
  }

  const withCallback = (work) => (...values) => {
    const callback = values.pop();
    if (typeof callback !== 'function') throw invalidType('cb', 'of type function', callback);
    answer(() => work(...values), callback);
  };

  return {
    matchesGlob,
    exports: {
      Dir, watch, watchFile, unwatchFile,
      cpSync: cp,
      cp: withCallback(cpAsync),
      globSync: (patterns, options) => [...glob(patterns, options)],
      glob: withCallback((patterns, options) => [...glob(patterns, options)]),
      opendirSync: (folder, options) => new Dir(textOf(folder), options),
      opendir: withCallback((folder, options) => new Dir(textOf(folder), options)),
      openAsBlob: async (file, options) => new Blob([fs.readFileSync(file)], options),
    },
    promises: { cp: cpAsync, glob: globAsync, watch: watchAsync,
      opendir: async (folder, options) => new Dir(textOf(folder), options) },
  };
})
