// node:wasi (https://nodejs.org/api/wasi.html): preview 1.
(function (host, load) {
  'use strict';

  const failure = (type, code, message) => Object.assign(new type(message), { code });
  const requireType = (value, name, wanted, isFine) => {
    if (!isFine) throw failure(TypeError, 'ERR_INVALID_ARG_TYPE', `The "${name}" argument must be ${wanted}`);
    return value;
  };
  const object = (value, name) => requireType(value, name, 'an object', value !== null && typeof value === 'object');
  const descriptor = (value, name) => requireType(value, name, 'a file descriptor', Number.isInteger(value) && value >= 0);

  class WASI {
    #run;
    #returnOnExit;
    #started = false;

    constructor(options = {}) {
      object(options, 'options');
      const { version, args = [], env = {}, preopens = {}, returnOnExit = true, stdin = 0, stdout = 1, stderr = 2 } = options;
      requireType(version, 'options.version', 'a string', typeof version === 'string');
      if (version !== 'preview1') {
        throw failure(TypeError, 'ERR_INVALID_ARG_VALUE',
          `The property 'options.version' must be 'preview1'; '${version}' is not available`);
      }
      requireType(args, 'options.args', 'an array', Array.isArray(args));
      this.#returnOnExit = requireType(returnOnExit, 'options.returnOnExit', 'a boolean', typeof returnOnExit === 'boolean');
      const { imports, run } = host.createWasi({
        args: args.map(String),
        env: Object.entries(object(env, 'options.env')).filter(([, value]) => value !== undefined).flat().map(String),
        preopens: Object.entries(object(preopens, 'options.preopens')).flat().map(String),
        stdin: descriptor(stdin, 'options.stdin'),
        stdout: descriptor(stdout, 'options.stdout'),
        stderr: descriptor(stderr, 'options.stderr'),
      });
      this.wasiImport = imports;
      this.#run = run;
    }

    getImportObject() { return { wasi_snapshot_preview1: this.wasiImport }; }

    // The exit code if the program ended itself. What is given need not be an instance, only look like one.
    #begin(exports, call) {
      if (this.#started) throw failure(Error, 'ERR_WASI_ALREADY_STARTED', 'WASI instance has already started');
      const code = this.#run(exports.memory, call);
      this.#started = true;
      if (code !== undefined && !this.#returnOnExit) load('node/process').process.exit(code);
      return code;
    }

    start(instance) {
      const exports = object(object(instance, 'instance').exports, 'instance.exports');
      const { _start, _initialize } = exports;
      requireType(_start, 'instance.exports._start', 'a function', typeof _start === 'function');
      requireType(_initialize, 'instance.exports._initialize', 'undefined', _initialize === undefined);
      return this.#begin(exports, _start) ?? 0;
    }

    initialize(instance) {
      const exports = object(object(instance, 'instance').exports, 'instance.exports');
      const { _start, _initialize } = exports;
      requireType(_start, 'instance.exports._start', 'undefined', _start === undefined);
      requireType(_initialize, 'instance.exports._initialize', 'a function or undefined',
        _initialize === undefined || typeof _initialize === 'function');
      this.#begin(exports, _initialize);
    }

    finalizeBindings(instance) {
      this.#begin(object(object(instance, 'instance').exports, 'instance.exports'));
    }
  }

  return { WASI };
})
