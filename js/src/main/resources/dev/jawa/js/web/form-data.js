// FormData (https://xhr.spec.whatwg.org/#interface-formdata), and the bodies that are made of it and parsed to it: multipart
// (RFC 7578) and application/x-www-form-urlencoded.
(function (host, load) {
  'use strict';

  const { expose } = load('web/interfaces');
  const { File, isBlob } = load('web/blob');

  class FormData {
    #entries = [];

    constructor(form) {
      if (form !== undefined) throw new TypeError('There are no forms outside of a page');
    }

    static #value(value, filename) {
      if (!isBlob(value)) {
        if (filename !== undefined) throw new TypeError('Only a Blob has a file name');
        return `${value}`.toWellFormed();
      }
      if (value instanceof File && filename === undefined) return value;
      return new File([value], filename ?? (value instanceof File ? value.name : 'blob'), { type: value.type });
    }

    append(name, value, filename) {
      if (arguments.length < 2) throw new TypeError('A name and a value are required');
      this.#entries.push([`${name}`.toWellFormed(), FormData.#value(value, filename)]);
    }

    set(name, value, filename) {
      if (arguments.length < 2) throw new TypeError('A name and a value are required');
      const key = `${name}`.toWellFormed();
      const entry = [key, FormData.#value(value, filename)];
      const at = this.#entries.findIndex(([known]) => known === key);
      this.#entries = this.#entries.filter(([known], index) => known !== key || index === at);
      if (at < 0) this.#entries.push(entry);
      else this.#entries[at] = entry;
    }

    delete(name) { this.#entries = this.#entries.filter(([known]) => known !== `${name}`); }
    get(name) { return this.#entries.find(([known]) => known === `${name}`)?.[1] ?? null; }
    getAll(name) { return this.#entries.filter(([known]) => known === `${name}`).map(([, value]) => value); }
    has(name) { return this.#entries.some(([known]) => known === `${name}`); }
    forEach(callback, self) { for (const [name, value] of this) callback.call(self, value, name, this); }
    * entries() { yield* this.#entries.map((entry) => [...entry]); }
    * keys() { for (const [name] of this.#entries) yield name; }
    * values() { for (const [, value] of this.#entries) yield value; }
    [Symbol.iterator]() { return this.entries(); }
    static isOne(value) { return typeof value === 'object' && value !== null && #entries in value; }
  }
  const { isOne } = FormData;
  delete FormData.isOne;
  expose(FormData, 'append', 'set', 'delete', 'get', 'getAll', 'has', 'forEach', 'entries', 'keys', 'values');

  const quoted = (text) => text.replaceAll('\n', '%0A').replaceAll('\r', '%0D').replaceAll('"', '%22');
  const lines = (text) => text.replace(/\r?\n|\r/g, '\r\n');

  // As the body of a request: a Blob, whose type names the boundary.
  function bodyOf(form) {
    const boundary = `----formdata-jawa-${crypto.randomUUID()}`;
    const parts = [];
    for (const [name, value] of form) {
      parts.push(`--${boundary}\r\nContent-Disposition: form-data; name="${quoted(lines(name))}"`);
      if (typeof value === 'string') parts.push(`\r\n\r\n${lines(value)}\r\n`);
      else {
        parts.push(`; filename="${quoted(value.name)}"\r\nContent-Type: ${value.type || 'application/octet-stream'}\r\n\r\n`,
          value, '\r\n');
      }
    }
    return { body: new Blob([...parts, `--${boundary}--\r\n`]), type: `multipart/form-data; boundary=${boundary}` };
  }

  const unreadable = () => new TypeError('The body cannot be parsed as FormData');

  function multipart(bytes, boundary) {
    const form = new FormData();
    // A character for each byte, so that offsets are those of the bytes.
    const text = host.legacyDecoders.decode(host.legacyDecoders.create('iso-8859-1', false), bytes, false);
    const utf8 = (start, end) => new TextDecoder().decode(bytes.subarray(start, end));
    const delimiter = `--${boundary}`;
    let at = text.indexOf(delimiter);
    if (at < 0) throw unreadable();
    for (;;) {
      at += delimiter.length;
      if (text.startsWith('--', at)) return form;
      if (!text.startsWith('\r\n', at)) throw unreadable();
      const head = text.indexOf('\r\n\r\n', at);
      const end = text.indexOf(`\r\n${delimiter}`, Math.max(head, at));
      if (head < 0 || end < 0) throw unreadable();
      const header = utf8(at, head);
      const value = (name) => new RegExp(`^content-disposition:.*?[; ]${name}="([^"]*)"`, 'im').exec(header)?.[1]
        .replaceAll('%22', '"').replaceAll('%0D', '\r').replaceAll('%0A', '\n');
      const name = value('name');
      if (name === undefined) throw unreadable();
      const filename = value('filename');
      if (filename === undefined) form.append(name, utf8(head + 4, end));
      else {
        const type = /^content-type:[ \t]*(.*?)[ \t]*$/im.exec(header)?.[1] ?? 'text/plain';
        form.append(name, new File([bytes.slice(head + 4, end)], filename, { type }));
      }
      at = end + 2;
    }
  }

  function parse(bytes, contentType) {
    const type = /^\s*([^;\s]*)/.exec(contentType ?? '')[1].toLowerCase();
    if (type === 'multipart/form-data') {
      const [, quotedBoundary, boundary] = /;\s*boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(contentType) ?? [];
      if (quotedBoundary === undefined && boundary === undefined) throw unreadable();
      return multipart(bytes, quotedBoundary ?? boundary);
    }
    if (type !== 'application/x-www-form-urlencoded') throw unreadable();
    const form = new FormData();
    for (const [name, value] of new URLSearchParams(new TextDecoder().decode(bytes))) form.append(name, value);
    return form;
  }

  return { FormData, isFormData: isOne, bodyOf, parse };
})
