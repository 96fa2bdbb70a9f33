// node:fs (https://nodejs.org/api/fs.html). The host does everything at once; callbacks and promises come as tasks.
(function (host, load) {
  'use strict';

  const { files } = host;
  const { Buffer } = load('node/buffer');
  const { fileURLToPath } = load('node/url');

  const constants = { UV_FS_SYMLINK_DIR: 1, UV_FS_SYMLINK_JUNCTION: 2, O_RDONLY: 0, O_WRONLY: 1, O_RDWR: 2,
    UV_DIRENT_UNKNOWN: 0, UV_DIRENT_FILE: 1, UV_DIRENT_DIR: 2, UV_DIRENT_LINK: 3, S_IFMT: 0o170000, S_IFREG: 0o100000,
    S_IFDIR: 0o40000, S_IFCHR: 0o20000, S_IFBLK: 0o60000, S_IFIFO: 0o10000, S_IFLNK: 0o120000, S_IFSOCK: 0o140000,
    O_CREAT: 0o100, O_EXCL: 0o200, O_NOCTTY: 0o400, O_TRUNC: 0o1000, O_APPEND: 0o2000, O_DIRECTORY: 0o200000,
    O_NOFOLLOW: 0o400000, O_SYNC: 0o4010000, O_DSYNC: 0o10000, O_NONBLOCK: 0o4000, S_IRWXU: 0o700, S_IRUSR: 0o400,
    S_IWUSR: 0o200, S_IXUSR: 0o100, S_IRWXG: 0o70, S_IRGRP: 0o40, S_IWGRP: 0o20, S_IXGRP: 0o10, S_IRWXO: 0o7,
    S_IROTH: 4, S_IWOTH: 2, S_IXOTH: 1, F_OK: 0, R_OK: 4, W_OK: 2, X_OK: 1, COPYFILE_EXCL: 1, COPYFILE_FICLONE: 2,
    COPYFILE_FICLONE_FORCE: 4, UV_FS_COPYFILE_EXCL: 1, UV_FS_COPYFILE_FICLONE: 2, UV_FS_COPYFILE_FICLONE_FORCE: 4 };

  function pathOf(path) {
    if (typeof path === 'string') return path;
    if (path instanceof URL) return fileURLToPath(path);
    if (path instanceof Uint8Array) return Buffer.from(path).toString();
    throw Object.assign(new TypeError('The "path" argument must be of type string or an instance of Buffer or URL. '
      + `Received ${path === null ? 'null' : typeof path}`), { code: 'ERR_INVALID_ARG_TYPE' });
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

  class Stats {
    constructor(values, isBig) {
      const number = (value) => (isBig ? BigInt(Math.trunc(value)) : value);
      const { dev, mode, nlink, uid, gid, ino, size, atimeMs, mtimeMs, birthtimeMs } = values;
      Object.assign(this, { dev: number(dev), mode: number(mode), nlink: number(nlink), uid: number(uid),
        gid: number(gid), rdev: number(0), blksize: number(4096), ino: number(ino), size: number(size),
        blocks: number(Math.ceil(size / 512)), atimeMs: number(atimeMs), mtimeMs: number(mtimeMs),
        ctimeMs: number(mtimeMs), birthtimeMs: number(birthtimeMs) });
      if (isBig) {
        for (const name of ['atime', 'mtime', 'ctime', 'birthtime']) this[`${name}Ns`] = this[`${name}Ms`] * 1000000n;
      }
      this.atime = new Date(atimeMs);
      this.mtime = new Date(mtimeMs);
      this.ctime = new Date(mtimeMs);
      this.birthtime = new Date(birthtimeMs);
    }
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
    throw Object.assign(new TypeError('The "data" argument must be of type string or an instance of Buffer, TypedArray,'
      + ` or DataView. Received ${data === null ? 'null' : typeof data}`), { code: 'ERR_INVALID_ARG_TYPE' });
  };

  function readWhole(descriptor) {
    const size = files.size(descriptor);
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

  function withFile(path, flags, action) {
    if (typeof path === 'number') return action(path);
    const descriptor = sync.open(path, flags);
    try {
      return action(descriptor);
    } finally {
      sync.close(descriptor);
    }
  }

  function writeWhole(path, data, options, flags) {
    const content = bytesOf(data, options);
    withFile(path, options?.flag ?? flags, (descriptor) => call('write', 'write', [descriptor, content, -1]));
  }

  const sync = {
    open: (path, flags) => withPath('open', 'open', path, flagText(flags)),
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
    mkdir: (path, options) => withPath('mkdir', 'mkdir', path, Boolean(options?.recursive)),
    mkdtemp: (prefix) => withPath('mkdtemp', 'mkdtemp', prefix),
    rmdir: (path, options) => withPath('rmdir', 'remove', path, options?.recursive ? 'tree' : 'directory'),
    rm(path, options) {
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
    chmod: (path, mode) => withPath('chmod', 'chmod', path, typeof mode === 'string' ? parseInt(mode, 8) : mode),
    utimes: (path, accessed, modified) => withPath('utime', 'utimes', path, milliseconds(accessed), milliseconds(modified)),
    truncate: (path, length = 0) => withFile(path, 'r+', (descriptor) => call('ftruncate', 'truncate', [descriptor, length])),
    ftruncate: (descriptor, length = 0) => call('ftruncate', 'truncate', [descriptor, length]),
    fsync() {},
    fdatasync() {},
  };

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
        throw Object.assign(new TypeError('The "cb" argument must be of type function. Received '
          + `${callback === undefined ? 'undefined' : typeof callback}`), { code: 'ERR_INVALID_ARG_TYPE' });
      }
      later(name, action, values, callback);
    };
  }
  api.realpath.native = api.realpath;
  api.realpathSync.native = api.realpathSync;

  // Programs may close files while an operation waits: it happens at once, the answer comes later.
  function later(name, action, values, callback) {
    let answer;
    try {
      const result = action(...values);
      if (name === 'exists') answer = [result];
      else if (name === 'read' || name === 'write') answer = [null, result, values[1]];
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
    async stat(options) { return sync.fstat(this.fd, options); }
    async truncate(length) { sync.ftruncate(this.fd, length); }
    async sync() {}
    async datasync() {}
    [Symbol.asyncDispose ?? Symbol('asyncDispose')]() { return this.close(); }
  }

  const task = () => new Promise((resolve) => { host.task(resolve); });
  const promises = { constants, FileHandle };
  for (const [name, action] of Object.entries(sync)) {
    if (['close', 'read', 'write', 'readv', 'writev', 'fstat', 'ftruncate', 'fsync', 'fdatasync', 'exists'].includes(name)) continue;
    promises[name] = async (...values) => {
      await task();
      const [first] = values;
      if (first instanceof FileHandle) values[0] = first.fd;
      const result = action(...values);
      return name === 'open' ? new FileHandle(result) : result;
    };
  }
  Object.defineProperty(api, 'promises', { value: promises, enumerable: true });

  Object.defineProperty(api, 'createReadStream', { enumerable: true, value(path, options) {
    const { Readable } = load('node/stream');
    const settings = typeof options === 'string' ? { encoding: options } : options ?? {};
    let descriptor = settings.fd;
    let position = settings.start;
    const end = settings.end ?? Infinity;
    const stream = new Readable({ ...settings, read(size) {
      try {
        descriptor ??= sync.open(path, settings.flags ?? 'r');
        const room = Math.min(Math.max(size, 65536), end + 1 - (position ?? 0));
        const buffer = Buffer.alloc(Math.max(room, 0));
        const count = room <= 0 ? 0 : sync.read(descriptor, buffer, 0, room, position ?? null);
        if (position !== undefined) position += count;
        else if (end !== Infinity) position = count;
        if (count === 0) sync.close(descriptor);
        this.push(count === 0 ? null : buffer.subarray(0, count));
      } catch (error) {
        this.destroy(error);
      }
    } });
    stream.path = path;
    return stream;
  } });

  Object.defineProperty(api, 'createWriteStream', { enumerable: true, value(path, options) {
    const { Writable } = load('node/stream');
    const settings = typeof options === 'string' ? { encoding: options } : options ?? {};
    const descriptor = settings.fd ?? sync.open(path, settings.flags ?? 'w');
    const stream = new Writable({ ...settings,
      write(chunk, encoding, done) {
        try {
          sync.write(descriptor, chunk);
          stream.bytesWritten += chunk.length;
          done();
        } catch (error) {
          done(error);
        }
      },
      final(done) {
        if (descriptor > 2) sync.close(descriptor);
        done();
      } });
    stream.path = path;
    stream.bytesWritten = 0;
    return stream;
  } });

  return api;
})
