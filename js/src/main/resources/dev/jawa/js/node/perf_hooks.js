// node:perf_hooks (https://nodejs.org/api/perf_hooks.html).
(function (host, load) {
  'use strict';

  const api = load('web/performance');
  const { outOfRange } = load('node/errors');
  const { unavailable } = load('node/unavailable');

  // Counts of values; unlike Node.js's it keeps every one of them that is different.
  class Histogram {
    #counts = new Map();
    #count = 0;
    exceeds = 0;

    get count() { return this.#count; }
    get min() { return this.#count === 0 ? 9223372036854776000 : Math.min(...this.#counts.keys()); }
    get max() { return this.#count === 0 ? 0 : Math.max(...this.#counts.keys()); }
    get mean() { return this.#sum((value) => value) / this.#count; }

    get stddev() {
      const { mean } = this;
      return Math.sqrt(this.#sum((value) => (value - mean) ** 2) / this.#count);
    }

    get percentiles() {
      const result = new Map();
      for (let percent = 0; percent < 100; percent = percent < 50 ? percent + 50 : percent + (100 - percent) / 2) {
        result.set(percent, this.percentile(Math.max(percent, Number.MIN_VALUE)));
        if (100 - percent < 0.1) break;
      }
      return result.set(100, this.max);
    }

    #sum(of) {
      let sum = 0;
      for (const [value, count] of this.#counts) sum += of(value) * count;
      return sum;
    }

    percentile(percent) {
      if (!(percent > 0 && percent <= 100)) throw outOfRange('percentile', '> 0 && <= 100', percent);
      let left = Math.max(1, Math.ceil((percent / 100) * this.#count));
      for (const value of [...this.#counts.keys()].sort((first, second) => first - second)) {
        left -= this.#counts.get(value);
        if (left <= 0) return value;
      }
      return 0;
    }

    reset() {
      this.#counts.clear();
      this.#count = 0;
    }

    record(value) {
      const number = Number(value);
      if (!(number >= 1)) throw outOfRange('val', '>= 1 && <= 9007199254740991', value);
      this.#counts.set(number, (this.#counts.get(number) ?? 0) + 1);
      this.#count++;
    }

    add(other) {
      for (const [value, count] of other.#counts) {
        this.#counts.set(value, (this.#counts.get(value) ?? 0) + count);
        this.#count += count;
      }
    }

    toJSON() {
      const { count, min, max, mean, exceeds, stddev, percentiles } = this;
      return { count, min, max, mean, exceeds, stddev, percentiles: Object.fromEntries(percentiles) };
    }
  }

  class RecordableHistogram extends Histogram {
    #last;

    recordDelta() {
      const now = Number(host.nanoseconds());
      if (this.#last !== undefined) this.record(Math.max(1, now - this.#last));
      this.#last = now;
    }
  }

  // How late a timer comes is how long the event loop was busy.
  class IntervalHistogram extends Histogram {
    #resolution;
    #timer;

    constructor(resolution) {
      super();
      this.#resolution = resolution;
    }

    enable() {
      if (this.#timer !== undefined) return false;
      let last = Number(host.nanoseconds());
      this.#timer = setInterval(() => {
        const now = Number(host.nanoseconds());
        this.record(Math.max(1, now - last));
        last = now;
      }, this.#resolution);
      this.#timer.unref();
      return true;
    }

    disable() {
      if (this.#timer === undefined) return false;
      clearInterval(this.#timer);
      this.#timer = undefined;
      return true;
    }

    [Symbol.dispose]() { this.disable(); }
  }

  return {
    ...api,
    constants: { NODE_PERFORMANCE_GC_MAJOR: 4, NODE_PERFORMANCE_GC_MINOR: 1, NODE_PERFORMANCE_GC_INCREMENTAL: 8,
      NODE_PERFORMANCE_GC_WEAKCB: 16 },
    eventLoopUtilization: () => api.performance.eventLoopUtilization(),
    timerify: (action) => api.performance.timerify(action),
    createHistogram: () => new RecordableHistogram(),
    monitorEventLoopDelay: ({ resolution = 10 } = {}) => new IntervalHistogram(resolution),
    ...unavailable('perf_hooks', ['createSlidingWindowHistogram', 'importHistogram']),
  };
})
