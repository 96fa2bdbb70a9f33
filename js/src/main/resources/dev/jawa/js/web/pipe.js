// A readable stream into a writable one (https://streams.spec.whatwg.org section 4.9.1, ReadableStreamPipeTo).
(function (host, load) {
  'use strict';

  const { streams } = load('web/streams');
  const { writables } = load('web/writable');

  return function pipe(source, destination, { preventClose = false, preventAbort = false, preventCancel = false, signal }) {
    if (source.locked) throw new TypeError('The stream is locked');
    if (destination.locked) throw new TypeError('The destination is locked');
    const reader = source.getReader();
    const writer = destination.getWriter();
    const { promise, resolve, reject } = Promise.withResolvers();
    let isEnding = false;
    let writing = Promise.resolve();

    const finish = (failed, reason) => {
      writer.releaseLock();
      reader.releaseLock();
      signal?.removeEventListener('abort', abort);
      if (failed) reject(reason);
      else resolve();
    };

    // Waits for what is being written, then does the last thing.
    const end = async (action, failed, reason) => {
      if (isEnding) return;
      isEnding = true;
      if (writables.isOpen(destination)) await writing.catch(() => {});
      try {
        await action?.();
        finish(failed, reason);
      } catch (error) {
        finish(true, error);
      }
    };

    const abort = () => end(() => Promise.all([
      preventAbort || !writables.isOpen(destination) ? undefined : writer.abort(signal.reason),
      preventCancel || streams.state(source) !== 'readable' ? undefined : reader.cancel(signal.reason),
    ]), true, signal.reason);

    const sourceFailed = (reason) => end(preventAbort ? undefined : () => writer.abort(reason), true, reason);
    const destinationFailed = (reason) => end(preventCancel ? undefined : () => reader.cancel(reason), true, reason);

    if (signal?.aborted) abort();
    else signal?.addEventListener('abort', abort);
    reader.closed.catch((reason) => { if (streams.state(source) === 'errored') sourceFailed(reason); });
    writer.closed.then(() => destinationFailed(new TypeError('The destination is closed')),
      (reason) => { if (!isEnding) destinationFailed(reason); });

    (async () => {
      while (!isEnding) {
        await writer.ready;
        if (isEnding) return;
        const { done, value } = await reader.read();
        if (done) {
          await end(preventClose ? undefined : () => writables.closeQuietly(destination, writer), false);
          return;
        }
        writing = writer.write(value);
        writing.catch(() => {});
      }
    })().catch(() => {
      // Those who wait for both ends have seen it.
    });
    return promise;
  };
})
