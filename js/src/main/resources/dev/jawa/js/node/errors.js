// The errors of Node.js, as it words them (https://nodejs.org/api/errors.html).
(function (host) {
  'use strict';

  const failure = (type, code, message) => Object.assign(new type(message), { code });

  function received(value) {
    if (value === null || value === undefined) return ` Received ${value}`;
    if (typeof value === 'function') return ` Received function ${value.name}`;
    if (typeof value === 'object') {
      return value.constructor?.name ? ` Received an instance of ${value.constructor.name}`
        : ` Received ${host.inspection().inspect(value, { depth: -1 })}`;
    }
    const text = host.inspection().inspect(value, { colors: false });
    return ` Received type ${typeof value} (${text.length > 28 ? `${text.slice(0, 25)}...` : text})`;
  }

  return {
    failure,
    // An error of the system, as Node.js words those that it finds itself.
    systemError(code, message, syscall, name, detail, path) {
      const error = failure(Error, code, `${message}: ${syscall} returned ${name} (${detail}) ${path}`);
      const { errno } = { EISDIR: { errno: 21 }, EEXIST: { errno: 17 }, EINVAL: { errno: 22 }, ENOTDIR: { errno: 20 } }[name];
      Object.defineProperty(error, 'name', { value: 'SystemError', writable: true, configurable: true });
      return Object.assign(error, { errno, syscall, path, info: { code: name, message: detail, path, syscall, errno } });
    },
    // The argument is not of the type that it must be: "of type string".
    invalidType: (name, expected, value) => failure(TypeError, 'ERR_INVALID_ARG_TYPE',
      `The "${name}" ${name.includes('.') ? 'property' : 'argument'} must be ${expected}.${received(value)}`),
    invalidValue: (name, value, reason = 'is invalid') => failure(TypeError, 'ERR_INVALID_ARG_VALUE',
      `The ${name.includes('.') ? 'property' : 'argument'} '${name}' ${reason}. Received ${host.inspection().inspect(value)}`),
    outOfRange: (name, range, value) => failure(RangeError, 'ERR_OUT_OF_RANGE',
      `The value of "${name}" is out of range. It must be ${range}. Received ${host.inspection().inspect(value, { numericSeparator: true })}`),
  };
})
