// Blob and File (https://w3c.github.io/FileAPI).
(function (host, load) {
  'use strict';

  const { expose, inspectable, isObject } = load('web/interfaces');

  const normalizedType = (type) => (type === undefined || /[^\x20-\x7e]/.test(`${type}`) ? '' : `${type}`.toLowerCase());

  class Blob {
    #bytes;
    #type;

    constructor(parts = [], options = {}) {
      if (!isObject(parts) || typeof parts[Symbol.iterator] !== 'function') {
        throw new TypeError('The parts must be a sequence');
      }
      const chunks = [...parts].map((part) => Blob.#bytesOf(part, options?.endings === 'native'));
      this.#bytes = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0));
      let at = 0;
      for (const chunk of chunks) {
        this.#bytes.set(chunk, at);
        at += chunk.length;
      }
      this.#type = normalizedType(options?.type);
    }

    static #bytesOf(part, hasNativeEndings) {
      if (isObject(part) && #bytes in part) return part.#bytes;
      if (ArrayBuffer.isView(part)) return new Uint8Array(part.buffer, part.byteOffset, part.byteLength);
      if (part instanceof ArrayBuffer || part instanceof SharedArrayBuffer) return new Uint8Array(part);
      const text = hasNativeEndings ? `${part}`.replace(/\r\n?/g, '\n') : `${part}`;
      return new TextEncoder().encode(text);
    }

    static isBlob(value) { return isObject(value) && #bytes in value; }
    static bytesOf(blob) { return blob.#bytes; }

    get size() { return this.#bytes.length; }
    get type() { return this.#type; }

    slice(start = 0, end = this.size, type = '') {
      const part = new Blob([], { type });
      part.#bytes = this.#bytes.slice(start, end);
      return part;
    }

    async arrayBuffer() { return this.#bytes.slice().buffer; }
    async bytes() { return this.#bytes.slice(); }
    async text() { return new TextDecoder().decode(this.#bytes); }

    stream() {
      const bytes = this.#bytes;
      return new ReadableStream({
        start(controller) {
          if (bytes.length > 0) controller.enqueue(bytes.slice());
          controller.close();
        },
      });
    }
  }
  const { bytesOf, isBlob } = Blob;
  delete Blob.bytesOf;
  delete Blob.isBlob;
  expose(Blob, 'size', 'type', 'slice', 'arrayBuffer', 'bytes', 'text', 'stream');

  class File extends Blob {
    #name;
    #lastModified;

    constructor(parts, name, options = {}) {
      if (arguments.length < 2) throw new TypeError('The parts and a name are required');
      super(parts, options);
      this.#name = `${name}`;
      this.#lastModified = options?.lastModified === undefined ? Date.now() : Math.trunc(Number(options.lastModified));
    }

    get name() { return this.#name; }
    get lastModified() { return this.#lastModified; }
  }
  expose(File, 'name', 'lastModified');

  inspectable(Blob, ({ size, type }) => ({ size, type }));
  inspectable(File, ({ size, type, name, lastModified }) => ({ size, type, name, lastModified }));

  const { registerPlatformClass } = load('web/clone');
  registerPlatformClass('web/blob', 'File', {
    isOne: (value) => isBlob(value) && value instanceof File,
    write: (file) => [bytesOf(file).buffer, file.name, file.type, file.lastModified],
    read: ([bytes, name, type, lastModified]) => new File([bytes], name, { type, lastModified }),
  });
  registerPlatformClass('web/blob', 'Blob', {
    isOne: isBlob,
    write: (blob) => [bytesOf(blob).buffer, blob.type],
    read: ([bytes, type]) => new Blob([bytes], { type }),
  });

  // Blobs that have a URL (section 8)
  return { Blob, File, isBlob, bytesOf,
    createObjectUrl(blob) {
      if (!isBlob(blob)) throw new TypeError('A Blob is required');
      const url = `blob:nodedata:${crypto.randomUUID()}`;
      host.blobUrls.register(url, bytesOf(blob), blob.type);
      return url;
    },
    revokeObjectUrl: (url) => { host.blobUrls.revoke(url.replace(/#.*/s, '')); },
    blobOf(url) {
      const found = host.blobUrls.find(url.replace(/#.*/s, ''));
      return found === undefined ? undefined : new Blob([found[0]], { type: found[1] });
    } };
})
