// WebSocket and CloseEvent (https://websockets.spec.whatwg.org).
(function (host, load) {
  'use strict';

  const { expose, constants, isObject } = load('web/interfaces');
  const { DOMException, ErrorEvent, Event, EventTarget, MessageEvent, handlerAttribute } = load('web/events');

  const CONNECTING = 0;
  const OPEN = 1;
  const CLOSING = 2;
  const CLOSED = 3;
  const NO_STATUS = 1005;
  const NORMAL = 1000;

  class CloseEvent extends Event {
    #init;

    constructor(type, init = {}) {
      super(type, init);
      this.#init = { wasClean: false, code: 0, reason: '', ...init };
    }

    get wasClean() { return Boolean(this.#init.wasClean); }
    get code() { return Number(this.#init.code); }
    get reason() { return `${this.#init.reason}`; }
  }
  expose(CloseEvent, 'wasClean', 'code', 'reason');

  class WebSocket extends EventTarget {
    #url;
    #handle;
    #readyState = CONNECTING;
    #protocol = '';
    #binaryType = 'blob';
    #bufferedAmount = 0;

    constructor(url, protocols = []) {
      if (arguments.length === 0) throw new TypeError('The URL is missing');
      super();
      const parsed = URL.parse(`${url}`);
      if (parsed === null) throw new DOMException(`Invalid URL: ${url}`, 'SyntaxError');
      parsed.protocol = { 'http:': 'ws:', 'https:': 'wss:' }[parsed.protocol] ?? parsed.protocol;
      if (!/^wss?:$/.test(parsed.protocol)) throw new DOMException(`The URL must begin with ws: or wss:, and not with ${parsed.protocol}`, 'SyntaxError');
      if (parsed.hash !== '') throw new DOMException('The URL must have no fragment', 'SyntaxError');
      const list = isObject(protocols)
        && Symbol.iterator in protocols ? [...protocols].map(String) : isObject(protocols) ? [] : [`${protocols}`];
      if (new Set(list).size !== list.length || list.some((protocol) => !/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(protocol))) {
        throw new DOMException('The protocols are not valid', 'SyntaxError');
      }
      this.#url = parsed.href;
      this.#handle = host.connectWebSocket(this.#url, list, (protocol) => this.#opened(protocol),
        (data) => this.#received(data), (...all) => this.#closed(...all));
    }

    #opened(protocol) {
      if (this.#readyState !== CONNECTING) return;
      this.#readyState = OPEN;
      this.#protocol = protocol;
      this.dispatchEvent(new Event('open'));
    }

    #received(data) {
      if (this.#readyState !== OPEN) return;
      const content = typeof data === 'string' || this.#binaryType === 'arraybuffer' ? data : new Blob([data]);
      this.dispatchEvent(new MessageEvent('message', { data: content, origin: new URL(this.#url).origin }));
    }

    #closed(code, reason, wasClean, problem) {
      this.#readyState = CLOSED;
      if (!wasClean) this.dispatchEvent(new ErrorEvent('error', { message: problem, error: new Error(problem) }));
      this.dispatchEvent(new CloseEvent('close', { code, reason, wasClean }));
    }

    get url() { return this.#url; }
    get readyState() { return this.#readyState; }
    get protocol() { return this.#protocol; }
    get extensions() { return ''; }
    get bufferedAmount() { return this.#bufferedAmount; }
    get binaryType() { return this.#binaryType; }
    set binaryType(type) { if (type === 'blob' || type === 'arraybuffer') this.#binaryType = type; }

    send(data) {
      if (arguments.length === 0) throw new TypeError('The data is missing');
      if (this.#readyState === CONNECTING) throw new DOMException('Still in CONNECTING state.', 'InvalidStateError');
      if (this.#readyState !== OPEN) {
        this.#bufferedAmount += data?.byteLength ?? data?.size ?? `${data}`.length;
        return;
      }
      if (load('web/blob').isBlob(data)) this.#handle.send(load('web/blob').bytesOf(data));
      else this.#handle.send(data instanceof ArrayBuffer || data instanceof SharedArrayBuffer
        || ArrayBuffer.isView(data) ? data : `${data}`.toWellFormed());
    }

    close(code = undefined, reason = '') {
      if (code !== undefined && code !== NORMAL && !(code >= 3000 && code <= 4999)) {
        throw new DOMException('The code must be 1000 or in the range from 3000 to 4999', 'InvalidAccessError');
      }
      if (new TextEncoder().encode(reason).length > 123) throw new DOMException('The reason is too long', 'SyntaxError');
      if (this.#readyState >= CLOSING) return;
      this.#readyState = CLOSING;
      this.#handle.close(code ?? NORMAL, `${reason}`);
    }
  }
  expose(WebSocket, 'url', 'readyState', 'protocol', 'extensions', 'bufferedAmount', 'binaryType', 'send', 'close');
  constants(WebSocket, { CONNECTING, OPEN, CLOSING, CLOSED });
  for (const type of ['open', 'message', 'error', 'close']) handlerAttribute(WebSocket, type);

  return { WebSocket, CloseEvent, NO_STATUS };
})
