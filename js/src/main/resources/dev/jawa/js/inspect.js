// How console.log and error reports show values: close to Node.js's util.inspect with its default options.
(function (host) {
  'use strict';

  const MAXIMUM_DEPTH = 2;
  const LINE_WIDTH = 80;
  const NESTING_ON_ONE_LINE = 3;
  const MAXIMUM_ELEMENTS = 100;
  const MAXIMUM_STRING = 10000;
  const MAXIMUM_BYTES = 50;

  const { getPrototypeOf, getOwnPropertyDescriptor, getOwnPropertyNames, getOwnPropertySymbols } = Object;
  const { ownKeys } = Reflect;
  const isArray = Array.isArray;
  const TypedArray = getPrototypeOf(Uint8Array);
  const getter = (constructor, name) => getOwnPropertyDescriptor(constructor.prototype, name).get;
  const typedArrayTag = getter(TypedArray, Symbol.toStringTag);

  // What a value is by its internal slots, whatever its prototype says.
  const probes = [
    ['Map', getter(Map, 'size')],
    ['Set', getter(Set, 'size')],
    ['ArrayBuffer', getter(ArrayBuffer, 'byteLength')],
    ['SharedArrayBuffer', getter(SharedArrayBuffer, 'byteLength')],
    ['DataView', getter(DataView, 'buffer')],
    ['Date', Date.prototype.getTime],
    ['Number', Number.prototype.valueOf],
    ['String', String.prototype.valueOf],
    ['Boolean', Boolean.prototype.valueOf],
    ['BigInt', BigInt.prototype.valueOf],
    ['Symbol', Symbol.prototype.valueOf],
    ['WeakMap', (function (value) { WeakMap.prototype.has.call(value, {}); })],
    ['WeakSet', (function (value) { WeakSet.prototype.has.call(value, {}); })],
    ['WeakRef', WeakRef.prototype.deref],
  ];

  function kindOf(value) {
    if (isArray(value)) return 'Array';
    if (typedArrayTag.call(value) !== undefined) return 'TypedArray';
    if (host.isError(value)) return 'Error';
    if (host.promiseState(value) !== undefined) return 'Promise';
    if (host.isRegExp(value)) return 'RegExp';
    for (const [kind, probe] of probes) {
      try {
        if (kind === 'WeakMap' || kind === 'WeakSet') probe(value);
        else probe.call(value);
        return kind;
      } catch {
        // It has not the slot.
      }
    }
    return 'Object';
  }

  function quote(text) {
    let mark = "'";
    if (text.includes("'")) {
      if (!text.includes('"')) mark = '"';
      else if (!text.includes('`') && !text.includes('${')) mark = '`';
    }
    const names = { '\b': '\\b', '\t': '\\t', '\n': '\\n', '\f': '\\f', '\r': '\\r', '\\': '\\\\', '\v': '\\v' };
    let result = mark;
    for (const character of text) {
      const code = character.codePointAt(0);
      if (character === mark) result += '\\' + character;
      else if (names[character] !== undefined) result += names[character];
      else if (code < 0x20 || (code >= 0x7f && code < 0xa0)) {
        result += '\\x' + code.toString(16).toUpperCase().padStart(2, '0');
      } else if (code >= 0xd800 && code <= 0xdfff) result += '\\u' + code.toString(16).toUpperCase();
      else result += character;
    }
    return result + mark;
  }

  function showNumber(value) {
    return Object.is(value, -0) ? '-0' : String(value);
  }

  function showPrimitive(value) {
    switch (typeof value) {
      case 'string': {
        const more = value.length - MAXIMUM_STRING;
        if (more <= 0) return quote(value);
        return `${quote(value.slice(0, MAXIMUM_STRING))}... ${more} more character${more > 1 ? 's' : ''}`;
      }
      case 'number': return showNumber(value);
      case 'bigint': return `${value}n`;
      case 'symbol': return Symbol.prototype.toString.call(value);
      default: return String(value);
    }
  }

  const isPrimitive = (value) => value === null || (typeof value !== 'object' && typeof value !== 'function');

  // The name of the class, or null for an object without one.
  function constructorName(value) {
    for (let object = value; object !== null; object = getPrototypeOf(object)) {
      const descriptor = getOwnPropertyDescriptor(object, 'constructor');
      if (descriptor !== undefined && typeof descriptor.value === 'function' && descriptor.value.name !== '') {
        return String(descriptor.value.name);
      }
    }
    return null;
  }

  function tagOf(value, name) {
    const tag = value[Symbol.toStringTag];
    return typeof tag === 'string' && tag !== '' && tag !== name ? tag : '';
  }

  function prefix(name, tag, fallback, size) {
    const count = size === undefined ? '' : `(${size})`;
    const base = name === null ? `[${fallback}${count}: null prototype] ` : `${name}${count} `;
    return tag === '' ? base : `${base}[${tag}] `;
  }

  function showFunction(value, name, tag) {
    const source = Function.prototype.toString.call(value);
    if (source.startsWith('class') && source.endsWith('}')) {
      const parent = getPrototypeOf(value);
      const base = typeof parent === 'function' && parent.name ? ` extends ${parent.name}` : '';
      return `[class ${value.name === '' ? '(anonymous)' : value.name}${base}]`;
    }
    const kind = name === null ? 'Function (null prototype)' : name;
    const suffix = tag !== '' && tag !== name ? ` [${tag}]` : '';
    return value.name === '' ? `[${kind} (anonymous)]${suffix}` : `[${kind}: ${String(value.name)}]${suffix}`;
  }

  function errorText(error) {
    let text;
    try {
      text = typeof error.stack === 'string' && error.stack !== '' ? error.stack : String(error);
    } catch {
      text = '[object Error]';
    }
    return text.includes('\n    at ') ? text : `[${text}]`;
  }

  function propertyKeys(value, kind) {
    let keys;
    if (kind === 'Array' || kind === 'TypedArray' || kind === 'String') {
      keys = getOwnPropertyNames(value).filter((key) => !/^(0|[1-9][0-9]*)$/.test(key));
    } else {
      keys = getOwnPropertyNames(value);
    }
    const enumerable = (key) => getOwnPropertyDescriptor(value, key)?.enumerable === true;
    return [...keys.filter(enumerable), ...getOwnPropertySymbols(value).filter(enumerable)];
  }

  class Inspection {
    constructor() {
      this.seen = [];
      this.references = new Map();
      this.depth = 0;
      this.indentation = 0;
    }

    show(value, level) {
      if (isPrimitive(value)) return showPrimitive(value);
      const target = host.proxyTarget(value);
      if (target !== undefined) return this.show(target === null ? host.revokedProxy : target, level);
      if (this.seen.includes(value)) {
        if (!this.references.has(value)) this.references.set(value, this.references.size + 1);
        return `[Circular *${this.references.get(value)}]`;
      }
      const custom = value[Symbol.for('nodejs.util.inspect.custom')];
      if (typeof custom === 'function') {
        const result = custom.call(value, MAXIMUM_DEPTH - level, {}, inspect);
        if (result !== value) return typeof result === 'string' ? result : this.show(result, level);
      }
      return this.showObject(value, level);
    }

    showObject(value, level) {
      const kind = kindOf(value);
      const name = constructorName(value);
      const tag = tagOf(value, name);
      const keys = kind === 'Object' && host.isModuleNamespace(value) ? ownKeys(value).filter((key) => typeof key === 'string')
        : propertyKeys(value, kind);
      const shape = this.shape(value, kind, name, tag, keys);
      if (keys.length === 0 && shape.entries === undefined) {
        return shape.base === '' ? shape.braces.join('') : shape.base;
      }
      if (level > MAXIMUM_DEPTH) {
        return `[${prefix(name, tag, kind === 'Array' ? 'Array' : 'Object').trimEnd()}]`;
      }
      this.seen.push(value);
      this.depth = level;
      let output;
      try {
        output = shape.entries === undefined ? [] : shape.entries.call(this, level);
        for (const key of keys) output.push(this.property(value, key, level, shape.isList));
      } finally {
        this.seen.pop();
      }
      let [open, close] = shape.braces;
      const reference = this.references.get(value);
      let base = shape.base;
      if (reference !== undefined) {
        if (base === '') open = `<ref *${reference}> ${open}`;
        else base = `<ref *${reference}> ${base}`;
      }
      if (output.length === 0 && base === '') return `${open}${close}`;
      return this.join(output, base, open, close, shape.isList, level, value);
    }

    // What is particular to the kind: the text before the braces, the braces, the entries that are no properties.
    shape(value, kind, name, tag, keys) {
      const plain = { base: '', braces: ['{', '}'], entries: undefined, isList: false };
      const braced = (fallback, size) => [`${prefix(name, tag, fallback, size)}{`, '}'];
      const unlessEmpty = (size, entries) => (size === 0 ? undefined : entries);
      switch (kind) {
        case 'Array': {
          const open = name === 'Array' && tag === '' ? '[' : `${prefix(name, tag, 'Array', value.length)}[`;
          return { ...plain, braces: [open, ']'], isList: true,
            entries: unlessEmpty(value.length, (level) => this.elements(value, level)) };
        }
        case 'TypedArray': {
          const own = typedArrayTag.call(value);
          const open = `${prefix(name, tagOf(value, name) === own ? '' : tag, own, value.length)}[`;
          return { ...plain, braces: [open, ']'], isList: true,
            entries: unlessEmpty(value.length, (level) => this.elements(value, level)) };
        }
        case 'Map':
          return { ...plain, braces: braced('Map', value.size),
            entries: unlessEmpty(value.size, (level) => this.mapEntries(value, level)) };
        case 'Set':
          return { ...plain, braces: braced('Set', value.size),
            entries: unlessEmpty(value.size, (level) => this.setEntries(value, level)) };
        case 'ArrayBuffer':
        case 'SharedArrayBuffer':
          return { ...plain, braces: braced(kind), entries: () => this.bufferEntries(value) };
        case 'DataView':
          return { ...plain, braces: braced(kind), entries: (level) => ['byteLength', 'byteOffset', 'buffer']
            .map((key) => `${key}: ${this.nested(value[key], level)}`) };
        case 'Promise':
          return { ...plain, braces: braced('Promise'), entries: (level) => this.promiseEntries(value, level) };
        case 'WeakMap':
        case 'WeakSet':
          return { ...plain, braces: braced(kind), entries: () => ['<items unknown>'] };
        case 'WeakRef':
          return { ...plain, braces: braced(kind), entries: (level) => [this.nested(value.deref(), level)] };
        case 'Date':
          return { ...plain, base: Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString() };
        case 'RegExp':
          return { ...plain, base: RegExp.prototype.toString.call(value) };
        case 'Error':
          return this.errorShape(value, keys, plain);
        case 'Number': case 'String': case 'Boolean': case 'BigInt': case 'Symbol': {
          const primitive = probes.find((probe) => probe[0] === kind)[1].call(value);
          return { ...plain, base: `[${name === null || name === kind ? kind : `${kind} (${name})`}: ${showPrimitive(primitive)}]` };
        }
        default:
      }
      if (typeof value === 'function') return { ...plain, base: showFunction(value, name, tag) };
      if (host.isModuleNamespace(value)) return { ...plain, braces: ['[Module: null prototype] {', '}'] };
      if (Object.prototype.toString.call(value) === '[object Arguments]') {
        return { ...plain, braces: ['[Arguments] {', '}'] };
      }
      const open = name === 'Object' && tag === '' ? '{' : `${prefix(name, tag, 'Object')}{`;
      return { ...plain, braces: [open, '}'] };
    }

    errorShape(error, keys, plain) {
      const text = errorText(error);
      for (const hidden of ['stack', 'message', 'name']) {
        const at = keys.indexOf(hidden);
        if (at >= 0 && text.includes(String(error[hidden]))) keys.splice(at, 1);
      }
      const extra = ['cause', 'errors'].filter((key) => Object.hasOwn(error, key) && !keys.includes(key));
      const base = this.indentation === 0 ? text : text.replaceAll('\n', `\n${' '.repeat(this.indentation)}`);
      const entries = extra.length === 0 ? undefined
        : (level) => extra.map((key) => `[${key}]: ${this.nested(error[key], level)}`);
      return { ...plain, base, entries };
    }

    nested(value, level) {
      this.indentation += 2;
      try {
        return this.show(value, level + 1);
      } finally {
        this.indentation -= 2;
      }
    }

    elements(list, level) {
      const output = [];
      const length = list.length;
      let index = 0;
      while (index < length && output.length < MAXIMUM_ELEMENTS) {
        if (!Object.hasOwn(list, index)) {
          const start = index;
          while (index < length && !Object.hasOwn(list, index)) index++;
          output.push(`<${index - start} empty item${index - start > 1 ? 's' : ''}>`);
        } else {
          output.push(this.property(list, index, level, true, true));
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
        if (output.length === MAXIMUM_ELEMENTS) break;
        output.push(`${this.nested(key, level)} => ${this.nested(value, level)}`);
      }
      return this.more(output, map.size - output.length);
    }

    setEntries(set, level) {
      const output = [];
      for (const value of Set.prototype.values.call(set)) {
        if (output.length === MAXIMUM_ELEMENTS) break;
        output.push(this.nested(value, level));
      }
      return this.more(output, set.size - output.length);
    }

    bufferEntries(buffer) {
      if (buffer.detached === true) return ['(detached)', 'byteLength: 0'];
      const bytes = new Uint8Array(buffer, 0, Math.min(MAXIMUM_BYTES, buffer.byteLength));
      const more = buffer.byteLength - bytes.length;
      const text = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(' ');
      const rest = more > 0 ? ` ... ${more} more byte${more > 1 ? 's' : ''}` : '';
      return [`[Uint8Contents]: <${text}${rest}>`, `byteLength: ${buffer.byteLength}`];
    }

    promiseEntries(promise, level) {
      const { state, value } = host.promiseState(promise);
      if (state === 'pending') return ['<pending>'];
      const text = this.nested(value, level);
      return [state === 'rejected' ? `<rejected> ${text}` : text];
    }

    property(object, key, level, inList, bare) {
      const descriptor = getOwnPropertyDescriptor(object, key);
      let text;
      if (descriptor === undefined || 'value' in descriptor) {
        text = this.nested(descriptor === undefined ? object[key] : descriptor.value, level);
      } else if (descriptor.get !== undefined) {
        text = descriptor.set !== undefined ? '[Getter/Setter]' : '[Getter]';
      } else {
        text = descriptor.set !== undefined ? '[Setter]' : 'undefined';
      }
      if (bare) return text;
      let label;
      if (typeof key === 'symbol') label = `[${Symbol.prototype.toString.call(key)}]`;
      else if (key === '__proto__') label = "['__proto__']";
      else label = /^[a-zA-Z_][a-zA-Z_0-9]*$/.test(key) ? key : quote(key);
      return `${label}: ${text}`;
    }

    join(output, base, open, close, isList, level, value) {
      let entries = output;
      if (isList && output.length > 6) entries = this.group(output, value);
      if (this.depth - level < NESTING_ON_ONE_LINE && entries === output) {
        const start = output.length + this.indentation + open.length + base.length + 10;
        const total = output.reduce((sum, text) => sum + text.length, output.length + start);
        const line = output.join(', ');
        if (total <= LINE_WIDTH && !base.includes('\n') && !line.includes('\n')) {
          return `${base === '' ? '' : `${base} `}${open} ${line} ${close}`;
        }
      }
      const indent = `\n${' '.repeat(this.indentation)}`;
      return `${base === '' ? '' : `${base} `}${open}${indent}  ${entries.join(`,${indent}  `)}${indent}${close}`;
    }

    // Puts the elements of long lists into columns, when they are short enough for that.
    group(output, value) {
      const separator = 2;
      const hasMore = output[output.length - 1].startsWith('... ');
      const count = hasMore ? output.length - 1 : output.length;
      const widths = output.slice(0, count).map((text) => text.length + separator);
      const widest = Math.max(...widths);
      const total = widths.reduce((sum, width) => sum + width, 0);
      if (widest * 3 + this.indentation >= LINE_WIDTH || !(total / widest > 5 || widest - separator <= 6)) {
        return output;
      }
      // A character is about 2.5 times as high as wide: this makes the block about square.
      const typical = Math.max(widest - 3 - Math.sqrt(widest - total / output.length), 1);
      const columns = Math.min(
        Math.round(Math.sqrt(2.5 * typical * count) / typical),
        Math.floor((LINE_WIDTH - this.indentation) / widest),
        NESTING_ON_ONE_LINE * 4);
      if (columns <= 1) return output;
      const columnWidths = [];
      for (let column = 0; column < columns; column++) {
        let width = 0;
        for (let index = column; index < count; index += columns) width = Math.max(width, widths[index]);
        columnWidths.push(width);
      }
      const element = value?.[0];
      const pad = typeof element === 'number' || typeof element === 'bigint' ? 'padStart' : 'padEnd';
      const rows = [];
      for (let index = 0; index < count; index += columns) {
        const end = Math.min(index + columns, count);
        let row = '';
        for (let at = index; at < end - 1; at++) row += `${output[at]}, `[pad](columnWidths[at - index]);
        const last = output[end - 1];
        row += pad === 'padStart' ? last.padStart(columnWidths[end - 1 - index] - separator) : last;
        rows.push(row);
      }
      if (hasMore) rows.push(output[count]);
      return rows;
    }
  }

  function inspect(value) {
    return new Inspection().show(value, 0);
  }

  // console.log's arguments, with % directives in the first (WHATWG Console section 2.2.1).
  function format(values) {
    let rest = 0;
    let text = '';
    if (typeof values[0] === 'string') {
      rest = 1;
      text = values.length === 1 ? values[0] : values[0].replace(/%[sdifjoOc%]/g, (directive) => {
        if (directive === '%%') return '%';
        if (rest >= values.length) return directive;
        return directiveText(directive, values[rest++]);
      });
    }
    const others = values.slice(rest).map((value) => (typeof value === 'string' ? value : inspect(value)));
    return (rest === 0 ? others : [text, ...others]).join(' ');
  }

  function directiveText(directive, value) {
    switch (directive) {
      case '%s':
        if (typeof value === 'string') return value;
        if (typeof value === 'bigint') return `${value}n`;
        return isPrimitive(value) && typeof value !== 'symbol' ? showPrimitive(value) : inspect(value);
      case '%d':
        if (typeof value === 'bigint') return `${value}n`;
        return showNumber(typeof value === 'symbol' || typeof value === 'object' ? NaN : Number(value));
      case '%i':
        if (typeof value === 'bigint') return `${value}n`;
        return showNumber(typeof value === 'symbol' || typeof value === 'object' ? NaN : parseInt(value, 10));
      case '%f':
        return showNumber(typeof value === 'symbol' ? NaN : parseFloat(value));
      case '%j':
        return JSON.stringify(value) ?? 'undefined';
      case '%c':
        return '';
      default:
        return inspect(value);
    }
  }

  // For the report of what was not caught.
  function uncaught(value) {
    const text = inspect(value);
    return host.isError(value) && text.startsWith('[') ? text.slice(1, -1).trimEnd() : text;
  }

  return { inspect, format, uncaught };
})
