import fs from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
const root = process.argv[2];
const p = (...a) => path.join(root, ...a);
const show = (t) => `${t}`.replaceAll(root, '<root>');
const t = async (name, f) => {
  try {
    const r = await f();
    console.log(name, typeof r === 'string' ? show(r) : r);
  } catch (e) {
    console.log(name, e.name, e.code, e.syscall, show(e.message).slice(0, 160));
  }
};
fs.mkdirSync(p('a/b/c'), { recursive: true });
fs.writeFileSync(p('a/1.txt'), 'one');
fs.writeFileSync(p('a/b/2.js'), 'two');
fs.writeFileSync(p('a/b/c/3.txt'), 'three');
fs.writeFileSync(p('a/.hidden'), 'h');
fs.symlinkSync('1.txt', p('a/link'));
await t('cp', () => {
  fs.cpSync(p('a'), p('copy'), { recursive: true });
  return fs.readdirSync(p('copy'), { recursive: true }).sort().join();
});
await t('cp dir', () => fs.cpSync(p('a'), p('x')));
await t('cp file', () => {
  fs.cpSync(p('a/1.txt'), p('deep/er/1.txt'));
  return fs.readFileSync(p('deep/er/1.txt'), 'utf8');
});
await t('cp exists', () => fs.cpSync(p('a/1.txt'), p('copy/1.txt'), { force: false, errorOnExist: true }));
await t('cp filter', async () => {
  await fs.promises.cp(p('a'), p('filtered'), {
    recursive: true,
    filter: async (f) => !f.endsWith('.js') && !f.endsWith('link'),
  });
  return fs.readdirSync(p('filtered'), { recursive: true }).sort().join();
});
await t('cp self', () => fs.cpSync(p('a'), p('a/inner'), { recursive: true }));
await t('cp none', () => fs.cpSync(p('none'), p('none2')));
await t('glob', () =>
  fs
    .globSync('**/*.txt', { cwd: p('a') })
    .sort()
    .join(),
);
await t('glob2', () =>
  fs
    .globSync(['*', 'b/*.{js,ts}'], { cwd: p('a') })
    .sort()
    .join(),
);
await t('glob3', async () => (await Array.fromAsync(fs.promises.glob('b/**', { cwd: p('a') }))).sort().join());
await t('glob4', () =>
  fs
    .globSync('**', { cwd: p('a'), exclude: (n) => n.includes('b') })
    .sort()
    .join(),
);
await t('glob5', () =>
  fs
    .globSync('[12]*', { cwd: p('a') })
    .sort()
    .join(),
);
await t('matches', () => [
  path.matchesGlob('a/b/c.js', 'a/**/*.js'),
  path.matchesGlob('a/b', 'a/*'),
  path.matchesGlob('a/b/c', 'a/*'),
  path.matchesGlob('x.ts', '*.{js,ts}'),
]);
await t('opendir', async () => {
  const d = fs.opendirSync(p('a'));
  const n = [];
  for await (const e of d) n.push([e.name, e.isFile(), e.isDirectory(), e.isSymbolicLink()].join());
  return n.sort().join(' ');
});
await t('opendir2', async () => {
  const d = await fs.promises.opendir(p('a/b'));
  const e = [await d.read(), d.readSync(), await d.read()];
  await d.close();
  return [
    e
      .map((x) => x?.name ?? null)
      .sort()
      .join(),
    d.path === p('a/b'),
    d instanceof fs.Dir,
  ];
});
await t('dir closed', () => {
  const d = fs.opendirSync(p('a'));
  d.closeSync();
  d.readSync();
});
await t('link', () => {
  fs.linkSync(p('a/1.txt'), p('hard'));
  return [fs.statSync(p('hard')).nlink, fs.statSync(p('hard')).ino === fs.statSync(p('a/1.txt')).ino];
});
await t('modes', () => {
  fs.writeFileSync(p('m'), '', { mode: 0o600 });
  fs.mkdirSync(p('md'), 0o700);
  const fd = fs.openSync(p('m2'), 'w', 0o640);
  fs.fchmodSync(fd, 0o644);
  fs.closeSync(fd);
  return [p('m'), p('md'), p('m2')].map((f) => (fs.statSync(f).mode & 0o777).toString(8));
});
await t('times', () => {
  fs.utimesSync(p('m'), 1000, new Date(2000000));
  const s = fs.statSync(p('m'));
  fs.lutimesSync(p('a/link'), 5, 6);
  return [
    s.atimeMs,
    s.mtime.toISOString(),
    fs.lstatSync(p('a/link')).mtimeMs,
    s.ctime instanceof Date,
    Object.keys(s).join(),
  ];
});
await t('statfs', () => {
  const s = fs.statfsSync(root);
  return [Object.keys(s).join(), s.bsize > 0, s.bavail <= s.blocks, s.constructor.name];
});
await t('blob', async () => {
  const b = await fs.openAsBlob(p('a/1.txt'), { type: 'text/plain' });
  return [b.size, b.type, await b.text()];
});
await t('streams', async () => {
  const w = fs.createWriteStream(p('s'));
  w.write('hello ');
  w.end('world');
  await new Promise((r) => w.on('close', r));
  let text = '';
  const r = fs.createReadStream(p('s'), { encoding: 'utf8', start: 2, end: 7 });
  for await (const c of r) text += c;
  return [
    text,
    w.bytesWritten,
    r.bytesRead,
    r instanceof fs.ReadStream,
    w instanceof fs.WriteStream,
    r.path === p('s'),
  ];
});
await t('stream open', async () => {
  const r = fs.createReadStream(p('s'));
  const ev = [];
  r.on('open', (fd) => ev.push('open' + typeof fd));
  r.on('ready', () => ev.push('ready'));
  r.on('end', () => ev.push('end'));
  r.resume();
  await new Promise((res) => r.on('close', res));
  return ev;
});
await t('stream missing', () => new Promise((res, rej) => fs.createReadStream(p('missing')).on('error', rej)));
await t('stream append', async () => {
  const w = fs.createWriteStream(p('s'), { flags: 'a' });
  w.end('!');
  await new Promise((r) => w.on('finish', r));
  return fs.readFileSync(p('s'), 'utf8');
});
await t('class', () => {
  class My extends fs.ReadStream {
    constructor(f) {
      super(f, { encoding: 'utf8' });
    }
  }
  return new Promise((r) => new My(p('s')).on('data', r));
});
await t('null byte', () => fs.readFileSync('a\0b'));
await t('type', () => fs.readFileSync({}));
await t('num', () => fs.writeFileSync(p('q'), 5));
await t('cb', () => fs.readFile(p('s')));
await t('enoent', () => fs.readFileSync(p('zz')));
await t('eisdir', () => fs.readFileSync(p('a')));
await t('enotdir', () => fs.readdirSync(p('s')));
await t('eexist', () => fs.mkdirSync(p('a')));
await t('enotempty', () => fs.rmdirSync(p('a')));
await t('ebadf', () => fs.closeSync(9999));
await t('rm dir', () => fs.rmSync(p('a')));
await t('unlink', () => fs.unlinkSync(p('zz')));
await t('rename', () => fs.renameSync(p('zz'), p('yy')));
await t('access', () => fs.accessSync(p('zz')));
await t('readlink', () => fs.readlinkSync(p('s')));
await t('realpath', () => fs.realpathSync(p('a/link')));
await t('exists', () => [fs.existsSync(p('a')), fs.existsSync(p('zz')), fs.existsSync(undefined)]);
await t('stat none', () => fs.statSync(p('zz'), { throwIfNoEntry: false }));
await t('handle', async () => {
  const h = await fs.promises.open(p('h'), 'w+');
  await h.write('line1\nline2\n');
  await h.writev([Buffer.from('li'), Buffer.from('ne3')]);
  const b = Buffer.alloc(5);
  const r = await h.read(b, 0, 5, 0);
  const s = await h.stat();
  await h.chmod(0o600);
  await h.close();
  const h2 = await fs.promises.open(p('h'));
  const lines = [];
  for await (const l of h2.readLines()) lines.push(l);
  return [r.bytesRead, b.toString(), s.size, lines.join('|')];
});
await t('read opts', () => {
  const fd = fs.openSync(p('s'), 'r+');
  const b = Buffer.alloc(4);
  const n = fs.readSync(fd, b, { position: 1, length: 3, offset: 1 });
  fs.writeSync(fd, 'XY', 0);
  fs.ftruncateSync(fd, 4);
  fs.closeSync(fd);
  return [n, b.toString('latin1').replaceAll('\0', '.'), fs.readFileSync(p('s'), 'utf8')];
});
await t('promisified', async () => [
  await promisify(fs.readFile)(p('s'), 'utf8'),
  await promisify(fs.exists)(p('s')),
  (await promisify(fs.stat)(p('s'))).size,
]);
await t('rm', () => {
  fs.rmSync(p('a'), { recursive: true });
  fs.rmSync(p('zzz'), { force: true });
  return fs.existsSync(p('a'));
});
await t('dirent', () =>
  fs
    .readdirSync(p('copy'), { withFileTypes: true })
    .map((e) => e.name + ':' + show(e.parentPath))
    .sort()
    .join(),
);
await t('bigint', () => {
  const s = fs.statSync(p('s'), { bigint: true });
  return [typeof s.size, typeof s.mtimeNs, s.mtime instanceof Date, s.size];
});
await t(
  'watch',
  () =>
    new Promise((res, rej) => {
      const w = fs.watch(root, (type, name) => {
        if (name === 'watched') {
          w.close();
        }
      });
      w.on('close', () => res(['closed', typeof w.ref]));
      setTimeout(() => fs.writeFileSync(p('watched'), 'x'), 50);
      setTimeout(() => rej(new Error('timeout')), 9000).unref();
    }),
);
await t('watch none', () => fs.watch(p('zz')));
await t('constants', () => [fs.constants.O_CREAT, fs.R_OK ?? fs.constants.R_OK, fs.constants.S_IFMT]);
