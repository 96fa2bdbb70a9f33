// Exports of a module whose script runs when one of them is first used: import asks for the values of all.
(function () {
  'use strict';

  return {
    // Functions of what a script gives.
    functions: (names, load) => Object.fromEntries(names.map((name) => [name, { [name](...values) {
      return load()[name](...values);
    } }[name]])),
    // Classes, which behave like those that they stand for.
    classes: (names, load) => Object.fromEntries(names.map((name) => {
      const of = () => load()[name];
      const stand = new Proxy(function () {}, {
        apply: (_, self, values) => Reflect.apply(of(), self, values),
        construct: (_, values, target) => Reflect.construct(of(), values, target === stand ? of() : target),
        get: (_, key) => Reflect.get(of(), key),
        set: (_, key, value) => Reflect.set(of(), key, value),
        has: (_, key) => Reflect.has(of(), key),
        getPrototypeOf: () => Reflect.getPrototypeOf(of()),
      });
      return [name, stand];
    })),
  };
})
