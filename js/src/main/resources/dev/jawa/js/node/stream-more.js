// What combines streams of Node.js, and reads them.
(function (host, load) {
  'use strict';

  const { Readable, PassThrough } = load('node/stream');
  const { failure, invalidType } = load('node/errors');

  const lazy = load('node/lazy');
  const duplexes = () => load('node/stream-duplex');

  const premature = () => failure(Error, 'ERR_STREAM_PREMATURE_CLOSE', 'Premature close');
  const abortError = (reason) => Object.assign(new Error('The operation was aborted',
    reason === undefined ? undefined : { cause: reason }),
    { name: 'AbortError', code: 'ABORT_ERR' });

  const { isObject, isReadableStream, isWritableStream, isStream, isIterable, isWebReadable, isWebWritable,
    isWebPair } = load('node/stream-kinds');

  const isDestroyed = (stream) => Boolean(stream?.destroyed);
  const isErrored = (stream) => Boolean(stream?._readableState?.errored ?? stream?._writableState?.errored);
  const isReadable = (stream) => (typeof stream?.readable !== 'boolean' ? null : !isDestroyed(stream)
    && stream.readable && !stream.readableEnded);
  const isWritable = (stream) => (typeof stream?.writable !== 'boolean' ? null : !isDestroyed(stream)
    && stream.writable && !stream.writableEnded);

  // finished: tells when a stream has ended, in one way or another.
  function finished(stream, given, callback) {
    const [options, then] = typeof given === 'function' ? [{}, given] : [given ?? {}, callback];
    if (typeof then !== 'function') throw invalidType('callback', 'of type function', then);
    if (isWebReadable(stream) || isWebWritable(stream)) throw failure(TypeError, 'ERR_INVALID_ARG_TYPE',
      'The "stream" argument must be a stream of Node.js here');
    if (!isStream(stream)) throw invalidType('stream', 'an instance of ReadableStream, WritableStream, or Stream', stream);
    const reading = options.readable ?? isReadableStream(stream);
    const writing = options.writable ?? isWritableStream(stream);
    const { _readableState: readState, _writableState: writeState } = stream;
    let isOver = false;
    let readEnded = !reading || (readState?.endEmitted ?? stream.readable === false);
    let writeEnded = !writing || (writeState?.finished ?? false);
    const done = (error) => {
      if (isOver) return;
      isOver = true;
      then.call(stream, error);
    };
    const willClose = () => {
      const states = [readState, writeState].filter((state) => state !== undefined && state !== null);
      return states.length > 0 && states.every((state) => state.autoDestroy && state.emitClose && !state.closed)
        && (reading && readState || writing && writeState)
        && isReadableStream(stream) === reading && isWritableStream(stream) === writing;
    };
    const onFinish = () => {
      writeEnded = true;
      if (readEnded && !(willClose() && !stream.destroyed)) done();
    };
    const onEnd = () => {
      readEnded = true;
      if (writeEnded && !(willClose() && !stream.destroyed)) done();
    };
    const onError = (error) => done(error);
    const onClose = () => {
      const error = readState?.errored ?? writeState?.errored;
      if (error && typeof error !== 'boolean') done(error);
      else if (reading && !readEnded && readState !== undefined && !readState.endEmitted) done(premature());
      else if (writing && !writeEnded && writeState !== undefined && !writeState.finished) done(premature());
      else done();
    };
    stream.on('end', onEnd);
    stream.on('finish', onFinish);
    if (options.error !== false) stream.on('error', onError);
    stream.on('close', onClose);
    const isClosed = readState?.closed || writeState?.closed || stream.closed;
    if (isClosed) process.nextTick(onClose);
    else if (readState?.errorEmitted || writeState?.errorEmitted) process.nextTick(onClose);
    else if (readEnded && writeEnded && !willClose()) process.nextTick(onClose);
    const cleanup = () => {
      isOver = true;
      stream.removeListener('end', onEnd);
      stream.removeListener('finish', onFinish);
      stream.removeListener('error', onError);
      stream.removeListener('close', onClose);
    };
    const { signal } = options;
    if (signal !== undefined) {
      const abort = () => {
        cleanup();
        then.call(stream, abortError(signal.reason));
      };
      if (signal.aborted) process.nextTick(abort);
      else signal.addEventListener('abort', abort, { once: true });
    }
    return cleanup;
  }

  function addAbortSignal(signal, stream) {
    if (!isObject(signal) || !('aborted' in signal)) throw invalidType('signal', 'an instance of AbortSignal', signal);
    const abort = () => stream.destroy(abortError(signal.reason));
    if (signal.aborted) abort();
    else {
      signal.addEventListener('abort', abort, { once: true });
      finished(stream, () => signal.removeEventListener('abort', abort));
    }
    return stream;
  }

  // Readable.from

  function from(iterable, options) {
    if (typeof iterable === 'string' || iterable instanceof Uint8Array) {
      return new Readable({ objectMode: true, ...options, read() {
        this.push(iterable);
        this.push(null);
      } });
    }
    if (!isIterable(iterable)) throw invalidType('iterable', 'an instance of Iterable', iterable);
    const iterator = iterable[Symbol.asyncIterator]?.() ?? iterable[Symbol.iterator]();
    let isReading = false;
    const next = async (stream) => {
      try {
        for (;;) {
          const { value, done } = await iterator.next();
          if (done) {
            stream.push(null);
            return;
          }
          const chunk = await value;
          if (chunk === null) throw failure(TypeError, 'ERR_STREAM_NULL_VALUES', 'May not write null values to stream');
          if (!stream.push(chunk)) {
            isReading = false;
            return;
          }
        }
      } catch (error) {
        stream.destroy(error);
      }
    };
    return new Readable({ objectMode: true, highWaterMark: 1, ...options,
      read() {
        if (isReading) return;
        isReading = true;
        next(this);
      },
      destroy(error, callback) {
        const finish = async () => {
          if (error && typeof iterator.throw === 'function') await iterator.throw(error);
          else await iterator.return?.();
        };
        finish().then(() => process.nextTick(callback, error), (problem) => process.nextTick(callback, error ?? problem));
      } });
  }

  // pipeline

  function pipeline(...all) {
    const callback = typeof all.at(-1) === 'function' ? all.pop() : undefined;
    if (callback === undefined) throw invalidType('streams[stream.length - 1]', 'of type function', all.at(-1));
    return run(Array.isArray(all[0]) && all.length === 1 ? all[0] : all, callback, {});
  }

  function run(list, callback, { signal, end: ends = true }) {
    const streams = list.map((stream) => (isStream(stream) || typeof stream === 'function' ? stream : duplexes().toNode(stream)));
    if (streams.length < 2) throw failure(TypeError, 'ERR_MISSING_ARGS', 'The "streams" argument must be specified');
    const controller = new AbortController();
    const destroys = [];
    let failed;
    let value;
    let open = 0;
    const abort = () => settle(abortError(signal.reason), true);
    let isOver = false;
    const settle = (error, isLast) => {
      if (error && (failed === undefined || failed.code === 'ERR_STREAM_PREMATURE_CLOSE')) failed = error;
      if (failed === undefined && !isLast) return;
      for (const destroy of destroys.splice(0)) destroy(failed);
      signal?.removeEventListener('abort', abort);
      controller.abort();
      if (isLast && !isOver) {
        isOver = true;
        process.nextTick(callback, failed, value);
      }
    };
    const done = (error) => settle(error, --open === 0);
    signal?.addEventListener('abort', abort, { once: true });
    if (signal?.aborted) process.nextTick(abort);
    let result;
    streams.forEach((stream, index) => {
      const isFirst = index === 0;
      const isLast = index === streams.length - 1;
      if (isStream(stream)) {
        if (!isLast || ends) destroys.push(destroyer(stream, !isLast, !isFirst));
        stream.on('error', (error) => { if (error?.name !== 'AbortError'
          && error?.code !== 'ERR_STREAM_PREMATURE_CLOSE') settle(error, false); });
      }
      if (isFirst) {
        result = typeof stream === 'function' ? stream({ signal: controller.signal }) : stream;
        if (!isReadableStream(result) && !isIterable(result)) throw invalidType('streams[0]',
          'an instance of Iterable, AsyncIterable or a Stream', result);
      } else if (typeof stream === 'function') {
        result = stream(isReadableStream(result) ? iterableOf(result) : result, { signal: controller.signal });
        if (isLast) {
          open++;
          if (typeof result?.then === 'function') {
            Promise.resolve(result).then((given) => {
              value = given;
              process.nextTick(done);
            }, (error) => process.nextTick(done, error));
          } else {
            const target = new PassThrough({ objectMode: true });
            pump(result, target, done, ends);
            result = target;
            destroys.push(destroyer(target, false, true));
          }
        } else if (!isIterable(result)) throw failure(TypeError, 'ERR_INVALID_RETURN_VALUE',
          `Expected AsyncIterable to be returned from the "transform[${index - 1}]" function but got ${result}.`);
      } else if (isStream(stream)) {
        if (isReadableStream(result)) {
          open += 2;
          pipe(result, stream, done, !isLast || ends);
        } else {
          open++;
          pump(result, stream, done, !isLast || ends);
        }
        result = stream;
      } else throw invalidType(`streams[${index}]`, 'an instance of a Stream, or a function', stream);
    });
    return result;
  }

  const iterableOf = (stream) => (typeof stream[Symbol.asyncIterator] === 'function' ? stream : from(stream));

  function destroyer(stream, reading, writing) {
    let isOver = false;
    stream.on('close', () => { isOver = true; });
    finished(stream, { readable: reading, writable: writing }, (error) => { isOver = !error; });
    return (error) => {
      if (isOver) return;
      isOver = true;
      stream.on('error', () => {});
      stream.destroy?.(error ?? failure(Error, 'ERR_STREAM_DESTROYED', 'Cannot call pipe after a stream was destroyed'));
    };
  }

  function pipe(source, target, done, ends) {
    let hasEnded = false;
    target.on('close', () => { if (!hasEnded && !source.readableEnded) source.destroy?.(); });
    source.pipe(target, { end: false });
    const end = () => {
      hasEnded = true;
      if (ends) target.end();
    };
    if (source.readableEnded) process.nextTick(end);
    else source.once('end', end);
    let isTold = false;
    const once = (error) => {
      if (isTold) return;
      isTold = true;
      done(error);
    };
    finished(source, { readable: true, writable: false }, (error) => {
      const state = source._readableState;
      if (error?.code === 'ERR_STREAM_PREMATURE_CLOSE' && state?.ended && !state.errored && !state.errorEmitted
        && !state.closed) {
        source.once('end', once).once('error', once);
      } else once(error);
    });
    if (!ends) {
      source.once('end', () => done());
      return;
    }
    finished(target, { readable: false, writable: true }, done);
  }

  async function pump(iterable, target, done, ends) {
    let failed;
    let wake;
    const resume = (error) => {
      if (error) failed = error;
      wake?.();
    };
    const room = () => new Promise((resolve, reject) => {
      if (failed) reject(failed);
      else wake = () => (failed ? reject(failed) : resolve());
    });
    target.on('drain', resume);
    const stop = finished(target, { readable: false }, resume);
    try {
      if (target.writableNeedDrain) await room();
      for await (const chunk of iterable) if (!target.write(chunk)) await room();
      if (ends) {
        const ended = new Promise((resolve, reject) => { finished(target, { readable: false },
          (error) => (error ? reject(error) : resolve())); });
        target.end();
        await ended;
      }
      done();
    } catch (error) {
      done(failed ?? error);
    } finally {
      stop();
      target.removeListener('drain', resume);
    }
  }

  // The helpers of Readable

  const checkFunction = (action) => { if (typeof action !== 'function') throw invalidType('fn', 'of type function', action); };
  const checkSignal = ({ signal } = {}) => { if (signal?.aborted) throw abortError(signal.reason); };

  // At most so many calls at once, with the results in their order.
  async function* concurrently(source, action, { concurrency = 1, signal } = {}) {
    checkFunction(action);
    const running = [];
    const options = { signal: signal ?? new AbortController().signal };
    for await (const chunk of source) {
      checkSignal({ signal });
      running.push(Promise.resolve(action(chunk, options)));
      running.at(-1).catch(() => {});
      if (running.length >= concurrency) yield await running.shift();
    }
    while (running.length > 0) yield await running.shift();
  }

  const generators = {
    map: concurrently,
    async* filter(source, test, options) {
      checkFunction(test);
      const kept = Symbol('kept');
      for await (const [isKept, chunk] of concurrently(source, async (one, more) => [await test(one,
        more) ? kept : undefined, one], options)) {
        if (isKept === kept) yield chunk;
      }
    },
    async* flatMap(source, action, options) { for await (const all of concurrently(source, action, options)) yield* all; },
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

  const operators = {
    ...Object.fromEntries(Object.entries(generators).map(([name, generate]) => [name, (source, argument, options) => {
      if (name === 'take' || name === 'drop') {
        if (!(Number(argument) >= 0)) throw failure(RangeError, 'ERR_OUT_OF_RANGE',
          `The value of "number" is out of range. It must be >= 0. Received ${argument}`);
      } else checkFunction(argument);
      return from(generate(source, argument, options));
    }])),
    async toArray(source, options) {
      const result = [];
      for await (const chunk of source) {
        checkSignal(options);
        result.push(chunk);
      }
      return result;
    },
    async forEach(source, action, options) {
      checkFunction(action);
      for await (const _ of concurrently(source, action, options));
    },
    async some(source, test, options) {
      for await (const _ of generators.filter(source, test, options)) return true;
      return false;
    },
    async every(source, test, options) {
      checkFunction(test);
      return !(await operators.some(source, async (...all) => !(await test(...all)), options));
    },
    async find(source, test, options) {
      for await (const chunk of generators.filter(source, test, options)) return chunk;
      return undefined;
    },
    async reduce(source, action, ...initial) {
      checkFunction(action);
      let result = initial[0];
      let isFirst = initial.length === 0;
      for await (const chunk of source) {
        result = isFirst ? chunk : await action(result, chunk);
        isFirst = false;
      }
      if (isFirst) throw failure(TypeError, 'ERR_MISSING_ARGS', 'Reduce of an empty stream requires an initial value');
      return result;
    },
    compose: (source, stream, options) => {
      const composed = duplexes().compose(source, stream);
      if (options?.signal !== undefined) addAbortSignal(options.signal, composed);
      return composed;
    },
  };

  return {
    finished, pipeline, run, addAbortSignal, from, operators, isDestroyed, isErrored, isReadable, isWritable, abortError,
    ...lazy.functions(['compose', 'duplexPair', 'duplexFrom', 'readableFromWeb', 'readableToWeb', 'writableFromWeb',
      'writableToWeb',
      'duplexFromWeb', 'duplexToWeb'], duplexes),
    isDisturbed: (stream) => Boolean(stream?.readableDidRead || stream?.readableAborted || stream?.locked),
    destroy: (stream, error) => stream.destroy(error),
    promises: {
      finished: (stream, options = {}) => new Promise((resolve, reject) => { finished(stream, options,
        (error) => (error ? reject(error) : resolve())); }),
      pipeline(...streams) {
        const last = streams.at(-1);
        const options = isObject(last) && !isStream(last) && !isIterable(last) && !isWebReadable(last)
          && !isWebWritable(last) && !isWebPair(last) ? streams.pop() : {};
        return new Promise((resolve, reject) => {
          run(Array.isArray(streams[0]) && streams.length === 1 ? streams[0] : streams, (error,
            value) => (error ? reject(error) : resolve(value)), options);
        });
      },
    },
  };
})
