// node:tty (https://nodejs.org/api/tty.html), and the standard streams of the process.
(function (host, load) {
  'use strict';

  const { Readable, Writable } = load('node/stream');

  // Written at once, and so in order with what the console prints.
  function writeStream(fd) {
    const stream = new Writable({
      decodeStrings: true,
      write(chunk, encoding, done) {
        host.files.write(fd, chunk, -1);
        done();
      },
    });
    // They stay open, whatever programs do.
    stream._destroy = (error, done) => done(error);
    return Object.assign(stream, { fd, isTTY: false, columns: undefined, _type: 'pipe',
      getColorDepth: () => 1, hasColors: () => false });
  }

  function readStream(fd) {
    const { Buffer } = load('node/buffer');
    const stream = new Readable({
      read() {
        host.readInput().then((chunk) => stream.push(chunk === null ? null : Buffer.from(chunk)),
          (error) => stream.destroy(error));
      },
    });
    return Object.assign(stream, { fd, isTTY: false, setRawMode() { return stream; }, ref() { return stream; },
      unref() { return stream; } });
  }

  class ReadStream extends Readable {}
  class WriteStream extends Writable {}

  return { isatty: () => false, ReadStream, WriteStream, writeStream, readStream };
})
