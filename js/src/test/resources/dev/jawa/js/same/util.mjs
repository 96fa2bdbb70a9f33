import util, {
  parseArgs,
  styleText,
  MIMEType,
  MIMEParams,
  parseEnv,
  promisify,
  callbackify,
  inherits,
  deprecate,
} from 'node:util';
const t = async (name, f) => {
  try {
    console.log(name, await f());
  } catch (e) {
    console.log(name, e.name, e.code, e.message);
  }
};
const options = {
  verbose: { type: 'boolean', short: 'v' },
  out: { type: 'string', short: 'o' },
  many: { type: 'string', multiple: true, short: 'm' },
  def: { type: 'string', default: 'd' },
  color: { type: 'boolean' },
};
for (const args of [
  ['-v', '-o', 'x'],
  ['--out=y', '--verbose'],
  ['-vo', 'z'],
  ['-oz'],
  ['--many', 'a', '-mb', '--many=c'],
  ['pos'],
  ['--nope'],
  ['--out'],
  ['--verbose=1'],
  ['--out', '-x'],
  ['-o', '-x'],
  [],
])
  await t(args.join(' '), () => parseArgs({ args, options }));
await t('positionals', () =>
  parseArgs({ args: ['a', '-v', '--', '-x', 'b'], options, allowPositionals: true, tokens: true }),
);
await t('loose', () => parseArgs({ args: ['--foo', 'bar', '-abc', '--x=1'], strict: false }));
await t('negative', () => parseArgs({ args: ['--no-color'], options, allowNegative: true }));
await t('unknown pos', () => parseArgs({ args: ['-z'], options, allowPositionals: true }));
await t('bad type', () => parseArgs({ args: [], options: { a: { type: 'number' } } }));
await t('bad short', () => parseArgs({ args: [], options: { a: { type: 'string', short: 'ab' } } }));
await t('env', () =>
  parseEnv(
    'A=1\n# comment\nB="two words" # x\nexport C=\'single $x\'\nD=`back`\nE = spaced # c\nF="multi\nline"\nG="a\\nb"\nH=\n',
  ),
);
await t('style', () => [
  styleText('red', 'x', { validateStream: false }),
  styleText(['bold', 'underline'], 'y', { validateStream: false }),
]);
await t('mime', () => {
  const m = new MIMEType('Text/HTML; charset=utf-8; q="a b;c"; bad; x=1');
  const s = [
    m.type,
    m.subtype,
    m.essence,
    m.params.get('charset'),
    m.params.get('q'),
    `${m}`,
    JSON.stringify(m),
    [...m.params].length,
  ];
  m.type = 'application';
  m.params.set('z', 'a"b');
  return [s, `${m}`];
});
await t('mime err', () => new MIMEType('nope'));
await t('params', () => {
  const p = new MIMEParams();
  p.set('a', 'b');
  return [`${p}`, p.has('a'), p.get('q')];
});
await t('promisify', async () => [
  await promisify((a, cb) => cb(null, a * 2))(4),
  promisify(promisify((cb) => cb())).name.length >= 0,
]);
await t('promisify err', () => promisify(5));
await t('promisify rej', () => promisify((cb) => cb(new RangeError('r')))());
await t('callbackify', () => new Promise((r) => callbackify(async (x) => x + 1)(1, (e, v) => r([e, v]))));
await t(
  'callbackify rej',
  () => new Promise((r) => callbackify(async () => Promise.reject(null))((e) => r([e.code, e.message]))),
);
await t('callbackify err', () => callbackify(1));
await t('inherits', () => {
  function A() {}
  function B() {}
  inherits(B, A);
  return [new B() instanceof A, B.super_ === A];
});
await t('inherits err', () => inherits(null, class {}));
await t('types', async () => [
  util.types.isPromise(Promise.resolve()),
  util.types.isRegExp(/x/),
  util.types.isDate(new Date()),
  util.types.isNativeError(new TypeError()),
  util.types.isProxy(new Proxy({}, {})),
  util.types.isGeneratorFunction(function* () {}),
  util.types.isAsyncFunction(async () => {}),
  util.types.isBoxedPrimitive(Object(1n)),
  util.types.isUint8Array(Buffer.alloc(1)),
  util.types.isArgumentsObject(
    (function () {
      return arguments;
    })(),
  ),
  util.types.isMapIterator(new Map().keys()),
  util.types.isModuleNamespaceObject(await import('node:os')),
  util.types.isSymbolObject(Object(Symbol())),
  util.types.isAnyArrayBuffer(new SharedArrayBuffer(1)),
  util.types.isWeakMap(new WeakMap()),
]);
await t('deep', () => [
  util.isDeepStrictEqual({ a: [1, new Map([[1, { b: 2 }]])] }, { a: [1, new Map([[1, { b: 2 }]])] }),
  util.isDeepStrictEqual([1], ['1']),
  util.isDeepStrictEqual(new Set([{ a: 1 }]), new Set([{ a: 1 }])),
  util.isDeepStrictEqual(NaN, NaN),
  util.isDeepStrictEqual(-0, 0),
]);
await t('strip', () => util.stripVTControlCharacters('\u001b[31mred\u001b[0m x'));
await t('usv', () => util.toUSVString('a\ud800b'));
await t('sysname', () => [
  util.getSystemErrorName(-2),
  util.getSystemErrorMessage(-13),
  util.getSystemErrorMap().get(-17),
]);
await t('aborted', async () => {
  const c = new AbortController();
  setTimeout(() => c.abort(), 1);
  await util.aborted(c.signal, {});
  return c.signal.aborted;
});
await t('diff', () => util.diff('abc', 'axc'));
await t('callsites', () => {
  const [s] = util.getCallSites(1);
  return [typeof s.functionName, typeof s.lineNumber, Object.keys(s).includes('scriptName')];
});
await t('textenc', () => [util.TextEncoder === TextEncoder, util.TextDecoder === TextDecoder]);
await t('format', () => util.format('%s:%s', 'a'));
await t('process', () => [
  typeof process.availableMemory(),
  typeof process.constrainedMemory(),
  process.resourceUsage().userCPUTime >= 0,
  typeof process.threadCpuUsage,
  process.hrtime.bigint() > 0n,
  process.memoryUsage().heapUsed > 0,
  process.argv.length > 1,
  process.uptime() > 0,
  process.getuid() >= 0,
  process.release.name,
  process.emitWarning.length >= 0,
]);
