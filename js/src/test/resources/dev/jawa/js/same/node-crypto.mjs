import crypto from 'node:crypto';
import { promisify } from 'node:util';
import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
const t = async (name, f) => {
  try {
    console.log(name, await f());
  } catch (e) {
    console.log(name, e.name, e.code, e.constructor.name);
  }
};
await t('hash', () =>
  ['md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512', 'SHA256', 'RSA-SHA256', 'sha3-256', 'sha512-256']
    .map((h) => crypto.createHash(h).update('a').update(Buffer.from('b')).digest('hex'))
    .join(),
);
await t('hash2', () => crypto.createHash('nope'));
await t('hash3', () => {
  const h = crypto.createHash('sha1');
  h.digest();
  h.digest();
});
await t('copy', () => {
  const h = crypto.createHash('sha1').update('x');
  const c = h.copy();
  c.update('y');
  return [h.digest('base64'), c.digest('base64url')];
});
await t('stream', async () => {
  const h = crypto.createHash('sha256');
  await pipeline(Readable.from(['a', 'b']), h);
  return h.read().toString('hex');
});
await t('hmac', () =>
  ['sha1', 'sha256', 'sha512'].map((h) => crypto.createHmac(h, 'key').update('data').digest('hex')).join(),
);
await t('hmac2', () =>
  crypto
    .createHmac('sha256', crypto.createSecretKey(Buffer.from('key')))
    .update('data')
    .digest('base64'),
);
await t('hash fn', () => [crypto.hash('sha1', 'abc'), crypto.hash('md5', Buffer.from('x'), 'base64')]);
await t('pbkdf2', async () => [
  crypto.pbkdf2Sync('pw', 'salt', 1000, 50, 'sha512').toString('hex'),
  (await promisify(crypto.pbkdf2)('pw', Buffer.from('salt'), 1, 20, 'sha1')).toString('hex'),
]);
await t('pbkdf2 e', () => crypto.pbkdf2Sync('pw', 'salt', 1000, 50, 'foo'));
await t('pbkdf2 e2', () => crypto.pbkdf2Sync('pw', 'salt', 0, 50, 'sha1'));
await t('scrypt', async () => [
  crypto.scryptSync('pw', 'salt', 64).toString('hex'),
  crypto.scryptSync('pleaseletmein', 'SodiumChloride', 64, { N: 1024, r: 4, p: 3 }).toString('hex'),
  (await promisify(crypto.scrypt)('', '', 64, { N: 16, r: 1, p: 1 })).toString('hex'),
]);
await t('scrypt e', () => crypto.scryptSync('pw', 'salt', 64, { N: 15 }));
await t('scrypt e2', () => crypto.scryptSync('pw', 'salt', 64, { N: 1048576 }));
await t('hkdf', async () => [
  Buffer.from(crypto.hkdfSync('sha512', 'key', 'salt', 'info', 64)).toString('hex'),
  Buffer.from(await promisify(crypto.hkdf)('sha1', 'key', 'salt', 'info', 10)).toString('hex'),
]);
await t('random', async () => [
  crypto.randomBytes(8).length,
  (await promisify(crypto.randomBytes)(5)).length,
  crypto.randomInt(5) < 5,
  crypto.randomInt(3, 4),
  crypto.randomUUID().length,
  crypto.randomFillSync(new Uint32Array(4)).some((x) => x),
  typeof crypto.getRandomValues,
]);
await t('tse', () => [
  crypto.timingSafeEqual(Buffer.from('a'), Buffer.from('a')),
  crypto.timingSafeEqual(new Uint16Array([1, 2]), new Uint16Array([1, 3])),
]);
await t('tse e', () => crypto.timingSafeEqual(Buffer.from('a'), Buffer.from('ab')));
await t('tse e2', () => crypto.timingSafeEqual('a', 'a'));
const key = Buffer.from('0123456789abcdef0123456789abcdef'),
  iv = Buffer.from('abcdefghijklmnop');
for (const [name, n, i] of [
  ['aes-128-cbc', 16, iv],
  ['aes-256-cbc', 32, iv],
  ['aes-256-ctr', 32, iv],
  ['aes-192-ecb', 24, null],
])
  await t(name, () => {
    const c = crypto.createCipheriv(name, key.subarray(0, n), i);
    const x =
      c.update('some clear text data', 'utf8', 'hex') +
      c.update(' and more and more', 'utf8', 'hex') +
      c.final('hex');
    const d = crypto.createDecipheriv(name, key.subarray(0, n), i);
    return [x, d.update(x, 'hex', 'utf8') + d.final('utf8')];
  });
await t('gcm', () => {
  const c = crypto.createCipheriv('aes-256-gcm', key, iv.subarray(0, 12));
  c.setAAD(Buffer.from('aad'));
  const x = Buffer.concat([c.update('hello'), c.update(' world'), c.final()]);
  const tag = c.getAuthTag();
  const d = crypto.createDecipheriv('aes-256-gcm', key, iv.subarray(0, 12));
  d.setAAD(Buffer.from('aad'));
  d.setAuthTag(tag);
  return [x.toString('hex'), tag.toString('hex'), Buffer.concat([d.update(x), d.final()]).toString()];
});
await t('gcm bad', () => {
  const d = crypto.createDecipheriv('aes-256-gcm', key, iv.subarray(0, 12));
  d.setAuthTag(Buffer.alloc(16));
  d.update(Buffer.from('abc'));
  d.final();
});
await t('cbc bad', () => {
  const d = crypto.createDecipheriv('aes-256-cbc', key, iv);
  d.update(Buffer.alloc(32));
  d.final();
});
await t('nopad', () => {
  const c = crypto.createCipheriv('aes-128-cbc', key.subarray(0, 16), iv);
  c.setAutoPadding(false);
  return Buffer.concat([c.update(Buffer.alloc(16)), c.final()]).toString('hex');
});
await t('nopad bad', () => {
  const c = crypto.createCipheriv('aes-128-cbc', key.subarray(0, 16), iv);
  c.setAutoPadding(false);
  c.update(Buffer.alloc(15));
  c.final();
});
await t('unknown', () => crypto.createCipheriv('foo', key, iv));
await t('keylen', () => crypto.createCipheriv('aes-128-cbc', key, iv));
await t('iv', () => crypto.createCipheriv('aes-256-cbc', key, key));
for (const [type, o, a] of [
  ['rsa', { modulusLength: 2048 }, 'sha256'],
  ['ec', { namedCurve: 'prime256v1' }, 'sha256'],
  ['ec', { namedCurve: 'secp384r1' }, 'sha512'],
  ['ed25519', {}, null],
])
  await t(type, async () => {
    const { publicKey, privateKey } = crypto.generateKeyPairSync(type, o);
    const s = crypto.sign(a, Buffer.from('data'), privateKey);
    const pem = publicKey.export({ type: 'spki', format: 'pem' }),
      ppem = privateKey.export({ type: 'pkcs8', format: 'pem' });
    const again = crypto.createPublicKey(pem),
      fromPrivate = crypto.createPublicKey(ppem);
    return [
      crypto.verify(a, Buffer.from('data'), pem, s),
      crypto.verify(a, Buffer.from('datb'), publicKey, s),
      again.equals(publicKey),
      fromPrivate.equals(publicKey),
      publicKey.type,
      publicKey.asymmetricKeyType,
      publicKey.asymmetricKeyDetails,
      pem.split('\n')[0],
      ppem.split('\n')[0],
      Object.keys(privateKey.export({ format: 'jwk' }))
        .sort()
        .join(),
      Object.prototype.toString.call(publicKey),
    ];
  });
await t('createSign', () => {
  const { publicKey, privateKey } = crypto.generateKeyPairSync('rsa', {
    modulusLength: 1024,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  const s = crypto.createSign('RSA-SHA256').update('a').update('b').sign(privateKey, 'hex');
  const e = crypto.publicEncrypt(publicKey, Buffer.from('secret'));
  const pss = crypto.sign('sha256', Buffer.from('x'), {
    key: privateKey,
    padding: crypto.constants.RSA_PKCS1_PSS_PADDING,
    saltLength: 32,
  });
  return [
    s.length,
    crypto.createVerify('sha256').update('ab').verify(publicKey, s, 'hex'),
    crypto.privateDecrypt(privateKey, e).toString(),
    crypto.verify('sha256', Buffer.from('x'), { key: publicKey, padding: 6, saltLength: 32 }, pss),
  ];
});
await t('ecdh', () => {
  const a = crypto.createECDH('prime256v1'),
    b = crypto.createECDH('prime256v1');
  a.generateKeys();
  b.generateKeys();
  const c = crypto.createECDH('prime256v1');
  c.setPrivateKey(a.getPrivateKey());
  return [
    a.computeSecret(b.getPublicKey()).equals(b.computeSecret(a.getPublicKey())),
    c.getPublicKey('hex') === a.getPublicKey('hex'),
    a.getPublicKey().length,
  ];
});
await t('dh', () => {
  const a = crypto.generateKeyPairSync('x25519'),
    b = crypto.generateKeyPairSync('x25519');
  return crypto
    .diffieHellman({ privateKey: a.privateKey, publicKey: b.publicKey })
    .equals(crypto.diffieHellman({ privateKey: b.privateKey, publicKey: a.publicKey }));
});
await t('misc', () => [
  crypto.webcrypto === globalThis.crypto,
  crypto.subtle === globalThis.crypto.subtle,
  crypto.getHashes().includes('sha256'),
  crypto.getCiphers().includes('aes-256-gcm'),
  crypto.getCipherInfo('aes-256-gcm').keyLength,
]);
