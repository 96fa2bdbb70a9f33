// WebAssembly.SuspendError, a native error class that GraalJS does not have.
(() => {
  class SuspendError extends Error {}
  Object.defineProperty(SuspendError.prototype, 'name', {
    value: 'SuspendError', writable: true, enumerable: false, configurable: true,
  });
  Object.defineProperty(SuspendError.prototype, 'message', {
    value: '', writable: true, enumerable: false, configurable: true,
  });
  return SuspendError;
})();
