import { inspect } from 'node:util';
const t = (name, f) => {
  try {
    const r = f();
    console.log(name, inspect(typeof r === 'object' && r ? { ...r } : r, { sorted: true }));
  } catch (e) {
    console.log(name, e.name);
  }
};
const all = (p) =>
  [p.protocol, p.username, p.password, p.hostname, p.port, p.pathname, p.search, p.hash, p.hasRegExpGroups].join(
    ' | ',
  );
t(1, () => all(new URLPattern({ pathname: '/books/:id' })));
t(2, () => new URLPattern({ pathname: '/books/:id' }).exec('https://example.com/books/123?q').pathname);
t(3, () => all(new URLPattern('https://example.com/:type/*?q=*#top')));
t(4, () => new URLPattern('https://*.example.com/:type(a|b)/:rest+').exec('https://x.example.com/a/b/c/d'));
t(5, () => all(new URLPattern('/foo/:bar?', 'https://example.com:8080/base?x')));
t(6, () => new URLPattern('/foo/:bar?', 'https://example.com').test('https://example.com/foo'));
t(7, () => new URLPattern({ pathname: '/a{/b}?/c' }).test('https://x.y/a/c'));
t(8, () => new URLPattern({ pathname: '/(\\d+)/x' }).exec({ pathname: '/12/x' }).pathname.groups);
t(9, () => new URLPattern('data\\:foo*').test('data:foobar'));
t(10, () => all(new URLPattern({ hostname: '{*.}?example.com' })));
t(11, () => new URLPattern({ hostname: '{*.}?example.com' }).test({ hostname: 'a.example.com' }));
t(12, () => new URLPattern('foo'));
t(13, () => new URLPattern({ pathname: '/:a/:a' }));
t(14, () => new URLPattern({ pathname: '/(' }));
t(15, () => new URLPattern({}, 'https://a.b'));
t(16, () => new URLPattern({ pathname: '/FOO' }, { ignoreCase: true }).test('https://a.b/foo'));
t(17, () => all(new URLPattern()));
t(18, () => new URLPattern().test('https://a.b/c'));
t(19, () => new URLPattern({ protocol: 'http{s}?', port: '80' }).test('http://x.y/'));
t(20, () => all(new URLPattern('https://example.com:443/*')));
t(21, () => new URLPattern({ pathname: '/*/x/*' }).exec('https://a.b/1/2/x/3').pathname.groups);
t(22, () => all(new URLPattern({ pathname: 'foo', baseURL: 'https://example.com/dir/file' })));
t(23, () => new URLPattern({ search: 'a=:x&b=:y' }).exec('https://q.w/?a=1&b=2').search.groups);
t(24, () => new URLPattern({ pathname: '/é' }).pathname);
t(25, () => new URLPattern('https://user:pass@host/').username);
t(26, () => new URLPattern({ pathname: '/x' }).exec('nope'));
t(27, () => Object.keys(new URLPattern({}).exec('https://a.b/')).sort().join());
t(28, () => new URLPattern('https://example.com?q').search);
t(29, () => new URLPattern('*://*/*').test('ftp://x/y'));
t(30, () => new URLPattern({ pathname: '/:id.json' }).exec('https://a.b/5.json').pathname.groups);
t(31, () => new URLPattern({ pathname: '/a/:b*' }).exec('https://a.b/a').pathname.groups);
t(32, () => new URLPattern({ pathname: '/:x-:y' }).exec('https://a.b/1-2').pathname.groups);
t(33, () => Object.prototype.toString.call(new URLPattern()));
t(34, () => new URLPattern({ hash: ':frag' }).exec('https://a.b/#zz').hash.groups);
