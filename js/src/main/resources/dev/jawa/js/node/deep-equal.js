// Whether two values are deeply equal, as node:assert and node:util say (https://nodejs.org/api/assert.html#comparison-details).
(function (host) {
  'use strict';

  const isObject = (value) => typeof value === 'object' && value !== null;
  const isNaNs = (first, second) => first !== first && second !== second;
  const enumerable = Object.prototype.propertyIsEnumerable;
  const keysOf = (value) => [...Object.keys(value),
    ...Object.getOwnPropertySymbols(value).filter((key) => enumerable.call(value, key))];

  // mode: 'loose', 'strict', or 'partial', where the first may have more than the second.
  function isDeepEqual(first, second, mode, seen = new Map()) {
    if (first === second) return first !== 0 || mode === 'loose' || Object.is(first, second);
    if (mode === 'loose') {
      if (!isObject(first) || !isObject(second)) return (!isObject(first) && !isObject(second)) && (first == second
        || isNaNs(first, second));
    } else {
      if (!isObject(first) || !isObject(second)) return isNaNs(first, second);
      if (Object.getPrototypeOf(first) !== Object.getPrototypeOf(second)) return false;
    }
    const kind = host.kindOf(first);
    if (kind !== host.kindOf(second)
      || Object.prototype.toString.call(first) !== Object.prototype.toString.call(second)) return false;
    if (seen.get(first)?.has(second)) return true;
    if (!seen.has(first)) seen.set(first, new Set());
    seen.get(first).add(second);
    const result = hasSameContent(first, second, kind, mode, (one, other) => isDeepEqual(one, other, mode, seen));
    seen.get(first).delete(second);
    return result;
  }

  function hasSameContent(first, second, kind, mode, same) {
    const isPartial = mode === 'partial';
    switch (kind) {
      case 'Array':
        if (isPartial) return isPartOf([...first], [...second], same) && hasSameProperties(first, second, mode, same, true);
        if (first.length !== second.length) return false;
        break;
      case 'Date':
        if (!Object.is(Date.prototype.getTime.call(first), Date.prototype.getTime.call(second))) return false;
        break;
      case 'RegExp':
        if (first.source !== second.source || first.flags !== second.flags || first.lastIndex !== second.lastIndex) return false;
        break;
      case 'Error':
        if (first.message !== second.message || first.name !== second.name) return false;
        for (const name of ['cause', 'errors']) {
          if (Object.hasOwn(first, name) !== Object.hasOwn(second, name) || Object.hasOwn(first, name)
            && !same(first[name], second[name])) return false;
        }
        break;
      case 'Number': case 'String': case 'Boolean': case 'BigInt':
        if (!Object.is(first.valueOf(), second.valueOf())) return false;
        break;
      case 'ArrayBuffer': case 'SharedArrayBuffer':
        if (!hasSameBytes(new Uint8Array(first), new Uint8Array(second), isPartial)) return false;
        break;
      case 'DataView':
        if (!hasSameBytes(bytesOf(first), bytesOf(second), isPartial)) return false;
        break;
      case 'TypedArray':
        if (mode === 'loose' && /Float/.test(first.constructor.name)) {
          if (first.length !== second.length || !first.every((value, index) => value === second[index]
            || isNaNs(value, second[index]))) return false;
        } else if (!hasSameBytes(bytesOf(first), bytesOf(second), isPartial)) return false;
        break;
      case 'Map': if (!hasSameEntries(first, second, mode, same)) return false; break;
      case 'Set': if (!hasSameMembers(first, second, mode, same)) return false; break;
      // What has state that nobody can see is only equal to itself.
      case '': return false;
      default:
    }
    return hasSameProperties(first, second, mode, same, isPartial);
  }

  const bytesOf = (view) => new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
  const hasSameBytes = (first, second, isPartial) => (isPartial ? first.length >= second.length : first.length === second.length)
    && second.every((byte, index) => byte === first[index]);

  // Whether all of the second are in the first, in the same order.
  function isPartOf(first, second, same) {
    let at = 0;
    for (const value of second) {
      while (at < first.length && !same(first[at], value)) at++;
      if (at++ >= first.length) return false;
    }
    return true;
  }

  function hasSameProperties(first, second, mode, same, isPartial) {
    const filter = Array.isArray(first) || ArrayBuffer.isView(first) ? (key) => typeof key === 'symbol'
      || !/^\d+$/.test(key) || !isPartial && Array.isArray(first) : () => true;
    const wanted = (mode === 'loose' ? Object.keys(second) : keysOf(second)).filter(filter);
    if (!isPartial && (mode === 'loose' ? Object.keys(first) : keysOf(first)).filter(filter).length !== wanted.length) return false;
    return wanted.every((key) => enumerable.call(first, key) && same(first[key], second[key]));
  }

  function hasSameMembers(first, second, mode, same) {
    if (mode === 'partial' ? first.size < second.size : first.size !== second.size) return false;
    const left = new Set();
    for (const value of second) if (!first.has(value)) left.add(value);
    if (left.size === 0) return true;
    const candidates = new Set([...first].filter((value) => !second.has(value)));
    for (const value of left) {
      const found = [...candidates].find((one) => same(one, value));
      if (found === undefined && !(candidates.has(undefined) && same(undefined, value))) return false;
      candidates.delete(found);
    }
    return true;
  }

  function hasSameEntries(first, second, mode, same) {
    if (mode === 'partial' ? first.size < second.size : first.size !== second.size) return false;
    const candidates = new Map([...first].filter(([key]) => !second.has(key)));
    for (const [key, value] of second) {
      if (first.has(key)) {
        if (!same(first.get(key), value)) return false;
      } else {
        const found = [...candidates].find(([other, content]) => same(other, key) && same(content, value));
        if (found === undefined) return false;
        candidates.delete(found[0]);
      }
    }
    return true;
  }

  return { isDeepEqual };
})
