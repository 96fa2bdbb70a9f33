// performance (https://w3c.github.io/hr-time, https://w3c.github.io/performance-timeline, https://w3c.github.io/user-timing).
(function (host, load) {
  'use strict';

  const { expose, inspectable, secret } = load('web/interfaces');
  const { EventTarget, DOMException } = load('web/events');
  const { failure, invalidType } = load('node/errors');

  class PerformanceEntry {
    #values;

    constructor(key, values) {
      if (key !== secret) throw new TypeError('Illegal constructor');
      this.#values = values;
    }

    get name() { return this.#values.name; }
    get entryType() { return this.#values.entryType; }
    get startTime() { return this.#values.startTime; }
    get duration() { return this.#values.duration; }
    toJSON() { return { ...this.#values }; }

    static detailOf(entry) { return entry.#values.detail; }
  }
  const { detailOf } = PerformanceEntry;
  delete PerformanceEntry.detailOf;
  expose(PerformanceEntry, 'name', 'entryType', 'startTime', 'duration', 'toJSON');
  inspectable(PerformanceEntry, (entry) => entry.toJSON());

  // Those who are told about new entries: functions of an entry.
  const observers = new Set();

  class PerformanceMark extends PerformanceEntry {
    constructor(name, options = {}) {
      if (options?.startTime < 0) {
        throw failure(TypeError, 'ERR_PERFORMANCE_INVALID_TIMESTAMP', `${options.startTime} is not a valid timestamp`);
      }
      super(secret, { name: `${name}`, entryType: 'mark', startTime: options?.startTime ?? host.now(), duration: 0,
        detail: options?.detail === undefined || options?.detail === null ? null : structuredClone(options.detail) });
    }
  }

  class PerformanceMeasure extends PerformanceEntry {}
  for (const constructor of [PerformanceMark, PerformanceMeasure]) {
    Object.defineProperty(constructor.prototype, 'detail', { get() { return detailOf(this); }, enumerable: true,
      configurable: true });
    expose(constructor);
  }

  class Performance extends EventTarget {
    #entries = [];

    constructor(key) {
      if (key !== secret) throw new TypeError('Illegal constructor');
      super();
    }

    get timeOrigin() { return host.timeOrigin; }
    now() { return host.now(); }

    mark(name, options) {
      const mark = new PerformanceMark(name, options);
      return this.#add(mark);
    }

    measure(name, startOrOptions, endMark) {
      const options = typeof startOrOptions === 'object' && startOrOptions !== null ? startOrOptions
        : { start: startOrOptions, end: endMark };
      const end = options.end !== undefined ? this.#time(options.end)
        : options.start !== undefined && options.duration !== undefined ? this.#time(options.start) + options.duration
          : host.now();
      const start = options.start !== undefined ? this.#time(options.start)
        : options.duration !== undefined ? end - options.duration : 0;
      return this.#add(new PerformanceMeasure(secret, { name: `${name}`, entryType: 'measure', startTime: start,
        duration: end - start, detail: options.detail === undefined ? null : structuredClone(options.detail) }));
    }

    #add(entry) {
      this.#entries.push(entry);
      observers.forEach((tell) => tell(entry));
      return entry;
    }

    #time(mark) {
      if (typeof mark === 'number') return mark;
      const found = this.#entries.findLast((entry) => entry.entryType === 'mark' && entry.name === `${mark}`);
      if (found === undefined) {
        throw new DOMException(`The "${mark}" performance mark has not been set`, 'SyntaxError');
      }
      return found.startTime;
    }

    #clear(type, name) {
      this.#entries = this.#entries.filter((entry) => entry.entryType !== type
        || (name !== undefined && entry.name !== `${name}`));
    }

    // What Node.js has besides: there is no measure of an idle event loop here, so it is always said to be busy.
    eventLoopUtilization() { return { idle: 0, active: host.now(), utilization: 1 }; }
    get nodeTiming() {
      return { name: 'node', entryType: 'node', startTime: 0, duration: host.now(), nodeStart: 0, v8Start: 0, environment: 0,
        bootstrapComplete: 0, loopStart: 0, loopExit: -1, idleTime: 0 };
    }

    timerify(action) {
      if (typeof action !== 'function') throw invalidType('fn', 'of type function', action);
      const timed = function (...values) {
        const startTime = host.now();
        const end = () => observers.forEach((tell) => tell(new PerformanceEntry(secret,
          { name: action.name, entryType: 'function', startTime, duration: host.now() - startTime, detail: values })));
        const result = new.target ? Reflect.construct(action, values) : Reflect.apply(action, this, values);
        if (typeof result?.finally === 'function') return result.finally(end);
        end();
        return result;
      };
      return Object.defineProperties(timed, { name: { value: `timerified ${action.name}` }, length: { value: action.length } });
    }

    clearResourceTimings() {}
    setResourceTimingBufferSize() {}
    markResourceTiming() {}
    clearMarks(name) { this.#clear('mark', name); }
    clearMeasures(name) { this.#clear('measure', name); }
    getEntries() { return [...this.#entries].sort((first, second) => first.startTime - second.startTime); }
    getEntriesByType(type) { return this.getEntries().filter((entry) => entry.entryType === `${type}`); }
    getEntriesByName(name, type) {
      return this.getEntries().filter((entry) => entry.name === `${name}`
        && (type === undefined || entry.entryType === `${type}`));
    }

    toJSON() { return { timeOrigin: this.timeOrigin }; }
  }
  expose(Performance, 'timeOrigin', 'now', 'mark', 'measure', 'clearMarks', 'clearMeasures', 'getEntries',
    'getEntriesByType', 'getEntriesByName', 'toJSON');

  // PerformanceObserver

  const SUPPORTED = ['function', 'mark', 'measure'];

  class PerformanceObserverEntryList {
    #entries;

    constructor(key, entries) {
      if (key !== secret) throw new TypeError('Illegal constructor');
      this.#entries = entries.sort((first, second) => first.startTime - second.startTime);
    }

    getEntries() { return [...this.#entries]; }
    getEntriesByType(type) { return this.#entries.filter((entry) => entry.entryType === `${type}`); }
    getEntriesByName(name, type) {
      return this.#entries.filter((entry) => entry.name === `${name}` && (type === undefined || entry.entryType === type));
    }
  }
  expose(PerformanceObserverEntryList, 'getEntries', 'getEntriesByType', 'getEntriesByName');

  class PerformanceObserver {
    #callback;
    #types = new Set();
    #records = [];
    #isQueued = false;

    constructor(callback) {
      if (typeof callback !== 'function') {
        throw invalidType('callback', 'of type function', callback);
      }
      this.#callback = callback;
    }

    static get supportedEntryTypes() { return Object.freeze([...SUPPORTED]); }

    observe(options = {}) {
      const { entryTypes, type, buffered } = options;
      if (entryTypes === undefined && type === undefined) {
        throw failure(TypeError, 'ERR_MISSING_ARGS', 'The "options.entryTypes" and "options.type" arguments must be specified');
      }
      if (entryTypes !== undefined) this.#types = new Set(entryTypes.map(String).filter((one) => SUPPORTED.includes(one)));
      else if (SUPPORTED.includes(type)) this.#types.add(type);
      observers.add(this.#tell);
      if (buffered) performance.getEntriesByType(type).forEach(this.#tell);
    }

    #tell = (entry) => {
      if (!this.#types.has(entry.entryType)) return;
      this.#records.push(entry);
      if (this.#isQueued) return;
      this.#isQueued = true;
      setImmediate(() => {
        this.#isQueued = false;
        const records = this.takeRecords();
        if (records.length > 0) this.#callback.call(this, new PerformanceObserverEntryList(secret, records), this);
      });
    };

    takeRecords() { return this.#records.splice(0); }

    disconnect() {
      observers.delete(this.#tell);
      this.#records = [];
    }
  }
  expose(PerformanceObserver, 'observe', 'disconnect', 'takeRecords');

  class PerformanceResourceTiming extends PerformanceEntry {}
  expose(PerformanceResourceTiming);

  return { performance: new Performance(secret), Performance, PerformanceEntry, PerformanceMark, PerformanceMeasure,
    PerformanceObserver, PerformanceObserverEntryList, PerformanceResourceTiming };
})
