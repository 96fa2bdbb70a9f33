// Writable streams (https://streams.spec.whatwg.org section 5).
(function (host, load) {
  'use strict';

  const { expose, isObject, secret } = load('web/interfaces');
  const { strategyOf, sizeOf } = load('web/streams');
  const CLOSE = Symbol('close');
  const quiet = (settlers) => {
    settlers.promise.catch(() => {});
    return settlers;
  };

  class WritableStreamDefaultController {
    #stream;
    #abort = new AbortController();

    constructor(key, stream) {
      if (key !== secret) throw new TypeError('Illegal constructor');
      this.#stream = stream;
    }

    get signal() { return this.#abort.signal; }
    error(reason) { writables.error(this.#stream, reason); }
    static abort(controller, reason) { controller.#abort.abort(reason); }
  }
  const { abort: signalAbort } = WritableStreamDefaultController;
  delete WritableStreamDefaultController.abort;
  expose(WritableStreamDefaultController, 'signal', 'error');

  const released = () => new TypeError('The writer has been released');

  class WritableStreamDefaultWriter {
    #stream;
    #promises;

    constructor(stream) {
      if (!writables.isWritable(stream)) throw new TypeError('A WritableStream is required');
      if (stream.locked) throw new TypeError('The stream is locked to another writer');
      this.#stream = stream;
      this.#promises = { closed: quiet(Promise.withResolvers()), ready: quiet(Promise.withResolvers()) };
      writables.lock(stream, this.#promises);
    }

    get closed() { return this.#promises.closed.promise; }
    get ready() { return this.#promises.ready.promise; }

    get desiredSize() {
      if (this.#stream === undefined) throw released();
      return writables.desiredSize(this.#stream);
    }

    #do(action) { return this.#stream === undefined ? Promise.reject(released()) : action(this.#stream); }
    write(chunk) { return this.#do((stream) => writables.write(stream, chunk)); }
    close() { return this.#do((stream) => writables.close(stream)); }
    abort(reason) { return this.#do((stream) => writables.abort(stream, reason)); }

    releaseLock() {
      if (this.#stream === undefined) return;
      writables.unlock(this.#stream);
      this.#stream = undefined;
      for (const name of ['closed', 'ready']) {
        this.#promises[name].reject(released());
        this.#promises[name] = quiet(Promise.withResolvers());
        this.#promises[name].reject(released());
      }
    }
  }
  expose(WritableStreamDefaultWriter, 'closed', 'ready', 'desiredSize', 'write', 'close', 'abort', 'releaseLock');

  let writables;

  class WritableStream {
    // writable, erroring, errored or closed
    #state = 'writable';
    #reason;
    #queue = [];
    #queued = 0;
    #started = false;
    #writer;
    // The write or close that the sink is at.
    #inFlight;
    #closing;
    #pendingAbort;
    #backpressure;
    #sink;
    #strategy;
    #controller;

    constructor(sink = {}, strategy = {}) {
      if (!isObject(sink)) throw new TypeError('The underlying sink must be an object');
      if (sink.type !== undefined) throw new RangeError('A sink has no type');
      this.#sink = sink;
      this.#strategy = strategyOf(strategy, 1);
      this.#backpressure = this.#strategy.mark <= 0;
      this.#controller = new WritableStreamDefaultController(secret, this);
      Promise.resolve(sink.start?.(this.#controller)).then(() => {
        this.#started = true;
        this.#advance();
      }, (reason) => {
        this.#started = true;
        this.#reject(reason);
      });
    }

    get locked() { return this.#writer !== undefined; }
    getWriter() { return new WritableStreamDefaultWriter(this); }

    abort(reason) {
      if (this.locked) return Promise.reject(new TypeError('The stream is locked'));
      return this.#abort(reason);
    }

    close() {
      if (this.locked) return Promise.reject(new TypeError('The stream is locked'));
      return this.#close();
    }

    #write(chunk) {
      let size = 1;
      try {
        size = sizeOf(this.#strategy, chunk);
      } catch (error) {
        if (this.#state === 'writable') this.#startErroring(error);
      }
      if (this.#state === 'errored' || this.#state === 'erroring') return Promise.reject(this.#reason);
      if (this.#closing !== undefined || this.#state === 'closed') return Promise.reject(new TypeError('The stream is closed'));
      const entry = { chunk, size, ...quiet(Promise.withResolvers()) };
      this.#queue.push(entry);
      this.#queued += size;
      this.#updateBackpressure();
      this.#advance();
      return entry.promise;
    }

    #close() {
      if (this.#state === 'closed' || this.#state === 'errored' || this.#closing !== undefined) {
        return Promise.reject(new TypeError('The stream is closed'));
      }
      this.#closing = quiet(Promise.withResolvers());
      if (this.#backpressure && this.#state === 'writable') this.#writer?.ready.resolve();
      this.#queue.push({ chunk: CLOSE, size: 0 });
      this.#advance();
      return this.#closing.promise;
    }

    #abort(reason) {
      if (this.#state === 'closed' || this.#state === 'errored') return Promise.resolve();
      signalAbort(this.#controller, reason);
      if (this.#state === 'closed' || this.#state === 'errored') return Promise.resolve();
      if (this.#pendingAbort !== undefined) return this.#pendingAbort.promise;
      const wasErroring = this.#state === 'erroring';
      this.#pendingAbort = { ...quiet(Promise.withResolvers()), wasErroring, reason: wasErroring ? undefined : reason };
      const { promise } = this.#pendingAbort;
      if (!wasErroring) this.#startErroring(reason);
      return promise;
    }

    #advance() {
      if (!this.#started || this.#inFlight !== undefined) return;
      if (this.#state === 'erroring') {
        this.#finishErroring();
        return;
      }
      const first = this.#queue[0];
      if (first === undefined || this.#state !== 'writable') return;
      this.#inFlight = first;
      const isClose = first.chunk === CLOSE;
      let done;
      try {
        done = Promise.resolve(isClose ? this.#sink.close?.() : this.#sink.write?.(first.chunk, this.#controller));
      } catch (error) {
        done = Promise.reject(error);
      }
      done.then(() => (isClose ? this.#closed() : this.#written(first)), (reason) => this.#failed(first, reason));
    }

    #written(entry) {
      this.#inFlight = undefined;
      entry.resolve();
      if (this.#queue[0] === entry) this.#queue.shift();
      this.#queued = Math.max(0, this.#queued - entry.size);
      if (this.#state === 'writable') this.#updateBackpressure();
      this.#advance();
    }

    #closed() {
      this.#inFlight = undefined;
      this.#queue = [];
      this.#closing.resolve();
      if (this.#state === 'erroring') {
        this.#reason = undefined;
        this.#pendingAbort?.resolve();
        this.#pendingAbort = undefined;
      }
      this.#state = 'closed';
      this.#writer?.closed.resolve();
    }

    #failed(entry, reason) {
      this.#inFlight = undefined;
      if (entry.chunk === CLOSE) {
        this.#closing.reject(reason);
        this.#pendingAbort?.reject(reason);
        this.#pendingAbort = undefined;
      } else {
        entry.reject(reason);
        this.#queue.shift();
      }
      this.#reject(reason);
    }

    #reject(reason) {
      if (this.#state === 'writable') this.#startErroring(reason);
      else if (this.#state === 'erroring') this.#finishErroring();
    }

    #startErroring(reason) {
      this.#state = 'erroring';
      this.#reason = reason;
      this.#rejectReady();
      if (this.#inFlight === undefined && this.#started) this.#finishErroring();
    }

    #rejectReady() {
      const writer = this.#writer;
      if (writer === undefined) return;
      writer.ready.reject(this.#reason);
      writer.ready = quiet(Promise.withResolvers());
      writer.ready.reject(this.#reason);
    }

    #finishErroring() {
      this.#state = 'errored';
      for (const entry of this.#queue.splice(0)) entry.reject?.(this.#reason);
      this.#queued = 0;
      const pending = this.#pendingAbort;
      this.#pendingAbort = undefined;
      if (pending === undefined || pending.wasErroring) {
        pending?.reject(this.#reason);
        this.#rejectClosed();
        return;
      }
      let done;
      try {
        done = Promise.resolve(this.#sink.abort?.(pending.reason));
      } catch (error) {
        done = Promise.reject(error);
      }
      done.then(() => pending.resolve(), (reason) => pending.reject(reason)).then(() => this.#rejectClosed());
    }

    #rejectClosed() {
      this.#closing?.reject(this.#reason);
      this.#writer?.closed.reject(this.#reason);
    }

    #updateBackpressure() {
      const pressure = this.#strategy.mark - this.#queued <= 0;
      if (this.#closing === undefined && this.#writer !== undefined && pressure !== this.#backpressure) {
        if (pressure) this.#writer.ready = quiet(Promise.withResolvers());
        else this.#writer.ready.resolve();
      }
      this.#backpressure = pressure;
    }

    static {
      writables = {
        isWritable: (value) => typeof value === 'object' && value !== null && #sink in value,
        isOpen: (stream) => stream.#state === 'writable' && stream.#closing === undefined,
        closeQuietly: (stream, writer) => (stream.#closing !== undefined || stream.#state === 'closed' ? undefined
          : stream.#state === 'errored' ? Promise.reject(stream.#reason) : writer.close()),
        lock(stream, writer) {
          stream.#writer = writer;
          const isOver = stream.#state === 'closed' || stream.#state === 'errored' || stream.#state === 'erroring';
          if (!stream.#backpressure || stream.#closing !== undefined || isOver) {
            if (stream.#state === 'writable' || stream.#state === 'closed') writer.ready.resolve();
            else writer.ready.reject(stream.#reason);
          }
          if (stream.#state === 'closed') writer.closed.resolve();
          if (stream.#state === 'errored') writer.closed.reject(stream.#reason);
        },
        unlock(stream) { stream.#writer = undefined; },
        desiredSize: (stream) => (stream.#state === 'errored' || stream.#state === 'erroring' ? null
          : stream.#state === 'closed' ? 0 : stream.#strategy.mark - stream.#queued),
        write: (stream, chunk) => stream.#write(chunk),
        close: (stream) => stream.#close(),
        abort: (stream, reason) => stream.#abort(reason),
        error(stream, reason) { if (stream.#state === 'writable') stream.#startErroring(reason); },
      };
    }
  }
  expose(WritableStream, 'locked', 'getWriter', 'abort', 'close');

  return { WritableStream, WritableStreamDefaultWriter, WritableStreamDefaultController, writables,
    isWritable: writables.isWritable };
})
