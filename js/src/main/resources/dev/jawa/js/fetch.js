// fetch, Headers, Response, ReadableStream: the part of them that loaders of WebAssembly use
// (https://fetch.spec.whatwg.org, https://streams.spec.whatwg.org).
(function (host) {
  'use strict';

  const NULL_BODY_STATUS = [101, 103, 204, 205, 304];
  const secret = Symbol('internal');

  function tag(constructor, members) {
    for (const name of members) Object.defineProperty(constructor.prototype, name, { enumerable: true });
    Object.defineProperty(constructor.prototype, Symbol.toStringTag, { value: constructor.name, configurable: true });
  }

  // Streams

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

  // A stream of what the host reads; nothing is read before it is asked for.
  function hostStream(input) {
    return new ReadableStream({
      async pull(controller) {
        const chunk = await host.read(input);
        if (chunk === null) controller.close();
        else controller.enqueue(new Uint8Array(chunk));
      },
      cancel() { host.closeInput(input); },
    }, { highWaterMark: 0 });
  }

  // Headers

  const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;

  class Headers {
    #lists = new Map();

    constructor(init) {
      if (init === undefined || init === null) return;
      if (typeof init !== 'object') throw new TypeError('Headers must be given as an object or a sequence of pairs');
      if (typeof init[Symbol.iterator] === 'function') {
        for (const pair of init) {
          const [name, value, ...rest] = pair;
          if (value === undefined || rest.length > 0) throw new TypeError('A header must be a name and a value');
          this.append(name, value);
        }
      } else {
        for (const name of Object.keys(init)) this.append(name, init[name]);
      }
    }

    #name(name) {
      const text = `${name}`;
      if (!TOKEN.test(text)) throw new TypeError(`Invalid header name: ${text}`);
      return text.toLowerCase();
    }

    #value(value) {
      const text = `${value}`.replace(/^[\t\n\r ]+|[\t\n\r ]+$/g, '');
      if (/[\0\r\n]|[^\0-\xff]/.test(text)) throw new TypeError('Invalid header value');
      return text;
    }

    append(name, value) {
      const key = this.#name(name);
      const list = this.#lists.get(key);
      if (list === undefined) this.#lists.set(key, [this.#value(value)]);
      else list.push(this.#value(value));
    }

    set(name, value) { this.#lists.set(this.#name(name), [this.#value(value)]); }
    delete(name) { this.#lists.delete(this.#name(name)); }
    has(name) { return this.#lists.has(this.#name(name)); }
    get(name) { return this.#lists.get(this.#name(name))?.join(', ') ?? null; }
    getSetCookie() { return [...(this.#lists.get('set-cookie') ?? [])]; }

    forEach(callback, self) {
      for (const [name, value] of this) callback.call(self, value, name, this);
    }

    * entries() {
      for (const name of [...this.#lists.keys()].sort()) {
        if (name === 'set-cookie') for (const value of this.#lists.get(name)) yield [name, value];
        else yield [name, this.get(name)];
      }
    }

    * keys() { for (const [name] of this.entries()) yield name; }
    * values() { for (const [, value] of this.entries()) yield value; }
    [Symbol.iterator]() { return this.entries(); }
  }
  tag(Headers, ['append', 'set', 'delete', 'has', 'get', 'getSetCookie', 'forEach', 'entries', 'keys', 'values']);

  // Bodies. `input` is what the host can read by itself, as long as nobody has asked for `stream`.

  function extractBody(source) {
    if (streams.isStream(source)) return { stream: source };
    if (typeof source === 'string' || !(source instanceof ArrayBuffer || ArrayBuffer.isView(source))) {
      return { input: host.inputOf(new TextEncoder().encode(`${source}`)), type: 'text/plain;charset=UTF-8' };
    }
    return { input: host.inputOf(source) };
  }

  class Response {
    #url = '';
    #redirected = false;
    #type = 'default';
    #status;
    #statusText;
    #headers;
    #input;
    #stream;
    #used = false;

    constructor(body = null, init = {}) {
      const status = init.status === undefined ? 200 : Number(init.status);
      if (body === secret) {
        // An empty one that fetch and clone fill in.
        this.#status = status;
        return;
      }
      if (!(status >= 200 && status <= 599)) throw new RangeError(`Invalid status: ${init.status}`);
      this.#status = Math.trunc(status);
      this.#statusText = init.statusText === undefined ? '' : `${init.statusText}`;
      this.#headers = new Headers(init.headers);
      if (body === null) return;
      if (NULL_BODY_STATUS.includes(this.#status)) throw new TypeError(`Status ${status} allows no body`);
      const { input, stream, type } = extractBody(body);
      if (stream !== undefined && (stream.locked || streams.isDisturbed(stream))) {
        throw new TypeError('The stream is locked or has been read from');
      }
      this.#input = input;
      this.#stream = stream;
      if (type !== undefined && !this.#headers.has('content-type')) this.#headers.set('content-type', type);
    }

    static error() { return Response.#make({ type: 'error', status: 0, headers: new Headers() }); }

    static json(data, init = {}) {
      const text = JSON.stringify(data);
      if (text === undefined) throw new TypeError('The data has no JSON text');
      const response = new Response(text, init);
      if (!new Headers(init.headers).has('content-type')) response.headers.set('content-type', 'application/json');
      return response;
    }

    static redirect(url, status = 302) {
      if (![301, 302, 303, 307, 308].includes(status)) throw new RangeError(`Invalid redirect status: ${status}`);
      const response = Response.#make({ status, headers: new Headers() });
      response.#headers.set('location', host.resolveUrl(`${url}`));
      return response;
    }

    static #make({ type = 'default', status, statusText = '', url = '', redirected = false, headers, input, stream }) {
      const response = new Response(secret, { status });
      response.#type = type;
      response.#statusText = statusText;
      response.#url = url;
      response.#redirected = redirected;
      response.#headers = headers;
      response.#input = input;
      response.#stream = stream;
      return response;
    }

    get type() { return this.#type; }
    get url() { return this.#url; }
    get redirected() { return this.#redirected; }
    get status() { return this.#status; }
    get ok() { return this.#status >= 200 && this.#status <= 299; }
    get statusText() { return this.#statusText; }
    get headers() { return this.#headers; }

    get body() {
      if (this.#stream === undefined && this.#input !== undefined) {
        this.#stream = hostStream(this.#input);
        if (this.#used) this.#stream.getReader();
      }
      return this.#stream ?? null;
    }

    get bodyUsed() { return this.#used || (this.#stream !== undefined && streams.isDisturbed(this.#stream)); }

    clone() {
      if (this.bodyUsed || this.#stream?.locked) throw new TypeError('The body has been used');
      const copy = { type: this.#type, status: this.#status, statusText: this.#statusText, url: this.#url,
        redirected: this.#redirected, headers: new Headers(this.#headers) };
      if (this.body !== null) {
        const [first, second] = this.body.tee();
        this.#input = undefined;
        this.#stream = first;
        copy.stream = second;
      }
      return Response.#make(copy);
    }

    arrayBuffer() { return Response.#consume(this); }
    async bytes() { return new Uint8Array(await Response.#consume(this)); }
    async text() { return new TextDecoder().decode(await Response.#consume(this)); }
    async json() { return JSON.parse(await this.text()); }

    static async #consume(response) {
      const input = Response.#take(response);
      return input === undefined ? new ArrayBuffer(0) : host.readAll(input);
    }

    // What the host is to read the body from; the body counts as used from now on.
    static #take(response) {
      if (response.bodyUsed || response.#stream?.locked) throw new TypeError('The body has been used');
      if (response.#stream === undefined) {
        response.#used = response.#input !== undefined;
        return response.#input;
      }
      const pipe = host.newPipe();
      const reader = response.#stream.getReader();
      (async () => {
        try {
          for (;;) {
            const { done, value } = await reader.read();
            if (done) break;
            if (!(value instanceof Uint8Array)) throw new TypeError('The stream gave something that is no Uint8Array');
            host.writePipe(pipe, value);
          }
          host.closePipe(pipe);
        } catch (error) {
          host.failPipe(pipe, error);
        }
      })();
      return host.inputOfPipe(pipe);
    }

    static {
      host.responses = {
        isResponse: (value) => typeof value === 'object' && value !== null && #status in value,
        make: (parts) => Response.#make(parts),
        take: (response) => Response.#take(response),
        contentType: (response) => response.#headers.get('content-type'),
      };
    }
  }
  tag(Response, ['type', 'url', 'redirected', 'status', 'ok', 'statusText', 'headers', 'body', 'bodyUsed', 'clone',
    'arrayBuffer', 'bytes', 'text', 'json']);

  const { responses } = host;

  async function fetch(resource, init = {}) {
    const url = host.resolveUrl(`${resource?.href ?? resource?.url ?? resource}`);
    const method = init.method === undefined ? 'GET' : `${init.method}`;
    if (!TOKEN.test(method)) throw new TypeError(`Invalid method: ${method}`);
    const headers = new Headers(init.headers);
    let bytes;
    if (init.body !== undefined && init.body !== null) {
      if (/^(get|head)$/i.test(method)) throw new TypeError('A GET or HEAD request has no body');
      const body = new Response(init.body);
      if (body.headers.has('content-type') && !headers.has('content-type')) {
        headers.set('content-type', body.headers.get('content-type'));
      }
      bytes = await body.arrayBuffer();
    }
    const standard = /^(delete|get|head|options|post|put)$/i.test(method) ? method.toUpperCase() : method;
    const result = await host.fetch(url, standard, [...headers].flat(), bytes);
    const received = new Headers();
    for (let at = 0; at < result.headers.length; at += 2) received.append(result.headers[at], result.headers[at + 1]);
    return responses.make({ type: 'basic', status: result.status, statusText: result.statusText, url: result.url,
      redirected: result.redirected, headers: received, input: result.input });
  }

  return { fetch, Headers, Response, ReadableStream, ReadableStreamDefaultReader, ReadableStreamDefaultController };
})
