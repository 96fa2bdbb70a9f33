// node:fs (https://nodejs.org/api/fs.html). The host does everything at once; callbacks and promises come as tasks.
(function (host, load) {
  'use strict';

  const { files } = host;
  const { Buffer } = load('node/buffer');
  const { fileURLToPath } = load('node/url');
  const { failure, invalidType, systemError } = load('node/errors');
  const lazy = load('node/lazy');
  const { unavailable } = load('node/unavailable');

  const constants = { UV_FS_SYMLINK_DIR: 1, UV_FS_SYMLINK_JUNCTION: 2, O_RDONLY: 0, O_WRONLY: 1, O_RDWR: 2,
    UV_DIRENT_UNKNOWN: 0, UV_DIRENT_FILE: 1, UV_DIRENT_DIR: 2, UV_DIRENT_LINK: 3, S_IFMT: 0o170000, S_IFREG: 0o100000,
    S_IFDIR: 0o40000, S_IFCHR: 0o20000, S_IFBLK: 0o60000, S_IFIFO: 0o10000, S_IFLNK: 0o120000, S_IFSOCK: 0o140000,
    O_CREAT: 0o100, O_EXCL: 0o200, O_NOCTTY: 0o400, O_TRUNC: 0o1000, O_APPEND: 0o2000, O_DIRECTORY: 0o200000,
    O_NOFOLLOW: 0o400000, O_SYNC: 0o4010000, O_DSYNC: 0o10000, O_NONBLOCK: 0o4000, S_IRWXU: 0o700, S_IRUSR: 0o400,
    S_IWUSR: 0o200, S_IXUSR: 0o100, S_IRWXG: 0o70, S_IRGRP: 0o40, S_IWGRP: 0o20, S_IXGRP: 0o10, S_IRWXO: 0o7,
    S_IROTH: 4, S_IWOTH: 2, S_IXOTH: 1, F_OK: 0, R_OK: 4, W_OK: 2, X_OK: 1, COPYFILE_EXCL: 1, COPYFILE_FICLONE: 2,
    COPYFILE_FICLONE_FORCE: 4, UV_FS_COPYFILE_EXCL: 1, UV_FS_COPYFILE_FICLONE: 2, UV_FS_COPYFILE_FICLONE_FORCE: 4 };

  function pathOf(path) {
    if (typeof path === 'string') {
      if (path.includes('\0')) {
        throw failure(TypeError, 'ERR_INVALID_ARG_VALUE',
          `The argument 'path' must be a string, Uint8Array, or URL without null bytes. Received '${path.replaceAll('\0', '\\x00')}'`);
      }
      return path;
    }
    if (path instanceof URL) return fileURLToPath(path);
    if (path instanceof Uint8Array) return Buffer.from(path).toString();
    throw invalidType('path', 'of type string or an instance of Buffer or URL', path);
  }

  // The host's function, with errors as Node.js words them.
  function call(syscall, name, values, path, dest) {
    try {
      return files[name](...values);
    } catch (error) {
      if (error.errno === undefined) throw error;
      const place = path === undefined ? '' : ` '${path}'${dest === undefined ? '' : ` -> '${dest}'`}`;
      const result = new Error(`${error.code}: ${error.message}, ${syscall}${place}`);
      Object.assign(result, { errno: error.errno, code: error.code, syscall });
      if (path !== undefined) result.path = path;
      if (dest !== undefined) result.dest = dest;
      throw result;
    }
  }

  const withPath = (syscall, name, path, ...rest) => {
    const text = pathOf(path);
    return call(syscall, name, [text, ...rest], text);
  };

  const times = ['atime', 'mtime', 'ctime', 'birthtime'];

  class Stats {
    constructor(values, isBig) {
      const number = (value) => (isBig ? BigInt(Math.trunc(value)) : value);
      const { dev, mode, nlink, uid, gid, ino, size, atimeMs, mtimeMs, ctimeMs = mtimeMs, birthtimeMs } = values;
      Object.assign(this, { dev: number(dev), mode: number(mode), nlink: number(nlink), uid: number(uid),
        gid: number(gid), rdev: number(0), blksize: number(4096), ino: number(ino), size: number(size),
        blocks: number(Math.ceil(size / 512)), atimeMs: number(atimeMs), mtimeMs: number(mtimeMs),
        ctimeMs: number(ctimeMs), birthtimeMs: number(birthtimeMs) });
      if (isBig) for (const name of times) this[`${name}Ns`] = BigInt(Math.round(values[`${name}Ms`] * 1000)) * 1000n;
    }
  }
  // The dates, made when somebody asks for them.
  for (const name of times) {
    const define = (stats, value) => Object.defineProperty(stats, name, { value, writable: true, enumerable: true,
      configurable: true }) && value;
    Object.defineProperty(Stats.prototype, name, { enumerable: true, configurable: true,
      get() { return define(this, new Date(Math.round(Number(this[`${name}Ms`])))); },
      set(value) { define(this, value); } });
  }

  class Dirent {
    constructor(name, parentPath, mode) {
      this.name = name;
      this.parentPath = parentPath;
      this.path = parentPath;
      Object.defineProperty(this, 'mode', { value: mode });
    }
  }

  const tests = { isFile: 'S_IFREG', isDirectory: 'S_IFDIR', isSymbolicLink: 'S_IFLNK', isCharacterDevice: 'S_IFCHR',
    isBlockDevice: 'S_IFBLK', isFIFO: 'S_IFIFO', isSocket: 'S_IFSOCK' };
  for (const [test, type] of Object.entries(tests)) {
    Stats.prototype[test] = Dirent.prototype[test] = function () {
      return (Number(this.mode) & constants.S_IFMT) === constants[type];
    };
  }

  function flagText(flags = 'r') {
    if (typeof flags === 'string') return flags.replace('s', '');
    const access = flags & 3;
    const more = access === 2 ? '+' : '';
    const exclusive = flags & constants.O_EXCL ? 'x' : '';
    if (flags & constants.O_APPEND) return `a${more}${exclusive}`;
    if (flags & constants.O_TRUNC || (flags & constants.O_CREAT && exclusive)) return `w${more}${exclusive}`;
    if (flags & constants.O_CREAT) return `c${more}`;
    return access === 1 ? 'u' : `r${more}`;
  }

  const encodingIn = (options) => (typeof options === 'string' ? options : options?.encoding) ?? undefined;
  const decoded = (buffer, options) => {
    const encoding = encodingIn(options);
    return encoding === undefined || encoding === 'buffer' ? buffer : buffer.toString(encoding);
  };
  const bytesOf = (data, options) => {
    if (typeof data === 'string') return Buffer.from(data, encodingIn(options));
    if (ArrayBuffer.isView(data)) return Buffer.from(data.buffer, data.byteOffset, data.byteLength);
    throw invalidType('data', 'of type string or an instance of Buffer, TypedArray, or DataView', data);
  };

  function readWhole(descriptor) {
    const size = call('read', 'size', [descriptor]);
    const parts = [];
    let expected = size > 0 ? size : 65536;
    for (;;) {
      const part = Buffer.allocUnsafe(Math.max(expected, 1));
      const count = call('read', 'read', [descriptor, part, 0, part.length, -1]);
      if (count === 0) break;
      parts.push(count === part.length ? part : part.subarray(0, count));
      // After the size that is known, one more read tells the end.
      expected = size > 0 ? 4096 : 65536;
    }
    return parts.length === 1 ? parts[0] : Buffer.concat(parts);
  }

  const modeOf = (mode) => (typeof mode === 'string' ? parseInt(mode, 8) : mode);

  function withFile(path, flags, action, mode) {
    if (typeof path === 'number') return action(path);
    const descriptor = sync.open(path, flags, mode);
    try {
      return action(descriptor);
    } finally {
      sync.close(descriptor);
    }
  }

  function writeWhole(path, data, options, flags) {
    const content = bytesOf(data, options);
    withFile(path, options?.flag ?? flags, (descriptor) => call('write', 'write', [descriptor, content, -1]), options?.mode);
  }

  const sync = {
    open(path, flags, mode) {
      const isNew = mode !== undefined && mode !== null && mode !== 0o666 && !sync.exists(path);
      const descriptor = withPath('open', 'open', path, flagText(flags));
      if (isNew) sync.chmod(path, modeOf(mode) & ~process.umask());
      return descriptor;
    },
    close: (descriptor) => call('close', 'close', [descriptor]),
    read(descriptor, buffer, offsetOrOptions, length, position) {
      const options = typeof offsetOrOptions === 'object' && offsetOrOptions !== null ? offsetOrOptions
        : { offset: offsetOrOptions, length, position };
      const offset = options.offset ?? 0;
      const count = options.length ?? buffer.byteLength - offset;
      return call('read', 'read', [descriptor, buffer, offset, count, options.position ?? -1]);
    },
    write(descriptor, data, offsetOrPosition, lengthOrEncoding, position) {
      if (typeof data === 'string') {
        return call('write', 'write', [descriptor, bytesOf(data, lengthOrEncoding), offsetOrPosition ?? -1]);
      }
      const options = typeof offsetOrPosition === 'object' && offsetOrPosition !== null ? offsetOrPosition
        : { offset: offsetOrPosition, length: lengthOrEncoding, position };
      const offset = options.offset ?? 0;
      const part = bytesOf(data).subarray(offset, offset + (options.length ?? data.byteLength - offset));
      return call('write', 'write', [descriptor, part, options.position ?? -1]);
    },
    readv: (descriptor, buffers, position) => {
      let total = 0;
      for (const buffer of buffers) {
        const count = sync.read(descriptor, buffer, 0, buffer.byteLength, position == null ? null : position + total);
        total += count;
        if (count < buffer.byteLength) break;
      }
      return total;
    },
    writev: (descriptor, buffers, position) => {
      let total = 0;
      for (const buffer of buffers) {
        total += sync.write(descriptor, buffer, 0, buffer.byteLength, position == null ? null : position + total);
      }
      return total;
    },
    readFile: (path, options) => decoded(withFile(path, options?.flag ?? 'r', readWhole), options),
    writeFile: (path, data, options) => writeWhole(path, data, options, 'w'),
    appendFile: (path, data, options) => writeWhole(path, data, options, 'a'),
    exists(path) {
      try {
        files.stat(pathOf(path), true);
        return true;
      } catch {
        return false;
      }
    },
    stat: (path, options) => status('stat', path, options, true),
    lstat: (path, options) => status('lstat', path, options, false),
    fstat: (descriptor, options) => new Stats(call('fstat', 'fstat', [descriptor]), options?.bigint),
    access: (path, mode = 0) => withPath('access', 'access', path, mode),
    readdir(path, options) {
      const folder = pathOf(path);
      const entries = withPath('scandir', 'readdir', path);
      const result = [];
      for (let at = 0; at < entries.length; at += 2) {
        result.push(options?.withFileTypes ? new Dirent(entries[at], folder, entries[at + 1]) : entries[at]);
        if (options?.recursive && entries[at + 1] === constants.S_IFDIR) {
          const name = entries[at];
          for (const inner of sync.readdir(`${folder}/${name}`, options)) {
            result.push(options.withFileTypes ? inner : `${name}/${inner}`);
          }
        }
      }
      return result.sort((first, second) => ((first.name ?? first) < (second.name ?? second) ? -1 : 1));
    },
    mkdir(path, options) {
      const mode = typeof options === 'object' ? options?.mode : options;
      const made = withPath('mkdir', 'mkdir', path, Boolean(options?.recursive));
      if (mode !== undefined && mode !== null && mode !== 0o777) sync.chmod(path, modeOf(mode) & ~process.umask());
      return made;
    },
    mkdtemp: (prefix) => withPath('mkdtemp', 'mkdtemp', prefix),
    rmdir: (path, options) => withPath('rmdir', 'remove', path, options?.recursive ? 'tree' : 'directory'),
    rm(path, options) {
      if (!options?.recursive && sync.lstat(path, { throwIfNoEntry: false })?.isDirectory()) {
        throw systemError('ERR_FS_EISDIR', 'Path is a directory', 'rm', 'EISDIR', 'is a directory', pathOf(path));
      }
      try {
        withPath('rm', 'remove', path, options?.recursive ? 'tree' : 'file');
      } catch (error) {
        if (!(options?.force && error.code === 'ENOENT')) throw error;
      }
    },
    unlink: (path) => withPath('unlink', 'remove', path, 'file'),
    rename: (from, to) => twoPaths('rename', 'rename', from, to),
    copyFile: (from, to, mode = 0) => twoPaths('copyfile', 'copyFile', from, to, Boolean(mode & 1)),
    symlink: (target, path) => twoPaths('symlink', 'symlink', target, path),
    realpath: (path, options) => decoded(Buffer.from(withPath('realpath', 'realpath', path)),
      encodingIn(options) ?? 'utf8'),
    readlink: (path) => withPath('readlink', 'readlink', path),
    chmod: (path, mode) => withPath('chmod', 'chmod', path, modeOf(mode)),
    fchmod: (descriptor, mode) => sync.chmod(fileOf(descriptor, 'fchmod'), mode),
    chown: (path, user, group) => withPath('chown', 'chown', path, user, group, true),
    lchown: (path, user, group) => withPath('lchown', 'chown', path, user, group, false),
    fchown: (descriptor, user, group) => sync.chown(fileOf(descriptor, 'fchown'), user, group),
    utimes: (path, accessed, modified) => withPath('utime', 'utimes', path, milliseconds(accessed), milliseconds(modified)),
    lutimes: (path, accessed, modified) => withPath('lutime', 'lutimes', path, milliseconds(accessed), milliseconds(modified)),
    futimes: (descriptor, accessed, modified) => sync.utimes(fileOf(descriptor, 'futime'), accessed, modified),
    link: (existing, path) => twoPaths('link', 'link', existing, path),
    statfs(path, options) {
      const [bsize, blocks, bfree, bavail] = withPath('statfs', 'statfs', path);
      const values = { type: 0, bsize, frsize: bsize, blocks, bfree, bavail, files: 0, ffree: 0 };
      return Object.assign(new StatFs(), options?.bigint ? Object.fromEntries(Object.entries(values).map(([key,
        value]) => [key, BigInt(value)])) : values);
    },
    truncate: (path, length = 0) => withFile(path, 'r+', (descriptor) => call('ftruncate', 'truncate', [descriptor, length])),
    ftruncate: (descriptor, length = 0) => call('ftruncate', 'truncate', [descriptor, length]),
    fsync() {},
    fdatasync() {},
  };

  class StatFs {}

  function fileOf(descriptor, syscall) {
    const path = call(syscall, 'pathOf', [descriptor]);
    if (path === undefined) throw failure(Error, 'EPERM', `EPERM: operation not permitted, ${syscall}`);
    return path;
  }

  const milliseconds = (time) => (time instanceof Date ? time.getTime() : Number(time) * 1000);

  function status(syscall, path, options, followsLinks) {
    try {
      return new Stats(withPath(syscall, 'stat', path, followsLinks), options?.bigint);
    } catch (error) {
      if (options?.throwIfNoEntry === false && error.code === 'ENOENT') return undefined;
      throw error;
    }
  }

  function twoPaths(syscall, name, from, to, ...rest) {
    const source = pathOf(from);
    const target = pathOf(to);
    return call(syscall, name, [source, target, ...rest], source, target);
  }

  const api = { constants, ...constants, Stats, Dirent };

  for (const [name, action] of Object.entries(sync)) {
    api[`${name}Sync`] = action;
    api[name] = (...values) => {
      const callback = values.pop();
      if (typeof callback !== 'function') {
        throw invalidType('cb', 'of type function', undefined);
      }
      later(name, action, values, callback);
    };
  }
  const promisified = Symbol.for('nodejs.util.promisify.custom');
  const promising = (name, fields) => Object.defineProperty(api[name], promisified, { value: (...values) =>
    new Promise((resolve, reject) => {
      api[name](...values, (...answer) => {
        if (fields === undefined) resolve(answer[0]);
        else if (answer[0]) reject(answer[0]);
        else resolve(Object.fromEntries(fields.map((field, index) => [field, answer[index + 1]])));
      });
    }) });
  promising('exists');
  promising('read', ['bytesRead', 'buffer']);
  promising('readv', ['bytesRead', 'buffers']);
  promising('write', ['bytesWritten', 'buffer']);
  promising('writev', ['bytesWritten', 'buffers']);
  api.realpath.native = api.realpath;
  api.realpathSync.native = api.realpathSync;

  // Programs may close files while an operation waits: it happens at once, the answer comes later.
  function later(name, action, values, callback) {
    let answer;
    try {
      const result = action(...values);
      if (name === 'exists') answer = [result];
      else if (/^(read|write)v?$/.test(name)) answer = [null, result, values[1]];
      else answer = result === undefined ? [null] : [null, result];
    } catch (error) {
      if (error.code === 'ERR_INVALID_ARG_TYPE') throw error;
      answer = name === 'exists' ? [false] : [error];
    }
    host.task(() => callback(...answer));
  }

  class FileHandle {
    constructor(fd) { this.fd = fd; }

    async close() { if (this.fd >= 0) sync.close(this.fd); this.fd = -1; }
    async read(buffer, ...rest) {
      const target = ArrayBuffer.isView(buffer) ? buffer : buffer?.buffer ?? Buffer.alloc(16384);
      const options = ArrayBuffer.isView(buffer) ? rest : [buffer];
      return { bytesRead: sync.read(this.fd, target, ...options), buffer: target };
    }
    async write(data, ...rest) { return { bytesWritten: sync.write(this.fd, data, ...rest), buffer: data }; }
    async readFile(options) { return sync.readFile(this.fd, options); }
    async writeFile(data, options) { sync.writeFile(this.fd, data, options); }
    async appendFile(data, options) { sync.writeFile(this.fd, data, options); }
    async readv(buffers, position) { return { bytesRead: sync.readv(this.fd, buffers, position), buffers }; }
    async writev(buffers, position) { return { bytesWritten: sync.writev(this.fd, buffers, position), buffers }; }
    async chmod(mode) { sync.fchmod(this.fd, mode); }
    async chown(user, group) { sync.fchown(this.fd, user, group); }
    async utimes(accessed, modified) { sync.futimes(this.fd, accessed, modified); }
    createReadStream(options) { return api.createReadStream('', { ...options, fd: this.fd }); }
    createWriteStream(options) { return api.createWriteStream('', { ...options, fd: this.fd }); }
    readLines(options) { return load('node/readline').createInterface({ input: this.createReadStream(options),
      crlfDelay: Infinity }); }
    readableWebStream() { return load('node/stream').Readable.toWeb(this.createReadStream({ autoClose: false })); }
    async stat(options) { return sync.fstat(this.fd, options); }
    async truncate(length) { sync.ftruncate(this.fd, length); }
    async sync() {}
    async datasync() {}
    [Symbol.asyncDispose ?? Symbol('asyncDispose')]() { return this.close(); }
  }

  const task = () => new Promise((resolve) => { host.task(resolve); });
  const promises = { constants, FileHandle };
  for (const [name, action] of Object.entries(sync)) {
    if (['close', 'read', 'write', 'readv', 'writev', 'fstat', 'ftruncate', 'fsync', 'fdatasync', 'exists', 'fchmod',
      'fchown', 'futimes'].includes(name)) continue;
    promises[name] = async (...values) => {
      await task();
      const [first] = values;
      if (first instanceof FileHandle) values[0] = first.fd;
      const result = action(...values);
      return name === 'open' ? new FileHandle(result) : result;
    };
  }
  Object.defineProperty(api, 'promises', { value: promises, enumerable: true });

  // The rest is loaded when it is first used.
  Object.defineProperty(api, '_call', { value: call });
  const trees = () => load('node/fs-trees');
  const streams = () => load('node/fs-streams');
  Object.assign(api, lazy.functions(['cp', 'cpSync', 'glob', 'globSync', 'opendir', 'opendirSync', 'openAsBlob', 'watch',
    'watchFile', 'unwatchFile'], () => trees().exports), lazy.classes(['Dir'], () => trees().exports),
  lazy.classes(['ReadStream', 'WriteStream'], streams), unavailable('fs', ['lchmod', 'lchmodSync',
    'mkdtempDisposableSync', 'openAsBlobSync']));
  Object.assign(promises, lazy.functions(['cp', 'glob', 'opendir', 'watch'], () => trees().promises),
    unavailable('fs/promises', ['lchmod', 'mkdtempDisposable']));
  api.FileReadStream = api.ReadStream;
  api.FileWriteStream = api.WriteStream;
  api.createReadStream = (path, options) => new (streams().ReadStream)(path, options);
  api.createWriteStream = (path, options) => new (streams().WriteStream)(path, options);

  return api;
})
