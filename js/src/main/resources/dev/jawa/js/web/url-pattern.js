// URLPattern (https://urlpattern.spec.whatwg.org).
(function (host, load) {
  'use strict';

  const { expose, isObject } = load('web/interfaces');

  const COMPONENTS = ['protocol', 'username', 'password', 'hostname', 'port', 'pathname', 'search', 'hash'];
  const SPECIAL = { http: '80', https: '443', ws: '80', wss: '443', ftp: '21', file: '' };
  const MODIFIERS = ['?', '*', '+'];

  // How the parts of a component are told apart.
  const STYLES = {
    hostname: { delimiter: '.', prefix: '' },
    pathname: { delimiter: '/', prefix: '/' },
  };
  const NO_STYLE = { delimiter: '', prefix: '' };

  const escapeRegExp = (text) => text.replace(/[.+*?^${}()[\]|/\\]/g, '\\$&');
  const escapePattern = (text) => text.replace(/[+*?:{}()\\]/g, '\\$&');
  const isNameStart = (character) => /[\p{ID_Start}$_]/u.test(character);
  const isNamePart = (character) => /[\p{ID_Continue}$\u200c\u200d]/u.test(character);

  // Section 2.1, "tokenize": [type, value, index] in a list.
  function tokenize(input, isLenient) {
    const characters = [...input];
    const tokens = [];
    for (let at = 0; at < characters.length;) {
      const character = characters[at];
      const add = (type, value, length) => {
        tokens.push({ type, value, index: at });
        at += length;
      };
      const invalid = (message) => {
        if (!isLenient) throw new TypeError(`Invalid pattern '${input}': ${message}`);
        add('invalid', character, 1);
      };
      if (character === '*') add('asterisk', character, 1);
      else if (character === '+' || character === '?') add('modifier', character, 1);
      else if (character === '{') add('open', character, 1);
      else if (character === '}') add('close', character, 1);
      else if (character === '\\') {
        if (at + 1 === characters.length) invalid('nothing is escaped');
        else add('escaped', characters[at + 1], 2);
      } else if (character === ':') {
        let end = at + 1;
        while (end < characters.length && (end === at + 1 ? isNameStart(characters[end]) : isNamePart(characters[end]))) end++;
        if (end === at + 1) invalid('a name is missing');
        else add('name', characters.slice(at + 1, end).join(''), end - at);
      } else if (character === '(') {
        const end = endOfExpression(characters, at + 1);
        if (end === undefined) invalid('the regular expression is not valid');
        else add('regexp', characters.slice(at + 1, end).join(''), end + 1 - at);
      } else add('char', character, 1);
    }
    tokens.push({ type: 'end', value: '', index: characters.length });
    return tokens;
  }

  function endOfExpression(characters, start) {
    let depth = 1;
    for (let at = start; at < characters.length; at++) {
      const character = characters[at];
      if (character > '\u007f' || at === start && character === '?') return undefined;
      if (character === '\\') at++;
      else if (character === ')') {
        depth--;
        if (depth === 0) return at === start ? undefined : at;
      } else if (character === '(') {
        depth++;
        // Only groups that capture nothing.
        if (characters[at + 1] !== '?') return undefined;
      }
    }
    return undefined;
  }

  // Section 2.2, "parse a pattern string": parts with a type, a value and a modifier, or a name, a prefix and a suffix too.
  function parse(input, { delimiter, prefix: prefixCharacter }, encode) {
    const tokens = tokenize(input, false);
    const segment = delimiter === '' ? '[^]+?' : `[^${escapeRegExp(delimiter)}]+?`;
    const parts = [];
    let pending = '';
    let at = 0;
    let next = 0;
    const take = (type) => (tokens[at].type === type ? tokens[at++] : undefined);
    const takeModifier = () => take('modifier') ?? take('asterisk');
    const flush = () => {
      if (pending !== '') parts.push({ type: 'fixed', value: encode(pending), modifier: '' });
      pending = '';
    };
    const text = () => {
      let result = '';
      for (let token = take('char') ?? take('escaped'); token !== undefined; token = take('char')
        ?? take('escaped')) result += token.value;
      return result;
    };
    const add = (prefix, name, expression, suffix, modifierToken) => {
      const modifier = modifierToken?.value ?? '';
      if (name === undefined && expression === undefined && modifier === '') {
        pending += prefix;
        return;
      }
      flush();
      if (name === undefined && expression === undefined) {
        if (prefix !== '') parts.push({ type: 'fixed', value: encode(prefix), modifier });
        return;
      }
      const value = expression === undefined ? segment : expression.type === 'asterisk' ? '.*' : expression.value;
      const type = value === segment ? 'segment' : value === '.*' ? 'wildcard' : 'regexp';
      const own = name !== undefined ? name.value : `${next++}`;
      if (parts.some((part) => part.name === own)) throw new TypeError(`Invalid pattern '${input}': the name ${own} is there twice`);
      parts.push({ type, value: type === 'regexp' ? value : '', name: own, prefix: encode(prefix),
        suffix: encode(suffix), modifier });
    };
    while (at < tokens.length) {
      const character = take('char');
      const name = take('name');
      const expression = take('regexp') ?? (name === undefined ? take('asterisk') : undefined);
      if (name !== undefined || expression !== undefined) {
        let prefix = character?.value ?? '';
        if (prefix !== '' && prefix !== prefixCharacter) {
          pending += prefix;
          prefix = '';
        }
        flush();
        add(prefix, name, expression, '', takeModifier());
        continue;
      }
      const fixed = character ?? take('escaped');
      if (fixed !== undefined) {
        pending += fixed.value;
        continue;
      }
      if (take('open') !== undefined) {
        const prefix = text();
        const innerName = take('name');
        const innerExpression = take('regexp') ?? (innerName === undefined ? take('asterisk') : undefined);
        const suffix = text();
        if (take('close') === undefined) throw new TypeError(`Invalid pattern '${input}': '}' is missing`);
        add(prefix, innerName, innerExpression, suffix, takeModifier());
        continue;
      }
      flush();
      if (take('end') === undefined) throw new TypeError(`Invalid pattern '${input}'`);
    }
    return parts;
  }

  // Section 2.3, "generate a regular expression and name list".
  function compile(parts, { delimiter }, ignoreCase) {
    const segment = delimiter === '' ? '[^]+?' : `[^${escapeRegExp(delimiter)}]+?`;
    const names = [];
    let source = '^';
    for (const { type, value, name, prefix, suffix, modifier } of parts) {
      if (type === 'fixed') {
        source += modifier === '' ? escapeRegExp(value) : `(?:${escapeRegExp(value)})${modifier}`;
        continue;
      }
      names.push(name);
      const expression = type === 'segment' ? segment : type === 'wildcard' ? '.*' : value;
      const before = escapeRegExp(prefix);
      const after = escapeRegExp(suffix);
      if (prefix === '' && suffix === '') {
        source += modifier === '' || modifier === '?' ? `(${expression})${modifier}` : `((?:${expression})${modifier})`;
      } else if (modifier === '' || modifier === '?') source += `(?:${before}(${expression})${after})${modifier}`;
      else source += `(?:${before}((?:${expression})(?:${after}${before}(?:${expression}))*)${after})${modifier === '*' ? '?' : ''}`;
    }
    try {
      return { expression: new RegExp(`${source}$`, ignoreCase ? 'vi' : 'v'), names };
    } catch (error) {
      throw new TypeError(`Invalid regular expression in a pattern: ${error.message}`);
    }
  }

  // Section 2.4, "generate a pattern string".
  function patternString(parts, style) {
    let result = '';
    parts.forEach((part, index) => {
      if (part.type === 'fixed') {
        result += part.modifier === '' ? escapePattern(part.value) : `{${escapePattern(part.value)}}${part.modifier}`;
        return;
      }
      const { type, name, prefix, suffix, modifier } = part;
      const isCustom = !/^\d/.test(name);
      const following = parts[index + 1];
      const previous = parts[index - 1];
      let needsGroup = suffix !== '' || (prefix !== '' && prefix !== style.prefix);
      if (!needsGroup && isCustom && type === 'segment' && modifier === '' && following !== undefined
        && following.prefix !== undefined
        ? following.prefix === '' && following.suffix === '' && /^\d/.test(following.name) : false) needsGroup = true;
      if (!needsGroup && isCustom && type === 'segment' && modifier === '' && following?.type === 'fixed'
        && isNamePart([...following.value][0])) needsGroup = true;
      if (!needsGroup && prefix === '' && previous?.type === 'fixed' && style.prefix !== ''
        && previous.value.endsWith(style.prefix)) needsGroup = true;
      if (needsGroup) result += '{';
      result += escapePattern(prefix);
      if (isCustom) result += `:${name}`;
      if (type === 'regexp') result += `(${part.value})`;
      else if (type === 'segment' && !isCustom) result += `(${style.delimiter === '' ? '[^]+?' : `[^${escapeRegExp(style.delimiter)}]+?`})`;
      else if (type === 'wildcard') {
        const isPlain = !isCustom && (previous === undefined || previous.type === 'fixed'
          || previous.modifier !== '' || needsGroup || prefix !== '');
        result += isPlain ? '*' : '(.*)';
      }
      if (type === 'segment' && isCustom && suffix !== '' && isNamePart([...suffix][0])) result += '\\';
      result += escapePattern(suffix);
      if (needsGroup) result += '}';
      result += modifier;
    });
    return result;
  }

  // Texts of components as URLs have them.

  const dummy = () => new URL('https://dummy.test/');
  function encodePart(component, value, protocol) {
    if (value === '') return '';
    const url = dummy();
    switch (component) {
      case 'protocol': {
        if (!/^[a-z][a-z0-9+.-]*$/i.test(value)) throw new TypeError(`Invalid protocol '${value}'`);
        return value.toLowerCase();
      }
      case 'username': case 'password':
        url[component] = value;
        return url[component];
      case 'hostname': {
        if (/[\s#%/:<>?@[\\\]^|]/.test(value) && !value.startsWith('[')) throw new TypeError(`Invalid hostname '${value}'`);
        url.hostname = value;
        return url.hostname === 'dummy.test' && value !== 'dummy.test' ? value.toLowerCase() : url.hostname;
      }
      case 'port': {
        if (!/^\d{1,5}$/.test(value) || Number(value) > 65535) throw new TypeError(`Invalid port '${value}'`);
        return SPECIAL[protocol] === `${Number(value)}` ? '' : `${Number(value)}`;
      }
      case 'pathname': {
        url.pathname = value.startsWith('/') ? value : `/-${value}`;
        return value.startsWith('/') ? url.pathname : url.pathname.slice(2);
      }
      case 'search':
        url.search = value;
        return url.search.slice(1);
      default:
        url.hash = value;
        return url.hash.slice(1);
    }
  }

  // Dots in a path are resolved only in what is no pattern.
  function encodeInPattern(component, protocol) {
    if (component !== 'pathname') return (value) => (component === 'hostname' ? value.toLowerCase() : encodePart(component, value, protocol));
    return (value) => value.replace(/[^!$&'()*+,\-./0-9:;=@A-Z_a-z~%|[\]]/gu, (character) => encodeURIComponent(character));
  }

  // Section 2.1, "constructor string parser": the parts of a pattern that is written as a URL.
  function parts(input) {
    const tokens = tokenize(input, true);
    const characters = [...input];
    const result = {};
    let state = 'init';
    let start = 0;
    let depth = 0;
    let hostDepth = 0;
    const text = (from, to) => characters.slice(tokens[from].index, tokens[to]?.index ?? characters.length).join('');
    const isAt = (at, character) => ['char', 'escaped', 'invalid'].includes(tokens[at]?.type) && tokens[at].value === character;
    const isSearch = (at) => {
      if (isAt(at, '?')) return true;
      if (tokens[at].type !== 'modifier' || tokens[at].value !== '?') return false;
      const before = tokens[at - 1];
      return before === undefined || !['name', 'regexp', 'close', 'asterisk'].includes(before.type);
    };
    const change = (at, next, skip) => {
      if (state !== 'init' && state !== 'authority') result[state] = text(start, at);
      if (state !== 'init' && next !== 'done') {
        const order = ['protocol', 'authority', 'hostname', 'port', 'pathname', 'search', 'hash'];
        const passed = ['protocol', 'authority', 'username', 'password'].includes(state) && ['port', 'pathname',
          'search', 'hash'].includes(next);
        if (passed && result.hostname === undefined) result.hostname = '';
        if (order.indexOf(next) > order.indexOf('pathname') && !['pathname', 'search', 'hash'].includes(state)
          && result.pathname === undefined) {
          result.pathname = SPECIAL[result.protocol] !== undefined ? '/' : '';
        }
        if (next === 'hash' && state !== 'search' && result.search === undefined) result.search = '';
      }
      state = next;
      start = at + skip;
    };
    const isProtocolEnd = (at) => isAt(at, ':');
    const hasAuthority = (at) => isAt(at + 1, '/') && isAt(at + 2, '/');
    for (let at = 0; at < tokens.length; at++) {
      const { type } = tokens[at];
      if (type === 'end') {
        if (state === 'init') {
          at = start = 0;
          if (isAt(0, '#')) state = 'hash', start = 1;
          else if (isSearch(0)) state = 'search', start = 1;
          else state = 'pathname';
          if (tokens.length === 1) break;
          at = start - 1;
          continue;
        }
        if (state === 'authority') {
          state = 'hostname';
          at = start - 1;
          continue;
        }
        change(at, 'done', 0);
        break;
      }
      if (type === 'open') depth++;
      if (depth > 0) {
        if (type === 'close') depth--;
        continue;
      }
      switch (state) {
        case 'init':
          if (isProtocolEnd(at)) {
            state = 'protocol';
            at = start - 1;
          }
          break;
        case 'protocol':
          if (isProtocolEnd(at)) {
            const protocol = text(start, at);
            const isSpecial = Object.keys(SPECIAL).some((one) => matchesProtocol(protocol, one));
            if (hasAuthority(at)) change(at, 'authority', 3);
            else change(at, isSpecial ? 'authority' : 'pathname', 1);
            at = start - 1;
          }
          break;
        case 'authority':
          if (isAt(at, '@')) {
            const end = at;
            const colon = tokens.findIndex((_, index) => index >= start && index < end && isAt(index, ':'));
            result.username = text(start, colon < 0 ? end : colon);
            if (colon >= 0) result.password = text(colon + 1, end);
            state = 'hostname';
            start = end + 1;
          } else if (isAt(at, '/') || isSearch(at) || isAt(at, '#')) {
            state = 'hostname';
            at = start - 1;
          }
          break;
        case 'hostname':
          if (isAt(at, '[')) hostDepth++;
          else if (isAt(at, ']')) hostDepth--;
          else if (isAt(at, ':') && hostDepth === 0) change(at, 'port', 1);
          else if (isAt(at, '/')) change(at, 'pathname', 0);
          else if (isSearch(at)) change(at, 'search', 1);
          else if (isAt(at, '#')) change(at, 'hash', 1);
          break;
        case 'port':
          if (isAt(at, '/')) change(at, 'pathname', 0);
          else if (isSearch(at)) change(at, 'search', 1);
          else if (isAt(at, '#')) change(at, 'hash', 1);
          break;
        case 'pathname':
          if (isSearch(at)) change(at, 'search', 1);
          else if (isAt(at, '#')) change(at, 'hash', 1);
          break;
        case 'search':
          if (isAt(at, '#')) change(at, 'hash', 1);
          break;
        default:
      }
    }
    if (result.hostname !== undefined && result.port === undefined) result.port = '';
    return result;
  }

  function matchesProtocol(pattern, protocol) {
    try {
      return compile(parse(pattern, NO_STYLE, (value) => value), NO_STYLE, false).expression.test(protocol);
    } catch {
      return false;
    }
  }

  const escapeIf = (value, isPattern) => (isPattern ? escapePattern(value) : value);

  // Section 2.5, "process a URLPatternInit": what the base URL gives stands before what the object says.
  function inherited(init, isPattern) {
    const result = {};
    if (init.baseURL === undefined) return result;
    let base;
    try {
      base = new URL(init.baseURL);
    } catch {
      throw new TypeError(`Invalid baseURL '${init.baseURL}'`);
    }
    const has = (...names) => names.some((name) => init[name] !== undefined);
    if (!has('protocol')) result.protocol = escapeIf(base.protocol.slice(0, -1), isPattern);
    if (!has('protocol', 'hostname')) result.hostname = escapeIf(base.hostname, isPattern);
    if (!has('protocol', 'hostname', 'port')) result.port = base.port;
    if (!has('protocol', 'hostname', 'port', 'pathname')) result.pathname = escapeIf(base.pathname, isPattern);
    if (!has('protocol', 'hostname', 'port', 'pathname', 'search')) result.search = escapeIf(base.search.slice(1), isPattern);
    if (!has('protocol', 'hostname', 'port', 'pathname', 'search', 'hash')) result.hash = escapeIf(base.hash.slice(1), isPattern);
    if (has('pathname') && !has('protocol', 'hostname', 'port') && !/^(\/|\\\/|\{\/)/.test(init.pathname)) {
      const folder = base.pathname.slice(0, base.pathname.lastIndexOf('/') + 1);
      result.pathname = escapeIf(folder, isPattern) + init.pathname;
    }
    return result;
  }

  function complete(init, isPattern) {
    const result = {};
    for (const name of COMPONENTS) if (init[name] !== undefined) result[name] = `${init[name]}`;
    const base = inherited(init, isPattern);
    Object.assign(result, { ...base, ...result }, base.pathname !== undefined
      && init.pathname !== undefined ? { pathname: base.pathname } : {});
    if (result.protocol !== undefined) result.protocol = result.protocol.replace(/:$/, '');
    if (result.search !== undefined && init.search !== undefined) result.search = result.search.replace(/^\?/, '');
    if (result.hash !== undefined && init.hash !== undefined) result.hash = result.hash.replace(/^#/, '');
    return result;
  }

  class URLPattern {
    #components = {};
    #hasRegExp = false;

    constructor(input = {}, baseOrOptions = undefined, options = undefined) {
      const hasBase = typeof baseOrOptions === 'string';
      const { ignoreCase = false } = (hasBase ? options : baseOrOptions) ?? {};
      if (isObject(input) && hasBase) throw new TypeError('A base URL cannot be given with an object');
      let init;
      if (isObject(input)) init = { ...input };
      else {
        init = parts(`${input}`);
        if (hasBase) init.baseURL = baseOrOptions;
        else if (init.protocol === undefined) throw new TypeError(`A relative pattern '${input}' needs a base URL`);
      }
      const given = complete(init, true);
      if (SPECIAL[given.protocol] !== undefined && given.port === SPECIAL[given.protocol]) given.port = '';
      const protocol = given.protocol ?? '*';
      for (const name of COMPONENTS) {
        const value = given[name] ?? '*';
        const isOpaque = name === 'pathname' && !Object.keys(SPECIAL).some((one) => matchesProtocol(protocol, one));
        const style = isOpaque ? NO_STYLE : STYLES[name] ?? NO_STYLE;
        const list = parse(value, style, encodeInPattern(name, protocol));
        this.#hasRegExp ||= list.some(({ type }) => type === 'regexp');
        this.#components[name] = { text: patternString(list, style), ...compile(list, style, ignoreCase) };
      }
    }

    #match(input, base) {
      let values;
      if (isObject(input)) {
        if (base !== undefined) throw new TypeError('A base URL cannot be given with an object');
        try {
          const given = complete(input, false);
          values = Object.fromEntries(COMPONENTS.map((name) => [name, encodePart(name, given[name] ?? '', given.protocol)]));
        } catch {
          return null;
        }
      } else {
        if (!URL.canParse(input, base)) return null;
        const url = new URL(input, base);
        values = { protocol: url.protocol.slice(0, -1), username: url.username, password: url.password,
          hostname: url.hostname, port: url.port,
          pathname: url.pathname, search: url.search.slice(1), hash: url.hash.slice(1) };
      }
      const result = { inputs: base === undefined ? [input] : [input, base] };
      for (const name of COMPONENTS) {
        const { expression, names } = this.#components[name];
        const found = expression.exec(values[name]);
        if (found === null) return null;
        result[name] = { input: values[name], groups: Object.fromEntries(names.map((group, index) => [group,
          found[index + 1]])) };
      }
      return result;
    }

    test(input = {}, base = undefined) { return this.#match(input, base) !== null; }
    exec(input = {}, base = undefined) { return this.#match(input, base); }
    get hasRegExpGroups() { return this.#hasRegExp; }

    static {
      for (const name of COMPONENTS) {
        Object.defineProperty(URLPattern.prototype, name, { get() { return this.#components[name].text; },
          enumerable: true, configurable: true });
      }
    }
  }
  expose(URLPattern, 'test', 'exec', 'hasRegExpGroups');

  return { URLPattern };
})
