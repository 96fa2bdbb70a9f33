// node:stream (https://nodejs.org/api/stream.html). What combines streams is in a script of its own.
(function (host, load) {
  'use strict';

  const { Stream, define, construct, errorOrDestroy, notImplemented } = load('node/stream-base');
  const { Readable, initReadable, maybeReadMore } = load('node/stream-readable');
  const { Writable, initWritable, writableMethods, begin } = load('node/stream-writable');
  const lazy = load('node/lazy');
  const more = () => load('node/stream-more');

  function Duplex(options) {
    if (!(this instanceof Duplex)) return new Duplex(options);
    Stream.call(this, options);
    initReadable(this, options, true);
    initWritable(this, options, true);
    this.allowHalfOpen = options?.allowHalfOpen !== false;
    if (options?.readable === false) Object.assign(this._readableState, { readable: false, ended: true, endEmitted: true });
    if (options?.writable === false) Object.assign(this._writableState, { writable: false, ending: true,
      ended: true, finished: true });
    construct(this, () => {
      maybeReadMore(this);
      begin(this);
    });
  }
  Object.setPrototypeOf(Duplex.prototype, Readable.prototype);
  Object.setPrototypeOf(Duplex, Readable);
  define(Duplex, writableMethods);

  const waiting = Symbol('callback');

  // Ends what is read when all has been written: as _final, or where a class has its own, before "finish".
  function flushAll(callback) {
    const end = (error, value) => {
      if (error) {
        if (callback) callback(error);
        else this.destroy(error);
        return;
      }
      if (value !== undefined && value !== null) this.push(value);
      this.push(null);
      callback?.();
    };
    if (typeof this._flush === 'function' && !this.destroyed) this._flush(end);
    else end();
  }

  function Transform(options) {
    if (!(this instanceof Transform)) return new Transform(options);
    Duplex.call(this, options);
    this._readableState.sync = false;
    this[waiting] = null;
    if (typeof options?.transform === 'function') this._transform = options.transform;
    if (typeof options?.flush === 'function') this._flush = options.flush;
    this.on('prefinish', () => { if (this._final !== flushAll) flushAll.call(this); });
  }
  Object.setPrototypeOf(Transform.prototype, Duplex.prototype);
  Object.setPrototypeOf(Transform, Duplex);
  define(Transform, {
    _final: flushAll,
    _transform() { throw notImplemented('_transform()'); },
    _write(chunk, encoding, callback) {
      const reading = this._readableState;
      const before = reading.length;
      this._transform(chunk, encoding, (error, value) => {
        if (error) {
          callback(error);
          return;
        }
        if (value !== undefined && value !== null) this.push(value);
        if (this._writableState.ended || before === reading.length || reading.length < reading.highWaterMark) callback();
        else this[waiting] = callback;
      });
    },
    _read() {
      const callback = this[waiting];
      this[waiting] = null;
      callback?.();
    },
  });

  function PassThrough(options) {
    if (!(this instanceof PassThrough)) return new PassThrough(options);
    Transform.call(this, options);
  }
  Object.setPrototypeOf(PassThrough.prototype, Transform.prototype);
  Object.setPrototypeOf(PassThrough, Transform);
  define(PassThrough, { _transform(chunk, encoding, callback) { callback(null, chunk); } });

  // The helpers that read a stream to its end, and those that make another one of it.
  const operators = ['toArray', 'forEach', 'some', 'every', 'find', 'reduce', 'map', 'filter', 'flatMap', 'take',
    'drop', 'compose'];
  define(Readable, Object.fromEntries(operators.map((name) => [name, { [name](...values) {
    return more().operators[name](this, ...values);
  } }[name]])));

  Object.assign(Readable, { from: (...values) => more().from(...values),
    fromWeb: (...values) => more().readableFromWeb(...values),
    toWeb: (...values) => more().readableToWeb(...values), wrap: (stream,
      options) => new Readable({ objectMode: true, ...options }).wrap(stream) });
  Object.assign(Writable, { fromWeb: (...values) => more().writableFromWeb(...values),
    toWeb: (...values) => more().writableToWeb(...values) });
  Object.assign(Duplex, { from: (...values) => more().duplexFrom(...values),
    fromWeb: (...values) => more().duplexFromWeb(...values),
    toWeb: (...values) => more().duplexToWeb(...values) });

  let byteLimit = 65536;
  let objectLimit = 16;

  const promises = lazy.functions(['finished', 'pipeline'], () => more().promises);
  Object.assign(Stream, { Stream, Readable, Writable, Duplex, Transform, PassThrough, promises,
    ...lazy.functions(['finished', 'pipeline', 'compose', 'addAbortSignal', 'duplexPair', 'destroy', 'isDestroyed',
      'isDisturbed', 'isErrored',
      'isReadable', 'isWritable'], more),
    getDefaultHighWaterMark: (isObjectMode) => (isObjectMode ? objectLimit : byteLimit),
    setDefaultHighWaterMark(isObjectMode, value) {
      if (isObjectMode) objectLimit = value;
      else byteLimit = value;
    },
    _isArrayBufferView: ArrayBuffer.isView, _isUint8Array: (value) => value instanceof Uint8Array,
    _uint8ArrayToBuffer: (chunk) => Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength) });
  for (const name of ['pipeline', 'finished']) {
    Object.defineProperty(Stream[name], Symbol.for('nodejs.util.promisify.custom'), { value: promises[name] });
  }
  Object.defineProperty(Stream, '_errorOrDestroy', { value: errorOrDestroy });
  return Stream;
})
