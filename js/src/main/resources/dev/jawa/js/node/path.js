// node:path (https://nodejs.org/api/path.html).
(function (host, load) {
  'use strict';

  function requireText(value, name) {
    if (typeof value !== 'string') {
      throw load('node/errors').invalidType(name, 'of type string', value);
    }
  }

  // Without "." and "..", as far as they can be taken away.
  function normalizeSegments(segments, isAbsolute) {
    const result = [];
    for (const segment of segments) {
      if (segment === '' || segment === '.') continue;
      if (segment !== '..') result.push(segment);
      else if (result.length > 0 && result.at(-1) !== '..') result.pop();
      else if (!isAbsolute) result.push('..');
    }
    return result;
  }

  function create(isWindows) {
    const sep = isWindows ? '\\' : '/';
    const separators = isWindows ? /[\\/]/ : /\//;
    const isSeparator = (character) => character === '/' || (isWindows && character === '\\');

    // Device (of Windows), root and the rest.
    function split(path) {
      const device = isWindows ? /^(?:[a-zA-Z]:|[\\/]{2}[^\\/]+[\\/]+[^\\/]+)?/.exec(path)[0] : '';
      const hasRoot = isSeparator(path[device.length]) || device.length > 2;
      return { device, root: hasRoot ? sep : '', rest: path.slice(device.length) };
    }

    const withoutEnd = (path) => {
      let end = path.length;
      while (end > 1 && isSeparator(path[end - 1])) end--;
      return path.slice(0, end);
    };

    const api = {
      sep,
      delimiter: isWindows ? ';' : ':',
      normalize(path) {
        requireText(path, 'path');
        if (path === '') return '.';
        const { device, root, rest } = split(path);
        let text = normalizeSegments(rest.split(separators), root !== '').join(sep);
        if (text === '' && root === '') text = '.';
        if (text !== '' && isSeparator(path.at(-1)) && !(text === '.' && rest === '')) text += sep;
        return device + root + text;
      },
      join(...paths) {
        paths.forEach((path) => requireText(path, 'path'));
        const text = paths.filter((path) => path !== '').join(sep);
        return text === '' ? '.' : api.normalize(text);
      },
      resolve(...paths) {
        let device = '';
        let root = '';
        let segments = [];
        for (const path of [process.cwd(), ...paths]) {
          requireText(path, 'paths');
          if (path === '') continue;
          const parts = split(path);
          if (parts.device !== '' && parts.device.toLowerCase() !== device.toLowerCase()) {
            ({ device } = parts);
            segments = [];
          }
          if (parts.root !== '') {
            ({ root } = parts);
            segments = [];
          }
          segments.push(...parts.rest.split(separators));
        }
        return device + root + normalizeSegments(segments, root !== '').join(sep) || '.';
      },
      isAbsolute(path) {
        requireText(path, 'path');
        return split(path).root !== '';
      },
      relative(from, to) {
        requireText(from, 'from');
        requireText(to, 'to');
        const start = api.resolve(from).split(sep).filter((segment) => segment !== '');
        const end = api.resolve(to).split(sep).filter((segment) => segment !== '');
        const same = (first, second) => (isWindows ? first?.toLowerCase() === second?.toLowerCase() : first === second);
        let common = 0;
        while (common < start.length && common < end.length && same(start[common], end[common])) common++;
        return [...start.slice(common).map(() => '..'), ...end.slice(common)].join(sep);
      },
      dirname(path) {
        requireText(path, 'path');
        const { device, root, rest } = split(path);
        const text = withoutEnd(rest);
        let end = text.length;
        while (end > 0 && !isSeparator(text[end - 1])) end--;
        const folder = text.slice(0, end).replace(isWindows ? /[\\/]+$/ : /\/+$/, '');
        if (folder === '') return device + root || '.';
        return device + folder;
      },
      basename(path, suffix) {
        requireText(path, 'path');
        if (suffix !== undefined) requireText(suffix, 'suffix');
        const text = withoutEnd(split(path).rest);
        const name = text.split(separators).at(-1);
        return suffix !== undefined && name !== suffix && name.endsWith(suffix)
          ? name.slice(0, name.length - suffix.length) : name;
      },
      extname(path) {
        const name = api.basename(path);
        const dot = name.lastIndexOf('.');
        return dot <= 0 || name === '..' ? '' : name.slice(dot);
      },
      parse(path) {
        requireText(path, 'path');
        const { device, root } = split(path);
        const base = api.basename(path);
        const ext = api.extname(path);
        const folder = api.dirname(path);
        const dir = folder === '.' && !/^\.[\\/]/.test(path) ? '' : folder;
        return { root: device + root, dir, base, ext, name: base.slice(0, base.length - ext.length) };
      },
      format({ root = '', dir, base, ext = '', name = '' }) {
        const folder = dir ?? root;
        const file = base ?? `${name}${ext === '' || ext.startsWith('.') ? ext : `.${ext}`}`;
        if (folder === '') return file;
        return folder === root ? folder + file : folder + sep + file;
      },
      toNamespacedPath: (path) => path,
      matchesGlob: (path, pattern) => load('node/fs-trees').matchesGlob(path, pattern),
    };
    return api;
  }

  const posix = create(false);
  const win32 = create(true);
  for (const api of [posix, win32]) Object.assign(api, { posix, win32 });
  return process.platform === 'win32' ? win32 : posix;
})
