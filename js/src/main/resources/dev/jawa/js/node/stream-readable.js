// Readable streams of Node.js (https://nodejs.org/api/stream.html#readable-streams).
(function (host, load) {
  'use strict';

  const { Buffer } = load('node/buffer');
  const { failure, invalidType } = load('node/errors');
  const { Stream, define, commonState, checkHighWaterMark, destroy, errorOrDestroy, construct,
    notImplemented } = load('node/stream-base');
  const more = () => load('node/stream-more');

  function Readable(options) {
    if (!(this instanceof Readable)) return new Readable(options);
    Stream.call(this, options);
    initReadable(this, options, false);
    construct(this, () => { if (this._readableState.needReadable || this._readableState.flowing) maybeReadMore(this); });
  }
  Object.setPrototypeOf(Readable.prototype, Stream.prototype);
  Object.setPrototypeOf(Readable, Stream);

  function initReadable(stream, options, isDuplex) {
    const { read, destroy: destroyed, construct: constructing, signal, encoding, objectMode = false,
      readableObjectMode = false } = options ?? {};
    const isObjectMode = Boolean(objectMode || isDuplex && readableObjectMode);
    const limit = isDuplex ? checkHighWaterMark(options?.readableHighWaterMark, 'readableHighWaterMark')
      ?? options?.highWaterMark : options?.highWaterMark;
    stream._readableState = Object.assign(commonState(options, isObjectMode, checkHighWaterMark(limit, 'highWaterMark')), {
      buffer: [], length: 0, pipes: [], flowing: null, ended: false, endEmitted: false, reading: false, sync: true,
        needReadable: false,
      emittedReadable: false, readableListening: false, resumeScheduled: false, paused: false, readingMore: false,
        dataEmitted: false,
      decoder: null, encoding: null, awaiting: new Set(), readable: options?.readable !== false || !isDuplex });
    Object.defineProperty(stream, '_readableState', { enumerable: false });
    if (typeof read === 'function') stream._read = read;
    if (typeof destroyed === 'function') stream._destroy = destroyed;
    if (typeof constructing === 'function') stream._construct = constructing;
    if (encoding) stream.setEncoding(encoding);
    if (signal !== undefined) more().addAbortSignal(signal, stream);
  }

  // Adds a chunk, at the end or the front; gives whether more is wanted.
  function addChunk(stream, given, encoding, isFront) {
    const state = stream._readableState;
    let chunk = given;
    let isDecoded = state.objectMode;
    if (!state.objectMode && chunk !== null && chunk !== undefined) {
      if (typeof chunk === 'string') {
        const own = encoding || state.defaultEncoding;
        if (state.encoding !== own) {
          chunk = Buffer.from(chunk, own);
          if (isFront && state.encoding) chunk = chunk.toString(state.encoding);
        }
        isDecoded = state.encoding === own || isFront;
      } else if (ArrayBuffer.isView(chunk)) {
        if (!Buffer.isBuffer(chunk)) chunk = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
      } else {
        errorOrDestroy(stream, invalidType('chunk', 'of type string or an instance of Buffer, TypedArray, or DataView', chunk));
        return false;
      }
    }
    if (chunk === null || chunk === undefined && !state.objectMode) {
      state.reading = false;
      atEnd(stream);
      return false;
    }
    if (!state.objectMode && chunk.length === 0) {
      if (!isFront) {
        state.reading = false;
        maybeReadMore(stream);
      }
      return wantsMore(state);
    }
    if (isFront ? state.endEmitted : state.ended) {
      errorOrDestroy(stream, isFront ? failure(Error, 'ERR_STREAM_UNSHIFT_AFTER_END_EVENT', 'stream.unshift() after end event')
        : failure(Error, 'ERR_STREAM_PUSH_AFTER_EOF', 'stream.push() after EOF'));
      return false;
    }
    if (state.destroyed || state.errored) return false;
    if (!isFront) {
      state.reading = false;
      if (state.decoder !== null && !isDecoded) chunk = state.decoder.write(chunk);
    }
    if (state.objectMode || chunk.length > 0) store(stream, chunk, isFront);
    maybeReadMore(stream);
    return wantsMore(state);
  }

  const wantsMore = (state) => !state.ended && (state.length < state.highWaterMark || state.length === 0);

  function store(stream, chunk, isFront) {
    const state = stream._readableState;
    if (state.flowing && state.length === 0 && !state.sync && stream.listenerCount('data') > 0) {
      state.dataEmitted = true;
      stream.emit('data', chunk);
      return;
    }
    state.length += state.objectMode ? 1 : chunk.length;
    if (isFront) state.buffer.unshift(chunk);
    else state.buffer.push(chunk);
    if (state.needReadable) emitReadable(stream);
  }

  function atEnd(stream) {
    const state = stream._readableState;
    if (state.ended) return;
    const rest = state.decoder?.end();
    if (rest) {
      state.buffer.push(rest);
      state.length += state.objectMode ? 1 : rest.length;
    }
    state.ended = true;
    if (state.sync) emitReadable(stream);
    else {
      state.needReadable = false;
      state.emittedReadable = true;
      readableNow(stream);
    }
  }

  function emitReadable(stream) {
    const state = stream._readableState;
    state.needReadable = false;
    if (state.emittedReadable) return;
    state.emittedReadable = true;
    process.nextTick(() => readableNow(stream));
  }

  function readableNow(stream) {
    const state = stream._readableState;
    if (!state.destroyed && !state.errored && (state.length > 0 || state.ended)) {
      stream.emit('readable');
      state.emittedReadable = false;
    }
    state.needReadable = !state.flowing && !state.ended && state.length <= state.highWaterMark;
    flow(stream);
  }

  function maybeReadMore(stream) {
    const state = stream._readableState;
    if (state.readingMore || !state.constructed) return;
    state.readingMore = true;
    process.nextTick(() => {
      while (!state.reading && !state.ended && (state.length < state.highWaterMark || state.flowing && state.length === 0)) {
        const before = state.length;
        stream.read(0);
        if (before === state.length) break;
      }
      state.readingMore = false;
    });
  }

  function flow(stream) {
    const state = stream._readableState;
    while (state.flowing && stream.read() !== null);
  }

  // How much of what there is read(n) gives.
  function amount(n, state) {
    if (n <= 0 || state.length === 0 && state.ended) return 0;
    if (state.objectMode) return 1;
    // One chunk at a time.
    if (Number.isNaN(n)) return state.length > 0 ? state.buffer[0].length : 0;
    if (n <= state.length) return n;
    return state.ended ? state.length : 0;
  }

  function take(n, state) {
    if (state.length === 0) return null;
    if (state.objectMode) return state.buffer.shift();
    const isAll = n >= state.length;
    if (isAll || n !== state.buffer[0].length) {
      const whole = state.buffer.length === 1 ? state.buffer[0] : state.decoder === null ? Buffer.concat(state.buffer) : state.buffer.join('');
      state.buffer = isAll ? [] : [whole.slice(n)];
      return isAll ? whole : whole.slice(0, n);
    }
    return state.buffer.shift();
  }

  function endReadable(stream) {
    const state = stream._readableState;
    if (state.endEmitted) return;
    state.ended = true;
    process.nextTick(() => {
      if (state.errored || state.closeEmitted || state.endEmitted || state.length > 0) return;
      state.endEmitted = true;
      stream.emit('end');
      const writing = stream._writableState;
      if (stream.writable && stream.allowHalfOpen === false) process.nextTick(() => { if (stream.writable
        && !writing.ending) stream.end(); });
      else if (state.autoDestroy && (writing === undefined || writing.autoDestroy && (writing.finished
        || writing.writable === false))) {
        stream.destroy();
      }
    });
  }

  function resumeLater(stream) {
    const state = stream._readableState;
    if (state.resumeScheduled) return;
    state.resumeScheduled = true;
    process.nextTick(() => {
      if (!state.reading) stream.read(0);
      state.resumeScheduled = false;
      stream.emit('resume');
      flow(stream);
      if (state.flowing && !state.reading) stream.read(0);
    });
  }

  // "data" makes a stream flow unless somebody listens to "readable".
  function update(stream) {
    const state = stream._readableState;
    state.readableListening = stream.listenerCount('readable') > 0;
    if (state.resumeScheduled && !state.paused) state.flowing = true;
    else if (stream.listenerCount('data') > 0 && !state.readableListening) stream.resume();
    else if (!state.readableListening) state.flowing = null;
  }

  define(Readable, {
    destroy,
    _destroy(error, callback) { callback(error); },
    _read() { throw notImplemented('_read()'); },
    push(chunk, encoding) { return addChunk(this, chunk, encoding, false); },
    unshift(chunk, encoding) { return addChunk(this, chunk, encoding, true); },

    read(given) {
      const state = this._readableState;
      const wanted = given === undefined ? NaN : Number.isInteger(given) ? given : parseInt(given, 10);
      if (wanted > state.highWaterMark) state.highWaterMark = 2 ** Math.ceil(Math.log2(wanted));
      if (wanted !== 0) state.emittedReadable = false;
      if (wanted === 0 && state.needReadable
        && ((state.highWaterMark === 0 ? state.length > 0 : state.length >= state.highWaterMark) || state.ended)) {
        if (state.length === 0 && state.ended) endReadable(this);
        else emitReadable(this);
        return null;
      }
      let n = amount(wanted, state);
      if (n === 0 && state.ended) {
        if (state.length === 0) endReadable(this);
        return null;
      }
      if (state.needReadable || state.length === 0 || state.length - n < state.highWaterMark) n = readSource(this, n, wanted);
      const result = n > 0 ? take(n, state) : null;
      if (result === null) {
        state.needReadable = state.length <= state.highWaterMark;
        n = 0;
      } else {
        state.length -= n;
        state.awaiting.clear();
      }
      if (state.length === 0) {
        if (!state.ended) state.needReadable = true;
        if (wanted !== n && state.ended) endReadable(this);
      }
      if (result !== null && !state.errored && !state.closeEmitted) {
        state.dataEmitted = true;
        this.emit('data', result);
      }
      return result;
    },

    setEncoding(encoding) {
      const state = this._readableState;
      const { StringDecoder } = host.builtin('string_decoder');
      state.decoder = new StringDecoder(encoding);
      state.encoding = state.decoder.encoding;
      const text = state.buffer.map((chunk) => state.decoder.write(chunk)).join('');
      state.buffer = text === '' ? [] : [text];
      state.length = text.length;
      return this;
    },

    on(type, listener) {
      Stream.prototype.on.call(this, type, listener);
      const state = this._readableState;
      if (type === 'data') {
        state.readableListening = this.listenerCount('readable') > 0;
        if (state.flowing !== false) this.resume();
      } else if (type === 'readable' && !state.endEmitted && !state.readableListening) {
        state.readableListening = state.needReadable = true;
        state.flowing = false;
        state.emittedReadable = false;
        if (state.length > 0) emitReadable(this);
        else if (!state.reading) process.nextTick(() => this.read(0));
      }
      return this;
    },

    removeListener(type, listener) {
      Stream.prototype.removeListener.call(this, type, listener);
      if (type === 'readable') process.nextTick(() => update(this));
      else if (type === 'data' && this.listenerCount('data') === 0) this._readableState.flowing = this._readableState.flowing && false;
      return this;
    },

    removeAllListeners(type) {
      Stream.prototype.removeAllListeners.call(this, type);
      if (type === 'readable' || type === undefined) process.nextTick(() => update(this));
      return this;
    },

    resume() {
      const state = this._readableState;
      if (!state.flowing) {
        state.flowing = !state.readableListening;
        resumeLater(this);
      }
      state.paused = false;
      return this;
    },

    pause() {
      const state = this._readableState;
      if (state.flowing !== false) {
        state.flowing = false;
        this.emit('pause');
      }
      state.paused = true;
      return this;
    },

    isPaused() { return this._readableState.paused === true || this._readableState.flowing === false; },

    pipe(target, options) {
      const state = this._readableState;
      state.pipes.push(target);
      const ends = options?.end !== false && target !== process.stdout && target !== process.stderr;
      const end = () => target.end();
      let isOver = false;
      const drain = () => {
        state.awaiting.delete(target);
        if (state.awaiting.size === 0 && this.listenerCount('data') > 0) this.resume();
      };
      const data = (chunk) => {
        if (target.write(chunk) !== false || isOver) return;
        if (state.pipes.includes(target)) state.awaiting.add(target);
        this.pause();
      };
      const failed = (error) => {
        unpipe();
        target.removeListener('error', failed);
        if (target.listenerCount('error') > 0) return;
        const writing = target._writableState ?? target._readableState;
        if (writing !== undefined && !writing.errorEmitted) errorOrDestroy(target, error);
        else target.emit('error', error);
      };
      const unpipe = () => this.unpipe(target);
      const unpiped = (source, info) => {
        if (source !== this || info?.isDone) return;
        if (info !== undefined) info.isDone = true;
        isOver = true;
        target.removeListener('close', unpipe);
        target.removeListener('finish', unpipe);
        target.removeListener('drain', drain);
        target.removeListener('error', failed);
        target.removeListener('unpipe', unpiped);
        this.removeListener('end', end);
        this.removeListener('end', unpipe);
        this.removeListener('data', data);
        if (state.awaiting.delete(target) && state.awaiting.size === 0) drain();
      };
      if (state.endEmitted) process.nextTick(ends ? end : unpipe);
      else this.once('end', ends ? end : unpipe);
      target.on('unpipe', unpiped);
      target.on('drain', drain);
      this.on('data', data);
      target.prependListener('error', failed);
      target.once('close', unpipe);
      target.once('finish', unpipe);
      target.emit('pipe', this);
      if (target.writableNeedDrain === true) this.pause();
      else if (!state.flowing) this.resume();
      return target;
    },

    unpipe(target) {
      const state = this._readableState;
      if (state.pipes.length === 0) return this;
      const info = { hasUnpiped: false };
      const gone = target === undefined ? state.pipes.splice(0) : state.pipes.includes(target) ? [target] : [];
      if (target !== undefined) state.pipes = state.pipes.filter((one) => one !== target);
      if (state.pipes.length === 0 && gone.length > 0) this.pause();
      for (const one of gone) one.emit('unpipe', this, target === undefined ? { hasUnpiped: false } : info);
      return this;
    },

    // The old interface of streams, as a source.
    wrap(stream) {
      stream.on('data', (chunk) => { if (!this.push(chunk)) stream.pause?.(); });
      stream.on('end', () => this.push(null));
      stream.on('error', (error) => errorOrDestroy(this, error));
      stream.on('close', () => this.destroy());
      this._read = () => stream.resume?.();
      return this;
    },

    [Symbol.asyncIterator]() { return iterate(this, {}); },
    iterator(options = {}) { return iterate(this, options); },
    async [Symbol.asyncDispose]() {
      if (!this.destroyed) this.destroy(this.readableEnded ? undefined : Object.assign(new Error('The operation was aborted'), { name: 'AbortError', code: 'ABORT_ERR' }));
      await new Promise((resolve, reject) => {
        more().finished(this, (error) => (error && error.name !== 'AbortError' ? reject(error) : resolve()));
      });
    },

    get readable() {
      const state = this._readableState;
      return state !== undefined && state.readable && !state.destroyed && !state.errorEmitted && !state.endEmitted;
    },
    set readable(value) { if (this._readableState !== undefined) this._readableState.readable = Boolean(value); },
    get readableFlowing() { return this._readableState.flowing; },
    set readableFlowing(value) { this._readableState.flowing = value; },
    get readableLength() { return this._readableState.length; },
    get readableObjectMode() { return this._readableState?.objectMode ?? false; },
    get readableHighWaterMark() { return this._readableState.highWaterMark; },
    get readableBuffer() { return this._readableState?.buffer; },
    get readableEncoding() { return this._readableState?.encoding ?? null; },
    get readableEnded() { return this._readableState?.endEmitted ?? false; },
    get readableDidRead() { return this._readableState.dataEmitted; },
    get readableAborted() {
      const state = this._readableState;
      return Boolean(state.readable && (state.destroyed || state.errored) && !state.endEmitted);
    },
    get errored() { return this._readableState?.errored ?? null; },
    get closed() { return this._readableState?.closed ?? false; },
    get destroyed() { return this._readableState?.destroyed ?? false; },
    set destroyed(value) { if (this._readableState !== undefined) this._readableState.destroyed = value; },
  });
  Readable.prototype.addListener = Readable.prototype.on;
  Readable.prototype.off = Readable.prototype.removeListener;
  for (const name of ['addListener', 'off']) Object.defineProperty(Readable.prototype, name, { enumerable: false });

  // Asks the source for more, unless it cannot give any; then how much there is to take.
  function readSource(stream, n, wanted) {
    const state = stream._readableState;
    if (state.ended || state.reading || state.destroyed || state.errored || !state.constructed) return n;
    state.reading = true;
    state.sync = true;
    if (state.length === 0) state.needReadable = true;
    try {
      stream._read(state.highWaterMark);
    } catch (error) {
      errorOrDestroy(stream, error);
    }
    state.sync = false;
    return state.reading ? n : amount(wanted, state);
  }

  async function* iterate(stream, { destroyOnReturn = true }) {
    let wake = () => {};
    let failed;
    const next = () => wake();
    stream.on('readable', next);
    const stop = more().finished(stream, { writable: false }, (error) => {
      failed = error ?? null;
      wake();
    });
    try {
      for (;;) {
        const chunk = stream.destroyed ? null : stream.read();
        if (chunk !== null) yield chunk;
        else if (failed) throw failed;
        else if (failed === null) return;
        else await new Promise((resolve) => { wake = resolve; });
      }
    } catch (error) {
      failed ??= error;
      throw error;
    } finally {
      if ((failed || destroyOnReturn) && (failed === undefined || stream._readableState.autoDestroy)) stream.destroy(null);
      else {
        stream.removeListener('readable', next);
        stop();
      }
    }
  }

  return { Readable, initReadable, maybeReadMore };
})
