// The console namespace (https://console.spec.whatwg.org).
(function (host) {
  'use strict';

  // Most of what programs print needs nothing of the large script that shows everything else.
  const isPlain = (value) => typeof value === 'string' || typeof value === 'boolean' || value === undefined
    || value === null || (typeof value === 'number' && !Object.is(value, -0));

  function format(values) {
    const hasDirectives = values.length > 1 && typeof values[0] === 'string' && values[0].includes('%');
    return values.every(isPlain) && !hasDirectives ? values.map(String).join(' ') : host.inspection().format(values);
  }

  // As Node.js draws it: a row for each property, a column for each property of those.
  function table(data, columns) {
    const isMap = data instanceof Map || data instanceof Set;
    const rows = isMap ? [...(data instanceof Map ? data.values() : data)].map((row, index) => [index,
      row]) : Object.entries(data);
    const isObject = (row) => typeof row === 'object' && row !== null;
    const names = columns ?? [...new Set(rows.flatMap(([, row]) => (isObject(row) ? Object.keys(row) : [])))];
    const hasValues = rows.some(([, row]) => !isObject(row));
    const show = (value) => host.inspection().inspect(value);
    const lines = [[isMap ? '(iteration index)' : '(index)', ...names, ...(hasValues ? ['Values'] : [])]];
    for (const [index, row] of rows) {
      lines.push([`${index}`, ...names.map((name) => (isObject(row) && Object.hasOwn(row, name) ? show(row[name]) : '')),
        ...(hasValues ? [isObject(row) ? '' : show(row)] : [])]);
    }
    const widths = lines[0].map((_, column) => Math.max(...lines.map((line) => line[column].length)) + 2);
    const rule = (left, middle, right) => left + widths.map((width) => '─'.repeat(width)).join(middle) + right;
    const text = (line) => `│${line.map((cell, column) => ` ${cell}`.padEnd(widths[column])).join('│')}│`;
    return [rule('┌', '┬', '┐'), text(lines[0]), rule('├', '┼', '┤'),
      ...lines.slice(1).map(text), rule('└', '┴', '┘')].join('\n');
  }

  // A console that writes texts: write(toError, text).
  function create(write) {
    let indentation = '';
    const counts = new Map();
    const timers = new Map();

    function print(toError, values) {
      const text = format(values);
      write(toError, indentation === '' ? text : indentation + text.replaceAll('\n', `\n${indentation}`));
    }

    function elapsed(label) {
      const milliseconds = performance.now() - timers.get(label);
      return `${label}: ${milliseconds >= 1000 ? `${(milliseconds / 1000).toFixed(3)}s` : `${milliseconds.toFixed(3)}ms`}`;
    }

    const methods = {
      log(...values) { print(false, values); },
      info(...values) { print(false, values); },
      debug(...values) { print(false, values); },
      error(...values) { print(true, values); },
      warn(...values) { print(true, values); },
      trace(...values) {
        const stack = new Error().stack.split('\n').slice(1).join('\n');
        print(true, [`Trace${values.length === 0 ? '' : `: ${format(values)}`}\n${stack}`]);
      },
      assert(condition, ...values) {
        if (condition) return;
        if (typeof values[0] === 'string') print(true, [`Assertion failed: ${values[0]}`, ...values.slice(1)]);
        else print(true, ['Assertion failed', ...values]);
      },
      table(data, columns) { print(false, [typeof data === 'object' && data !== null ? table(data, columns) : data]); },
      dirxml(...values) { print(false, values); },
      dir(value, options) { print(false, [host.inspection().inspect(value, { customInspect: false, ...options })]); },
      group(...values) {
        if (values.length > 0) print(false, values);
        indentation += '  ';
      },
      groupEnd() { indentation = indentation.slice(2); },
      count(label = 'default') {
        const count = (counts.get(`${label}`) ?? 0) + 1;
        counts.set(`${label}`, count);
        print(false, [`${label}: ${count}`]);
      },
      countReset(label = 'default') { counts.delete(`${label}`); },
      time(label = 'default') { timers.set(`${label}`, performance.now()); },
      timeLog(label = 'default', ...values) {
        if (timers.has(`${label}`)) print(false, [elapsed(`${label}`), ...values]);
      },
      timeEnd(label = 'default') {
        if (timers.has(`${label}`)) print(false, [elapsed(`${label}`)]);
        timers.delete(`${label}`);
      },
    };
    methods.groupCollapsed = methods.group;

    const console = Object.create({});
    for (const [name, method] of Object.entries(methods)) console[name] = method;
    Object.defineProperty(console, Symbol.toStringTag, { value: 'console', configurable: true });
    return console;
  }

  host.createConsole = create;
  return create(host.print);
})
