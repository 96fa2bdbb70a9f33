// Readable streams (https://streams.spec.whatwg.org section 4), and what pipes them into writable ones.
(function (host, load) {
  'use strict';

  const { expose, isObject, secret } = load('web/interfaces');

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
  expose(ReadableStreamDefaultController, 'desiredSize', 'enqueue', 'close', 'error');

  class ReadableByteStreamController {
    #stream;

    constructor(key, stream) {
      if (key !== secret) throw new TypeError('Illegal constructor');
      this.#stream = stream;
    }

    get byobRequest() { return streams.byobRequest(this.#stream); }
    get desiredSize() { return streams.desiredSize(this.#stream); }

    enqueue(chunk) {
      if (!ArrayBuffer.isView(chunk)) throw new TypeError('A stream of bytes takes views of buffers');
      if (chunk.byteLength === 0) throw new TypeError('The chunk is empty');
      streams.enqueue(this.#stream, new Uint8Array(chunk.buffer.transfer(), chunk.byteOffset, chunk.byteLength));
    }

    close() { streams.close(this.#stream); }
    error(reason) { streams.error(this.#stream, reason); }
  }
  expose(ReadableByteStreamController, 'byobRequest', 'desiredSize', 'enqueue', 'close', 'error');

  class ReadableStreamBYOBRequest {
    #stream;
    #view;

    constructor(key, stream, view) {
      if (key !== secret) throw new TypeError('Illegal constructor');
      this.#stream = stream;
      this.#view = view;
    }

    get view() { return this.#view; }
    respond(count) { this.#answer(this.#view, Number(count)); }

    respondWithNewView(view) {
      if (!ArrayBuffer.isView(view)) throw new TypeError('A view of a buffer is required');
      this.#answer(view, view.byteLength);
    }

    #answer(view, count) {
      if (this.#view === null) throw new TypeError('The request has been answered');
      const limit = this.#view.byteLength;
      if (!Number.isInteger(count) || count < 0 || count > limit) throw new RangeError(`Not between 0 and ${limit}: ${count}`);
      this.#view = null;
      streams.respond(this.#stream, view, count);
    }
  }
  expose(ReadableStreamBYOBRequest, 'view', 'respond', 'respondWithNewView');

  const released = () => new TypeError('The reader has been released');

  // What both kinds of readers have (section 4.3).
  class GenericReader {
    #stream;
    #closed = Promise.withResolvers();

    constructor(stream) {
      if (!streams.isStream(stream)) throw new TypeError('A ReadableStream is required');
      if (streams.isLocked(stream)) throw new TypeError('The stream is locked to another reader');
      this.#stream = stream;
      this.#closed.promise.catch(() => {});
      streams.lock(stream, this.#closed);
    }

    static streamOf(reader) { return reader.#stream; }
    get closed() { return this.#closed.promise; }
    cancel(reason) { return this.#stream === undefined ? Promise.reject(released()) : streams.cancel(this.#stream, reason); }

    releaseLock() {
      if (this.#stream === undefined) return;
      const wasOpen = streams.unlock(this.#stream);
      this.#stream = undefined;
      if (!wasOpen) {
        this.#closed = Promise.withResolvers();
        this.#closed.promise.catch(() => {});
      }
      this.#closed.reject(released());
    }
  }
  const { streamOf } = GenericReader;

  class ReadableStreamDefaultReader {
    #reader;

    constructor(stream) { this.#reader = new GenericReader(stream); }
    get closed() { return this.#reader.closed; }
    cancel(reason) { return this.#reader.cancel(reason); }
    releaseLock() { this.#reader.releaseLock(); }

    read() {
      const stream = streamOf(this.#reader);
      return stream === undefined ? Promise.reject(released()) : streams.read(stream);
    }
  }
  expose(ReadableStreamDefaultReader, 'closed', 'read', 'cancel', 'releaseLock');

  class ReadableStreamBYOBReader {
    #reader;

    constructor(stream) {
      if (streams.isStream(stream) && !streams.isBytes(stream)) throw new TypeError('The stream is none of bytes');
      this.#reader = new GenericReader(stream);
    }

    get closed() { return this.#reader.closed; }
    cancel(reason) { return this.#reader.cancel(reason); }
    releaseLock() { this.#reader.releaseLock(); }

    async read(view, options = {}) {
      if (!ArrayBuffer.isView(view)) throw new TypeError('A view of a buffer is required');
      if (view.byteLength === 0) throw new TypeError('The view is empty');
      const stream = streamOf(this.#reader);
      if (stream === undefined) throw released();
      const minimum = options?.min === undefined ? 1 : Number(options.min);
      if (!Number.isInteger(minimum) || minimum < 1) throw new TypeError('min must be a number above 0');
      if (minimum > (view.length ?? view.byteLength)) throw new RangeError('min is more than the view takes');
      return streams.readInto(stream, view, minimum * (view.BYTES_PER_ELEMENT ?? 1));
    }
  }
  expose(ReadableStreamBYOBReader, 'closed', 'read', 'cancel', 'releaseLock');

  // The high water mark and the size function of a strategy (section 7.4).
  function strategyOf(strategy, usual) {
    const { highWaterMark, size } = strategy ?? {};
    const mark = highWaterMark === undefined ? usual : Number(highWaterMark);
    if (Number.isNaN(mark) || mark < 0) throw new RangeError('Invalid highWaterMark');
    if (size !== undefined && typeof size !== 'function') throw new TypeError('The size must be a function');
    return { mark, size: size === undefined ? () => 1 : (chunk) => size(chunk) };
  }

  function sizeOf(strategy, chunk) {
    const size = Number(strategy.size(chunk));
    if (Number.isNaN(size) || size < 0 || size === Infinity) throw new RangeError(`Invalid size of a chunk: ${size}`);
    return size;
  }

  let streams;

  class ReadableStream {
    #state = 'readable';
    #reason;
    #queue = [];
    #queued = 0;
    // Who waits: promises, and the views that are to be filled.
    #reads = [];
    #request = null;
    #closeRequested = false;
    #pulling = false;
    #pullAgain = false;
    #started = false;
    #lock;
    #disturbed = false;
    #source;
    #strategy;
    #isBytes;
    #chunkSize;
    #controller;

    constructor(source = {}, strategy = {}) {
      if (!isObject(source)) throw new TypeError('The underlying source must be an object');
      const { type, autoAllocateChunkSize } = source;
      if (type !== undefined && `${type}` !== 'bytes') throw new TypeError(`Invalid type of a source: ${type}`);
      this.#isBytes = type !== undefined;
      if (this.#isBytes && strategy?.size !== undefined) throw new RangeError('A stream of bytes has no size function');
      this.#source = source;
      this.#strategy = strategyOf(strategy, this.#isBytes ? 0 : 1);
      if (this.#isBytes) this.#strategy.size = (chunk) => chunk.byteLength;
      this.#chunkSize = autoAllocateChunkSize === undefined ? undefined : Number(autoAllocateChunkSize);
      if (this.#chunkSize === 0) throw new TypeError('autoAllocateChunkSize must be above 0');
      const Controller = this.#isBytes ? ReadableByteStreamController : ReadableStreamDefaultController;
      this.#controller = new Controller(secret, this);
      const started = source.start?.(this.#controller);
      Promise.resolve(started).then(() => {
        this.#started = true;
        this.#pull();
      }, (reason) => this.#fail(reason));
    }

    static from(iterable) {
      const method = iterable?.[Symbol.asyncIterator] ?? iterable?.[Symbol.iterator];
      if (typeof method !== 'function') throw new TypeError('Neither an iterable nor an async iterable');
      const iterator = method.call(iterable);
      return new ReadableStream({
        async pull(controller) {
          const step = await iterator.next();
          if (!isObject(step)) throw new TypeError('The iterator gave something that is no object');
          if (step.done) controller.close();
          else controller.enqueue(await step.value);
        },
        async cancel(reason) { await iterator.return?.(reason); },
      }, { highWaterMark: 0 });
    }

    get locked() { return this.#lock !== undefined; }

    getReader(options = {}) {
      if (options?.mode === undefined) return new ReadableStreamDefaultReader(this);
      if (`${options.mode}` !== 'byob') throw new TypeError(`Invalid mode of a reader: ${options.mode}`);
      return new ReadableStreamBYOBReader(this);
    }

    cancel(reason) {
      if (this.locked) return Promise.reject(new TypeError('The stream is locked'));
      return this.#cancel(reason);
    }

    tee() {
      const reader = this.getReader();
      const branches = [];
      const cancelled = [false, false];
      const reasons = [];
      const finished = Promise.withResolvers();
      const pull = async () => {
        const { done, value } = await reader.read();
        branches.forEach((controller, index) => {
          if (cancelled[index]) return;
          if (done) controller.close();
          else controller.enqueue(this.#isBytes || (index === 1 && ArrayBuffer.isView(value)) ? value.slice() : value);
        });
        if (done) finished.resolve();
      };
      let running;
      const branch = (index) => new ReadableStream({
        type: this.#isBytes ? 'bytes' : undefined,
        start(controller) { branches[index] = controller; },
        pull() {
          running ??= pull().finally(() => { running = undefined; });
          return running;
        },
        cancel(reason) {
          cancelled[index] = true;
          reasons[index] = reason;
          if (cancelled[0] && cancelled[1]) finished.resolve(reader.cancel(reasons));
          return finished.promise;
        },
      }, { highWaterMark: 0 });
      const both = [branch(0), branch(1)];
      reader.closed.catch((reason) => {
        branches.forEach((controller) => controller.error(reason));
        finished.resolve();
      });
      return both;
    }

    pipeThrough(transform, options = {}) {
      if (!streams.isStream(transform?.readable)) throw new TypeError('The transform has no readable side');
      if (this.locked || transform.writable.locked) throw new TypeError('The stream is locked');
      this.pipeTo(transform.writable, options).catch(() => {});
      return transform.readable;
    }

    async pipeTo(destination, options = {}) {
      if (!load('web/writable').isWritable(destination)) throw new TypeError('A WritableStream is required');
      return load('web/pipe')(this, destination, options ?? {});
    }

    values({ preventCancel = false } = {}) {
      const reader = this.getReader();
      let last = Promise.resolve();
      let isDone = false;
      const next = async () => {
        if (isDone) return { done: true, value: undefined };
        try {
          const { done, value } = await reader.read();
          if (!done) return { done, value };
        } catch (error) {
          isDone = true;
          reader.releaseLock();
          throw error;
        }
        isDone = true;
        reader.releaseLock();
        return { done: true, value: undefined };
      };
      const end = async (value) => {
        if (!isDone) {
          isDone = true;
          const cancelled = preventCancel ? undefined : reader.cancel(value);
          reader.releaseLock();
          await cancelled;
        }
        return { done: true, value };
      };
      const prototype = Object.getPrototypeOf(Object.getPrototypeOf(async function* () {}.prototype));
      return Object.assign(Object.create(prototype), {
        next() { return last = last.then(next, next); },
        return(value) { return last = last.then(() => end(value), () => end(value)); },
      });
    }

    [Symbol.asyncIterator](options) { return this.values(options); }

    #wantsMore() {
      if (this.#state !== 'readable' || !this.#started || this.#closeRequested) return false;
      return this.#reads.length > 0 || this.#strategy.mark - this.#queued > 0;
    }

    #pull() {
      if (!this.#wantsMore() || this.#source.pull === undefined) return;
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
      this.#clear();
      for (const read of this.#reads.splice(0)) read.reject(reason);
      this.#lock?.reject(reason);
    }

    #clear() {
      this.#queue = [];
      this.#queued = 0;
      this.#request = null;
    }

    #finish() {
      this.#state = 'closed';
      this.#request = null;
      for (const read of this.#reads.splice(0)) read.resolve({ done: true, value: read.view && partOf(read, read.filled) });
      this.#lock?.resolve();
    }

    #put(chunk) {
      if (this.#reads.length > 0 && !this.#isBytes) {
        this.#reads.shift().resolve({ done: false, value: chunk });
        return;
      }
      let size;
      try {
        size = sizeOf(this.#strategy, chunk);
      } catch (error) {
        this.#fail(error);
        throw error;
      }
      this.#queue.push({ chunk, size });
      this.#queued += size;
      if (this.#isBytes) this.#serve();
    }

    #take() {
      const { chunk, size } = this.#queue.shift();
      this.#queued = Math.max(0, this.#queued - size);
      return chunk;
    }

    // Gives bytes to those who wait for them.
    #serve() {
      while (this.#reads.length > 0 && this.#queue.length > 0) {
        const read = this.#reads[0];
        this.#request = null;
        if (read.view === undefined) {
          this.#reads.shift().resolve({ done: false, value: this.#take() });
          continue;
        }
        const target = new Uint8Array(read.buffer, read.view.byteOffset, read.view.byteLength);
        while (this.#queue.length > 0 && read.filled < target.length) {
          const chunk = this.#take();
          const part = chunk.subarray(0, target.length - read.filled);
          target.set(part, read.filled);
          read.filled += part.length;
          if (part.length < chunk.length) {
            const rest = chunk.subarray(part.length);
            this.#queue.unshift({ chunk: rest, size: rest.length });
            this.#queued += rest.length;
          }
        }
        if (read.filled < read.minimum) return;
        const whole = read.filled - (read.filled % elementSize(read.view));
        const rest = target.slice(whole, read.filled);
        if (rest.length > 0) {
          this.#queue.unshift({ chunk: rest, size: rest.length });
          this.#queued += rest.length;
        }
        this.#reads.shift();
        read.resolve({ done: false, value: partOf(read, whole) });
        if (rest.length > 0) break;
      }
    }

    #read(view, minimum) {
      this.#disturbed = true;
      const read = Promise.withResolvers();
      if (view !== undefined) {
        if (view.buffer.detached) return Promise.reject(new TypeError('The buffer of the view is detached'));
        Object.assign(read, { minimum, filled: 0,
          view: { byteOffset: view.byteOffset, byteLength: view.byteLength, constructor: view.constructor } });
        read.buffer = view.buffer.transfer();
      }
      if (this.#state === 'errored') return Promise.reject(this.#reason);
      if (this.#state === 'closed') {
        return Promise.resolve({ done: true, value: view === undefined ? undefined : partOf(read, 0) });
      }
      this.#reads.push(read);
      if (this.#isBytes) this.#serve();
      else if (this.#queue.length > 0) this.#reads.shift().resolve({ done: false, value: this.#take() });
      if (this.#queue.length === 0 && this.#closeRequested) this.#finish();
      else this.#pull();
      return read.promise;
    }

    async #cancel(reason) {
      this.#disturbed = true;
      if (this.#state === 'errored') throw this.#reason;
      if (this.#state === 'closed') return;
      this.#clear();
      for (const read of this.#reads.splice(0)) read.resolve({ done: true, value: undefined });
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
        isBytes: (stream) => stream.#isBytes,
        state: (stream) => stream.#state,
        reason: (stream) => stream.#reason,
        lock(stream, closed) {
          stream.#lock = closed;
          if (stream.#state === 'closed') closed.resolve();
          if (stream.#state === 'errored') closed.reject(stream.#reason);
        },
        // Whether it was open until now.
        unlock(stream) {
          for (const read of stream.#reads.splice(0)) read.reject(released());
          stream.#request = null;
          stream.#lock = undefined;
          return stream.#state === 'readable';
        },
        desiredSize: (stream) => (stream.#state === 'errored' ? null
          : stream.#state === 'closed' ? 0 : stream.#strategy.mark - stream.#queued),
        enqueue(stream, chunk) {
          writable(stream);
          stream.#put(chunk);
          stream.#pull();
        },
        close(stream) {
          writable(stream);
          if (stream.#reads[0]?.filled % elementSize(stream.#reads[0]?.view ?? {}) > 0) {
            const error = new TypeError('The stream is closed in the middle of an element');
            stream.#fail(error);
            throw error;
          }
          stream.#closeRequested = true;
          if (stream.#queue.length === 0) stream.#finish();
        },
        error: (stream, reason) => stream.#fail(reason),
        read: (stream) => stream.#read(),
        readInto: (stream, view, minimum) => stream.#read(view, minimum),
        cancel: (stream, reason) => stream.#cancel(reason),
        byobRequest(stream) {
          const read = stream.#reads[0];
          if (stream.#request !== null || read === undefined || stream.#state !== 'readable') return stream.#request;
          if (read.view === undefined) {
            if (stream.#chunkSize === undefined) return null;
            return stream.#request = new ReadableStreamBYOBRequest(secret, stream, new Uint8Array(stream.#chunkSize));
          }
          return stream.#request = new ReadableStreamBYOBRequest(secret, stream,
            new Uint8Array(read.buffer, read.view.byteOffset + read.filled, read.view.byteLength - read.filled));
        },
        respond(stream, view, count) {
          stream.#request = null;
          if (count === 0) {
            if (stream.#state === 'readable') throw new TypeError('Nothing was read, and the stream is open');
            return;
          }
          stream.#put(new Uint8Array(view.buffer, view.byteOffset, count).slice());
          stream.#pull();
        },
      };
    }
  }
  expose(ReadableStream, 'locked', 'getReader', 'cancel', 'tee', 'pipeTo', 'pipeThrough', 'values');

  const elementSize = (view) => view.constructor?.BYTES_PER_ELEMENT ?? 1;
  const partOf = ({ view, buffer }, bytes) => new view.constructor(buffer, view.byteOffset,
    bytes / elementSize(view));

  class CountQueuingStrategy {
    #mark;
    constructor(options) { this.#mark = Number(options.highWaterMark); }
    get highWaterMark() { return this.#mark; }
    get size() { return countSize; }
  }
  const countSize = function size() { return 1; };
  expose(CountQueuingStrategy, 'highWaterMark', 'size');

  class ByteLengthQueuingStrategy {
    #mark;
    constructor(options) { this.#mark = Number(options.highWaterMark); }
    get highWaterMark() { return this.#mark; }
    get size() { return byteSize; }
  }
  const byteSize = function size(chunk) { return chunk.byteLength; };
  expose(ByteLengthQueuingStrategy, 'highWaterMark', 'size');

  return { ReadableStream, ReadableStreamDefaultReader, ReadableStreamDefaultController, ReadableStreamBYOBReader,
    ReadableByteStreamController, ReadableStreamBYOBRequest, CountQueuingStrategy, ByteLengthQueuingStrategy, streams,
    strategyOf, sizeOf };
})
