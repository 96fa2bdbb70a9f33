// The small modules of Node.js (https://nodejs.org/api), each made when it is first asked for.
(function (host, load) {
  'use strict';

  const { unavailable } = load('node/unavailable');

  // Modules that programs load for cases that do not arise here: their functions say that they are not there.
  const missing = {
    child_process: ['exec', 'execFile', 'execFileSync', 'execSync', 'fork', 'spawn', 'spawnSync', 'ChildProcess'],
    cluster: ['fork', 'setupPrimary'],
    dgram: ['createSocket', 'Socket'],
    dns: ['lookup', 'resolve', 'resolve4', 'resolve6', 'reverse'],
    http: ['Agent', 'ClientRequest', 'IncomingMessage', 'Server', 'ServerResponse', 'createServer', 'get', 'request'],
    http2: ['connect', 'createServer', 'createSecureServer'],
    https: ['Agent', 'Server', 'createServer', 'get', 'request'],
    inspector: ['open', 'close', 'url', 'Session'],
    net: ['Server', 'Socket', 'connect', 'createConnection', 'createServer'],
    tls: ['TLSSocket', 'connect', 'createSecureContext', 'createServer'],
    repl: ['start'],
    domain: ['create', 'createDomain', 'Domain'],
  };

  const modules = {
    os: () => ({
      EOL: process.platform === 'win32' ? '\r\n' : '\n',
      devNull: process.platform === 'win32' ? '\\\\.\\nul' : '/dev/null',
      arch: () => process.arch,
      platform: () => process.platform,
      type: () => ({ linux: 'Linux', darwin: 'Darwin', win32: 'Windows_NT' })[process.platform] ?? process.platform,
      release: () => host.info.osRelease,
      version: () => host.info.osRelease,
      machine: () => ({ x64: 'x86_64', arm64: 'aarch64' })[process.arch] ?? process.arch,
      endianness: () => 'LE',
      hostname: () => 'localhost',
      homedir: () => host.info.home,
      tmpdir: () => host.info.temporary,
      cpus: () => Array.from({ length: host.info.processors }, () => ({ model: 'JVM', speed: 0,
        times: { user: 0, nice: 0, sys: 0, idle: 0, irq: 0 } })),
      availableParallelism: () => host.info.processors,
      totalmem: () => host.memory().total,
      freemem: () => host.memory().free,
      loadavg: () => [0, 0, 0],
      uptime: () => Math.trunc(host.now() / 1000),
      networkInterfaces: () => ({}),
      userInfo: () => ({ uid: -1, gid: -1, username: host.info.user, homedir: host.info.home, shell: null }),
      constants: { signals: { SIGHUP: 1, SIGINT: 2, SIGQUIT: 3, SIGKILL: 9, SIGTERM: 15 }, errno: {}, priority: {} },
    }),
    timers: () => ({ setTimeout, clearTimeout, setInterval, clearInterval, setImmediate, clearImmediate,
      promises: modules['timers/promises']() }),
    'timers/promises': () => {
      const wait = (start) => (delay, value, { signal } = {}) => new Promise((resolve, reject) => {
        signal?.throwIfAborted();
        start(() => resolve(value), delay);
        signal?.addEventListener('abort', () => reject(signal.reason), { once: true });
      });
      return { setTimeout: wait(setTimeout),
        setImmediate: (value, options) => wait((done) => setImmediate(done))(0, value, options),
        async* setInterval(delay, value) {
          for (;;) {
            await wait(setTimeout)(delay);
            yield value;
          }
        },
        scheduler: { wait: (delay, options) => wait(setTimeout)(delay, undefined, options),
          yield: () => wait((done) => setImmediate(done))(0) } };
    },
    string_decoder: () => {
      const { Buffer } = load('node/buffer');
      // Keeps the bytes of a character until it is complete.
      class StringDecoder {
        #decoder;
        #rest = Buffer.alloc(0);

        constructor(encoding = 'utf8') {
          this.encoding = `${encoding}`.toLowerCase().replace('utf-8', 'utf8');
          const labels = { utf8: 'utf-8', utf16le: 'utf-16le', ucs2: 'utf-16le', 'ucs-2': 'utf-16le', 'utf-16le': 'utf-16le' };
          if (labels[this.encoding] !== undefined) {
            this.#decoder = new TextDecoder(labels[this.encoding], { ignoreBOM: true });
          }
        }

        write(chunk) {
          if (typeof chunk === 'string') return chunk;
          if (this.#decoder !== undefined) return this.#decoder.decode(chunk, { stream: true });
          const all = Buffer.concat([this.#rest, chunk]);
          const whole = /^base64/.test(this.encoding) ? all.length - (all.length % 3) : all.length;
          this.#rest = all.subarray(whole);
          return all.toString(this.encoding, 0, whole);
        }

        end(chunk) {
          const text = chunk === undefined ? '' : this.write(chunk);
          if (this.#decoder !== undefined) return text + this.#decoder.decode();
          const rest = this.#rest.toString(this.encoding);
          this.#rest = Buffer.alloc(0);
          return text + rest;
        }
      }
      return { StringDecoder };
    },
    querystring: () => {
      const escape = (text) => encodeURIComponent(text);
      const unescape = (text) => {
        try {
          return decodeURIComponent(text);
        } catch {
          return load('node/buffer').Buffer.from(text.replace(/%([0-9a-f]{2})/gi,
            (_, hex) => String.fromCharCode(parseInt(hex, 16))), 'latin1').toString();
        }
      };
      const parse = (text, separator = '&', equals = '=') => {
        const result = Object.create(null);
        for (const part of `${text}`.split(separator)) {
          if (part === '') continue;
          const at = part.indexOf(equals);
          const name = unescape((at < 0 ? part : part.slice(0, at)).replaceAll('+', ' '));
          const value = at < 0 ? '' : unescape(part.slice(at + equals.length).replaceAll('+', ' '));
          if (!(name in result)) result[name] = value;
          else result[name] = [result[name], value].flat();
        }
        return result;
      };
      const stringify = (object, separator = '&', equals = '=') => Object.entries(object ?? {}).flatMap(
        ([name, value]) => [value].flat().map((one) => escape(name) + equals
          + escape(['string', 'number', 'bigint', 'boolean'].includes(typeof one) ? `${one}` : ''))).join(separator);
      return { parse, decode: parse, stringify, encode: stringify, escape, unescape };
    },
    diagnostics_channel: () => {
      const channels = new Map();
      class Channel {
        #subscribers = [];
        constructor(name) { this.name = name; }
        get hasSubscribers() { return this.#subscribers.length > 0; }
        subscribe(action) { this.#subscribers.push(action); }
        unsubscribe(action) { this.#subscribers = this.#subscribers.filter((one) => one !== action); }
        publish(message) { this.#subscribers.forEach((action) => action(message, this.name)); }
      }
      const channel = (name) => {
        if (!channels.has(name)) channels.set(name, new Channel(name));
        return channels.get(name);
      };
      return { Channel, channel, hasSubscribers: (name) => channel(name).hasSubscribers,
        subscribe: (name, action) => channel(name).subscribe(action),
        unsubscribe: (name, action) => channel(name).unsubscribe(action) };
    },
    console: () => {
      function Console(stdout, stderr) {
        const { stdout: out, stderr: error = out } = typeof stdout?.write === 'function' ? { stdout, stderr } : stdout ?? {};
        if (typeof out?.write !== 'function') {
          throw Object.assign(new TypeError('Console expects a writable stream instance for stdout'),
            { code: 'ERR_CONSOLE_WRITABLE_STREAM' });
        }
        const methods = host.createConsole((toError, text) => { (toError ? error : out).write(`${text}\n`); });
        return new.target === undefined ? methods : Object.assign(Object.create(new.target.prototype), methods);
      }
      return Object.assign({ Console }, console);
    },
    constants: () => ({ ...load('node/fs').constants, ...modules.os().constants.signals }),
    punycode: () => ({ toASCII: (domain) => load('node/url').domainToASCII(domain),
      toUnicode: (domain) => load('node/url').domainToUnicode(domain) }),
    'fs/promises': () => load('node/fs').promises,
    'path/posix': () => load('node/path').posix,
    'path/win32': () => load('node/path').win32,
    'test/reporters': () => unavailable('test/reporters', ['dot', 'junit', 'spec', 'tap', 'lcov']),
    'util/types': () => load('node/util').types,
    'assert/strict': () => load('node/assert').strict,
    'stream/promises': () => load('node/stream').promises,
    'stream/web': () => {
      const { streams, strategyOf, sizeOf, ...readable } = load('web/streams');
      const { writables, isWritable, ...writable } = load('web/writable');
      return { ...readable, ...writable, ...load('web/transform') };
    },
    'stream/consumers': () => {
      const bytes = async (source) => {
        const chunks = [];
        for await (const chunk of source) chunks.push(typeof chunk === 'string' ? new TextEncoder().encode(chunk) : chunk);
        return Buffer.concat(chunks.map((chunk) => (ArrayBuffer.isView(chunk) ? chunk : new Uint8Array(chunk))));
      };
      const text = async (source) => new TextDecoder().decode(await bytes(source));
      return { text, json: async (source) => JSON.parse(await text(source)), buffer: bytes,
        bytes: async (source) => new Uint8Array(await bytes(source)),
        arrayBuffer: async (source) => new Uint8Array(await bytes(source)).buffer,
        blob: async (source) => new Blob([await bytes(source)]) };
    },
    'readline/promises': () => load('node/readline').promises,
    'dns/promises': () => unavailable('dns/promises', missing.dns),
    process: () => process,
    sys: () => load('node/util'),
  };

  // What needs no network.
  const isIpv4 = (text) => /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!$)|$)){4}$/.test(`${text}`);
  const isIpv6 = (text) => `${text}`.includes(':') && /^[\da-f:.]+(%[\w.-]+)?$/i.test(`${text}`)
    && URL.canParse(`http://[${`${text}`.replace(/%.*/, '')}]/`);
  const there = {
    http: () => ({ METHODS: ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT'], globalAgent: {}, maxHeaderSize: 16384,
      STATUS_CODES: { 200: 'OK', 201: 'Created', 202: 'Accepted', 204: 'No Content', 206: 'Partial Content',
        301: 'Moved Permanently', 302: 'Found', 303: 'See Other', 304: 'Not Modified', 307: 'Temporary Redirect',
        308: 'Permanent Redirect', 400: 'Bad Request', 401: 'Unauthorized', 403: 'Forbidden', 404: 'Not Found',
        405: 'Method Not Allowed', 406: 'Not Acceptable', 408: 'Request Timeout', 409: 'Conflict', 410: 'Gone',
        413: 'Payload Too Large', 415: 'Unsupported Media Type', 418: "I'm a Teapot", 422: 'Unprocessable Entity',
        429: 'Too Many Requests', 500: 'Internal Server Error', 501: 'Not Implemented', 502: 'Bad Gateway',
        503: 'Service Unavailable', 504: 'Gateway Timeout' } }),
    https: () => ({ globalAgent: {} }),
    net: () => ({ isIPv4: isIpv4, isIPv6: isIpv6, isIP: (text) => (isIpv4(text) ? 4 : isIpv6(text) ? 6 : 0) }),
  };

  for (const [module, names] of Object.entries(missing)) {
    modules[module] = () => ({ ...unavailable(module, names), ...there[module]?.() });
  }

  const made = new Map();
  return {
    names: Object.keys(modules),
    get(name) {
      if (!made.has(name)) made.set(name, modules[name]());
      return made.get(name);
    },
  };
})
