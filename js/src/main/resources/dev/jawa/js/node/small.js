// The small modules of Node.js (https://nodejs.org/api), each made when it is first asked for.
(function (host, load) {
  'use strict';

  const { unavailable } = load('node/unavailable');

  // Modules that programs load for cases that do not arise here: their functions say that they are not there.
  const missing = {
    child_process: ['exec', 'execFile', 'execFileSync', 'execSync', 'fork', 'spawn', 'spawnSync', 'ChildProcess'],
    cluster: ['fork', 'setupPrimary', 'setupMaster', 'disconnect', 'Worker'],
    dgram: ['createSocket', 'Socket'],
    dns: ['lookup', 'lookupService', 'resolve', 'resolve4', 'resolve6', 'resolveAny', 'resolveCaa', 'resolveCname',
      'resolveMx', 'resolveNaptr',
      'resolveNs', 'resolvePtr', 'resolveSoa', 'resolveSrv', 'resolveTlsa', 'resolveTxt', 'reverse', 'setServers', 'Resolver'],
    http: ['Agent', 'ClientRequest', 'IncomingMessage', 'OutgoingMessage', 'Server', 'ServerResponse',
      'createServer', 'get', 'request',
      'validateHeaderName', 'validateHeaderValue', 'setGlobalProxyFromEnv'],
    http2: ['connect', 'createServer', 'createSecureServer', 'getDefaultSettings', 'getPackedSettings', 'getUnpackedSettings',
      'performServerHandshake', 'Http2ServerRequest', 'Http2ServerResponse'],
    https: ['Agent', 'Server', 'createServer', 'get', 'request'],
    inspector: ['open', 'close', 'url', 'waitForDebugger', 'Session'],
    net: ['Server', 'Socket', 'Stream', 'connect', 'createConnection', 'createServer', 'BlockList', 'SocketAddress'],
    tls: ['TLSSocket', 'Server', 'SecureContext', 'connect', 'createSecureContext', 'createServer',
      'checkServerIdentity', 'getCACertificates',
      'setDefaultCACertificates', 'convertALPNProtocols'],
    repl: ['start', 'REPLServer', 'Recoverable', 'isValidSyntax'],
    domain: ['create', 'createDomain', 'Domain'],
    sqlite: ['DatabaseSync', 'StatementSync', 'Session', 'backup'],
    sea: ['getAsset', 'getAssetAsBlob', 'getRawAsset', 'getAssetKeys'],
    trace_events: ['createTracing'],
  };

  // Linux's numbers.
  const numbered = (text) => Object.fromEntries(text.split(' ').map((entry) => entry.split(':')).map(([name,
    number]) => [name, Number(number)]));
  const SIGNALS = numbered('SIGHUP:1 SIGINT:2 SIGQUIT:3 SIGILL:4 SIGTRAP:5 SIGABRT:6 SIGIOT:6 SIGBUS:7 SIGFPE:8 SIGKILL:9 SIGUSR1:10 SIGSEGV:11 '
    + 'SIGUSR2:12 SIGPIPE:13 SIGALRM:14 SIGTERM:15 SIGCHLD:17 SIGSTKFLT:16 SIGCONT:18 SIGSTOP:19 SIGTSTP:20 SIGTTIN:21 SIGTTOU:22 SIGURG:23 '
    + 'SIGXCPU:24 SIGXFSZ:25 SIGVTALRM:26 SIGPROF:27 SIGWINCH:28 SIGIO:29 SIGPOLL:29 SIGPWR:30 SIGSYS:31');
  const ERRNO = numbered('E2BIG:7 EACCES:13 EADDRINUSE:98 EADDRNOTAVAIL:99 EAFNOSUPPORT:97 EAGAIN:11 EALREADY:114 EBADF:9 EBADMSG:74 EBUSY:16 '
    + 'ECANCELED:125 ECHILD:10 ECONNABORTED:103 ECONNREFUSED:111 ECONNRESET:104 EDEADLK:35 EDESTADDRREQ:89 EDOM:33 EDQUOT:122 EEXIST:17 EFAULT:14 '
    + 'EFBIG:27 EHOSTUNREACH:113 EIDRM:43 EILSEQ:84 EINPROGRESS:115 EINTR:4 EINVAL:22 EIO:5 EISCONN:106 EISDIR:21 ELOOP:40 EMFILE:24 EMLINK:31 '
    + 'EMSGSIZE:90 EMULTIHOP:72 ENAMETOOLONG:36 ENETDOWN:100 ENETRESET:102 ENETUNREACH:101 ENFILE:23 ENOBUFS:105 ENODATA:61 ENODEV:19 ENOENT:2 '
    + 'ENOEXEC:8 ENOLCK:37 ENOLINK:67 ENOMEM:12 ENOMSG:42 ENOPROTOOPT:92 ENOSPC:28 ENOSR:63 ENOSTR:60 ENOSYS:38 ENOTCONN:107 ENOTDIR:20 '
    + 'ENOTEMPTY:39 ENOTSOCK:88 ENOTSUP:95 ENOTTY:25 ENXIO:6 EOPNOTSUPP:95 EOVERFLOW:75 EPERM:1 EPIPE:32 EPROTO:71 EPROTONOSUPPORT:93 '
    + 'EPROTOTYPE:91 ERANGE:34 EROFS:30 ESPIPE:29 ESRCH:3 ESTALE:116 ETIME:62 ETIMEDOUT:110 ETXTBSY:26 EWOULDBLOCK:11 EXDEV:18');

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
      getPriority: () => 0,
      ...unavailable('os', ['setPriority']),
      constants: { UV_UDP_REUSEADDR: 4, signals: SIGNALS, errno: ERRNO, dlopen: { RTLD_LAZY: 1, RTLD_NOW: 2,
        RTLD_GLOBAL: 256, RTLD_LOCAL: 0, RTLD_DEEPBIND: 8 },
        priority: { PRIORITY_LOW: 19, PRIORITY_BELOW_NORMAL: 10, PRIORITY_NORMAL: 0, PRIORITY_ABOVE_NORMAL: -7,
          PRIORITY_HIGH: -14, PRIORITY_HIGHEST: -20 } },
    }),
    timers: () => ({ setTimeout, clearTimeout, setInterval, clearInterval, setImmediate, clearImmediate,
      promises: modules['timers/promises']() }),
    'timers/promises': () => {
      const { invalidType } = load('node/errors');
      const abortError = (signal) => Object.assign(new Error('The operation was aborted', { cause: signal.reason }),
        { name: 'AbortError', code: 'ABORT_ERR' });
      const check = (options) => {
        if (options !== undefined && (options === null || typeof options !== 'object')) throw invalidType('options',
          'of type object', options);
        const { signal, ref } = options ?? {};
        if (signal !== undefined && typeof signal?.aborted !== 'boolean') throw invalidType('options.signal',
          'an instance of AbortSignal', signal);
        if (ref !== undefined && typeof ref !== 'boolean') throw invalidType('options.ref', 'of type boolean', ref);
        return { signal, ref };
      };
      // start gives what stop takes.
      const wait = (start, stop, value, options) => new Promise((resolve, reject) => {
        const { signal, ref } = check(options);
        if (signal?.aborted) {
          reject(abortError(signal));
          return;
        }
        const aborted = () => {
          stop(handle);
          reject(abortError(signal));
        };
        const handle = start(() => {
          signal?.removeEventListener('abort', aborted);
          resolve(value);
        });
        if (ref === false) handle.unref();
        signal?.addEventListener('abort', aborted, { once: true });
      });
      const timeout = (delay, value, options) => wait((done) => setTimeout(done, delay), clearTimeout, value, options);
      const immediate = (value, options) => wait((done) => setImmediate(done), clearImmediate, value, options);
      async function* interval(delay, value, options) {
        const { signal, ref } = check(options);
        if (signal?.aborted) throw abortError(signal);
        let due = 0;
        let wake = Promise.withResolvers();
        const timer = setInterval(() => {
          due++;
          wake.resolve();
        }, delay);
        if (ref === false) timer.unref();
        const aborted = () => wake.reject(abortError(signal));
        signal?.addEventListener('abort', aborted, { once: true });
        try {
          for (;;) {
            await wake.promise;
            wake = Promise.withResolvers();
            for (; due > 0; due--) yield value;
            if (signal?.aborted) throw abortError(signal);
          }
        } finally {
          clearInterval(timer);
          signal?.removeEventListener('abort', aborted);
        }
      }
      return { setTimeout: timeout, setImmediate: immediate, setInterval: interval,
        scheduler: { wait: (delay, options) => timeout(delay, undefined, options), yield: () => immediate() } };
    },
    string_decoder: () => {
      const { Buffer } = load('node/buffer');
      // Keeps the bytes of a character until it is complete.
      class StringDecoder {
        #decoder;
        #rest = Buffer.alloc(0);

        constructor(encoding = 'utf8') {
          if (!Buffer.isEncoding(`${encoding}`)) {
            throw Object.assign(new TypeError(`Unknown encoding: ${encoding}`), { code: 'ERR_UNKNOWN_ENCODING' });
          }
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
      const parse = (text, separator, equals, { maxKeys = 1000, decodeURIComponent: decode = unescape } = {}) => {
        const result = Object.create(null);
        const parts = `${text ?? ''}`.split(separator || '&');
        equals ||= '=';
        for (const part of maxKeys > 0 ? parts.slice(0, maxKeys) : parts) {
          if (part === '') continue;
          const at = part.indexOf(equals);
          const name = decode((at < 0 ? part : part.slice(0, at)).replaceAll('+', ' '));
          const value = at < 0 ? '' : decode(part.slice(at + equals.length).replaceAll('+', ' '));
          if (!(name in result)) result[name] = value;
          else result[name] = [result[name], value].flat();
        }
        return result;
      };
      const stringify = (object, separator, equals,
        { encodeURIComponent: encode = escape } = {}) => Object.entries(object ?? {}).flatMap(
        ([name, value]) => [value].flat().map((one) => encode(name) + (equals || '=')
          + encode(['string', 'number', 'bigint', 'boolean'].includes(typeof one) ? `${one}` : ''))).join(separator || '&');
      return { parse, decode: parse, stringify, encode: stringify, escape, unescape };
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
    constants: () => {
      const { signals, errno, dlopen, priority } = modules.os().constants;
      return { ...dlopen, ...errno, ...priority, ...signals, ...load('node/fs').constants, ...load('node/crypto').constants };
    },
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
    cluster: () => ({ isPrimary: true, isMaster: true, isWorker: false, workers: {}, settings: {}, SCHED_NONE: 1,
      SCHED_RR: 2, schedulingPolicy: 2 }),
    dns: () => ({ getDefaultResultOrder: () => 'verbatim', setDefaultResultOrder() {}, getServers: () => [],
      ADDRCONFIG: 32, V4MAPPED: 8, ALL: 16,
      NODATA: 'ENODATA', NOTFOUND: 'ENOTFOUND', get promises() { return modules['dns/promises'](); } }),
    tls: () => ({ DEFAULT_MIN_VERSION: 'TLSv1.2', DEFAULT_MAX_VERSION: 'TLSv1.3', DEFAULT_CIPHERS: '', DEFAULT_ECDH_CURVE: 'auto',
      rootCertificates: [], getCiphers: () => [] }),
    http2: () => ({ constants: {}, sensitiveHeaders: Symbol('nodejs.http2.sensitiveHeaders') }),
    sea: () => ({ isSea: () => false }),
    trace_events: () => ({ getEnabledCategories: () => undefined }),
    net: () => ({ getDefaultAutoSelectFamily: () => true, setDefaultAutoSelectFamily() {},
      getDefaultAutoSelectFamilyAttemptTimeout: () => 250,
      setDefaultAutoSelectFamilyAttemptTimeout() {}, isIPv4: isIpv4, isIPv6: isIpv6,
        isIP: (text) => (isIpv4(text) ? 4 : isIpv6(text) ? 6 : 0) }),
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
