// node:diagnostics_channel (https://nodejs.org/api/diagnostics_channel.html).
(function (host, load) {
  'use strict';

  const { invalidType } = load('node/errors');
  const { unavailable } = load('node/unavailable');

  // Weak, so that a channel which nobody holds or listens to goes away.
  const channels = new Map();

  class Channel {
    #subscribers = [];
    #stores = new Map();

    constructor(name) { this.name = name; }

    get hasSubscribers() { return this.#subscribers.length > 0 || this.#stores.size > 0; }

    subscribe(action) {
      if (typeof action !== 'function') throw invalidType('subscription', 'of type function', action);
      this.#subscribers = [...this.#subscribers, action];
    }

    unsubscribe(action) {
      const at = this.#subscribers.indexOf(action);
      if (at < 0) return false;
      this.#subscribers = this.#subscribers.toSpliced(at, 1);
      return true;
    }

    publish(message) {
      for (const action of this.#subscribers) {
        try {
          action(message, this.name);
        } catch (error) {
          process.nextTick(() => { throw error; });
        }
      }
    }

    bindStore(store, transform) { this.#stores.set(store, transform); }
    unbindStore(store) { return this.#stores.delete(store); }

    runStores(context, action, self, ...values) {
      let run = () => {
        this.publish(context);
        return Reflect.apply(action, self, values);
      };
      for (const [store, transform] of this.#stores) {
        const inner = run;
        run = () => store.run(transform === undefined ? context : transform(context), inner);
      }
      return run();
    }

    static [Symbol.hasInstance](value) { return typeof value === 'object' && value !== null && #subscribers in value; }
  }

  function channel(name) {
    if (typeof name !== 'string' && typeof name !== 'symbol') throw invalidType('channel', 'of type string or symbol', name);
    if (!channels.has(name)) channels.set(name, new Channel(name));
    return channels.get(name);
  }

  const EVENTS = ['start', 'end', 'asyncStart', 'asyncEnd', 'error'];

  class TracingChannel {
    constructor(nameOrChannels) {
      for (const event of EVENTS) {
        Object.defineProperty(this, event, { enumerable: true,
          value: typeof nameOrChannels === 'string' ? channel(`tracing:${nameOrChannels}:${event}`) : nameOrChannels[event] });
      }
    }

    get hasSubscribers() { return EVENTS.some((event) => this[event]?.hasSubscribers); }
    subscribe(handlers) { for (const event of EVENTS) if (handlers[event] !== undefined) this[event].subscribe(handlers[event]); }

    unsubscribe(handlers) {
      return EVENTS.filter((event) => handlers[event] !== undefined).map((event) => this[event].unsubscribe(handlers[event])).every(Boolean);
    }

    traceSync(action, context = {}, self = undefined, ...values) {
      return this.start.runStores(context, () => {
        try {
          context.result = Reflect.apply(action, self, values);
          return context.result;
        } catch (error) {
          context.error = error;
          this.error.publish(context);
          throw error;
        } finally {
          this.end.publish(context);
        }
      });
    }

    tracePromise(action, context = {}, self = undefined, ...values) {
      const ended = () => {
        this.asyncStart.publish(context);
        this.asyncEnd.publish(context);
      };
      return this.start.runStores(context, () => {
        try {
          return Promise.resolve(Reflect.apply(action, self, values)).then((result) => {
            context.result = result;
            ended();
            return result;
          }, (error) => {
            context.error = error;
            this.error.publish(context);
            ended();
            throw error;
          });
        } catch (error) {
          context.error = error;
          this.error.publish(context);
          throw error;
        } finally {
          this.end.publish(context);
        }
      });
    }

    traceCallback(action, position = -1, context = {}, self = undefined, ...values) {
      const callback = values.at(position);
      if (typeof callback !== 'function') throw invalidType('callback', 'of type function', callback);
      const { asyncStart, asyncEnd, error: failed } = this;
      values.splice(position < 0 ? values.length + position : position, 1, function (error, result) {
        if (error) {
          context.error = error;
          failed.publish(context);
        } else context.result = result;
        return asyncStart.runStores(context, () => {
          try {
            return Reflect.apply(callback, this, [error, result]);
          } finally {
            asyncEnd.publish(context);
          }
        });
      });
      return this.start.runStores(context, () => {
        try {
          return Reflect.apply(action, self, values);
        } catch (error) {
          context.error = error;
          failed.publish(context);
          throw error;
        } finally {
          this.end.publish(context);
        }
      });
    }
  }

  return { Channel, channel, hasSubscribers: (name) => channels.has(name) && channels.get(name).hasSubscribers,
    subscribe: (name, action) => channel(name).subscribe(action),
    unsubscribe: (name, action) => channel(name).unsubscribe(action),
    tracingChannel: (nameOrChannels) => new TracingChannel(nameOrChannels),
    ...unavailable('diagnostics_channel', ['boundedChannel', 'BoundedChannel']) };
})
