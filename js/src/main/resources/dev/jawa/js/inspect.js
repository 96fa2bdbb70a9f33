// How console.log and error reports show values: Node.js's util.inspect.
(function (host, load) {
  'use strict';

  const { defaults, colors, styles, plain, colored, withoutColors, quote, showNumber, showBigInt, showString, isPrimitive,
    constructorName, tagOf, prefix, showFunction, columnsOf } = load('inspect-text');

  const MAXIMUM_BYTES = 50;
  const custom = Symbol.for('nodejs.util.inspect.custom');

  const { getPrototypeOf, getOwnPropertyDescriptor, getOwnPropertyNames, getOwnPropertySymbols } = Object;
  const { ownKeys } = Reflect;
  const isArray = Array.isArray;
  const getter = (constructor, name) => getOwnPropertyDescriptor(constructor.prototype, name).get;
  const typedArrayTag = getOwnPropertyDescriptor(getPrototypeOf(Uint8Array.prototype), Symbol.toStringTag).get;
  const bufferLength = { ArrayBuffer: getter(ArrayBuffer, 'byteLength'),
    SharedArrayBuffer: getter(SharedArrayBuffer, 'byteLength') };
  const iteratorPrototype = (iterable) => getPrototypeOf(iterable[Symbol.iterator]());
  const mapIterator = iteratorPrototype(new Map());
  const setIterator = iteratorPrototype(new Set());

  function propertyKeys(value, kind, showHidden) {
    let keys = getOwnPropertyNames(value);
    if (kind === 'Array' || kind === 'TypedArray' || kind === 'String') {
      keys = keys.filter((key) => !/^(0|[1-9][0-9]*)$/.test(key));
      if (kind === 'Array' || kind === 'String') keys = keys.filter((key) => key !== 'length' || showHidden && kind === 'Array');
    }
    const symbols = getOwnPropertySymbols(value);
    if (showHidden) return [...keys, ...symbols];
    const enumerable = (key) => getOwnPropertyDescriptor(value, key)?.enumerable === true;
    return [...keys.filter(enumerable), ...symbols.filter(enumerable)];
  }

  class Inspection {
    constructor(options) {
      const given = { ...defaults, ...options };
      for (const name of ['depth', 'maxArrayLength', 'maxStringLength']) given[name] ??= Infinity;
      this.options = given;
      this.stylize = given.stylize ?? (given.colors ? colored : plain);
      this.seen = [];
      this.references = new Map();
      this.depth = 0;
      this.indentation = 0;
    }

    primitive(value) {
      const { options, stylize } = this;
      switch (typeof value) {
        case 'string': return stylize(showString(value, options), 'string');
        case 'number': return stylize(showNumber(value, options), 'number');
        case 'bigint': return stylize(showBigInt(value, options), 'bigint');
        case 'symbol': return stylize(Symbol.prototype.toString.call(value), 'symbol');
        case 'undefined': return stylize('undefined', 'undefined');
        default: return value === null ? stylize('null', 'null') : stylize(`${value}`, 'boolean');
      }
    }

    show(value, level, isTyped) {
      if (isPrimitive(value)) return this.primitive(value);
      const target = host.proxyTarget(value);
      if (target !== undefined) {
        if (this.options.showProxy) return this.proxy(value, target, level);
        if (target === null) return this.stylize('<Revoked Proxy>', 'special');
      }
      const shown = target ?? value;
      if (this.options.customInspect) {
        const action = shown[custom];
        if (typeof action === 'function' && action !== inspect && !isPrototype(shown)) {
          return this.customized(action, target === undefined ? shown : value, level);
        }
      }
      if (this.seen.includes(shown)) {
        if (!this.references.has(shown)) this.references.set(shown, this.references.size + 1);
        return this.stylize(`[Circular *${this.references.get(shown)}]`, 'special');
      }
      return target === undefined ? this.showObject(value, level, isTyped) : this.show(target, level);
    }

    customized(action, value, level) {
      const depth = this.options.depth - level;
      const options = { ...this.options, depth, stylize: this.stylize };
      if (this.options.depth === Infinity) options.depth = Infinity;
      const result = action.call(value, depth, options, inspect);
      if (result === value) return this.showObject(value, level);
      return typeof result === 'string' ? result.replaceAll('\n', `\n${' '.repeat(this.indentation)}`) : this.show(result, level);
    }

    proxy(value, target, level) {
      if (target === null) return this.stylize('<Revoked Proxy>', 'special');
      if (level > this.options.depth) return this.stylize('Proxy [Array]', 'special');
      const entries = [this.nested(target, level), this.nested(host.proxyHandler(value), level)];
      return this.join(entries, '', 'Proxy [', ']', true, level);
    }

    showObject(value, level, isTyped) {
      const kind = host.kindOf(value);
      const name = constructorName(value);
      const tag = tagOf(value, name);
      const isNamespace = host.isModuleNamespace(value);
      const keys = isNamespace ? ownKeys(value).filter((key) => typeof key === 'string')
        : propertyKeys(value, kind, this.options.showHidden);
      const shape = this.shape(value, kind, name, tag, keys);
      if (keys.length === 0 && shape.entries === undefined) {
        return shape.base === '' ? shape.braces.join('') : shape.base;
      }
      if (level > this.options.depth) {
        return this.stylize(`[${prefix(name, tag, isArray(value) ? 'Array' : 'Object').trimEnd()}]`, 'special');
      }
      this.seen.push(value);
      this.depth = level;
      let output;
      let count = 0;
      try {
        output = shape.entries === undefined ? [] : shape.entries.call(this, level);
        count = output.length;
        for (const key of keys) output.push(this.property(value, key, level));
      } finally {
        this.seen.pop();
      }
      if (this.options.sorted) {
        const order = this.options.sorted === true ? undefined : this.options.sorted;
        if (shape.isList) output = [...output.slice(0, count), ...output.slice(count).sort(order)];
        else output.sort(order);
      }
      let [open, close] = shape.braces;
      let { base } = shape;
      const reference = this.references.get(value);
      if (reference !== undefined) {
        const mark = this.stylize(`<ref *${reference}>`, 'special');
        if (this.options.compact !== true) base = base === '' ? mark : `${mark} ${base}`;
        else open = `${mark} ${open}`;
      }
      if (output.length === 0 && base === '') return `${open}${close}`;
      return this.join(output, base, open, close, shape.isList, level, value);
    }

    // What is particular to the kind: the text before the braces, the braces, the entries that are no properties.
    shape(value, kind, name, tag, keys) {
      const { stylize } = this;
      const usual = { base: '', braces: ['{', '}'], entries: undefined, isList: false };
      const braced = (fallback, size) => [`${prefix(name, tag, fallback, size)}{`, '}'];
      const unlessEmpty = (size, entries) => (size === 0 ? undefined : entries);
      switch (kind) {
        case 'Array': {
          const open = name === 'Array' && tag === '' ? '[' : `${prefix(name, tag, 'Array', value.length)}[`;
          return { ...usual, braces: [open, ']'], isList: true,
            entries: unlessEmpty(value.length, (level) => this.elements(value, level)) };
        }
        case 'TypedArray': {
          const own = typedArrayTag.call(value);
          const open = `${prefix(name, tagOf(value, name) === own ? '' : tag, own, value.length)}[`;
          return { ...usual, braces: [open, ']'], isList: true,
            entries: unlessEmpty(value.length, (level) => this.elements(value, level)) };
        }
        case 'Map':
          return { ...usual, braces: braced('Map', value.size), entries: unlessEmpty(value.size,
            (level) => this.mapEntries(value, level)) };
        case 'Set':
          return { ...usual, braces: braced('Set', value.size), entries: unlessEmpty(value.size,
            (level) => this.setEntries(value, level)) };
        case 'ArrayBuffer':
        case 'SharedArrayBuffer':
          return { ...usual, braces: braced(kind), entries: () => this.bufferEntries(value, kind) };
        case 'DataView':
          return { ...usual, braces: braced(kind), entries: (level) => ['byteLength', 'byteOffset', 'buffer']
            .map((key) => `[${key}]: ${this.nested(value[key], level)}`) };
        case 'Date':
          return { ...usual, base: stylize(Number.isNaN(Date.prototype.getTime.call(value)) ? 'Invalid Date'
            : Date.prototype.toISOString.call(value), 'date') };
        case 'RegExp':
          return { ...usual, base: stylize(RegExp.prototype.toString.call(value), 'regexp') };
        case 'Error':
          return this.errorShape(value, name, tag, keys, usual);
        case 'Number': case 'String': case 'Boolean': case 'BigInt':
          return { ...usual, base: this.boxed(value, kind, name, globalThis[kind].prototype.valueOf.call(value)) };
        default:
      }
      return this.otherShape(value, name, tag, usual, braced);
    }

    boxed(value, kind, name, primitive) {
      const text = new Inspection({ ...this.options, colors: false, stylize: plain }).primitive(primitive);
      return this.stylize(`[${name === null || name === kind ? kind : `${kind} (${name})`}: ${text}]`, kind.toLowerCase());
    }

    otherShape(value, name, tag, usual, braced) {
      const { stylize } = this;
      if (typeof value === 'function') return { ...usual, base: stylize(showFunction(value, name, tag), 'special') };
      if (host.isModuleNamespace(value)) return { ...usual, braces: ['[Module: null prototype] {', '}'] };
      if (host.promiseState(value) !== undefined) {
        return { ...usual, braces: braced('Promise'), entries: (level) => this.promiseEntries(value, level) };
      }
      const of = (constructor) => host.isA(value, constructor);
      if (of('WeakMap') || of('WeakSet')) {
        return { ...usual, braces: braced(of('WeakMap') ? 'WeakMap' : 'WeakSet'),
          entries: () => [stylize('<items unknown>', 'special')] };
      }
      if (of('WeakRef')) {
        return { ...usual, braces: braced('WeakRef'),
          entries: (level) => [this.nested(WeakRef.prototype.deref.call(value), level)] };
      }
      if (of('Symbol')) return { ...usual, base: this.boxed(value, 'Symbol', name, Symbol.prototype.valueOf.call(value)) };
      if (of('Arguments')) {
        return { ...usual, braces: ['[Arguments] {', '}'] };
      }
      const [prototype] = [getPrototypeOf(value)];
      if (prototype === mapIterator || prototype === setIterator) return this.iteratorShape(value, tag, usual);
      const open = name === 'Object' && tag === '' ? '{' : `${prefix(name, tag, 'Object')}{`;
      return { ...usual, braces: [open, '}'] };
    }

    iteratorShape(value, tag, usual) {
      const entries = host.iteratorEntries(value);
      if (entries === undefined) return { ...usual, braces: [`[${tag}] {`, '}'], entries: () => [] };
      const isPairs = entries.length > 0 && entries[0] === true;
      const values = entries.slice(1);
      return { ...usual, braces: [`[${isPairs ? tag.replace('Iterator', 'Entries') : tag}] {`, '}'],
        entries: (level) => values.map((one) => this.nested(one, level)) };
    }

    errorText(error, name, tag) {
      let text;
      try {
        text = typeof error.stack === 'string' && error.stack !== '' ? error.stack : Error.prototype.toString.call(error);
      } catch {
        text = '[object Error]';
      }
      // A class whose name does not stand in the stack, such as one that inherits from Error and sets no name.
      const first = text.slice(0, (text.indexOf('\n') + 1 || text.length + 1) - 1);
      const own = `${error.name}`;
      if (name !== null && name !== own && !first.includes(name) && first.startsWith(own) && /Error$|Exception$/.test(name)) {
        text = `${name}${text.slice(own.length)}`;
      }
      if (tag !== '' && !first.includes(tag) && name !== null
        && first.startsWith(name)) text = `${name} [${tag}]${text.slice(name.length)}`;
      return text.includes('\n    at ') ? text : `[${text}]`;
    }

    errorShape(error, name, tag, keys, usual) {
      const text = this.errorText(error, name, tag);
      for (const hidden of ['stack', 'message', 'name']) {
        const at = keys.indexOf(hidden);
        if (at >= 0 && typeof error[hidden] === 'string' && text.includes(error[hidden])) keys.splice(at, 1);
      }
      if (Object.hasOwn(error, 'cause') && !keys.includes('cause')) keys.push('cause');
      if (isArray(error.errors) && Object.hasOwn(error, 'errors') && !keys.includes('errors')) keys.push('errors');
      const base = this.indentation === 0 ? text : text.replaceAll('\n', `\n${' '.repeat(this.indentation)}`);
      return { ...usual, base };
    }

    nested(value, level, isTyped) {
      this.indentation += 2;
      try {
        return this.show(value, level + 1, isTyped);
      } finally {
        this.indentation -= 2;
      }
    }

    elements(list, level) {
      const output = [];
      const { length } = list;
      const most = Math.min(length, this.options.maxArrayLength);
      let index = 0;
      while (index < length && output.length < most) {
        if (!Object.hasOwn(list, index)) {
          const start = index;
          while (index < length && !Object.hasOwn(list, index)) index++;
          output.push(this.stylize(`<${index - start} empty item${index - start > 1 ? 's' : ''}>`, 'undefined'));
        } else {
          output.push(this.property(list, index, level, true));
          index++;
        }
      }
      return this.more(output, length - index);
    }

    more(output, count) {
      if (count > 0) output.push(`... ${count} more item${count > 1 ? 's' : ''}`);
      return output;
    }

    mapEntries(map, level) {
      const output = [];
      for (const [key, value] of Map.prototype.entries.call(map)) {
        if (output.length >= this.options.maxArrayLength) break;
        output.push(`${this.nested(key, level)} => ${this.nested(value, level)}`);
      }
      return this.more(output, map.size - output.length);
    }

    setEntries(set, level) {
      const output = [];
      for (const value of Set.prototype.values.call(set)) {
        if (output.length >= this.options.maxArrayLength) break;
        output.push(this.nested(value, level));
      }
      return this.more(output, set.size - output.length);
    }

    bufferEntries(buffer, kind) {
      const length = bufferLength[kind].call(buffer);
      const size = `[byteLength]: ${this.primitive(length)}`;
      if (buffer.detached === true) return [this.stylize('(detached)', 'special'), size];
      const bytes = new Uint8Array(buffer, 0, Math.min(MAXIMUM_BYTES, this.options.maxArrayLength, length));
      const more = length - bytes.length;
      const text = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(' ');
      const rest = more > 0 ? ` ... ${more} more byte${more > 1 ? 's' : ''}` : '';
      return [`[Uint8Contents]: <${text}${rest}>`, size];
    }

    promiseEntries(promise, level) {
      const { state, value } = host.promiseState(promise);
      if (state === 'pending') return [this.stylize('<pending>', 'special')];
      const text = this.nested(value, level);
      return [state === 'rejected' ? `${this.stylize('<rejected>', 'special')} ${text}` : text];
    }

    property(object, key, level, bare) {
      const descriptor = getOwnPropertyDescriptor(object, key) ?? { value: object[key], enumerable: true };
      const text = 'value' in descriptor ? this.nested(descriptor.value, level) : this.accessor(object, descriptor, level);
      if (bare) return text;
      let label;
      if (typeof key === 'symbol') label = this.stylize(Symbol.prototype.toString.call(key), 'symbol');
      else if (key === '__proto__') label = "['__proto__']";
      else if (descriptor.enumerable === false) label = `[${key}]`;
      else label = /^[a-zA-Z_][a-zA-Z_0-9]*$/.test(key) ? this.stylize(key, 'name') : this.stylize(quote(key), 'string');
      return `${label}: ${text}`;
    }

    accessor(object, { get, set }, level) {
      const { getters } = this.options;
      const kind = get === undefined ? 'Setter' : set === undefined ? 'Getter' : 'Getter/Setter';
      const isShown = get !== undefined && (getters === true || (getters === 'get' && set === undefined)
        || (getters === 'set' && set !== undefined));
      if (!isShown) return this.stylize(get === undefined && set === undefined ? 'undefined' : `[${kind}]`,
        get === undefined && set === undefined ? 'undefined' : 'special');
      let value;
      try {
        value = get.call(object);
      } catch (error) {
        return this.stylize(`[${kind}: <Inspection threw (${host.isError(error) ? error.stack.replaceAll('\n', `\n${' '.repeat(this.indentation + 2)}`) : error})>]`, 'special');
      }
      if (isPrimitive(value)) return `${this.stylize(`[${kind}:`, 'special')} ${this.primitive(value)}${this.stylize(']', 'special')}`;
      return `${this.stylize(`[${kind}]`, 'special')} ${this.nested(value, level)}`;
    }

    join(output, base, open, close, isList, level, value) {
      const { compact, breakLength } = this.options;
      const lengthOf = (text) => (this.options.colors ? withoutColors(text).length : text.length);
      const fits = (start, list) => list.reduce((sum, text) => sum + lengthOf(text),
        list.length + start) + list.length <= breakLength
        && !base.includes('\n');
      const indent = `\n${' '.repeat(this.indentation)}`;
      if (compact !== true) {
        let entries = output;
        if (typeof compact === 'number' && compact >= 1) {
          if (isList && output.length > 6) entries = columnsOf(output, value, this.options, this.indentation);
          if (this.depth - level < compact && entries === output) {
            const start = output.length + this.indentation + open.length + base.length + 10;
            const line = output.join(', ');
            if (fits(start - output.length, output) && !line.includes('\n')) {
              return `${base === '' ? '' : `${base} `}${open} ${line} ${close}`;
            }
          }
        }
        return `${base === '' ? '' : `${base} `}${open}${indent}  ${entries.join(`,${indent}  `)}${indent}${close}`;
      }
      if (fits(0, output)) return `${open}${base === '' ? '' : ` ${base}`} ${output.join(', ')} ${close}`;
      const between = base === '' && open.length === 1 ? ' ' : `${base === '' ? '' : ` ${base}`}${indent}  `;
      return `${open}${between}${output.join(`,${indent}  `)} ${close}`;
    }
  }

  // A prototype has the custom function of its objects, and none of their state.
  const isPrototype = (value) => Object.hasOwn(value, 'constructor') && value.constructor?.prototype === value;

  function inspect(value, options, ...rest) {
    const settings = typeof options === 'boolean' ? { showHidden: options } : { ...options };
    // inspect(value, showHidden, depth, colors), as it was once.
    if (rest.length > 0 && rest[0] !== undefined) [settings.depth] = rest;
    if (rest.length > 1 && rest[1] !== undefined) [, settings.colors] = rest;
    return new Inspection(settings).show(value, 0);
  }
  inspect.custom = custom;
  Object.defineProperty(inspect, 'defaultOptions', { enumerable: true, configurable: true, get: () => defaults,
    set: (options) => Object.assign(defaults, options) });
  inspect.colors = colors;
  inspect.styles = styles;

  // console.log's arguments, with % directives in the first (WHATWG Console section 2.2.1).
  function format(values, options) {
    let rest = 0;
    let text = '';
    if (typeof values[0] === 'string') {
      rest = 1;
      text = values.length === 1 ? values[0] : values[0].replace(/%[sdifjoOc%]/g, (directive) => {
        if (directive === '%%') return '%';
        if (rest >= values.length) return directive;
        return directiveText(directive, values[rest++], options);
      });
    }
    const others = values.slice(rest).map((value) => (typeof value === 'string' ? value : inspect(value, options)));
    return (rest === 0 ? others : [text, ...others]).join(' ');
  }

  // Whether an object has a toString of its own or of a class that is not built in.
  function hasOwnText(value) {
    if (typeof value === 'function') return false;
    if (Object.hasOwn(value, 'toString') || Object.hasOwn(value, Symbol.toPrimitive)) return true;
    let prototype = value;
    do prototype = getPrototypeOf(prototype);
    while (prototype !== null && !Object.hasOwn(prototype, 'toString') && !Object.hasOwn(prototype, Symbol.toPrimitive));
    if (prototype === null || host.isError(value) && prototype === Error.prototype) return prototype !== null;
    const constructor = getOwnPropertyDescriptor(prototype, 'constructor')?.value;
    return typeof constructor === 'function' && globalThis[constructor.name] !== constructor;
  }

  function directiveText(directive, value, options) {
    const noNumber = typeof value === 'symbol';
    switch (directive) {
      case '%s':
        if (typeof value === 'string') return value;
        if (typeof value === 'number' || typeof value === 'bigint') return new Inspection({ ...options,
          colors: false }).primitive(value);
        if (isPrimitive(value)) return String(value);
        return typeof value === 'function' || hasOwnText(value) ? String(value) : inspect(value, { ...options,
          depth: 0, colors: false, compact: 3 });
      case '%d':
        if (typeof value === 'bigint') return showBigInt(value, options);
        return noNumber ? 'NaN' : showNumber(typeof value === 'object' && value !== null
          && !hasOwnText(value) ? NaN : Number(value), options);
      case '%i':
        if (typeof value === 'bigint') return showBigInt(value, options);
        return noNumber ? 'NaN' : showNumber(parseInt(value, 10), options);
      case '%f':
        return noNumber ? 'NaN' : showNumber(parseFloat(value), options);
      case '%j':
        try {
          return JSON.stringify(value) ?? 'undefined';
        } catch (error) {
          if (/circular|cyclic/i.test(error.message)) return '[Circular]';
          throw error;
        }
      case '%o':
        return inspect(value, { ...options, showHidden: true, showProxy: true, depth: 4 });
      case '%c':
        return '';
      default:
        return inspect(value, options);
    }
  }

  // For the report of what was not caught.
  function uncaught(value) {
    const text = inspect(value);
    return host.isError(value) && text.startsWith('[') ? text.slice(1, -1).trimEnd() : text;
  }

  return { inspect, format, uncaught };
})
