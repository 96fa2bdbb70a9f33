// The parts of node:util that few programs use (https://nodejs.org/api/util.html).
(function (host, load) {
  'use strict';

  const { failure, invalidType, invalidValue } = load('node/errors');
  const { colors } = host.inspection().inspect;

  // parseArgs

  const parseFailure = (code, message) => failure(TypeError, `ERR_PARSE_ARGS_${code}`, message);

  function parseArgs(config = {}) {
    const { args = process.argv.slice(process._eval === undefined ? 2 : 1), options = {}, strict = true,
      allowPositionals = !strict,
      tokens: wantsTokens = false, allowNegative = false } = config;
    checkOptions(options);
    const tokens = tokenize([...args], options, allowNegative);
    const values = Object.create(null);
    const positionals = [];
    for (const token of tokens) {
      if (token.kind === 'positional') {
        if (!allowPositionals) {
          throw parseFailure('UNEXPECTED_POSITIONAL',
            `Unexpected argument '${token.value}'. This command does not take positional arguments`);
        }
        positionals.push(token.value);
      } else if (token.kind === 'option') {
        if (strict) checkToken(token, options, allowPositionals, allowNegative);
        store(token, options, values, allowNegative);
      }
    }
    for (const [name, { default: value }] of Object.entries(options)) if (value !== undefined
      && !Object.hasOwn(values, name)) values[name] = value;
    return { values, positionals, ...wantsTokens ? { tokens } : {} };
  }

  function checkOptions(options) {
    for (const [name, option] of Object.entries(options)) {
      if (!['string', 'boolean'].includes(option.type)) {
        throw failure(TypeError, 'ERR_INVALID_ARG_TYPE', `The "options.${name}.type" property must be ('string|boolean').`
          + ` Received type ${typeof option.type} (${host.inspection().inspect(option.type)})`);
      }
      if (option.short !== undefined && `${option.short}`.length !== 1) {
        throw invalidValue(`options.${name}.short`, option.short, 'must be a single character');
      }
    }
  }

  function tokenize(args, options, allowNegative) {
    const tokens = [];
    const byShort = (character) => Object.keys(options).find((name) => options[name].short === character) ?? character;
    const isString = (name) => options[name]?.type === 'string';
    let index = -1;
    let grouped = 0;
    while (args.length > 0) {
      const text = args.shift();
      if (grouped > 0) grouped--;
      else index++;
      const add = (rawName, name, value, inlineValue) => tokens.push({ kind: 'option', name, rawName, index, value,
        inlineValue });
      const next = (rawName, name) => {
        const isGiven = isString(name) && args.length > 0;
        add(rawName, name, isGiven ? args.shift() : undefined, isGiven ? false : undefined);
        if (isGiven) index++;
      };
      if (text === '--') {
        tokens.push({ kind: 'option-terminator', index });
        for (const value of args.splice(0)) tokens.push({ kind: 'positional', index: ++index, value });
      } else if (/^-[^-]$/s.test(text)) next(text, byShort(text[1]));
      else if (/^-[^-]./s.test(text)) {
        const name = byShort(text[1]);
        if (isString(name)) add(text.slice(0, 2), name, text.slice(2), true);
        else {
          // Several short options, of which the last may have a value.
          const expanded = [];
          for (let at = 1; at < text.length; at++) {
            const own = byShort(text[at]);
            if (!isString(own) || at === text.length - 1) expanded.push(`-${text[at]}`);
            else {
              expanded.push(`-${text.slice(at)}`);
              break;
            }
          }
          args.unshift(...expanded);
          grouped = expanded.length;
        }
      } else if (/^--[^=]+=/s.test(text)) {
        const at = text.indexOf('=');
        add(text.slice(0, at), text.slice(2, at), text.slice(at + 1), true);
      } else if (/^--./s.test(text)) next(text, text.slice(2));
      else tokens.push({ kind: 'positional', index, value: text });
    }
    return tokens;
  }

  const shown = (name, { short }) => `${short === undefined ? '' : `-${short}, `}--${name}`;

  function checkToken({ name, rawName, value, inlineValue }, options, allowPositionals, allowNegative) {
    const isNegative = allowNegative && name.startsWith('no-') && options[name] === undefined
      && options[name.slice(3)] !== undefined;
    const option = options[isNegative ? name.slice(3) : name];
    if (option === undefined) {
      throw parseFailure('UNKNOWN_OPTION', `Unknown option '${rawName}'${allowPositionals
        ? `. To specify a positional argument starting with a '-', place it at the end of the command after '--', as in '-- "${rawName}"` : ''}`);
    }
    if (option.type === 'string' && typeof value !== 'string') {
      throw parseFailure('INVALID_OPTION_VALUE', `Option '${shown(name, option)} <value>' argument missing`);
    }
    if (option.type === 'boolean' && value !== undefined) {
      throw parseFailure('INVALID_OPTION_VALUE',
        `Option '${shown(isNegative ? name.slice(3) : name, option)}' does not take an argument`);
    }
    if (option.type === 'string' && !inlineValue && value.length > 1 && value.startsWith('-')) {
      throw parseFailure('INVALID_OPTION_VALUE',
        `Option '${rawName}' argument is ambiguous.\nDid you forget to specify the option argument for '${rawName}'?\n`
        + `To specify an option argument starting with a dash use '${rawName.startsWith('--') ? `${rawName}=-XYZ` : `--${name}=-XYZ' or '${rawName}-XYZ`}'.`);
    }
  }

  function store({ name, value }, options, values, allowNegative) {
    if (name === '__proto__') return;
    const isNegative = allowNegative && value === undefined && name.startsWith('no-') && options[name] === undefined;
    const key = isNegative ? name.slice(3) : name;
    const result = value ?? !isNegative;
    if (options[key]?.multiple) (values[key] ??= []).push(result);
    else values[key] = result;
  }

  // parseEnv: the format of .env files.
  function parseEnv(content) {
    if (typeof content !== 'string') throw invalidType('content', 'of type string', content);
    const result = Object.create(null);
    const line = /^[ \t]*(?:export[ \t]+)?([\w.-]+)[ \t]*=[ \t]*(?:"((?:[^"]|\n)*)"|'((?:[^']|\n)*)'|`((?:[^`]|\n)*)`|([^\n#]*))/gm;
    for (const [, name, double, single, back, plain] of content.replace(/\r\n?/g, '\n').matchAll(line)) {
      result[name] = double !== undefined ? double.replaceAll('\\n', '\n') : single ?? back ?? plain.trim();
    }
    return result;
  }

  function styleText(format, text, { validateStream = true, stream = process.stdout } = {}) {
    const formats = [format].flat();
    if (typeof text !== 'string') throw invalidType('text', 'of type string', text);
    let before = '';
    let after = '';
    for (const name of formats) {
      if (name === 'none') continue;
      if (colors[name] === undefined) {
        throw failure(TypeError, 'ERR_INVALID_ARG_VALUE',
          `The argument 'format' must be one of: ${Object.keys(colors).map((one) => `'${one}'`).join(', ')}.`
          + ` Received ${host.inspection().inspect(name)}`);
      }
      before += `\u001b[${colors[name][0]}m`;
      after = `\u001b[${colors[name][1]}m${after}`;
    }
    const { FORCE_COLOR, NO_COLOR, NODE_DISABLE_COLORS } = process.env;
    const isColored = !validateStream || (FORCE_COLOR !== undefined ? FORCE_COLOR !== '0' && FORCE_COLOR !== 'false'
      : !NO_COLOR && !NODE_DISABLE_COLORS && stream?.isTTY === true);
    return isColored ? before + text + after : text;
  }

  // The errors of the system (Linux's numbers)

  const ERRORS = { E2BIG: [7, 'argument list too long'], EACCES: [13, 'permission denied'], EADDRINUSE: [98,
    'address already in use'],
    EAGAIN: [11, 'resource temporarily unavailable'], EBADF: [9, 'bad file descriptor'], EBUSY: [16, 'resource busy or locked'],
    ECANCELED: [125, 'operation canceled'], ECONNREFUSED: [111, 'connection refused'], ECONNRESET: [104,
      'connection reset by peer'],
    EEXIST: [17, 'file already exists'], EFBIG: [27, 'file too large'], EINTR: [4, 'interrupted system call'],
      EINVAL: [22, 'invalid argument'],
    EIO: [5, 'i/o error'], EISDIR: [21, 'illegal operation on a directory'], ELOOP: [40, 'too many symbolic links encountered'],
    EMFILE: [24, 'too many open files'], ENAMETOOLONG: [36, 'name too long'], ENOENT: [2, 'no such file or directory'],
    ENOMEM: [12, 'not enough memory'], ENOSPC: [28, 'no space left on device'], ENOSYS: [38, 'function not implemented'],
    ENOTDIR: [20, 'not a directory'], ENOTEMPTY: [39, 'directory not empty'], ENOTSUP: [95, 'operation not supported on socket'],
    EPERM: [1, 'operation not permitted'], EPIPE: [32, 'broken pipe'], EROFS: [30, 'read-only file system'],
      ETIMEDOUT: [110, 'connection timed out'],
    EXDEV: [18, 'cross-device link not permitted'] };
  const byNumber = new Map(Object.entries(ERRORS).map(([name, [number, text]]) => [-number, [name, text]]));

  // Media types (https://mimesniff.spec.whatwg.org)

  const TOKEN = /^[!#$%&'*+\-.^_`|~A-Za-z0-9]+$/;
  const invalidMime = (what, text) => failure(TypeError, 'ERR_INVALID_MIME_SYNTAX',
    `The MIME syntax for a ${what} in "${text}" is invalid`);

  class MIMEParams {
    #values = new Map();

    get(name) { return this.#values.get(`${name}`) ?? null; }
    has(name) { return this.#values.has(`${name}`); }
    delete(name) { this.#values.delete(`${name}`); }

    set(name, value) {
      if (!TOKEN.test(name)) throw invalidMime('parameter name', name);
      if (!/^[\t\u0020-\u007e\u0080-\u00ff]*$/.test(value)) throw invalidMime('parameter value', value);
      this.#values.set(`${name}`, `${value}`);
    }

    * entries() { yield* this.#values.entries(); }
    * keys() { yield* this.#values.keys(); }
    * values() { yield* this.#values.values(); }
    [Symbol.iterator]() { return this.entries(); }

    toString() {
      return [...this.#values].map(([name,
        value]) => `${name}=${TOKEN.test(value) ? value : `"${value.replace(/["\\]/g, '\\$&')}"`}`).join(';');
    }

    toJSON() { return this.toString(); }
  }

  class MIMEType {
    #type;
    #subtype;
    #params = new MIMEParams();

    constructor(input) {
      const text = `${input}`;
      const [, type, subtype, rest] = /^[\t\n\r ]*([^/]*)\/([^;]*?)[\t\n\r ]*(?:;(.*))?$/s.exec(text) ?? [];
      if (type === undefined || !TOKEN.test(type)) throw invalidMime('type', text);
      if (!TOKEN.test(subtype)) throw invalidMime('subtype', text);
      this.#type = type.toLowerCase();
      this.#subtype = subtype.toLowerCase();
      for (const [, name, quoted, plain] of `;${rest ?? ''}`.matchAll(/;[\t\n\r ]*([^;=]*)(?:=(?:"((?:[^"\\]|\\.)*)"[^;]*|([^;]*)))?/gs)) {
        const key = name.toLowerCase();
        const value = quoted === undefined ? plain?.trim() : quoted.replace(/\\(.)/gs, '$1');
        if (value === undefined || quoted === undefined && value === '' || !TOKEN.test(key) || this.#params.has(key)) continue;
        try {
          this.#params.set(key, value);
        } catch {
          // What is not valid is left out.
        }
      }
    }

    get type() { return this.#type; }
    set type(value) {
      if (!TOKEN.test(value)) throw invalidMime('type', value);
      this.#type = `${value}`.toLowerCase();
    }

    get subtype() { return this.#subtype; }
    set subtype(value) {
      if (!TOKEN.test(value)) throw invalidMime('subtype', value);
      this.#subtype = `${value}`.toLowerCase();
    }

    get essence() { return `${this.#type}/${this.#subtype}`; }
    get params() { return this.#params; }
    toString() { return `${this.essence}${[...this.#params].length > 0 ? `;${this.#params}` : ''}`; }
    toJSON() { return this.toString(); }
  }

  // The longest common subsequence of two lists, as [operation, value]: -1 removed, 0 kept, 1 added.
  function diff(actual, expected) {
    const [first, second] = [actual, expected].map((list) => (typeof list === 'string' ? [...list] : list));
    const lengths = Array.from({ length: first.length + 1 }, () => new Uint32Array(second.length + 1));
    for (let i = first.length - 1; i >= 0; i--) {
      for (let k = second.length - 1; k >= 0; k--) {
        lengths[i][k] = first[i] === second[k] ? lengths[i + 1][k + 1] + 1 : Math.max(lengths[i + 1][k], lengths[i][k + 1]);
      }
    }
    const result = [];
    let i = 0;
    let k = 0;
    while (i < first.length || k < second.length) {
      if (i < first.length && k < second.length && first[i] === second[k]) {
        result.push([0, first[i]]);
        i++;
        k++;
      } else if (k === second.length || i < first.length && lengths[i + 1][k] >= lengths[i][k + 1]) result.push([1, first[i++]]);
      else result.push([-1, second[k++]]);
    }
    return result;
  }

  return {
    parseArgs, parseEnv, styleText, MIMEType, MIMEParams, diff,
    getSystemErrorName: (number) => byNumber.get(number)?.[0] ?? `Unknown system error ${number}`,
    getSystemErrorMap: () => new Map(byNumber),
    getSystemErrorMessage: (number) => byNumber.get(number)?.[1],
    getCallSites(count = 8) {
      const prepare = Error.prepareStackTrace;
      try {
        Error.prepareStackTrace = (_, sites) => sites;
        return new Error().stack.slice(1,
          (typeof count === 'number' ? count : 8) + 1).map((site) => ({ functionName: site.getFunctionName() ?? '',
          scriptId: '0', scriptName: site.getFileName() ?? '', lineNumber: site.getLineNumber(),
            columnNumber: site.getColumnNumber(), column: site.getColumnNumber() }));
      } finally {
        Error.prepareStackTrace = prepare;
      }
    },
    transferableAbortController: () => new AbortController(),
    transferableAbortSignal: (signal) => signal,
  };
})
