// Writable streams of Node.js (https://nodejs.org/api/stream.html#writable-streams).
(function (host, load) {
  'use strict';

  const { Buffer } = load('node/buffer');
  const { failure, invalidType } = load('node/errors');
  const { Stream, define, commonState, checkHighWaterMark, destroy, errorOrDestroy, construct, setError,
    notImplemented } = load('node/stream-base');
  const more = () => load('node/stream-more');

  const destroyedError = (name) => failure(Error, 'ERR_STREAM_DESTROYED', `Cannot call ${name} after a stream was destroyed`);
  const nothing = () => {};

  function Writable(options) {
    if (!(this instanceof Writable)) return new Writable(options);
    Stream.call(this, options);
    initWritable(this, options, false);
    construct(this, () => begin(this));
  }
  Object.setPrototypeOf(Writable.prototype, Stream.prototype);
  Object.setPrototypeOf(Writable, Stream);
  // A Duplex inherits from Readable, and is writable too.
  Object.defineProperty(Writable, Symbol.hasInstance, { value(object) {
    if (Function.prototype[Symbol.hasInstance].call(this, object)) return true;
    return this === Writable && object !== null && typeof object === 'object'
      && object._writableState !== undefined && object._writableState !== null;
  } });

  function initWritable(stream, options, isDuplex) {
    const { write, writev, final, destroy: destroyed, construct: constructing, signal, objectMode = false,
      writableObjectMode = false,
      decodeStrings = true } = options ?? {};
    const isObjectMode = Boolean(objectMode || isDuplex && writableObjectMode);
    const limit = isDuplex ? checkHighWaterMark(options?.writableHighWaterMark, 'writableHighWaterMark')
      ?? options?.highWaterMark : options?.highWaterMark;
    stream._writableState = Object.assign(commonState(options, isObjectMode, checkHighWaterMark(limit, 'highWaterMark')), {
      decodeStrings: decodeStrings !== false, length: 0, corked: 0, writing: false, sync: true, needDrain: false,
        ending: false, ended: false,
      finished: false, finalCalled: false, prefinished: false, pending: 0, buffered: [], isProcessing: false,
        callback: undefined, size: 0,
      finishCallbacks: [], writable: options?.writable !== false || !isDuplex, getBuffer() { return this.buffered; } });
    Object.defineProperty(stream, '_writableState', { enumerable: false });
    if (typeof write === 'function') stream._write = write;
    if (typeof writev === 'function') stream._writev = writev;
    if (typeof final === 'function') stream._final = final;
    if (typeof destroyed === 'function') stream._destroy = destroyed;
    if (typeof constructing === 'function') stream._construct = constructing;
    if (signal !== undefined && !isDuplex) more().addAbortSignal(signal, stream);
  }

  function begin(stream) {
    const state = stream._writableState;
    if (!state.writing) clearBuffer(stream);
    finishMaybe(stream);
  }

  // Writes or keeps a chunk; gives whether there is room for more, or an error.
  function write(stream, given, encodingOrCallback, callback) {
    const state = stream._writableState;
    const done = (typeof encodingOrCallback === 'function' ? encodingOrCallback : callback) ?? nothing;
    let encoding = typeof encodingOrCallback === 'string' ? encodingOrCallback : state.defaultEncoding;
    if (given === null) throw failure(TypeError, 'ERR_STREAM_NULL_VALUES', 'May not write null values to stream');
    let chunk = given;
    if (!state.objectMode) {
      if (typeof chunk === 'string') {
        if (!Buffer.isEncoding(encoding) && encoding !== 'buffer') throw failure(TypeError, 'ERR_UNKNOWN_ENCODING',
          `Unknown encoding: ${encoding}`);
        if (state.decodeStrings) {
          chunk = Buffer.from(chunk, encoding);
          encoding = 'buffer';
        }
      } else if (ArrayBuffer.isView(chunk)) {
        if (!Buffer.isBuffer(chunk)) chunk = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
        encoding = 'buffer';
      } else throw invalidType('chunk', 'of type string or an instance of Buffer, TypedArray, or DataView', chunk);
    }
    const error = state.ending ? failure(Error, 'ERR_STREAM_WRITE_AFTER_END',
      'write after end') : state.destroyed ? destroyedError('write') : undefined;
    if (error !== undefined) {
      process.nextTick(done, error);
      errorOrDestroy(stream, error, true);
      return error;
    }
    state.pending++;
    const size = state.objectMode ? 1 : chunk.length;
    state.length += size;
    const hasRoom = state.length < state.highWaterMark;
    if (!hasRoom) state.needDrain = true;
    if (state.writing || state.corked > 0 || state.errored || !state.constructed) state.buffered.push({ chunk,
      encoding, callback: done, size });
    else start(stream, () => stream._write(chunk, encoding, (problem) => written(stream, problem)), size, done);
    return hasRoom && !state.errored && !state.destroyed;
  }

  function start(stream, action, size, callback) {
    const state = stream._writableState;
    state.size = size;
    state.callback = callback;
    state.writing = true;
    state.sync = true;
    if (state.destroyed) written(stream, destroyedError('write'));
    else action();
    state.sync = false;
  }

  function written(stream, error) {
    const state = stream._writableState;
    const { sync, callback } = state;
    if (callback === undefined) {
      errorOrDestroy(stream, failure(Error, 'ERR_MULTIPLE_CALLBACK', 'Callback called multiple times'));
      return;
    }
    state.writing = false;
    state.callback = undefined;
    state.length -= state.size;
    state.size = 0;
    if (error) {
      setError(stream, error);
      const fail = () => {
        state.pending--;
        callback(error);
        failBuffered(stream);
        errorOrDestroy(stream, error);
      };
      if (sync) process.nextTick(fail);
      else fail();
      return;
    }
    if (state.buffered.length > 0) clearBuffer(stream);
    if (sync) process.nextTick(() => afterWrite(stream, callback));
    else afterWrite(stream, callback);
  }

  function afterWrite(stream, callback) {
    const state = stream._writableState;
    if (!state.ending && !stream.destroyed && state.length === 0 && state.needDrain) {
      state.needDrain = false;
      stream.emit('drain');
    }
    state.pending--;
    callback(null);
    if (state.destroyed) failBuffered(stream);
    finishMaybe(stream);
  }

  function failBuffered(stream) {
    const state = stream._writableState;
    if (state.writing) return;
    for (const { callback, size } of state.buffered.splice(0)) {
      state.length -= size;
      callback(state.errored ?? destroyedError('write'));
    }
    callFinishCallbacks(state, state.errored ?? destroyedError('end'));
  }

  function callFinishCallbacks(state, error) {
    for (const callback of state.finishCallbacks.splice(0)) callback(error);
  }

  function clearBuffer(stream) {
    const state = stream._writableState;
    if (state.corked > 0 || state.isProcessing || state.destroyed || !state.constructed || state.buffered.length === 0) return;
    state.isProcessing = true;
    if (state.buffered.length > 1 && typeof stream._writev === 'function') {
      const all = state.buffered.splice(0);
      state.pending -= all.length - 1;
      const chunks = all.map(({ chunk, encoding }) => ({ chunk, encoding }));
      chunks.allBuffers = all.every(({ encoding }) => encoding === 'buffer');
      start(stream, () => stream._writev(chunks, (problem) => written(stream, problem)), all.reduce((sum,
        { size }) => sum + size, 0),
        state.finished ? nothing : (error) => all.forEach(({ callback }) => callback(error)));
    } else {
      do {
        const { chunk, encoding, callback, size } = state.buffered.shift();
        start(stream, () => stream._write(chunk, encoding, (problem) => written(stream, problem)), size, callback);
      } while (state.buffered.length > 0 && !state.writing);
    }
    state.isProcessing = false;
  }

  const needsFinish = (state) => state.ending && !state.destroyed && state.constructed && state.length === 0 && !state.errored
    && state.buffered.length === 0 && !state.finished && !state.writing && !state.errorEmitted && !state.closeEmitted;

  function finishMaybe(stream, isSync) {
    const state = stream._writableState;
    if (!needsFinish(state)) return;
    prefinish(stream);
    if (state.pending > 0) return;
    if (isSync) {
      state.pending++;
      process.nextTick(() => {
        if (needsFinish(state)) finish(stream);
        else state.pending--;
      });
    } else if (needsFinish(state)) {
      state.pending++;
      finish(stream);
    }
  }

  function prefinish(stream) {
    const state = stream._writableState;
    if (state.prefinished || state.finalCalled) return;
    if (typeof stream._final !== 'function' || state.destroyed) {
      state.prefinished = true;
      stream.emit('prefinish');
      return;
    }
    state.finalCalled = true;
    let isOver = false;
    const done = (error) => {
      if (isOver) {
        errorOrDestroy(stream, error ?? failure(Error, 'ERR_MULTIPLE_CALLBACK', 'Callback called multiple times'));
        return;
      }
      isOver = true;
      state.pending--;
      if (error) {
        callFinishCallbacks(state, error);
        errorOrDestroy(stream, error, state.sync);
      } else if (needsFinish(state)) {
        state.prefinished = true;
        stream.emit('prefinish');
        state.pending++;
        process.nextTick(() => finish(stream));
      }
    };
    state.sync = true;
    state.pending++;
    try {
      stream._final(done);
    } catch (error) {
      done(error);
    }
    state.sync = false;
  }

  function finish(stream) {
    const state = stream._writableState;
    state.pending--;
    state.finished = true;
    callFinishCallbacks(state, undefined);
    stream.emit('finish');
    const reading = stream._readableState;
    if (state.autoDestroy && (reading === undefined || reading.autoDestroy && (reading.endEmitted
      || reading.readable === false))) stream.destroy();
  }

  const methods = {
    write(chunk, encoding, callback) { return write(this, chunk, encoding, callback) === true; },
    _write(chunk, encoding, callback) {
      if (typeof this._writev !== 'function') throw notImplemented('_write()');
      this._writev([{ chunk, encoding }], callback);
    },

    end(chunk, encoding, callback) {
      const state = this._writableState;
      const done = [chunk, encoding, callback].find((value) => typeof value === 'function');
      let problem;
      if (chunk !== undefined && chunk !== null && typeof chunk !== 'function') {
        const result = write(this, chunk, typeof encoding === 'function' ? undefined : encoding);
        if (result instanceof Error) problem = result;
      }
      if (state.corked > 0) {
        state.corked = 1;
        this.uncork();
      }
      if (problem === undefined) {
        if (!state.errored && !state.ending) {
          state.ending = true;
          finishMaybe(this, true);
          state.ended = true;
        } else if (state.finished) problem = failure(Error, 'ERR_STREAM_ALREADY_FINISHED',
          'Cannot call end after a stream was finished');
        else if (state.destroyed) problem = destroyedError('end');
      }
      if (done !== undefined) {
        if (problem !== undefined) process.nextTick(done, problem);
        else if (state.finished) process.nextTick(done);
        else state.finishCallbacks.push(done);
      }
      return this;
    },

    cork() { this._writableState.corked++; },
    uncork() {
      const state = this._writableState;
      if (state.corked > 0) {
        state.corked--;
        if (!state.writing) clearBuffer(this);
      }
    },
    setDefaultEncoding(encoding) {
      if (!Buffer.isEncoding(encoding)) throw failure(TypeError, 'ERR_UNKNOWN_ENCODING', `Unknown encoding: ${encoding}`);
      this._writableState.defaultEncoding = `${encoding}`.toLowerCase();
      return this;
    },

    destroy(error, callback) {
      const state = this._writableState;
      if (!state.destroyed && (state.buffered.length > 0
        || state.finishCallbacks.length > 0)) process.nextTick(() => failBuffered(this));
      return destroy.call(this, error, callback);
    },

    get writable() {
      const state = this._writableState;
      return state !== undefined && state !== null && state.writable && !state.destroyed && !state.errored
        && !state.ending && !state.ended;
    },
    set writable(value) { if (this._writableState) this._writableState.writable = Boolean(value); },
    get writableFinished() { return this._writableState?.finished ?? false; },
    get writableObjectMode() { return this._writableState?.objectMode ?? false; },
    get writableBuffer() { return this._writableState?.getBuffer(); },
    get writableEnded() { return this._writableState?.ending ?? false; },
    get writableNeedDrain() {
      const state = this._writableState;
      return Boolean(state) && !state.destroyed && !state.ending && state.needDrain;
    },
    get writableHighWaterMark() { return this._writableState?.highWaterMark; },
    get writableCorked() { return this._writableState?.corked ?? 0; },
    get writableLength() { return this._writableState?.length; },
    get writableAborted() {
      const state = this._writableState;
      return Boolean(state.writable && (state.destroyed || state.errored) && !state.finished);
    },
  };

  define(Writable, { _destroy(error, callback) { callback(error); },
    pipe() { errorOrDestroy(this, failure(Error, 'ERR_STREAM_CANNOT_PIPE', 'Cannot pipe, not readable')); },
    async [Symbol.asyncDispose]() {
      if (!this.destroyed) this.destroy(this.writableFinished ? null : Object.assign(new Error('The operation was aborted'), { name: 'AbortError', code: 'ABORT_ERR' }));
      await new Promise((resolve, reject) => {
        more().finished(this, (error) => (error && error.name !== 'AbortError' ? reject(error) : resolve()));
      });
    } });
  define(Writable, methods);
  define(Writable, {
    get errored() { return this._writableState?.errored ?? null; },
    get closed() { return this._writableState?.closed ?? false; },
    get destroyed() { return this._writableState?.destroyed ?? false; },
    set destroyed(value) { if (this._writableState) this._writableState.destroyed = value; },
  });

  return { Writable, initWritable, writableMethods: methods, begin };
})
