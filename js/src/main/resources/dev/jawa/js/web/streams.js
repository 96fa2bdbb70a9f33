// Readable streams (https://streams.spec.whatwg.org sections 4 and 9): the default controller and reader.
(function (host, load) {
  'use strict';

  const { expose, secret } = load('web/interfaces');
  const tag = (constructor, members) => expose(constructor, ...members);

  class ReadableStreamDefaultController {
    #stream;

    constructor(key, stream) {
      if (key !== secret) throw new TypeError('Illegal constructor');
      this.#stream = stream;
    }

    get desiredSize() { return streams.desiredSize(this.#stream); }
    enqueue(chunk) { streams.enqueue(this.#stream, chunk); }
    close() { streams.close(this.#stream); }
    error(reason) { streams.error(this.#stream, reason); }
  }
  tag(ReadableStreamDefaultController, ['desiredSize', 'enqueue', 'close', 'error']);

  class ReadableStreamDefaultReader {
    #stream;
    #closed = Promise.withResolvers();

    constructor(stream) {
      if (streams.isLocked(stream)) throw new TypeError('The stream is locked to another reader');
      this.#stream = stream;
      this.#closed.promise.catch(() => {});
      streams.lock(stream, this.#closed);
    }

    get closed() { return this.#closed.promise; }

    read() {
      if (this.#stream === undefined) return Promise.reject(new TypeError('The reader has been released'));
      return streams.read(this.#stream);
    }

    cancel(reason) {
      if (this.#stream === undefined) return Promise.reject(new TypeError('The reader has been released'));
      return streams.cancel(this.#stream, reason);
    }

    releaseLock() {
      if (this.#stream === undefined) return;
      streams.unlock(this.#stream);
      this.#stream = undefined;
      this.#closed.reject(new TypeError('The reader has been released'));
    }
  }
  tag(ReadableStreamDefaultReader, ['closed', 'read', 'cancel', 'releaseLock']);

  let streams;

  class ReadableStream {
    #state = 'readable';
    #reason;
    #queue = [];
    #reads = [];
    #closeRequested = false;
    #pulling = false;
    #pullAgain = false;
    #started = false;
    #lock;
    #disturbed = false;
    #source;
    #highWaterMark;
    #controller;

    constructor(source = {}, strategy = {}) {
      if (source === null || (typeof source !== 'object' && typeof source !== 'function')) {
        throw new TypeError('The underlying source must be an object');
      }
      this.#source = source;
      this.#highWaterMark = strategy.highWaterMark === undefined ? 1 : Number(strategy.highWaterMark);
      if (Number.isNaN(this.#highWaterMark) || this.#highWaterMark < 0) throw new RangeError('Invalid highWaterMark');
      this.#controller = new ReadableStreamDefaultController(secret, this);
      const started = source.start?.(this.#controller);
      Promise.resolve(started).then(() => {
        this.#started = true;
        this.#pull();
      }, (reason) => this.#fail(reason));
    }

    static from(iterable) {
      const iterator = iterable[Symbol.asyncIterator]?.() ?? iterable[Symbol.iterator]();
      return new ReadableStream({
        async pull(controller) {
          const { done, value } = await iterator.next();
          if (done) controller.close();
          else controller.enqueue(value);
        },
        cancel: (reason) => iterator.return?.(reason),
      }, { highWaterMark: 0 });
    }

    get locked() { return this.#lock !== undefined; }

    getReader() { return new ReadableStreamDefaultReader(this); }

    cancel(reason) {
      if (this.locked) return Promise.reject(new TypeError('The stream is locked'));
      return this.#cancel(reason);
    }

    tee() {
      const reader = this.getReader();
      const branches = [];
      const cancelled = [false, false];
      const pull = async () => {
        const { done, value } = await reader.read();
        branches.forEach((controller, index) => {
          if (cancelled[index]) return;
          if (done) controller.close();
          else controller.enqueue(index === 1 && ArrayBuffer.isView(value) ? value.slice() : value);
        });
      };
      let running;
      const branch = (index) => new ReadableStream({
        start(controller) { branches[index] = controller; },
        pull() {
          running ??= pull().finally(() => { running = undefined; });
          return running;
        },
        cancel(reason) {
          cancelled[index] = true;
          if (cancelled[0] && cancelled[1]) return reader.cancel(reason);
        },
      }, { highWaterMark: 0 });
      return [branch(0), branch(1)];
    }

    async* [Symbol.asyncIterator]() {
      const reader = this.getReader();
      try {
        for (;;) {
          const { done, value } = await reader.read();
          if (done) return;
          yield value;
        }
      } finally {
        reader.releaseLock();
      }
    }

    #pull() {
      const wanted = this.#reads.length > 0 || this.#queue.length < this.#highWaterMark;
      if (this.#state !== 'readable' || !this.#started || this.#closeRequested || !wanted) return;
      if (this.#source.pull === undefined) return;
      if (this.#pulling) {
        this.#pullAgain = true;
        return;
      }
      this.#pulling = true;
      let pulled;
      try {
        pulled = Promise.resolve(this.#source.pull(this.#controller));
      } catch (error) {
        pulled = Promise.reject(error);
      }
      pulled.then(() => {
        this.#pulling = false;
        if (this.#pullAgain) {
          this.#pullAgain = false;
          this.#pull();
        }
      }, (reason) => this.#fail(reason));
    }

    #fail(reason) {
      if (this.#state !== 'readable') return;
      this.#state = 'errored';
      this.#reason = reason;
      this.#queue = [];
      for (const read of this.#reads.splice(0)) read.reject(reason);
      this.#lock?.reject(reason);
    }

    #finish() {
      this.#state = 'closed';
      for (const read of this.#reads.splice(0)) read.resolve({ done: true, value: undefined });
      this.#lock?.resolve();
    }

    #read() {
      this.#disturbed = true;
      if (this.#queue.length > 0) {
        const value = this.#queue.shift();
        if (this.#queue.length === 0 && this.#closeRequested) this.#finish();
        else this.#pull();
        return Promise.resolve({ done: false, value });
      }
      if (this.#state === 'errored') return Promise.reject(this.#reason);
      if (this.#state === 'closed') return Promise.resolve({ done: true, value: undefined });
      const read = Promise.withResolvers();
      this.#reads.push(read);
      this.#pull();
      return read.promise;
    }

    async #cancel(reason) {
      this.#disturbed = true;
      if (this.#state === 'errored') throw this.#reason;
      if (this.#state === 'closed') return;
      this.#queue = [];
      this.#finish();
      await this.#source.cancel?.(reason);
    }

    static {
      const writable = (stream) => {
        if (stream.#state !== 'readable' || stream.#closeRequested) throw new TypeError('The stream is closed');
      };
      streams = {
        isStream: (value) => typeof value === 'object' && value !== null && #state in value,
        isLocked: (stream) => stream.locked,
        isDisturbed: (stream) => stream.#disturbed,
        lock(stream, closed) {
          stream.#lock = closed;
          if (stream.#state === 'closed') closed.resolve();
          if (stream.#state === 'errored') closed.reject(stream.#reason);
        },
        unlock(stream) {
          for (const read of stream.#reads.splice(0)) read.reject(new TypeError('The reader has been released'));
          stream.#lock = undefined;
        },
        desiredSize: (stream) => (stream.#state === 'errored' ? null : stream.#highWaterMark - stream.#queue.length),
        enqueue(stream, chunk) {
          writable(stream);
          if (stream.#reads.length > 0) stream.#reads.shift().resolve({ done: false, value: chunk });
          else stream.#queue.push(chunk);
          stream.#pull();
        },
        close(stream) {
          writable(stream);
          stream.#closeRequested = true;
          if (stream.#queue.length === 0) stream.#finish();
        },
        error: (stream, reason) => stream.#fail(reason),
        read: (stream) => stream.#read(),
        cancel: (stream, reason) => stream.#cancel(reason),
      };
    }
  }
  tag(ReadableStream, ['locked', 'getReader', 'cancel', 'tee']);

  return { ReadableStream, ReadableStreamDefaultReader, ReadableStreamDefaultController, streams };
})
