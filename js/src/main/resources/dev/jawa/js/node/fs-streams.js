// The streams of files of node:fs.
(function (host, load) {
  'use strict';

  const fs = load('node/fs');
  const { Readable, Writable } = load('node/stream');
  const { outOfRange } = load('node/errors');

  const optionsOf = (options) => (typeof options === 'string' ? { encoding: options } : options ?? {});
  const descriptorOf = (fd) => (typeof fd === 'object' && fd !== null ? fd.fd : fd);

  // Opens a file before anything is done with it, and tells "open" and "ready".
  function openFor(stream, path, flags, mode) {
    try {
      stream.fd = fs.openSync(path, flags, mode);
    } catch (error) {
      if (error.code === 'ERR_INVALID_ARG_TYPE') throw error;
      process.nextTick(() => stream.destroy(error));
      return;
    }
    process.nextTick(() => {
      stream.emit('open', stream.fd);
      stream.emit('ready');
    });
  }

  class ReadStream extends Readable {
    constructor(path, options) {
      const settings = optionsOf(options);
      super({ highWaterMark: 65536, ...settings, emitClose: true, autoDestroy: settings.autoClose ?? true });
      const { start, end = Infinity } = settings;
      if (start !== undefined && end < start) throw outOfRange('start', `<= "end" (here: ${end})`, start);
      this.path = path;
      this.flags = settings.flags ?? 'r';
      this.fd = settings.fd === undefined || settings.fd === null ? null : descriptorOf(settings.fd);
      this.start = start;
      this.end = end;
      this.pos = start;
      this.bytesRead = 0;
      this.autoClose = settings.autoClose ?? true;
      if (this.fd === null) openFor(this, path, this.flags);
    }

    get pending() { return this.fd === null; }

    _read(size) {
      if (this.fd === null) return;
      const room = Math.min(Math.max(size, 65536), this.end + 1 - (this.pos ?? this.bytesRead));
      if (room <= 0) {
        this.push(null);
        return;
      }
      const buffer = Buffer.allocUnsafe(room);
      let count;
      try {
        count = fs.readSync(this.fd, buffer, 0, room, this.pos ?? null);
      } catch (error) {
        this.destroy(error);
        return;
      }
      if (this.pos !== undefined) this.pos += count;
      this.bytesRead += count;
      this.push(count === 0 ? null : buffer.subarray(0, count));
    }

    _destroy(error, callback) { closeFor(this, error, callback); }

    close(callback) {
      if (callback !== undefined) this.once('close', callback);
      this.destroy();
    }
  }

  class WriteStream extends Writable {
    constructor(path, options) {
      const settings = optionsOf(options);
      super({ highWaterMark: 16384, ...settings, decodeStrings: true, defaultEncoding: settings.encoding ?? 'utf8',
        emitClose: true,
        autoDestroy: settings.autoClose ?? true });
      this.path = path;
      this.flags = settings.flags ?? 'w';
      this.mode = settings.mode;
      this.fd = settings.fd === undefined || settings.fd === null ? null : descriptorOf(settings.fd);
      this.start = settings.start;
      this.pos = settings.start;
      this.bytesWritten = 0;
      this.autoClose = settings.autoClose ?? true;
      if (this.fd === null) openFor(this, path, this.flags, this.mode);
    }

    get pending() { return this.fd === null; }

    _write(chunk, encoding, callback) {
      if (this.fd === null) return;
      try {
        const count = fs.writeSync(this.fd, chunk, 0, chunk.length, this.pos ?? null);
        if (this.pos !== undefined) this.pos += count;
        this.bytesWritten += count;
      } catch (error) {
        callback(error);
        return;
      }
      callback();
    }

    _destroy(error, callback) { closeFor(this, error, callback); }

    close(callback) {
      if (callback !== undefined) this.once('close', callback);
      this.end();
    }
  }

  function closeFor(stream, error, callback) {
    const { fd } = stream;
    stream.fd = null;
    let problem = error;
    if (fd > 2 && stream.autoClose) {
      try {
        fs.closeSync(fd);
      } catch (failed) {
        problem ??= failed;
      }
    }
    callback(problem);
  }

  return { ReadStream, WriteStream };
})
