// URL and URLSearchParams (https://url.spec.whatwg.org section 6); the host parses.
(function (host, load) {
  'use strict';

  const { expose, inspectable, isObject } = load('web/interfaces');

  let update;

  class URLSearchParams {
    #list = [];
    #url;

    constructor(init = '') {
      if (isObject(init)) {
        if (init[Symbol.iterator] !== undefined && init[Symbol.iterator] !== null) {
          for (const pair of init) {
            const [name, value, ...rest] = pair;
            if (value === undefined || rest.length > 0) throw new TypeError('Each pair must be a name and a value');
            this.#list.push([text(name), text(value)]);
          }
        } else {
          for (const name of Reflect.ownKeys(init)) {
            if (Object.getOwnPropertyDescriptor(init, name).enumerable) this.#list.push([text(name), text(init[name])]);
          }
        }
      } else {
        this.#list = host.parseForm(text(init).replace(/^\?/, ''));
      }
    }

    get size() { return this.#list.length; }

    append(name, value) {
      this.#list.push([text(name), text(value)]);
      this.#update();
    }

    delete(name, value) {
      this.#list = this.#list.filter((entry) => entry[0] !== text(name)
        || (value !== undefined && entry[1] !== text(value)));
      this.#update();
    }

    get(name) { return this.#list.find((entry) => entry[0] === text(name))?.[1] ?? null; }
    getAll(name) { return this.#list.filter((entry) => entry[0] === text(name)).map((entry) => entry[1]); }

    has(name, value) {
      return this.#list.some((entry) => entry[0] === text(name) && (value === undefined || entry[1] === text(value)));
    }

    set(name, value) {
      const at = this.#list.findIndex((entry) => entry[0] === text(name));
      if (at < 0) this.#list.push([text(name), text(value)]);
      else {
        this.#list[at][1] = text(value);
        this.#list = this.#list.filter((entry, index) => index <= at || entry[0] !== text(name));
      }
      this.#update();
    }

    sort() {
      this.#list.sort((first, second) => (first[0] < second[0] ? -1 : first[0] > second[0] ? 1 : 0));
      this.#update();
    }

    forEach(callback, self) {
      for (const [name, value] of this) callback.call(self, value, name, this);
    }

    // Live, as an iterator of a list that may change.
    * entries() { for (let at = 0; at < this.#list.length; at++) yield [...this.#list[at]]; }
    * keys() { for (const [name] of this.entries()) yield name; }
    * values() { for (const [, value] of this.entries()) yield value; }
    [Symbol.iterator]() { return this.entries(); }
    toString() { return host.serializeForm(this.#list.flat()); }

    #update() {
      if (this.#url !== undefined) update(this.#url, this.toString());
    }

    static of(url, query) {
      const params = new URLSearchParams(query);
      params.#url = url;
      return params;
    }

    static refresh(params, query) { params.#list = host.parseForm(query); }
  }
  const { of, refresh } = URLSearchParams;
  delete URLSearchParams.of;
  delete URLSearchParams.refresh;
  expose(URLSearchParams, 'size', 'append', 'delete', 'get', 'getAll', 'has', 'set', 'sort', 'forEach', 'entries',
    'keys', 'values', 'toString');

  const text = (value) => `${value}`.toWellFormed();

  function invalid(input, base) {
    const error = new TypeError('Invalid URL');
    error.code = 'ERR_INVALID_URL';
    error.input = input;
    if (base !== undefined) error.base = base;
    return error;
  }

  class URL {
    #record;
    #params;

    constructor(url, base) {
      if (arguments.length === 0) throw new TypeError('The "url" argument must be specified');
      const input = text(url);
      const baseText = base === undefined ? undefined : text(base);
      this.#record = host.parseUrl(input, baseText);
      if (this.#record === undefined) throw invalid(input, baseText);
    }

    static canParse(url, base) {
      return host.parseUrl(text(url), base === undefined ? undefined : text(base)) !== undefined;
    }

    static parse(url, base) { return URL.canParse(url, base) ? new URL(url, base) : null; }

    static createObjectURL(blob) { return load('web/blob').createObjectUrl(blob); }
    static revokeObjectURL(url) { load('web/blob').revokeObjectUrl(text(url)); }

    get href() { return this.#record.href; }
    set href(value) {
      const record = host.parseUrl(text(value), undefined);
      if (record === undefined) throw invalid(text(value));
      this.#record = record;
      this.#refresh();
    }

    #set(part, value) {
      this.#record = host.changeUrl(this.#record.href, part, text(value)) ?? this.#record;
    }

    #refresh() {
      if (this.#params !== undefined) refresh(this.#params, this.#record.search.slice(1));
    }

    get origin() { return this.#record.origin; }
    get protocol() { return this.#record.protocol; }
    set protocol(value) { this.#set('protocol', value); }
    get username() { return this.#record.username; }
    set username(value) { this.#set('username', value); }
    get password() { return this.#record.password; }
    set password(value) { this.#set('password', value); }
    get host() { return this.#record.host; }
    set host(value) { this.#set('host', value); }
    get hostname() { return this.#record.hostname; }
    set hostname(value) { this.#set('hostname', value); }
    get port() { return this.#record.port; }
    set port(value) { this.#set('port', value); }
    get pathname() { return this.#record.pathname; }
    set pathname(value) { this.#set('pathname', value); }
    get search() { return this.#record.search; }
    set search(value) {
      this.#set('search', value);
      this.#refresh();
    }

    get searchParams() {
      this.#params ??= of(this, this.#record.search.slice(1));
      return this.#params;
    }

    get hash() { return this.#record.hash; }
    set hash(value) { this.#set('hash', value); }
    toString() { return this.#record.href; }
    toJSON() { return this.#record.href; }

    static {
      update = (url, query) => url.#set('search', query);
    }
  }
  expose(URL, 'href', 'origin', 'protocol', 'username', 'password', 'host', 'hostname', 'port', 'pathname', 'search',
    'searchParams', 'hash', 'toString', 'toJSON');

  inspectable(URLSearchParams, (params) => new Map(params));
  inspectable(URL, ({ href, origin, protocol, username, password, host: hostAndPort, hostname, port, pathname,
    search, searchParams, hash }) =>
    ({ href, origin, protocol, username, password, host: hostAndPort, hostname, port, pathname, search, searchParams, hash }));

  return { URL, URLSearchParams };
})
