const { subtle } = crypto;
const hex = (b) => Buffer.from(b).toString('hex');
const enc = new TextEncoder();
const data = enc.encode('hello world, this is some data to be processed'.repeat(3));
const raw = enc.encode('0123456789abcdef');
const tryit = async (name, f) => {
  try {
    console.log(name, await f());
  } catch (e) {
    console.log(name, e.name, e.constructor.name);
  }
};
await tryit('hmac', async () => {
  const k = await subtle.importKey('raw', raw, { name: 'HMAC', hash: 'SHA-256' }, true, ['sign', 'verify']);
  const s = await subtle.sign('HMAC', k, data);
  return [
    hex(s),
    await subtle.verify('HMAC', k, s, data),
    await subtle.verify('HMAC', k, s, raw),
    JSON.stringify(await subtle.exportKey('jwk', k)),
    k.type,
    k.extractable,
    k.algorithm,
    k.usages,
  ];
});
for (const [name, p] of [
  ['AES-CBC', { iv: raw }],
  ['AES-GCM', { iv: raw.subarray(0, 12), additionalData: raw }],
  ['AES-GCM', { iv: raw.subarray(0, 12), tagLength: 96 }],
  ['AES-CTR', { counter: new Uint8Array(16).fill(255), length: 8 }],
  ['AES-CTR', { counter: new Uint8Array(16).fill(255), length: 128 }],
  ['AES-CTR', { counter: raw, length: 64 }],
])
  await tryit(name, async () => {
    const k = await subtle.importKey('raw', raw, name, true, ['encrypt', 'decrypt']);
    const c = await subtle.encrypt({ name, ...p }, k, data);
    return [
      hex(c),
      hex(await subtle.decrypt({ name, ...p }, k, c)) === hex(data),
      JSON.stringify(await subtle.exportKey('jwk', k)),
      JSON.stringify(k.algorithm),
    ];
  });
await tryit('pbkdf2', async () => {
  const k = await subtle.importKey('raw', raw, 'PBKDF2', false, ['deriveBits', 'deriveKey']);
  const dk = await subtle.deriveKey(
    { name: 'PBKDF2', salt: data, iterations: 100, hash: 'SHA-512' },
    k,
    { name: 'AES-GCM', length: 256 },
    true,
    ['encrypt'],
  );
  return [
    hex(await subtle.deriveBits({ name: 'PBKDF2', salt: raw, iterations: 1000, hash: 'SHA-1' }, k, 320)),
    hex(await subtle.exportKey('raw', dk)),
  ];
});
await tryit('hkdf', async () => {
  const k = await subtle.importKey('raw', raw, 'HKDF', false, ['deriveBits']);
  return hex(await subtle.deriveBits({ name: 'HKDF', salt: raw, info: data, hash: 'SHA-256' }, k, 512));
});
const jwkEc = { kty: 'EC', crv: 'P-256', d: 'jvH2iqj64DAGpX-EJ6X6Zx_iO0h6WzfWfQxVdVg2C3U' };
for (const curve of ['P-256', 'P-384', 'P-521'])
  await tryit('ecdsa ' + curve, async () => {
    const { publicKey, privateKey } = await subtle.generateKey({ name: 'ECDSA', namedCurve: curve }, true, [
      'sign',
      'verify',
    ]);
    const s = await subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, privateKey, data);
    const spki = await subtle.exportKey('spki', publicKey),
      pkcs8 = await subtle.exportKey('pkcs8', privateKey),
      jwk = await subtle.exportKey('jwk', privateKey),
      rawp = await subtle.exportKey('raw', publicKey);
    const p2 = await subtle.importKey('raw', rawp, { name: 'ECDSA', namedCurve: curve }, true, ['verify']);
    const s2 = await subtle.importKey('jwk', jwk, { name: 'ECDSA', namedCurve: curve }, true, ['sign']);
    const s3 = await subtle.importKey('pkcs8', pkcs8, { name: 'ECDSA', namedCurve: curve }, false, ['sign']);
    const p3 = await subtle.importKey('spki', spki, { name: 'ECDSA', namedCurve: curve }, false, ['verify']);
    const v = (k, sig) => subtle.verify({ name: 'ECDSA', hash: 'SHA-256' }, k, sig, data);
    return [
      s.byteLength,
      spki.byteLength,
      rawp.byteLength,
      Object.keys(jwk).sort().join(),
      jwk.crv,
      await v(publicKey, s),
      await v(p2, await subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, s2, data)),
      await v(p3, await subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, s3, data)),
      await v(p3, new Uint8Array(s.byteLength)),
      publicKey.usages,
      privateKey.usages,
    ];
  });
for (const name of ['RSASSA-PKCS1-v1_5', 'RSA-PSS'])
  await tryit(name, async () => {
    const { publicKey, privateKey } = await subtle.generateKey(
      { name, modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]), hash: 'SHA-256' },
      true,
      ['sign', 'verify'],
    );
    const alg = { name, saltLength: 32 };
    const s = await subtle.sign(alg, privateKey, data);
    const jwk = await subtle.exportKey('jwk', privateKey);
    const again = await subtle.importKey('jwk', jwk, { name, hash: 'SHA-256' }, true, ['sign']);
    return [
      s.byteLength,
      await subtle.verify(alg, publicKey, s, data),
      await subtle.verify(alg, publicKey, await subtle.sign(alg, again, data), data),
      await subtle.verify(alg, publicKey, s, raw),
      Object.keys(jwk).sort().join(),
      jwk.alg,
      publicKey.algorithm,
    ];
  });
await tryit('oaep', async () => {
  const { publicKey, privateKey } = await subtle.generateKey(
    { name: 'RSA-OAEP', modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]), hash: 'SHA-256' },
    true,
    ['encrypt', 'decrypt', 'wrapKey', 'unwrapKey'],
  );
  const c = await subtle.encrypt({ name: 'RSA-OAEP', label: raw }, publicKey, raw);
  const aes = await subtle.generateKey({ name: 'AES-GCM', length: 256 }, true, ['encrypt']);
  const w = await subtle.wrapKey('raw', aes, publicKey, 'RSA-OAEP');
  const u = await subtle.unwrapKey('raw', w, privateKey, 'RSA-OAEP', 'AES-GCM', true, ['encrypt']);
  return [
    c.byteLength,
    hex(await subtle.decrypt({ name: 'RSA-OAEP', label: raw }, privateKey, c)) === hex(raw),
    hex(await subtle.exportKey('raw', u)) === hex(await subtle.exportKey('raw', aes)),
  ];
});
await tryit('kw', async () => {
  const kw = await subtle.importKey('raw', raw, 'AES-KW', false, ['wrapKey', 'unwrapKey']);
  const aes = await subtle.importKey('raw', enc.encode('fedcba9876543210'), 'AES-CBC', true, ['encrypt']);
  const w = await subtle.wrapKey('raw', aes, kw, 'AES-KW');
  return [
    hex(w),
    hex(await subtle.exportKey('raw', await subtle.unwrapKey('raw', w, kw, 'AES-KW', 'AES-CBC', true, ['encrypt']))),
  ];
});
await tryit('ecdh', async () => {
  const a = await subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, true, ['deriveBits']),
    b = await subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, true, ['deriveBits']);
  return (
    hex(await subtle.deriveBits({ name: 'ECDH', public: b.publicKey }, a.privateKey, 256)) ===
    hex(await subtle.deriveBits({ name: 'ECDH', public: a.publicKey }, b.privateKey, 256))
  );
});
await tryit('x25519', async () => {
  const a = await subtle.generateKey('X25519', true, ['deriveBits']),
    b = await subtle.generateKey({ name: 'X25519' }, true, ['deriveBits']);
  const j = await subtle.exportKey('jwk', a.privateKey);
  const a2 = await subtle.importKey('jwk', j, 'X25519', true, ['deriveBits']);
  return [
    hex(await subtle.deriveBits({ name: 'X25519', public: b.publicKey }, a2, 256)) ===
      hex(await subtle.deriveBits({ name: 'X25519', public: a.publicKey }, b.privateKey, 256)),
    Object.keys(j).sort().join(),
  ];
});
await tryit('ed25519', async () => {
  const d = {
    kty: 'OKP',
    crv: 'Ed25519',
    d: 'nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A',
    x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo',
  };
  const k = await subtle.importKey('jwk', d, 'Ed25519', true, ['sign']),
    p = await subtle.importKey('jwk', { kty: 'OKP', crv: 'Ed25519', x: d.x }, 'Ed25519', true, ['verify']);
  const s = await subtle.sign('Ed25519', k, data);
  return [
    hex(s),
    await subtle.verify('Ed25519', p, s, data),
    hex(await subtle.exportKey('raw', p)),
    hex(await subtle.exportKey('pkcs8', k)),
    JSON.stringify(await subtle.exportKey('jwk', k)),
  ];
});
await tryit('clone', async () => {
  const k = structuredClone(await subtle.importKey('raw', raw, 'AES-CBC', true, ['encrypt']));
  return [k instanceof CryptoKey, hex(await subtle.exportKey('raw', k))];
});
const k0 = await subtle.importKey('raw', raw, 'AES-CBC', false, ['encrypt']);
for (const [n, f] of Object.entries({
  a: () => subtle.exportKey('raw', k0),
  b: () => subtle.decrypt({ name: 'AES-CBC', iv: raw }, k0, data),
  c: () => subtle.encrypt({ name: 'AES-GCM', iv: raw }, k0, data),
  d: () => subtle.importKey('raw', raw, 'AES-CBC', true, []),
  e: () => subtle.importKey('raw', raw, 'AES-CBC', true, ['sign']),
  f: () => subtle.importKey('raw', raw.subarray(1), 'AES-CBC', true, ['encrypt']),
  g: () => subtle.importKey('raw', raw, 'FOO', true, ['encrypt']),
  h: () => subtle.importKey('zzz', raw, 'AES-CBC', true, ['encrypt']),
  i: () => subtle.encrypt({ name: 'AES-CBC', iv: data }, k0, data),
  j: () => new CryptoKey(),
  k: () => subtle.digest('MD5', raw),
  l: () => subtle.importKey('raw', raw, 'AES-CBC', true, ['zzz']),
  m: async () =>
    subtle.decrypt(
      { name: 'AES-GCM', iv: raw },
      await subtle.importKey('raw', raw, 'AES-GCM', true, ['decrypt']),
      data,
    ),
  n: () => subtle.importKey('spki', raw, { name: 'ECDSA', namedCurve: 'P-256' }, true, ['verify']),
  o: () => subtle.generateKey({ name: 'AES-CBC', length: 100 }, true, ['encrypt']),
  p: () => subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['encrypt']),
  q: () => subtle.sign('HMAC', {}, raw),
  r: () => subtle.digest('SHA-256', 'x'),
}))
  await tryit(n, f);
console.log(k0, Object.prototype.toString.call(k0));
