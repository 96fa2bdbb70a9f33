// Transform streams (https://streams.spec.whatwg.org section 6), and those for text (https://encoding.spec.whatwg.org
// section 7) and compressed bytes (https://compression.spec.whatwg.org).
(function (host, load) {
  'use strict';

  const { expose, isObject, secret } = load('web/interfaces');
  const { ReadableStream } = load('web/streams');
  const { WritableStream, writables } = load('web/writable');

  class TransformStreamDefaultController {
    #parts;

    constructor(key, parts) {
      if (key !== secret) throw new TypeError('Illegal constructor');
      this.#parts = parts;
    }

    get desiredSize() { return this.#parts.readable.desiredSize; }
    enqueue(chunk) { this.#parts.enqueue(chunk); }
    error(reason) { this.#parts.error(reason); }
    terminate() { this.#parts.terminate(); }
  }
  expose(TransformStreamDefaultController, 'desiredSize', 'enqueue', 'error', 'terminate');

  class TransformStream {
    #readable;
    #writable;

    constructor(transformer = {}, writableStrategy = {}, readableStrategy = {}) {
      if (transformer === null) transformer = {};
      if (!isObject(transformer)) throw new TypeError('The transformer must be an object');
      if (transformer.readableType !== undefined || transformer.writableType !== undefined) {
        throw new RangeError('A transformer has no types');
      }
      let readable;
      let backpressure = Promise.withResolvers();
      let isFinished = false;
      const started = Promise.withResolvers();
      const wait = () => { backpressure = Promise.withResolvers(); };
      const fail = (reason) => {
        readable.error(reason);
        writables.error(this.#writable, reason);
        backpressure.resolve();
      };
      const controller = new TransformStreamDefaultController(secret, {
        get readable() { return readable; },
        enqueue(chunk) {
          // Before, since who waits for the chunk may ask for the next one at once.
          wait();
          readable.enqueue(chunk);
          if (readable.desiredSize > 0) backpressure.resolve();
        },
        error: fail,
        terminate: () => {
          readable.close();
          writables.error(this.#writable, new TypeError('The transformation has ended'));
          backpressure.resolve();
        },
      });
      const last = async (action, ...values) => {
        if (isFinished) return;
        isFinished = true;
        try {
          await action?.apply(transformer, values);
        } catch (error) {
          fail(error);
          throw error;
        }
      };
      this.#readable = new ReadableStream({
        start(given) {
          readable = given;
          return started.promise;
        },
        pull() {
          backpressure.resolve();
        },
        cancel: async (reason) => {
          await last(transformer.cancel, reason);
          writables.error(this.#writable, reason);
          backpressure.resolve();
        },
      }, { highWaterMark: 0, ...plain(readableStrategy) });
      this.#writable = new WritableStream({
        start: () => started.promise,
        async write(chunk) {
          await backpressure.promise;
          try {
            if (transformer.transform === undefined) controller.enqueue(chunk);
            else await transformer.transform(chunk, controller);
          } catch (error) {
            fail(error);
            throw error;
          }
        },
        async close() {
          await last(transformer.flush, controller);
          try {
            readable.close();
          } catch {
            // It was closed by terminate().
          }
        },
        async abort(reason) {
          await last(transformer.cancel, reason);
          readable.error(reason);
        },
      }, { highWaterMark: 1, ...plain(writableStrategy) });
      if ((readableStrategy?.highWaterMark ?? 0) > 0) backpressure.resolve();
      started.resolve(transformer.start?.(controller));
    }

    get readable() { return this.#readable; }
    get writable() { return this.#writable; }
  }
  expose(TransformStream, 'readable', 'writable');

  // The members that count, also of a strategy whose members are inherited.
  function plain(strategy) {
    const { highWaterMark, size } = strategy ?? {};
    return { ...(highWaterMark === undefined ? {} : { highWaterMark }),
      ...(size === undefined ? {} : { size: (chunk) => strategy.size(chunk) }) };
  }

  // A class around a transformation.
  class Generic {
    #transform;
    constructor(transformer) { this.#transform = new TransformStream(transformer); }
    get readable() { return this.#transform.readable; }
    get writable() { return this.#transform.writable; }
  }
  const inherit = (constructor, ...names) => {
    for (const name of ['readable', 'writable']) {
      Object.defineProperty(constructor.prototype, name, Object.getOwnPropertyDescriptor(Generic.prototype, name));
    }
    return expose(constructor, 'readable', 'writable', ...names);
  };

  class TextEncoderStream extends Generic {
    constructor() {
      const encoder = new TextEncoder();
      let high = '';
      super({
        transform(chunk, controller) {
          let text = high + `${chunk}`;
          high = '';
          if (/[\ud800-\udbff]$/.test(text)) {
            high = text.at(-1);
            text = text.slice(0, -1);
          }
          if (text !== '') controller.enqueue(encoder.encode(text));
        },
        flush(controller) { if (high !== '') controller.enqueue(encoder.encode('\ufffd')); },
      });
    }

    get encoding() { return 'utf-8'; }
  }
  inherit(TextEncoderStream, 'encoding');

  class TextDecoderStream extends Generic {
    #decoder;

    constructor(label = 'utf-8', options = {}) {
      const decoder = new TextDecoder(label, options);
      super({
        transform(chunk, controller) {
          const text = decoder.decode(chunk, { stream: true });
          if (text !== '') controller.enqueue(text);
        },
        flush(controller) {
          const text = decoder.decode();
          if (text !== '') controller.enqueue(text);
        },
      });
      this.#decoder = decoder;
    }

    get encoding() { return this.#decoder.encoding; }
    get fatal() { return this.#decoder.fatal; }
    get ignoreBOM() { return this.#decoder.ignoreBOM; }
  }
  inherit(TextDecoderStream, 'encoding', 'fatal', 'ignoreBOM');

  const COMPRESSIONS = { deflate: ['deflate', 'inflate'], 'deflate-raw': ['deflateRaw', 'inflateRaw'], gzip: ['gzip', 'gunzip'] };

  function compression(format, index) {
    if (!Object.hasOwn(COMPRESSIONS, `${format}`)) throw new TypeError(`Unsupported compression format: '${format}'`);
    const handle = host.compression.open(COMPRESSIONS[format][index], -1, 0, true);
    const put = (controller, bytes) => { if (bytes.byteLength > 0) controller.enqueue(new Uint8Array(bytes)); };
    return {
      transform(chunk, controller) {
        if (!(chunk instanceof ArrayBuffer) && !ArrayBuffer.isView(chunk)) {
          throw new TypeError('A chunk must be an ArrayBuffer or a view of one');
        }
        put(controller, host.compression.write(handle, chunk, 0));
      },
      flush(controller) { put(controller, host.compression.write(handle, new Uint8Array(0), 4)); },
    };
  }

  class CompressionStream extends Generic { constructor(format) { super(compression(format, 0)); } }
  inherit(CompressionStream);

  class DecompressionStream extends Generic { constructor(format) { super(compression(format, 1)); } }
  inherit(DecompressionStream);

  return { TransformStream, TransformStreamDefaultController, TextEncoderStream, TextDecoderStream, CompressionStream,
    DecompressionStream };
})
