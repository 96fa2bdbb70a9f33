// What readable and writable streams of Node.js have in common: how they begin, fail and end.
(function (host, load) {
  'use strict';

  const EventEmitter = load('node/events');
  const { failure } = load('node/errors');

  const constructed = Symbol('constructed');
  const destroyLater = Symbol('destroy');

  function Stream(options) {
    EventEmitter.call(this, options);
  }
  Object.setPrototypeOf(Stream.prototype, EventEmitter.prototype);
  Object.setPrototypeOf(Stream, EventEmitter);

  // Methods that are not enumerable, also those whose name is a symbol.
  function define(constructor, methods) {
    for (const name of Reflect.ownKeys(methods)) {
      Object.defineProperty(constructor.prototype, name, { ...Object.getOwnPropertyDescriptor(methods, name),
        enumerable: false });
    }
  }

  // The streams of old: what has no state is piped by its events.
  define(Stream, {
    pipe(target, options) {
      const source = this;
      const data = (chunk) => { if (target.writable && target.write(chunk) === false) source.pause?.(); };
      const drain = () => { if (source.readable) source.resume?.(); };
      const end = () => target.end();
      const close = () => target.destroy?.();
      const failed = function (error) {
        cleanup();
        if (this.listenerCount('error') === 0) this.emit('error', error);
      };
      const cleanup = () => {
        source.removeListener('data', data);
        target.removeListener('drain', drain);
        source.removeListener('end', end);
        source.removeListener('close', close);
        for (const stream of [source, target]) stream.removeListener('error', failed);
        source.removeListener('end', cleanup);
        source.removeListener('close', cleanup);
        target.removeListener('close', cleanup);
      };
      source.on('data', data);
      target.on('drain', drain);
      if (options?.end !== false && target !== process.stdout && target !== process.stderr) {
        source.on('end', end);
        source.on('close', close);
      }
      for (const stream of [source, target]) stream.prependListener('error', failed);
      source.on('end', cleanup);
      source.on('close', cleanup);
      target.on('close', cleanup);
      target.emit('pipe', source);
      return target;
    },
  });

  // What the states of both kinds have.
  function commonState(options, isObjectMode, highWaterMark) {
    const { emitClose = true, autoDestroy = true, defaultEncoding = 'utf8' } = options ?? {};
    return { objectMode: isObjectMode, highWaterMark: highWaterMark ?? (isObjectMode ? 16 : 65536), emitClose,
      autoDestroy, defaultEncoding,
      constructed: true, destroyed: false, errored: null, errorEmitted: false, closed: false, closeEmitted: false };
  }

  function checkHighWaterMark(value, name) {
    if (value !== undefined && value !== null && !(Number.isInteger(value) && value >= 0)) {
      throw failure(TypeError, 'ERR_INVALID_ARG_VALUE',
        `The property 'options.${name}' is invalid. Received ${host.inspection().inspect(value)}`);
    }
    return value;
  }

  const statesOf = (stream) => [stream._readableState, stream._writableState].filter((state) => state !== undefined
    && state !== null);

  function setError(stream, error) {
    for (const state of statesOf(stream)) state.errored ??= error;
  }

  function destroy(error, callback) {
    const states = statesOf(this);
    if (states.some((state) => state.destroyed)) {
      if (typeof callback === 'function') callback();
      return this;
    }
    if (error) setError(this, error);
    for (const state of states) state.destroyed = true;
    if (states.every((state) => state.constructed)) destroyNow(this, error, callback);
    else this.once(destroyLater, (problem) => destroyNow(this, error ?? problem, callback));
    return this;
  }

  function destroyNow(stream, error, callback) {
    let isOver = false;
    const done = (given) => {
      if (isOver) return;
      isOver = true;
      const problem = given ?? null;
      if (problem) setError(stream, problem);
      for (const state of statesOf(stream)) state.closed = true;
      if (typeof callback === 'function') callback(problem);
      process.nextTick(() => {
        if (problem) emitError(stream, problem);
        emitClose(stream);
      });
    };
    try {
      stream._destroy(error || null, done);
    } catch (problem) {
      done(problem);
    }
  }

  function emitClose(stream) {
    const states = statesOf(stream);
    for (const state of states) state.closeEmitted = true;
    if (states.some((state) => state.emitClose)) stream.emit('close');
  }

  function emitError(stream, error) {
    const states = statesOf(stream);
    if (states.some((state) => state.errorEmitted)) return;
    for (const state of states) state.errorEmitted = true;
    stream.emit('error', error);
  }

  // The error ends the stream, or is only told if the stream is not to be destroyed by itself.
  function errorOrDestroy(stream, error, isSync) {
    const states = statesOf(stream);
    if (states.some((state) => state.destroyed)) return;
    if (states.some((state) => state.autoDestroy)) stream.destroy(error);
    else {
      setError(stream, error);
      if (isSync) process.nextTick(() => emitError(stream, error));
      else emitError(stream, error);
    }
  }

  // Calls _construct, before anything is read or written.
  function construct(stream, callback) {
    if (typeof stream._construct !== 'function') return;
    const states = statesOf(stream);
    for (const state of states) state.constructed = false;
    stream.once(constructed, callback);
    if (stream.listenerCount(constructed) > 1) return;
    process.nextTick(() => {
      let isOver = false;
      const done = (error) => {
        if (isOver) {
          errorOrDestroy(stream, error ?? failure(Error, 'ERR_MULTIPLE_CALLBACK', 'Callback called multiple times'));
          return;
        }
        isOver = true;
        for (const state of states) state.constructed = true;
        if (states.some((state) => state.destroyed)) stream.emit(destroyLater, error);
        else if (error) errorOrDestroy(stream, error, true);
        else stream.emit(constructed);
      };
      try {
        stream._construct((error) => process.nextTick(done, error));
      } catch (error) {
        process.nextTick(done, error);
      }
    });
  }

  const notImplemented = (name) => failure(Error, 'ERR_METHOD_NOT_IMPLEMENTED', `The ${name} method is not implemented`);

  return { Stream, define, commonState, checkHighWaterMark, destroy, emitError, errorOrDestroy, construct, setError,
    notImplemented };
})
