// node:url (https://nodejs.org/api/url.html).
(function (host, load) {
  'use strict';

  const { URL, URLSearchParams } = load('web/url');

  function fileURLToPath(url) {
    const record = typeof url === 'string' ? new URL(url) : url;
    if (record?.protocol !== 'file:') {
      throw Object.assign(new TypeError('The URL must be of scheme file'), { code: 'ERR_INVALID_URL_SCHEME' });
    }
    if (record.hostname !== '' && process.platform !== 'win32') {
      throw Object.assign(new TypeError(`File URL host must be "localhost" or empty on ${process.platform}`),
        { code: 'ERR_INVALID_FILE_URL_HOST' });
    }
    if (/%2f/i.test(record.pathname)) {
      throw Object.assign(new TypeError('File URL path must not include encoded / characters'),
        { code: 'ERR_INVALID_FILE_URL_PATH' });
    }
    const path = decodeURIComponent(record.pathname);
    return process.platform === 'win32' ? path.replace(/^\/(?=[a-z]:)/i, '').replaceAll('/', '\\') : path;
  }

  function pathToFileURL(path) {
    const absolute = load('node/path').resolve(path);
    const end = /[\\/]$/.test(path) && !absolute.endsWith('/') ? '/' : '';
    const text = process.platform === 'win32' ? `/${absolute.replaceAll('\\', '/')}` : absolute.replaceAll('\\', '%5C');
    return new URL(`file://${`${text}${end}`.replaceAll('%', (sign, at, whole) => (whole.startsWith('%5C', at) ? sign : '%25'))
      .replaceAll('?', '%3F').replaceAll('#', '%23').replaceAll('\n', '%0A').replaceAll('\r', '%0D').replaceAll('\t', '%09')}`);
  }

  // The old interface: an object of what is written, resolved by URL where that can.
  function parse(text, parseQuery = false) {
    const [, protocol = null, slashes, auth = null, hostname = null, port = null, pathname, search = null, hash = null] =
      /^([a-zA-Z][a-zA-Z0-9+.-]*:)?(\/\/(?:([^/?#]*)@)?([^/?#:]*)(?::(\d+))?)?([^?#]*)(\?[^#]*)?(#.*)?$/s
        .exec(`${text}`).map((part) => part || undefined);
    const query = search === null ? null : search.slice(1);
    return { protocol, slashes: slashes === undefined ? null : true, auth,
      host: hostname === null ? null : hostname + (port === null ? '' : `:${port}`), port, hostname, hash, search,
      query: parseQuery ? { ...host.builtin('querystring').parse(query ?? '') } : query, pathname: pathname ?? null,
      path: (pathname ?? '') + (search ?? '') || null, href: `${text}` };
  }

  function format(url, options) {
    if (typeof url === 'string') return url;
    if (url instanceof URL) {
      const copy = new URL(url);
      if (options?.fragment === false) copy.hash = '';
      if (options?.search === false) copy.search = '';
      return copy.href;
    }
    const place = url.host ?? (url.hostname ? url.hostname + (url.port ? `:${url.port}` : '') : null);
    const protocol = url.protocol ? url.protocol.replace(/:?$/, ':') : '';
    const slashes = url.slashes || /^(https?|ftp|file):$/.test(protocol) ? '//' : '';
    const query = url.search ?? (url.query && Object.keys(url.query).length > 0
      ? `?${typeof url.query === 'string' ? url.query : new URLSearchParams(url.query)}` : '');
    return `${protocol}${place === null ? '' : slashes + (url.auth ? `${url.auth}@` : '') + place}${url.pathname ?? ''}${
      query}${url.hash ?? ''}`;
  }

  function resolve(from, to) {
    const base = new URL(from, 'resolve://');
    const result = new URL(to, base);
    return result.protocol === 'resolve:' ? result.pathname + result.search + result.hash : result.href;
  }

  return { URL, URLSearchParams, fileURLToPath, pathToFileURL, parse, format, resolve,
    domainToASCII: (domain) => (URL.canParse(`http://${domain}`) ? new URL(`http://${domain}`).hostname : ''),
    domainToUnicode: (domain) => host.domainToUnicode(domain),
    urlToHttpOptions: ({ protocol, hostname, port, pathname, search, hash, href }) => ({ protocol, hostname, hash,
      search, pathname, path: pathname + search, href, ...(port === '' ? {} : { port: Number(port) }) }) };
})
