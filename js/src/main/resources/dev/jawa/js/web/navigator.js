// navigator (https://html.spec.whatwg.org/multipage/system-state.html#the-navigator-object).
(function (host, load) {
  'use strict';

  const { expose, secret } = load('web/interfaces');

  class Navigator {
    constructor(key) { if (key !== secret) throw new TypeError('Illegal constructor'); }

    get hardwareConcurrency() { return host.info.processors; }
    get language() { return 'en-US'; }
    get languages() { return Object.freeze(['en-US']); }
    get userAgent() { return `Jawa/${host.info.version}`; }
    get platform() { return { linux: 'linux', darwin: 'MacIntel', win32: 'Win32' }[host.info.platform] ?? host.info.platform; }
  }
  expose(Navigator, 'hardwareConcurrency', 'language', 'languages', 'userAgent', 'platform');

  return { Navigator, navigator: new Navigator(secret) };
})
