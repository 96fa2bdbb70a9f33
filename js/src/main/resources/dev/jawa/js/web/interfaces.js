// Classes with the property attributes that Web IDL section 3.7 asks for.
(function () {
  'use strict';

  return {
    // Makes members enumerable and names the class for Object.prototype.toString.
    expose(constructor, ...names) {
      for (const name of names) Object.defineProperty(constructor.prototype, name, { enumerable: true });
      Object.defineProperty(constructor.prototype, Symbol.toStringTag, { value: constructor.name, configurable: true });
      return constructor;
    },
    // Constants, of the class and of its objects.
    constants(constructor, values) {
      for (const [name, value] of Object.entries(values)) {
        Object.defineProperty(constructor, name, { value, enumerable: true });
        Object.defineProperty(constructor.prototype, name, { value, enumerable: true });
      }
    },
    isObject: (value) => (typeof value === 'object' && value !== null) || typeof value === 'function',
    secret: Symbol('secret'),
  };
})
