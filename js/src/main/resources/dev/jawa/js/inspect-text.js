// Parts of util.inspect that know nothing of its state: options, colors, names, texts of primitive values.
(function () {
  'use strict';

  const { getPrototypeOf, getOwnPropertyDescriptor } = Object;

  // As in Node.js: also what programs may change.
  const defaults = { showHidden: false, depth: 2, colors: false, customInspect: true, showProxy: false, maxArrayLength: 100,
    maxStringLength: 10000, breakLength: 80, compact: 3, sorted: false, getters: false, numericSeparator: false };

  const colors = Object.assign(Object.create(null), { reset: [0, 0], bold: [1, 22], dim: [2, 22], italic: [3, 23],
    underline: [4, 24], blink: [5, 25], inverse: [7, 27], hidden: [8, 28], strikethrough: [9, 29], doubleunderline: [21, 24],
    black: [30, 39], red: [31, 39], green: [32, 39], yellow: [33, 39], blue: [34, 39], magenta: [35, 39], cyan: [36, 39],
    white: [37, 39], bgBlack: [40, 49], bgRed: [41, 49], bgGreen: [42, 49], bgYellow: [43, 49], bgBlue: [44, 49],
    bgMagenta: [45, 49], bgCyan: [46, 49], bgWhite: [47, 49], framed: [51, 54], overlined: [53, 55], gray: [90, 39],
    redBright: [91, 39], greenBright: [92, 39], yellowBright: [93, 39], blueBright: [94, 39],
    magentaBright: [95, 39], cyanBright: [96, 39], whiteBright: [97, 39], bgGray: [100, 49], bgRedBright: [101, 49],
    bgGreenBright: [102, 49], bgYellowBright: [103, 49], bgBlueBright: [104, 49], bgMagentaBright: [105, 49],
    bgCyanBright: [106, 49], bgWhiteBright: [107, 49] });

  // Other names, of which some were mistakes once.
  for (const [alias, name] of Object.entries({ grey: 'gray', blackBright: 'gray', bgGrey: 'bgGray',
    bgBlackBright: 'bgGray', faint: 'dim',
    crossedout: 'strikethrough', strikeThrough: 'strikethrough', crossedOut: 'strikethrough', conceal: 'hidden',
      swapColors: 'inverse',
    swapcolors: 'inverse', doubleUnderline: 'doubleunderline' })) {
    Object.defineProperty(colors, alias, { get: () => colors[name], set: (value) => { colors[name] = value; },
      configurable: true });
  }

  const styles = Object.assign(Object.create(null), { special: 'cyan', number: 'yellow', bigint: 'yellow', boolean: 'yellow',
    undefined: 'grey', null: 'bold', string: 'green', symbol: 'green', date: 'magenta', module: 'underline', regexp: 'red' });

  const plain = (text) => text;
  function colored(text, style) {
    const pair = colors[styles[style]];
    return pair === undefined ? text : `\u001b[${pair[0]}m${text}\u001b[${pair[1]}m`;
  }

  const withoutColors = (text) => text.replace(/\u001b\[\d+m/g, '');

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

  const separated = (digits) => digits.replace(/\B(?=(\d{3})+$)/g, '_');

  function showNumber(value, options) {
    if (Object.is(value, -0)) return '-0';
    const text = String(value);
    if (!options?.numericSeparator || !Number.isFinite(value) || text.includes('e')) return text;
    const [whole, fraction] = text.split('.');
    return separated(whole) + (fraction === undefined ? '' : `.${fraction.replace(/(\d{3})(?=\d)/g, '$1_')}`);
  }

  const showBigInt = (value, options) => `${options?.numericSeparator ? separated(`${value}`) : value}n`;

  function showString(value, options) {
    const more = value.length - options.maxStringLength;
    return more > 0 ? `${quote(value.slice(0, options.maxStringLength))}... ${more} more character${more > 1 ? 's' : ''}`
      : quote(value);
  }

  const isPrimitive = (value) => value === null || (typeof value !== 'object' && typeof value !== 'function');

  // The name of the class, or null for an object without one.
  function constructorName(value) {
    for (let object = value; object !== null; object = getPrototypeOf(object)) {
      const descriptor = getOwnPropertyDescriptor(object, 'constructor');
      if (descriptor !== undefined && typeof descriptor.value === 'function' && descriptor.value.name !== ''
        && isInstance(value, descriptor.value)) return String(descriptor.value.name);
    }
    return null;
  }

  function isInstance(value, constructor) {
    try {
      return value instanceof constructor;
    } catch {
      return false;
    }
  }

  function tagOf(value, name) {
    let tag;
    try {
      tag = value[Symbol.toStringTag];
    } catch {
      return '';
    }
    return typeof tag === 'string' && tag !== '' && tag !== name ? tag : '';
  }

  function prefix(name, tag, fallback, size) {
    const count = size === undefined ? '' : `(${size})`;
    if (name !== null && tag.endsWith(`.${name}`)) return `${tag}${count} `;
    const base = name === null ? `[${fallback}${count}: null prototype] ` : `${name}${count} `;
    return tag === '' ? base : `${base}[${tag}] `;
  }

  function showFunction(value, name, tag) {
    const source = Function.prototype.toString.call(value);
    const own = Object.hasOwn(value, 'name') ? value.name : undefined;
    if (source.startsWith('class') && source.endsWith('}')) {
      const parent = getPrototypeOf(value);
      const base = typeof parent === 'function' && parent.name ? ` extends ${parent.name}` : '';
      const ofNull = parent === null ? ' extends null' : base;
      return `[class ${own === undefined || own === '' ? '(anonymous)' : own}${
        tag !== '' && tag !== own ? ` [${tag}]` : ''}${ofNull}]`;
    }
    const kind = name === null ? 'Function (null prototype)' : ['AsyncFunction', 'GeneratorFunction', 'AsyncGeneratorFunction']
      .find((one) => one === tag || one === name) ?? 'Function';
    const suffix = tag !== '' && tag !== kind ? ` [${tag}]` : '';
    const constructor = name !== null && name !== kind && name !== 'Function' ? ` ${name}` : '';
    return value.name === '' ? `[${kind} (anonymous)]${constructor}${suffix}` : `[${kind}: ${String(value.name)}]${constructor}${suffix}`;
  }

  // How wide a text is in a terminal: emoji and the characters of East Asia take two places.
  const wide = /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1f64f}\u{1f900}-\u{1f9ff}\u{20000}-\u{3fffd}]/u;
  function widthOf(text, hasColors) {
    const shown = hasColors ? withoutColors(text) : text;
    // eslint-disable-next-line no-control-regex
    if (/^[\u0020-\u00ff]*$/.test(shown)) return shown.length;
    let width = 0;
    for (const character of shown.normalize('NFC')) width += /\p{Mark}|\u200b|\ufe0f/u.test(character) ? 0 : wide.test(character) ? 2 : 1;
    return width;
  }

  // Puts the elements of long lists into columns, when they are short enough for that.
  function columnsOf(output, value, { compact, breakLength, colors: hasColors, maxArrayLength }, indentation) {
    const separator = 2;
    const hasMore = maxArrayLength < value?.length && output[output.length - 1].startsWith('... ');
    const count = hasMore ? output.length - 1 : output.length;
    const widths = output.slice(0, count).map((text) => widthOf(text, hasColors) + separator);
    const widest = Math.max(...widths);
    const total = widths.reduce((sum, width) => sum + width, 0);
    if (widest * 3 + indentation >= breakLength || !(total / widest > 5 || widest - separator <= 6)) return output;
    // A character is about 2.5 times as high as wide: this makes the block about square.
    const typical = Math.max(widest - 3 - Math.sqrt(widest - total / output.length), 1);
    const columns = Math.min(Math.round(Math.sqrt(2.5 * typical * count) / typical),
      Math.floor((breakLength - indentation) / widest), compact * 4, 15);
    if (columns <= 1) return output;
    const columnWidths = [];
    for (let column = 0; column < columns; column++) {
      let width = 0;
      for (let index = column; index < count; index += columns) width = Math.max(width, widths[index]);
      columnWidths.push(width);
    }
    const isNumeric = value !== undefined && Array.prototype.every.call(value,
      (element) => typeof element === 'number' || typeof element === 'bigint');
    const pad = isNumeric ? 'padStart' : 'padEnd';
    const rows = [];
    for (let index = 0; index < count; index += columns) {
      const end = Math.min(index + columns, count);
      let row = '';
      for (let at = index; at < end - 1; at++) {
        const cell = `${output[at]}, `;
        row += cell[pad](columnWidths[at - index] + cell.length - widths[at]);
      }
      const last = output[end - 1];
      row += isNumeric ? last.padStart(columnWidths[end - 1 - index] - separator + last.length - (widths[end - 1] - separator)) : last;
      rows.push(row);
    }
    if (hasMore) rows.push(output[count]);
    return rows;
  }

  return { defaults, colors, styles, plain, colored, withoutColors, quote, showNumber, showBigInt, showString, isPrimitive,
    constructorName, tagOf, prefix, showFunction, columnsOf };
})
