// node:process (https://nodejs.org/api/process.html).
(function (host, load) {
  'use strict';

  const EventEmitter = load('node/events');
  const { unavailable } = load('node/unavailable');
  const { info } = host;
  const started = host.worker === undefined ? undefined : load('node/started');

  const process = Object.create(Object.create(EventEmitter.prototype, {
    [Symbol.toStringTag]: { value: 'process' },
    constructor: { value: function process() {}, writable: true, configurable: true },
  }));
  EventEmitter.call(process);
  for (const name of ['_events', '_eventsCount', '_maxListeners']) {
    Object.defineProperty(process, name, { enumerable: false });
  }

  function hrtime(previous) {
    const time = host.nanoseconds();
    const seconds = Number(time / 1000000000n);
    const rest = Number(time % 1000000000n);
    if (previous === undefined) return [seconds, rest];
    const difference = rest - previous[1];
    return difference < 0 ? [seconds - previous[0] - 1, difference + 1e9] : [seconds - previous[0], difference];
  }
  hrtime.bigint = () => host.nanoseconds();

  const invalidCode = (code) => Object.assign(new TypeError(
    `The "code" argument must be of type number. Received ${typeof code}`), { code: 'ERR_INVALID_ARG_TYPE' });

  let exitCode;
  let isExiting = false;

  // Tells the listeners of "exit"; used also when the program ends by itself.
  function leave(code) {
    if (isExiting) return;
    isExiting = true;
    process.emit('exit', code);
  }

  Object.assign(process, {
    title: 'jawa',
    version: info.nodeVersion,
    versions: { node: info.nodeVersion.slice(1), jawa: info.version, graaljs: info.graaljsVersion, modules: '115' },
    release: { name: 'node' },
    arch: info.arch,
    platform: info.platform,
    argv: started === undefined ? info.argv : [info.argv[0], started.file ?? info.argv[1], ...started.argv],
    argv0: info.argv[0],
    execArgv: [],
    execPath: info.argv[0],
    pid: info.pid,
    ppid: 0,
    env: environment(),
    config: { target_defaults: {}, variables: {} },
    features: { inspector: false, debug: false, uv: false, ipv6: true, tls: false, typescript: false },
    allowedNodeEnvironmentFlags: new Set(),
    debugPort: 9229,
    cwd: () => info.cwd,
    chdir() {
      throw Object.assign(new Error('The working directory cannot be changed here'), { code: 'ERR_FEATURE_UNAVAILABLE' });
    },
    umask: () => 0o22,
    uptime: () => host.now() / 1000,
    availableMemory: () => host.memory().free,
    constrainedMemory: () => host.memory().total,
    resourceUsage: () => ({ userCPUTime: process.cpuUsage().user, systemCPUTime: 0,
      maxRSS: Math.trunc(host.memory().rss / 1024), sharedMemorySize: 0,
      unsharedDataSize: 0, unsharedStackSize: 0, minorPageFault: 0, majorPageFault: 0, swappedOut: 0, fsRead: 0,
        fsWrite: 0, ipcSent: 0,
      ipcReceived: 0, signalsCount: 0, voluntaryContextSwitches: 0, involuntaryContextSwitches: 0 }),
    threadCpuUsage: (previous) => process.cpuUsage(previous),
    getActiveResourcesInfo: () => [],
    loadEnvFile(path = '.env') {
      const values = load('node/util-more').parseEnv(load('node/fs').readFileSync(path, 'utf8'));
      for (const [name, value] of Object.entries(values)) if (!(name in process.env)) process.env[name] = value;
    },
    ref(object) { (object?.[Symbol.for('nodejs.ref')] ?? object?.ref)?.call(object); },
    unref(object) { (object?.[Symbol.for('nodejs.unref')] ?? object?.unref)?.call(object); },
    setSourceMapsEnabled() {},
    sourceMapsEnabled: false,
    moduleLoadList: [],
    finalization: { register() {}, registerBeforeExit() {}, unregister() {} },
    report: unavailable('process.report', ['getReport', 'writeReport']),
    ...unavailable('process', ['dlopen', 'execve', 'initgroups', 'setgroups', 'setegid', 'seteuid', 'setgid',
      'setuid', 'openStdin']),
    getgroups: () => [0],
    hrtime,
    cpuUsage(previous) {
      const user = Number(host.nanoseconds() / 1000n) - (previous?.user ?? 0);
      return { user, system: 0 };
    },
    memoryUsage: Object.assign(() => host.memory(), { rss: () => host.memory().rss }),
    nextTick(callback, ...values) {
      if (typeof callback !== 'function') {
        throw load('node/errors').invalidType('callback', 'of type function', callback);
      }
      host.nextTick(values.length === 0 ? callback : () => callback(...values));
    },
    exit(code) {
      if (code !== undefined) process.exitCode = code;
      leave(exitCode ?? 0);
      host.exit(exitCode ?? 0);
    },
    reallyExit: (code) => host.exit(code ?? 0),
    abort: () => host.exit(134),
    kill() {
      throw Object.assign(new Error('Processes cannot be signalled here'), { code: 'ERR_FEATURE_UNAVAILABLE' });
    },
    emitWarning(warning, typeOrOptions, code) {
      const type = typeof typeOrOptions === 'object' ? typeOrOptions?.type : typeOrOptions;
      const error = warning instanceof Error ? warning : Object.assign(new Error(`${warning}`), { name: type ?? 'Warning' });
      if (code !== undefined) error.code = code;
      if (process.listenerCount('warning') > 0) process.emit('warning', error);
      else console.error(`(jawa) ${error.code === undefined ? '' : `[${error.code}] `}${error.name}: ${error.message}`);
    },
    binding(name) {
      // Deprecated, but what Emscripten asks for the numbers of flags.
      if (name === 'constants') {
        const os = load('node/small').get('os').constants;
        return { fs: load('node/fs').constants, os: { ...os }, crypto: {}, zlib: {}, trace: {} };
      }
      throw Object.assign(new Error(`No such module: ${name}`), { code: 'ERR_INVALID_MODULE' });
    },
    getuid: () => 0,
    geteuid: () => 0,
    getgid: () => 0,
    getegid: () => 0,
    setUncaughtExceptionCaptureCallback() {},
    hasUncaughtExceptionCaptureCallback: () => false,
    getBuiltinModule: (name) => (host.isBuiltin(name) ? host.builtin(name.replace(/^node:/, '')) : undefined),
  });
  if (info.platform === 'win32') for (const name of ['getuid', 'geteuid', 'getgid', 'getegid']) delete process[name];

  Object.defineProperty(process, 'exitCode', { enumerable: true, configurable: true,
    get: () => exitCode,
    set(code) {
      const number = typeof code === 'string' && code.trim() !== '' ? Number(code) : code;
      if (number !== undefined && number !== null && !Number.isInteger(number)) throw invalidCode(code);
      exitCode = number ?? undefined;
    } });

  for (const [name, descriptor] of [['stdout', 1], ['stderr', 2]]) {
    Object.defineProperty(process, name, { enumerable: true, configurable: true,
      get() {
        const stream = load('node/tty').writeStream(descriptor);
        Object.defineProperty(process, name, { value: stream, enumerable: true, configurable: true, writable: true });
        return stream;
      } });
  }
  Object.defineProperty(process, 'stdin', { enumerable: true, configurable: true,
    get() {
      const stream = load('node/tty').readStream(0);
      Object.defineProperty(process, 'stdin', { value: stream, enumerable: true, configurable: true, writable: true });
      return stream;
    } });

  // Texts only, as in Node.js.
  function environment() {
    const variables = Object.assign(Object.create(Object.prototype), started?.env ?? info.env);
    return new Proxy(variables, {
      set(target, name, value) {
        target[name] = `${value}`;
        return true;
      },
    });
  }

  return { process, leave };
})
