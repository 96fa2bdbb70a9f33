// Streams of Node.js that are made of other things, of the web's streams above all, and the other way round.
(function (host, load) {
  'use strict';

  const { Readable, Writable, Duplex } = load('node/stream');
  const { Buffer } = load('node/buffer');
  const { failure, invalidType } = load('node/errors');
  const { finished, from, run, abortError } = load('node/stream-more');
  const { isObject, isReadableStream, isWritableStream, isStream, isIterable, isWebReadable, isWebWritable,
    isWebPair } = load('node/stream-kinds');

  const toNode = (stream) => (isWebPair(stream) ? duplexFromWeb(stream) : isWebReadable(stream)
    && !isStream(stream) ? readableFromWeb(stream)
    : isWebWritable(stream) && !isStream(stream) ? writableFromWeb(stream) : stream);

  // Duplexes of other things

  // A function of an asynchronous iterable, as a stream: what is written is what it iterates over.
  function ofGenerator(generate) {
    const queue = [];
    let wake = Promise.withResolvers();
    const controller = new AbortController();
    async function* input() {
      for (;;) {
        while (queue.length === 0) await wake.promise;
        const { chunk, isEnd, callback } = queue.shift();
        process.nextTick(callback);
        if (isEnd) return;
        if (controller.signal.aborted) throw abortError();
        yield chunk;
      }
    }
    const put = (entry) => {
      queue.push(entry);
      wake.resolve();
      wake = Promise.withResolvers();
    };
    const value = generate(input(), { signal: controller.signal });
    const write = (chunk, encoding, callback) => put({ chunk, callback });
    if (isIterable(value)) {
      const iterator = value[Symbol.asyncIterator]?.() ?? value[Symbol.iterator]();
      return new Duplex({ objectMode: true, highWaterMark: 1, write, final: (callback) => put({ isEnd: true, callback }),
        read() {
          Promise.resolve(iterator.next()).then(({ value: chunk, done }) => this.push(done ? null : chunk),
            (error) => this.destroy(error));
        },
        destroy(error, callback) {
          controller.abort();
          callback(error);
        } });
    }
    if (typeof value?.then === 'function') {
      const duplex = new Duplex({ objectMode: true, readable: false, write, final(callback) {
        put({ isEnd: true, callback() {
          Promise.resolve(value).then(() => process.nextTick(callback, null), (error) => process.nextTick(callback, error));
        } });
      }, read() {} });
      Promise.resolve(value).catch((error) => duplex.destroy(error));
      return duplex;
    }
    throw failure(TypeError, 'ERR_INVALID_RETURN_VALUE',
      `Expected Iterable, AsyncIterable or AsyncFunction to be returned from the "body" function but got ${value}.`);
  }

  // A readable and a writable stream as one.
  function joined(readable, writable) {
    const duplex = new Duplex({ objectMode: true, readableHighWaterMark: 1, readable: readable !== undefined,
      writable: writable !== undefined,
      write(chunk, encoding, callback) {
        if (writable.write(chunk, encoding)) callback();
        else writable.once('drain', callback);
      },
      final(callback) {
        finished(writable, { readable: false }, callback);
        writable.end();
      },
      read() { pull(); },
      destroy(error, callback) {
        readable?.destroy?.(error);
        writable?.destroy?.(error);
        callback(error);
      } });
    const pull = () => {
      for (let chunk = readable.read(); chunk !== null; chunk = readable.read()) if (!duplex.push(chunk)) return;
    };
    if (readable !== undefined) {
      readable.on('readable', pull);
      readable.on('end', () => duplex.push(null));
      readable.on('error', (error) => duplex.destroy(error));
    }
    if (writable !== undefined && writable !== readable) writable.on('error', (error) => duplex.destroy(error));
    return duplex;
  }

  function duplexFrom(body) {
    if (isReadableStream(body) && isWritableStream(body)) return body;
    if (isReadableStream(body)) return joined(body, undefined);
    if (isWritableStream(body)) return joined(undefined, body);
    if (isWebPair(body)) return duplexFromWeb(body);
    if (isWebReadable(body)) return joined(readableFromWeb(body), undefined);
    if (isWebWritable(body)) return joined(undefined, writableFromWeb(body));
    if (typeof body === 'function') return ofGenerator(body);
    if (isObject(body) && typeof body.arrayBuffer === 'function') return duplexFrom(body.arrayBuffer().then((bytes) => Buffer.from(bytes)));
    if (typeof body === 'string' || isIterable(body)) return joined(from(body), undefined);
    if (isObject(body) && (isObject(body.readable) || isObject(body.writable))) {
      return joined(body.readable === undefined ? undefined : toNode(body.readable),
        body.writable === undefined ? undefined : toNode(body.writable));
    }
    if (typeof body?.then === 'function') {
      return joined(from((async function* () {
        const value = await body;
        if (value !== undefined && value !== null) yield value;
      })()), undefined);
    }
    throw invalidType('stream', 'an instance of a Stream, Iterable, AsyncIterable, function, Promise or { readable, writable } pair', body);
  }

  function compose(...given) {
    const streams = given.map((stream) => (typeof stream === 'function' ? ofGenerator(stream) : isStream(toNode(stream)) ? toNode(stream) : duplexFrom(stream)));
    if (streams.length === 1) return duplexFrom(streams[0]);
    const head = streams[0];
    const tail = streams.at(-1);
    let ended;
    run(streams, (error) => {
      const callback = ended;
      ended = undefined;
      if (callback !== undefined) callback(error);
      else if (error) duplex.destroy(error);
      else if (!isReadableStream(tail)) duplex.destroy();
    }, {});
    const duplex = new Duplex({ writableObjectMode: Boolean(head.writableObjectMode),
      readableObjectMode: Boolean(tail.readableObjectMode),
      writable: isWritableStream(head), readable: isReadableStream(tail),
      write(chunk, encoding, callback) {
        if (head.write(chunk, encoding)) callback();
        else head.once('drain', callback);
      },
      final(callback) {
        head.end();
        head.once('finish', () => callback());
      },
      read() { pull(); },
      destroy(error, callback) {
        if (error || !tail.readableEnded) streams.forEach((stream) => stream.destroy?.(error ?? undefined));
        callback(error);
      } });
    const pull = () => {
      for (let chunk = tail.read(); chunk !== null; chunk = tail.read()) if (!duplex.push(chunk)) return;
    };
    if (isReadableStream(tail)) {
      tail.on('readable', pull);
      tail.on('end', () => duplex.push(null));
    }
    return duplex;
  }

  function duplexPair(options) {
    let first;
    let second;
    const side = (other) => {
      let callback;
      const duplex = new Duplex({ ...options,
        read() {
          const done = callback;
          callback = undefined;
          done?.();
        },
        write(chunk, encoding, done) {
          const target = other();
          if (chunk.length === 0) process.nextTick(done);
          else {
            target.push(chunk);
            target._pairCallback(done);
          }
        },
        final(done) {
          other().on('end', done);
          other().push(null);
        } });
      Object.defineProperty(duplex, '_pairCallback', { value(done) { callback = done; } });
      return duplex;
    };
    first = side(() => second);
    second = side(() => first);
    return [first, second];
  }

  // Streams of the web

  function readableFromWeb(web, options = {}) {
    if (!isWebReadable(web)) throw invalidType('readableStream', 'an instance of ReadableStream', web);
    const reader = web.getReader();
    let isClosed = false;
    const readable = new Readable({ ...options,
      read() {
        reader.read().then(({ value, done }) => readable.push(done ? null : value), (error) => readable.destroy(error));
      },
      destroy(error, callback) {
        const finish = () => callback(error);
        if (isClosed) finish();
        else reader.cancel(error).then(finish, finish);
      } });
    reader.closed.then(() => { isClosed = true; }, () => { isClosed = true; });
    return readable;
  }

  function readableToWeb(stream) {
    const iterator = stream.iterator === undefined ? stream[Symbol.asyncIterator]() : stream.iterator({ destroyOnReturn: true });
    const isObjects = stream.readableObjectMode;
    return new ReadableStream({
      async pull(controller) {
        const { value, done } = await iterator.next();
        if (done) controller.close();
        else controller.enqueue(Buffer.isBuffer(value) && !isObjects ? new Uint8Array(value) : value);
      },
      cancel(reason) { stream.destroy(reason instanceof Error ? reason : undefined); },
    }, { highWaterMark: 0 });
  }

  function writableFromWeb(web, options = {}) {
    if (!isWebWritable(web)) throw invalidType('writableStream', 'an instance of WritableStream', web);
    const writer = web.getWriter();
    let isClosed = false;
    writer.closed.then(() => { isClosed = true; }, () => { isClosed = true; });
    return new Writable({ ...options,
      write(chunk, encoding, callback) { writer.ready.then(() => writer.write(chunk)).then(() => callback(),
        (error) => callback(error)); },
      final(callback) { writer.close().then(() => callback(), (error) => callback(error)); },
      destroy(error, callback) {
        const finish = () => callback(error);
        if (isClosed) finish();
        else if (error) writer.abort(error).then(finish, finish);
        else writer.close().then(finish, finish);
      } });
  }

  function writableToWeb(stream) {
    return new WritableStream({
      write: (chunk) => new Promise((resolve, reject) => { stream.write(chunk,
        (error) => (error ? reject(error) : resolve())); }),
      close: () => new Promise((resolve, reject) => {
        finished(stream, { readable: false }, (error) => (error ? reject(error) : resolve()));
        stream.end();
      }),
      abort(reason) { stream.destroy(reason); },
    });
  }

  const duplexFromWeb = ({ readable, writable }, options) => joined(readableFromWeb(readable, options),
    writableFromWeb(writable, options));
  const duplexToWeb = (duplex) => ({ readable: readableToWeb(duplex), writable: writableToWeb(duplex) });

  return { toNode, compose, duplexPair, duplexFrom, readableFromWeb, readableToWeb, writableFromWeb, writableToWeb,
    duplexFromWeb, duplexToWeb };
})
