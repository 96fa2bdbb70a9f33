// What kinds of streams things are.
(function () {
  'use strict';

  const isObject = (value) => typeof value === 'object' && value !== null;
  const isReadableStream = (value) => isObject(value) && typeof value.pipe === 'function' && typeof value.on === 'function'
    && (value._writableState === undefined || value._readableState !== undefined);
  const isWritableStream = (value) => isObject(value) && typeof value.write === 'function' && typeof value.on === 'function';
  const isStream = (value) => isReadableStream(value) || isWritableStream(value);
  const isIterable = (value) => value !== null && value !== undefined
    && (typeof value[Symbol.asyncIterator] === 'function' || typeof value[Symbol.iterator] === 'function');
  const isWebReadable = (value) => isObject(value) && typeof value.getReader === 'function';
  const isWebWritable = (value) => isObject(value) && typeof value.getWriter === 'function';
  const isWebPair = (value) => isObject(value) && isWebReadable(value.readable) && isWebWritable(value.writable);

  return { isObject, isReadableStream, isWritableStream, isStream, isIterable, isWebReadable, isWebWritable, isWebPair };
})
