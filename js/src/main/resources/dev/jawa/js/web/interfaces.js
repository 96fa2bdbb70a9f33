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
    // What util.inspect shows of the objects of a class: the class and what describe gives of the object, unless that is a text.
    inspectable(constructor, describe) {
      Object.defineProperty(constructor.prototype, Symbol.for('nodejs.util.inspect.custom'), { writable: true, configurable: true,
        value(depth, options, inspect) {
          const name = this.constructor?.name ?? constructor.name;
          if (depth < 0) return `[${name}]`;
          let described;
          try {
            described = describe(this);
          } catch {
            // It is a prototype, and no object of the class.
            return `${name} {}`;
          }
          if (typeof described === 'string') return described;
          const text = inspect(described, { ...options, depth: options.depth === null ? null : options.depth });
          return `${name} ${text.replace(/^(\[Object: null prototype\]|Map\(\d+\)) /, '')}`;
        } });
    },
    isObject: (value) => (typeof value === 'object' && value !== null) || typeof value === 'function',
    secret: Symbol('secret'),
  };
})
