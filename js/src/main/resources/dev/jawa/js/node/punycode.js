// node:punycode (RFC 3492, https://nodejs.org/api/punycode.html).
(function (host, load) {
  'use strict';

  const BASE = 36;
  const FIRST = 128;
  const BIAS = 72;

  function adapt(delta, count, isFirst) {
    let value = isFirst ? Math.floor(delta / 700) : delta >> 1;
    value += Math.floor(value / count);
    let k = 0;
    for (; value > 455; k += BASE) value = Math.floor(value / 35);
    return k + Math.floor((36 * value) / (value + 38));
  }

  const threshold = (k, bias) => Math.min(Math.max(k - bias, 1), 26);
  const digit = (value) => String.fromCharCode(value < 26 ? value + 97 : value + 22);
  const fail = (message) => { throw new RangeError(message); };

  function encode(input) {
    const points = Array.from(input, (character) => character.codePointAt(0));
    const basic = points.filter((point) => point < FIRST);
    let output = String.fromCodePoint(...basic) + (basic.length > 0 ? '-' : '');
    let handled = basic.length;
    let n = FIRST;
    let delta = 0;
    let bias = BIAS;
    while (handled < points.length) {
      const next = Math.min(...points.filter((point) => point >= n));
      delta += (next - n) * (handled + 1);
      n = next;
      for (const point of points) {
        if (point < n) delta++;
        if (point !== n) continue;
        let q = delta;
        for (let k = BASE; ; k += BASE) {
          const t = threshold(k, bias);
          if (q < t) break;
          output += digit(t + ((q - t) % (BASE - t)));
          q = Math.floor((q - t) / (BASE - t));
        }
        output += digit(q);
        bias = adapt(delta, handled + 1, handled === basic.length);
        delta = 0;
        handled++;
      }
      delta++;
      n++;
    }
    return output;
  }

  function decode(input) {
    const at = input.lastIndexOf('-');
    const output = Array.from(input.slice(0, Math.max(at, 0)), (character) => (character < '\x80' ? character.codePointAt(0)
      : fail('Illegal input >= 0x80 (not a basic code point)')));
    let n = FIRST;
    let i = 0;
    let bias = BIAS;
    for (let index = at > 0 ? at + 1 : 0; index < input.length;) {
      const before = i;
      for (let weight = 1, k = BASE; ; k += BASE) {
        if (index >= input.length) fail('Invalid input');
        const value = parseInt(input[index++], 36);
        if (Number.isNaN(value)) fail('Invalid input');
        // Letters stand for 0 to 25 and digits for 26 to 35, which parseInt has the other way round.
        const own = value >= 10 ? value - 10 : value + 26;
        i += own * weight;
        const t = threshold(k, bias);
        if (own < t) break;
        weight *= BASE - t;
      }
      bias = adapt(i - before, output.length + 1, before === 0);
      n += Math.floor(i / (output.length + 1));
      i %= output.length + 1;
      if (n > 0x10ffff) fail('Overflow: input needs wider integers to process');
      output.splice(i++, 0, n);
    }
    return String.fromCodePoint(...output);
  }

  const labels = (domain, change) => {
    const [, user = '', rest] = /^(.*@)?(.*)$/s.exec(domain);
    return user + rest.split(/[.\u3002\uff0e\uff61]/).map(change).join('.');
  };

  return { version: '2.3.1', encode, decode,
    ucs2: { decode: (text) => Array.from(text, (character) => character.codePointAt(0)),
      encode: (points) => String.fromCodePoint(...points) },
    toASCII: (domain) => labels(domain, (label) => (/[^\0-\x7f]/.test(label) ? `xn--${encode(label)}` : label)),
    toUnicode: (domain) => labels(domain, (label) => (label.startsWith('xn--') ? decode(label.slice(4).toLowerCase()) : label)) };
})
