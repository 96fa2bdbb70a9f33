// performance (https://w3c.github.io/hr-time, https://w3c.github.io/performance-timeline, https://w3c.github.io/user-timing).
(function (host, load) {
  'use strict';

  const { expose, secret } = load('web/interfaces');
  const { EventTarget, DOMException } = load('web/events');

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
    get detail() { return this.#values.detail; }
    toJSON() { return { ...this.#values }; }
  }
  expose(PerformanceEntry, 'name', 'entryType', 'startTime', 'duration', 'toJSON');

  class PerformanceMark extends PerformanceEntry {
    constructor(name, options = {}) {
      super(secret, { name: `${name}`, entryType: 'mark', startTime: options?.startTime ?? host.now(), duration: 0,
        detail: options?.detail ?? null });
    }
  }
  expose(PerformanceMark);

  class PerformanceMeasure extends PerformanceEntry {}
  expose(PerformanceMeasure);

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
      this.#entries.push(mark);
      return mark;
    }

    measure(name, startOrOptions, endMark) {
      const options = typeof startOrOptions === 'object' && startOrOptions !== null ? startOrOptions
        : { start: startOrOptions, end: endMark };
      const end = options.end !== undefined ? this.#time(options.end)
        : options.start !== undefined && options.duration !== undefined ? this.#time(options.start) + options.duration
          : host.now();
      const start = options.start !== undefined ? this.#time(options.start)
        : options.duration !== undefined ? end - options.duration : 0;
      const measure = new PerformanceMeasure(secret, { name: `${name}`, entryType: 'measure', startTime: start,
        duration: end - start, detail: options.detail ?? null });
      this.#entries.push(measure);
      return measure;
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

  return { performance: new Performance(secret), Performance, PerformanceEntry, PerformanceMark, PerformanceMeasure };
})
