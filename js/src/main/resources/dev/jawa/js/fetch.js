// fetch, Headers, Request, Response (https://fetch.spec.whatwg.org).
(function (host, load) {
  'use strict';

  const NULL_BODY_STATUS = [101, 103, 204, 205, 304];

  const { expose, inspectable, isObject, secret } = load('web/interfaces');
  const { ReadableStream, streams } = load('web/streams');
  const tag = (constructor, members) => expose(constructor, ...members);

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

  inspectable(Headers, (headers) => Object.fromEntries(headers));

  // Bodies. `input` is what the host can read by itself, as long as nobody has asked for `stream`.

  function extractBody(source) {
    if (streams.isStream(source)) return { stream: source };
    if (isObject(source) && typeof source.arrayBuffer === 'function' && load('web/blob').isBlob(source)) {
      return { stream: source.stream(), type: source.type === '' ? undefined : source.type };
    }
    if (isObject(source) && source[Symbol.toStringTag] === 'FormData' && load('web/form-data').isFormData(source)) {
      const { body, type } = load('web/form-data').bodyOf(source);
      return { stream: body.stream(), type };
    }
    if (source instanceof URLSearchParams) {
      return { input: host.inputOf(new TextEncoder().encode(`${source}`)),
        type: 'application/x-www-form-urlencoded;charset=UTF-8' };
    }
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
    async formData() { return load('web/form-data').parse(await this.bytes(), this.#headers.get('content-type')); }
    async blob() {
      return new Blob([await Response.#consume(this)], { type: this.#headers.get('content-type') ?? '' });
    }

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
    'arrayBuffer', 'bytes', 'blob', 'text', 'json', 'formData']);

  const { responses } = host;

  const STANDARD_METHODS = /^(delete|get|head|options|post|put)$/i;
  const FORBIDDEN_METHODS = /^(connect|trace|track)$/i;

  class Request {
    #url;
    #method = 'GET';
    #headers;
    #body;
    #signal;
    #init = { cache: 'default', credentials: 'same-origin', destination: '', integrity: '', keepalive: false,
      mode: 'cors', redirect: 'follow', referrer: 'about:client', referrerPolicy: '' };

    constructor(input, init = {}) {
      const isRequest = isObject(input) && #url in input;
      this.#url = isRequest ? input.#url : host.resolveUrl(`${input}`);
      if (isRequest) {
        this.#method = input.#method;
        this.#init = { ...input.#init };
      }
      for (const name of Object.keys(this.#init)) {
        if (init[name] !== undefined) this.#init[name] = name === 'keepalive' ? Boolean(init[name]) : `${init[name]}`;
      }
      if (init.method !== undefined) this.#method = Request.#normalized(`${init.method}`);
      this.#headers = new Headers(init.headers ?? (isRequest ? input.#headers : undefined));
      this.#signal = init.signal ?? (isRequest ? input.#signal : new AbortController().signal);
      const body = init.body ?? (isRequest ? input.#body : undefined);
      if (body === undefined || body === null) return;
      if (/^(GET|HEAD)$/.test(this.#method)) throw new TypeError('A GET or HEAD request has no body');
      if (isRequest && init.body === undefined) {
        this.#body = body.clone();
        return;
      }
      this.#body = new Response(body);
      const type = this.#body.headers.get('content-type');
      if (type !== null && !this.#headers.has('content-type')) this.#headers.set('content-type', type);
    }

    static #normalized(method) {
      if (!TOKEN.test(method) || FORBIDDEN_METHODS.test(method)) throw new TypeError(`Invalid method: ${method}`);
      return STANDARD_METHODS.test(method) ? method.toUpperCase() : method;
    }

    get method() { return this.#method; }
    get url() { return this.#url; }
    get headers() { return this.#headers; }
    get signal() { return this.#signal; }
    get body() { return this.#body?.body ?? null; }
    get bodyUsed() { return this.#body?.bodyUsed ?? false; }
    get duplex() { return 'half'; }
    clone() { return new Request(this); }
    async arrayBuffer() { return this.#body === undefined ? new ArrayBuffer(0) : this.#body.arrayBuffer(); }
    async bytes() { return new Uint8Array(await this.arrayBuffer()); }
    async blob() { return new Blob([await this.arrayBuffer()], { type: this.#headers.get('content-type') ?? '' }); }
    async text() { return new TextDecoder().decode(await this.arrayBuffer()); }
    async json() { return JSON.parse(await this.text()); }
    async formData() { return load('web/form-data').parse(await this.bytes(), this.#headers.get('content-type')); }

    static {
      for (const name of ['cache', 'credentials', 'destination', 'integrity', 'keepalive', 'mode', 'redirect', 'referrer',
        'referrerPolicy']) {
        Object.defineProperty(Request.prototype, name,
          { get() { return this.#init[name]; }, enumerable: true, configurable: true });
      }
    }
  }
  tag(Request, ['method', 'url', 'headers', 'signal', 'body', 'bodyUsed', 'duplex', 'clone', 'arrayBuffer', 'bytes',
    'blob', 'text', 'json', 'formData']);

  inspectable(Response, ({ status, statusText, headers, body, bodyUsed, ok, redirected, type, url }) =>
    ({ status, statusText, headers, body, bodyUsed, ok, redirected, type, url }));

  // A blob: URL is one of this program.
  function fetchBlob(url) {
    const blob = load('web/blob').blobOf(url);
    if (blob === undefined) throw new TypeError(`fetch of ${url} failed: there is no such blob`);
    const headers = new Headers([['content-length', blob.size], ['content-type', blob.type]]);
    return responses.make({ type: 'basic', status: 200, statusText: 'OK', url, headers, stream: blob.stream() });
  }

  async function fetch(resource, init = {}) {
    const request = new Request(resource, init ?? {});
    const { signal } = request;
    signal.throwIfAborted();
    if (request.url.startsWith('blob:')) return fetchBlob(request.url);
    const bytes = request.body === null ? undefined : await request.arrayBuffer();
    const aborted = Promise.withResolvers();
    const abort = () => aborted.reject(signal.reason);
    signal.addEventListener('abort', abort);
    let result;
    try {
      result = await Promise.race([aborted.promise,
        host.fetch(request.url, request.method, [...request.headers].flat(), bytes, request.redirect)]);
    } finally {
      signal.removeEventListener('abort', abort);
    }
    const received = new Headers();
    for (let at = 0; at < result.headers.length; at += 2) received.append(result.headers[at], result.headers[at + 1]);
    const parts = { type: 'basic', status: result.status, statusText: result.statusText, url: result.url,
      redirected: result.redirected, headers: received, input: result.input };
    // Only with a signal of the program can the body be aborted too.
    if (init?.signal !== undefined && init.signal !== null) {
      parts.stream = abortable(hostStream(result.input), signal);
      parts.input = undefined;
    }
    return responses.make(parts);
  }

  function abortable(stream, signal) {
    const reader = stream.getReader();
    return new ReadableStream({
      start(controller) {
        signal.addEventListener('abort', () => {
          controller.error(signal.reason);
          reader.cancel(signal.reason).catch(() => {});
        }, { once: true });
      },
      async pull(controller) {
        const { done, value } = await reader.read();
        if (signal.aborted) return;
        if (done) controller.close();
        else controller.enqueue(value);
      },
      cancel: (reason) => reader.cancel(reason),
    }, { highWaterMark: 0 });
  }

  return { fetch, Headers, Request, Response };
})
