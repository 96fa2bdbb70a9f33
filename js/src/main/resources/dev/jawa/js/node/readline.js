// node:readline (https://nodejs.org/api/readline.html): lines of a stream, and questions; without editing of lines.
(function (host, load) {
  'use strict';

  const EventEmitter = load('node/events');
  const { StringDecoder } = host.builtin('string_decoder');

  class Interface extends EventEmitter {
    #text = '';
    #decoder = new StringDecoder('utf8');
    #prompt;
    #questions = [];
    #lines = [];
    #paused = false;
    #afterReturn = false;
    #detach;

    constructor(input, output) {
      super();
      const options = input?.input === undefined ? { input, output } : input;
      this.input = options.input;
      this.output = options.output;
      this.terminal = false;
      this.line = '';
      this.cursor = 0;
      this.history = [];
      this.closed = false;
      this.#prompt = options.prompt ?? '> ';
      const onData = (chunk) => this.#take(typeof chunk === 'string' ? chunk : this.#decoder.write(chunk));
      const onEnd = () => {
        this.#take(this.#decoder.end());
        if (this.#text !== '') this.#line(this.#text);
        this.#text = '';
        this.close();
      };
      const onError = (error) => this.emit('error', error);
      this.input.on('data', onData);
      this.input.on('end', onEnd);
      this.input.on('error', onError);
      this.#detach = () => {
        this.input.off('data', onData);
        this.input.off('end', onEnd);
        this.input.off('error', onError);
      };
      options.signal?.addEventListener('abort', () => this.close(), { once: true });
      this.input.resume?.();
    }

    #take(text) {
      let rest = this.#text + (this.#afterReturn && text.startsWith('\n') ? text.slice(1) : text);
      if (text !== '') this.#afterReturn = text.endsWith('\r');
      for (;;) {
        const end = /\r\n|\n|\r|\u2028|\u2029/.exec(rest);
        if (end === null) break;
        const line = rest.slice(0, end.index);
        rest = rest.slice(end.index + end[0].length);
        this.#text = rest;
        this.#line(line);
      }
      this.#text = rest;
    }

    #line(line) {
      if (this.closed) return;
      if (this.#paused) {
        this.#lines.push(line);
        return;
      }
      const question = this.#questions.shift();
      if (question !== undefined) question(line);
      else this.emit('line', line);
    }

    getPrompt() { return this.#prompt; }
    setPrompt(prompt) { this.#prompt = `${prompt}`; }

    prompt() {
      this.resume();
      this.output?.write(this.#prompt);
    }

    question(query, options, callback) {
      const done = typeof options === 'function' ? options : callback;
      if (this.closed) throw Object.assign(new Error('readline was closed'), { code: 'ERR_USE_AFTER_CLOSE' });
      const { signal } = typeof options === 'function' ? {} : options ?? {};
      if (signal?.aborted) return;
      signal?.addEventListener('abort', () => {
        this.#questions = this.#questions.filter((question) => question !== done);
      }, { once: true });
      this.resume();
      this.output?.write(`${query}`);
      this.#questions.push(done);
    }

    write(data) { if (data !== undefined && data !== null) this.#take(`${data}`); }

    pause() {
      if (this.#paused || this.closed) return this;
      this.#paused = true;
      this.input.pause?.();
      this.emit('pause');
      return this;
    }

    resume() {
      if (!this.#paused || this.closed) return this;
      this.#paused = false;
      this.input.resume?.();
      this.emit('resume');
      for (const line of this.#lines.splice(0)) this.#line(line);
      return this;
    }

    close() {
      if (this.closed) return;
      this.#paused = false;
      for (const line of this.#lines.splice(0)) this.#line(line);
      this.closed = true;
      this.#detach();
      this.input.pause?.();
      this.emit('close');
    }

    async* [Symbol.asyncIterator]() {
      const lines = [];
      let wake = () => {};
      let isOver = this.closed;
      const onLine = (line) => { lines.push(line); wake(); };
      const onClose = () => { isOver = true; wake(); };
      this.on('line', onLine);
      this.on('close', onClose);
      try {
        for (;;) {
          if (lines.length > 0) yield lines.shift();
          else if (isOver) return;
          else await new Promise((resolve) => { wake = resolve; });
        }
      } finally {
        this.off('line', onLine);
        this.close();
      }
    }

    [Symbol.dispose ?? Symbol.for('dispose')]() { this.close(); }
  }

  class PromiseInterface extends Interface {
    question(query, options) {
      return new Promise((resolve, reject) => {
        options?.signal?.addEventListener('abort', () => reject(options.signal.reason), { once: true });
        super.question(query, options ?? {}, resolve);
      });
    }
  }

  // Control sequences of terminals (ECMA-48)
  const put = (stream, text, callback) => {
    if (stream === null || stream === undefined) {
      if (callback !== undefined) process.nextTick(callback, null);
      return true;
    }
    return stream.write(text, callback);
  };
  const terminal = {
    clearLine: (stream, direction, callback) => put(stream,
      direction < 0 ? '\u001b[1K' : direction > 0 ? '\u001b[0K' : '\u001b[2K', callback),
    clearScreenDown: (stream, callback) => put(stream, '\u001b[0J', callback),
    cursorTo: (stream, x, y, callback) => put(stream, typeof y === 'number' ? `\u001b[${y + 1};${x + 1}H` : `\u001b[${x + 1}G`,
      typeof y === 'function' ? y : callback),
    moveCursor(stream, x, y, callback) {
      const across = x < 0 ? `\u001b[${-x}D` : x > 0 ? `\u001b[${x}C` : '';
      const down = y < 0 ? `\u001b[${-y}A` : y > 0 ? `\u001b[${y}B` : '';
      return put(stream, across + down, callback);
    },
  };

  return { Interface, createInterface: (...values) => new Interface(...values), emitKeypressEvents() {}, ...terminal,
    promises: { Interface: PromiseInterface, createInterface: (...values) => new PromiseInterface(...values) } };
})
