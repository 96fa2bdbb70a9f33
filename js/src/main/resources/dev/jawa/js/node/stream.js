// node:stream (https://nodejs.org/api/stream.html): what programs use of it, without its finer points of buffering.
(function (host, load) {
  'use strict';

  const EventEmitter = load('node/events');
  const { Buffer } = load('node/buffer');

  function Stream(options) {
    EventEmitter.call(this, options);
  }
  Object.setPrototypeOf(Stream.prototype, EventEmitter.prototype);
  Object.setPrototypeOf(Stream, EventEmitter);

  const notImplemented = (name) => Object.assign(new Error(`The ${name} method is not implemented`),
    { code: 'ERR_METHOD_NOT_IMPLEMENTED' });

  function define(constructor, methods) {
    // With those whose name is a symbol.
    for (const name of Reflect.ownKeys(methods)) {
      Object.defineProperty(constructor.prototype, name,
        { ...Object.getOwnPropertyDescriptor(methods, name), enumerable: false });
    }
  }

  function destroy(error) {
    if (this.destroyed) return this;
    this.destroyed = true;
    const finish = (problem) => {
      process.nextTick(() => {
        if (problem) this.emit('error', problem);
        this.emit('close');
      });
    };
    this._destroy(error ?? null, (problem) => finish(problem ?? error));
    return this;
  }

  // Readable

  function Readable(options = {}) {
    Stream.call(this, options);
    initReadable(this, options);
  }
  Object.setPrototypeOf(Readable.prototype, Stream.prototype);
  Object.setPrototypeOf(Readable, Stream);

  function initReadable(stream, options) {
    const { read, destroy: destroyed, objectMode = false, readableObjectMode = false, encoding, highWaterMark } = options ?? {};
    if (typeof read === 'function') stream._read = read;
    if (typeof destroyed === 'function') stream._destroy = destroyed;
    stream.readable = true;
    stream.destroyed = false;
    stream.readableEnded = false;
    stream.readableFlowing = null;
    stream.readableObjectMode = objectMode || readableObjectMode;
    stream.readableHighWaterMark = highWaterMark ?? (stream.readableObjectMode ? 16 : 65536);
    stream.readableEncoding = encoding ?? null;
    Object.defineProperty(stream, '_chunks', { value: [], writable: true, configurable: true });
    Object.defineProperty(stream, '_readState', { writable: true, configurable: true,
      value: { ended: false, reading: false, scheduled: false, decoder: undefined } });
    if (encoding) stream.setEncoding(encoding);
  }

  function pump(stream) {
    const state = stream._readState;
    if (state.scheduled || stream.destroyed) return;
    state.scheduled = true;
    process.nextTick(() => {
      state.scheduled = false;
      if (stream.destroyed) return;
      if (stream.readableFlowing) {
        while (stream.readableFlowing && stream._chunks.length > 0) stream.emit('data', stream._chunks.shift());
      } else if ((stream._chunks.length > 0 || state.ended) && stream.listenerCount('readable') > 0) {
        stream.emit('readable');
      }
      if (state.ended && stream._chunks.length === 0) {
        if (!stream.readableEnded && (stream.readableFlowing || stream.listenerCount('readable') > 0)) {
          stream.readableEnded = true;
          stream.readable = false;
          stream.emit('end');
          if (stream.writable !== true) stream.destroy();
        }
      } else if (!state.reading && (stream.readableFlowing || stream.listenerCount('readable') > 0)) {
        state.reading = true;
        try {
          stream._read(stream.readableHighWaterMark);
        } catch (error) {
          stream.destroy(error);
        }
      }
    });
  }

  define(Readable, {
    destroy,
    _destroy(error, callback) { callback(error); },
    _read() { throw notImplemented('_read()'); },
    push(chunk, encoding) {
      const state = this._readState;
      state.reading = false;
      if (chunk === null) {
        const rest = state.decoder?.end();
        if (rest) this._chunks.push(rest);
        state.ended = true;
      } else {
        const value = this.readableObjectMode || typeof chunk === 'string' && this.readableEncoding !== null ? chunk
          : typeof chunk === 'string' ? Buffer.from(chunk, encoding) : chunk;
        const decoded = state.decoder !== undefined && typeof value !== 'string' ? state.decoder.write(value) : value;
        if (this.readableObjectMode || decoded.length > 0) this._chunks.push(decoded);
      }
      pump(this);
      return !state.ended && this._chunks.length < 16;
    },
    unshift(chunk) { this._chunks.unshift(chunk); },
    read(size) {
      if (this._chunks.length === 0) {
        pump(this);
        return null;
      }
      if (this.readableObjectMode) return this._chunks.shift();
      const isText = typeof this._chunks[0] === 'string';
      const all = isText ? this._chunks.join('') : Buffer.concat(this._chunks);
      if (size !== undefined && size < all.length) {
        this._chunks = [all.slice(size)];
        return all.slice(0, size);
      }
      if (size !== undefined && size > all.length && !this._readState.ended) return null;
      this._chunks = [];
      pump(this);
      return all;
    },
    setEncoding(encoding) {
      const { StringDecoder } = host.builtin('string_decoder');
      this.readableEncoding = encoding;
      this._readState.decoder = new StringDecoder(encoding);
      return this;
    },
    on(type, listener) {
      Stream.prototype.on.call(this, type, listener);
      if (type === 'data' && this.readableFlowing !== false) this.resume();
      if (type === 'readable') pump(this);
      return this;
    },
    resume() {
      this.readableFlowing = true;
      pump(this);
      return this;
    },
    pause() {
      this.readableFlowing = false;
      return this;
    },
    isPaused() { return this.readableFlowing === false; },
    pipe(target, options) {
      this.on('data', (chunk) => {
        if (target.write(chunk) === false) {
          this.pause();
          target.once('drain', () => this.resume());
        }
      });
      if (options?.end !== false && target !== process.stdout && target !== process.stderr) {
        this.once('end', () => target.end());
      }
      target.emit('pipe', this);
      return target;
    },
    unpipe() { return this.pause(); },
    async* [Symbol.asyncIterator]() {
      const events = [];
      let wake = Promise.withResolvers();
      const add = (event) => {
        events.push(event);
        wake.resolve();
      };
      this.on('error', (error) => add({ error }));
      this.on('end', () => add({ done: true }));
      this.on('close', () => add({ done: true }));
      this.on('data', (value) => add({ value }));
      try {
        for (;;) {
          while (events.length > 0) {
            const event = events.shift();
            if ('error' in event) throw event.error;
            if (event.done) return;
            yield event.value;
          }
          await wake.promise;
          wake = Promise.withResolvers();
        }
      } finally {
        this.destroy();
      }
    },
  });
  Readable.prototype.addListener = Readable.prototype.on;

  Readable.from = (iterable, options) => {
    const source = typeof iterable === 'string' || iterable instanceof Uint8Array ? [iterable] : iterable;
    const iterator = source[Symbol.asyncIterator]?.() ?? source[Symbol.iterator]();
    return new Readable({ objectMode: true, ...options, read() {
      Promise.resolve(iterator.next()).then(async ({ done, value }) => this.push(done ? null : await value),
        (error) => this.destroy(error));
    } });
  };
  Readable.fromWeb = (web, options) => Readable.from(web, { objectMode: false, ...options });
  // The helpers that read a stream to its end, and those that make another one of it.
  define(Readable, {
    async toArray() { return Array.fromAsync(this); },
    async forEach(action) { for await (const chunk of this) await action(chunk); },
    async some(test) {
      for await (const chunk of this) if (await test(chunk)) return true;
      return false;
    },
    async every(test) { return !(await this.some(async (chunk) => !(await test(chunk)))); },
    async find(test) {
      for await (const chunk of this) if (await test(chunk)) return chunk;
      return undefined;
    },
    async reduce(action, ...initial) {
      let result = initial[0];
      let isFirst = initial.length === 0;
      for await (const chunk of this) {
        result = isFirst ? chunk : await action(result, chunk);
        isFirst = false;
      }
      if (isFirst) throw new TypeError('Reduce of an empty stream requires an initial value');
      return result;
    },
  });
  const derived = {
    async* map(source, action) { for await (const chunk of source) yield action(chunk); },
    async* filter(source, test) { for await (const chunk of source) if (await test(chunk)) yield chunk; },
    async* flatMap(source, action) { for await (const chunk of source) yield* await action(chunk); },
    async* take(source, count) {
      if (count <= 0) return;
      let left = count;
      for await (const chunk of source) {
        yield chunk;
        if (--left <= 0) return;
      }
    },
    async* drop(source, count) {
      let left = count;
      for await (const chunk of source) if (left-- <= 0) yield chunk;
    },
  };
  define(Readable, Object.fromEntries(Object.entries(derived).map(([name, generate]) =>
    [name, function (argument) { return Readable.from(generate(this, argument)); }])));

  Readable.toWeb = (stream) => ReadableStream.from(stream);

  // Writable

  function Writable(options = {}) {
    Stream.call(this, options);
    initWritable(this, options);
  }
  Object.setPrototypeOf(Writable.prototype, Stream.prototype);
  Object.setPrototypeOf(Writable, Stream);

  function initWritable(stream, options) {
    const { write, writev, final, destroy: destroyed, objectMode = false, writableObjectMode = false,
      decodeStrings = true, defaultEncoding = 'utf8', highWaterMark } = options ?? {};
    if (typeof write === 'function') stream._write = write;
    if (typeof writev === 'function') stream._writev = writev;
    if (typeof final === 'function') stream._final = final;
    if (typeof destroyed === 'function') stream._destroy = destroyed;
    stream.writable = true;
    stream.destroyed = false;
    stream.writableEnded = false;
    stream.writableFinished = false;
    stream.writableObjectMode = objectMode || writableObjectMode;
    stream.writableHighWaterMark = highWaterMark ?? (stream.writableObjectMode ? 16 : 16384);
    Object.defineProperty(stream, '_writeState', { writable: true, configurable: true,
      value: { queue: [], writing: false, decodeStrings, defaultEncoding, needsDrain: false } });
  }

  function writeNext(stream) {
    const state = stream._writeState;
    if (state.writing || stream.destroyed) return;
    const next = state.queue.shift();
    if (next === undefined) {
      if (stream.writableEnded) finish(stream);
      else if (state.needsDrain) {
        state.needsDrain = false;
        process.nextTick(() => stream.emit('drain'));
      }
      return;
    }
    state.writing = true;
    stream._write(next.chunk, next.encoding, (error) => {
      state.writing = false;
      next.callback?.(error ?? null);
      if (error) stream.destroy(error);
      else writeNext(stream);
    });
  }

  function finish(stream) {
    if (stream.writableFinished) return;
    stream.writableFinished = true;
    stream._final((error) => {
      if (error) {
        stream.destroy(error);
        return;
      }
      process.nextTick(() => {
        stream.emit('finish');
        if (stream.readable !== true) stream.destroy();
      });
    });
  }

  const writableMethods = {
    destroy,
    _destroy(error, callback) { callback(error); },
    _final(callback) { callback(); },
    _write(chunk, encoding, callback) {
      if (this._writev === undefined) throw notImplemented('_write()');
      this._writev([{ chunk, encoding }], callback);
    },
    write(chunk, encodingOrCallback, callback) {
      const state = this._writeState;
      const done = typeof encodingOrCallback === 'function' ? encodingOrCallback : callback;
      const encoding = typeof encodingOrCallback === 'string' ? encodingOrCallback : state.defaultEncoding;
      if (this.writableEnded) {
        const error = Object.assign(new Error('write after end'), { code: 'ERR_STREAM_WRITE_AFTER_END' });
        process.nextTick(() => {
          done?.(error);
          this.emit('error', error);
        });
        return false;
      }
      if (!this.writableObjectMode && typeof chunk !== 'string' && !(chunk instanceof Uint8Array)) {
        throw Object.assign(new TypeError('The "chunk" argument must be of type string or an instance of Buffer, '
          + `TypedArray, or DataView. Received ${chunk === null ? 'null' : typeof chunk}`),
        { code: chunk === null ? 'ERR_STREAM_NULL_VALUES' : 'ERR_INVALID_ARG_TYPE' });
      }
      const isDecoded = !this.writableObjectMode && typeof chunk === 'string' && state.decodeStrings;
      const value = isDecoded ? Buffer.from(chunk, encoding)
        : chunk instanceof Uint8Array && !Buffer.isBuffer(chunk) && !this.writableObjectMode
          ? Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength) : chunk;
      state.queue.push({ chunk: value, encoding: isDecoded ? 'buffer' : encoding, callback: done });
      writeNext(this);
      const hasRoom = state.queue.length < 16;
      if (!hasRoom) state.needsDrain = true;
      return hasRoom;
    },
    end(chunk, encoding, callback) {
      const done = [chunk, encoding, callback].find((value) => typeof value === 'function');
      if (chunk !== undefined && chunk !== null && typeof chunk !== 'function') {
        this.write(chunk, typeof encoding === 'string' ? encoding : undefined);
      }
      if (done !== undefined) this.once('finish', done);
      if (!this.writableEnded) {
        this.writableEnded = true;
        this.writable = false;
        if (!this._writeState.writing) writeNext(this);
      }
      return this;
    },
    cork() {},
    uncork() {},
    setDefaultEncoding(encoding) {
      this._writeState.defaultEncoding = encoding;
      return this;
    },
  };
  define(Writable, { ...writableMethods, get writableLength() { return this._writeState.queue.length; } });

  // Both

  function Duplex(options = {}) {
    Stream.call(this, options);
    initReadable(this, options);
    initWritable(this, options);
  }
  Object.setPrototypeOf(Duplex.prototype, Readable.prototype);
  Object.setPrototypeOf(Duplex, Readable);
  define(Duplex, writableMethods);

  function Transform(options = {}) {
    Duplex.call(this, options);
    if (typeof options?.transform === 'function') this._transform = options.transform;
    if (typeof options?.flush === 'function') this._flush = options.flush;
  }
  Object.setPrototypeOf(Transform.prototype, Duplex.prototype);
  Object.setPrototypeOf(Transform, Duplex);
  define(Transform, {
    _transform() { throw notImplemented('_transform()'); },
    _flush(callback) { callback(); },
    _read() {},
    _write(chunk, encoding, callback) {
      this._transform(chunk, encoding, (error, value) => {
        if (!error && value !== undefined && value !== null) this.push(value);
        callback(error);
      });
    },
    _final(callback) {
      this._flush((error, value) => {
        if (!error) {
          if (value !== undefined && value !== null) this.push(value);
          this.push(null);
        }
        callback(error);
      });
    },
  });

  function PassThrough(options) {
    Transform.call(this, options);
  }
  Object.setPrototypeOf(PassThrough.prototype, Transform.prototype);
  Object.setPrototypeOf(PassThrough, Transform);
  define(PassThrough, { _transform(chunk, encoding, callback) { callback(null, chunk); } });

  function finished(stream, options, callback) {
    const done = typeof options === 'function' ? options : callback;
    let isOver = false;
    const end = (error) => {
      if (isOver) return;
      isOver = true;
      done.call(stream, error);
    };
    stream.on('error', end);
    stream.on('end', () => end());
    stream.on('finish', () => { if (stream.readable !== true) end(); });
    stream.on('close', () => end());
    return () => { isOver = true; };
  }

  function pipeline(...streams) {
    const callback = typeof streams.at(-1) === 'function' ? streams.pop() : () => {};
    const chain = Array.isArray(streams[0]) ? streams[0] : streams;
    let isOver = false;
    const end = (error) => {
      if (isOver) return;
      isOver = true;
      if (error) chain.forEach((stream) => stream.destroy?.(error));
      callback(error);
    };
    chain.forEach((stream) => stream.on('error', end));
    chain.at(-1).on('finish', () => end());
    return chain.reduce((from, to) => from.pipe(to));
  }

  const promises = {
    finished: (stream) => new Promise((resolve, reject) => { finished(stream, (error) => (error ? reject(error) : resolve())); }),
    pipeline: (...streams) => new Promise((resolve, reject) => {
      pipeline(...streams, (error) => (error ? reject(error) : resolve()));
    }),
  };

  return Object.assign(Stream, { Stream, Readable, Writable, Duplex, Transform, PassThrough, finished, pipeline, promises,
    addAbortSignal(signal, stream) {
      signal.addEventListener('abort', () => stream.destroy(signal.reason), { once: true });
      return stream;
    } });
})
