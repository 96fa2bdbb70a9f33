// What Node.js has and this host has not: functions that say so, so that nothing is undefined in the middle of a program.
(function () {
  'use strict';

  const fail = (what) => Object.assign(new Error(`${what} is not available: this is not Node.js but a host inside a JVM`),
    { code: 'ERR_FEATURE_UNAVAILABLE' });

  return {
    fail,
    unavailable: (module, names) => Object.fromEntries(names.map((name) => [name, { [name]: function () {
      throw fail(`${module}.${name}`);
    } }[name]])),
  };
})
