// The names that a CommonJS module exports, as far as its text tells: what https://github.com/nodejs/cjs-module-lexer
// documents as its grammar, found by patterns instead of by a parser.
(function () {
  'use strict';

  const IDENTIFIER = '[\\p{ID_Start}$_][\\p{ID_Continue}$\\u200c\\u200d]*';
  const EXPORTS = '(?:module\\s*\\.\\s*)?exports';

  const ASSIGNMENT = new RegExp(`\\b${EXPORTS}\\s*(?:\\.\\s*(${IDENTIFIER})|\\[\\s*(?:'([^'\\\\\\n]+)'|"([^"\\\\\\n]+)")\\s*\\])\\s*=(?!=)`, 'gu');
  const DEFINITION = new RegExp(`\\bObject\\s*\\.\\s*defineProperty\\s*\\(\\s*${EXPORTS}\\s*,\\s*(?:'([^'\\\\\\n]+)'|"([^"\\\\\\n]+)")\\s*,\\s*\\{\\s*(?:enumerable\\s*:\\s*(?:true|!0)\\s*,\\s*)?(?:value\\s*:|get\\b)`, 'gu');
  const OBJECT = /\bmodule\s*\.\s*exports\s*=\s*\{/gu;
  const REEXPORT = /\bmodule\s*\.\s*exports\s*=\s*(?:[\p{ID_Continue}$.]+\(\s*)?require\s*\(\s*(?:'([^'\\\n]+)'|"([^"\\\n]+)")\s*\)/gu;
  const STAR = /\b(?:__exportStar|__export|tslib(?:_\d+)?\.__exportStar|_export_star)\s*\(\s*(?:[\p{ID_Continue}$.]+\(\s*)?require\s*\(\s*(?:'([^'\\\n]+)'|"([^"\\\n]+)")\s*\)/gu;
  // As Babel, TypeScript and Rollup write export * from: each key of a variable that a module was assigned to.
  const KEYS = new RegExp(`\\bObject\\s*\\.\\s*keys\\s*\\(\\s*(${IDENTIFIER})\\s*\\)\\s*\\.\\s*forEach\\s*\\(\\s*function\\s*\\(\\s*(${IDENTIFIER})\\s*\\)\\s*\\{\\s*if\\s*\\(\\s*\\2\\s*[!=]==?\\s*['"]default['"]`, 'gu');
  const REQUIRED = new RegExp(`(${IDENTIFIER})\\s*=\\s*(?:${IDENTIFIER}\\s*\\(\\s*)?require\\s*\\(\\s*(?:'([^'\\\\\\n]+)'|"([^"\\\\\\n]+)")\\s*\\)`, 'gu');
  const ENTRY = new RegExp(`^\\s*(?:(\\.\\.\\.)\\s*require\\s*\\(\\s*(?:'([^'\\\\\\n]+)'|"([^"\\\\\\n]+)")\\s*\\)|(?:get\\s+)?(?:(${IDENTIFIER})|'([^'\\\\\\n]+)'|"([^"\\\\\\n]+)")\\s*([,:}(]))`, 'u');

  // Comments are no code. What looks like one inside a string is rare, and costs at most a name.
  const withoutComments = (text) => text.replace(/\/\*[\s\S]*?\*\/|^[ \t]*\/\/.*$/gm, '');

  // The entries of an object literal, as long as they are simple.
  function objectEntries(text, start, names, reexports) {
    let at = start;
    for (;;) {
      const entry = ENTRY.exec(text.slice(at, at + 400));
      if (entry === null) return;
      const [whole, spread, single, double, name, quotedSingle, quotedDouble, end] = entry;
      at += whole.length;
      if (spread !== undefined) {
        reexports.add(single ?? double);
        const comma = /^\s*,/.exec(text.slice(at, at + 100));
        if (comma === null) return;
        at += comma[0].length;
        continue;
      }
      names.add(name ?? quotedSingle ?? quotedDouble);
      if (end === '}' || end === '(') return;
      if (end === ':') {
        // Only what is surely over at the next comma.
        const value = new RegExp(`^\\s*(?:${IDENTIFIER}(?:\\s*\\.\\s*${IDENTIFIER})*|\\d+|'[^'\\\\\\n]*'|"[^"\\\\\\n]*")\\s*([,}])`, 'u')
          .exec(text.slice(at, at + 400));
        if (value === null || value[1] === '}') return;
        at += value[0].length;
      }
    }
  }

  // { names, reexports }: the second are specifiers of modules whose exports are exported too.
  return function findExports(source) {
    const text = withoutComments(source);
    const names = new Set();
    const reexports = new Set();
    for (const [, name, single, double] of text.matchAll(ASSIGNMENT)) names.add(name ?? single ?? double);
    for (const [, single, double] of text.matchAll(DEFINITION)) names.add(single ?? double);
    for (const match of text.matchAll(OBJECT)) objectEntries(text, match.index + match[0].length, names, reexports);
    for (const [, single, double] of text.matchAll(REEXPORT)) reexports.add(single ?? double);
    for (const [, single, double] of text.matchAll(STAR)) reexports.add(single ?? double);
    const starred = new Set(Array.from(text.matchAll(KEYS), (match) => match[1]));
    if (starred.size > 0) {
      for (const [, variable, single, double] of text.matchAll(REQUIRED)) {
        if (starred.has(variable)) reexports.add(single ?? double);
      }
    }
    return { names: [...names], reexports: [...reexports] };
  };
})
