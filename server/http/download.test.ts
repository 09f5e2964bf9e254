import { expect, test } from 'vitest';
import { file, linked, scene, sent, words } from './contract-scene.ts';

const png = Uint8Array.from('\x89PNG\r\n\x1a\n\0\0\0\x04IHDRsizeCRC!\0\0\0\0IENDCRC!', (one) => one.charCodeAt(0));

test.each([
  ['notes.txt', words, 'text/plain; charset=utf-8', 'attachment'],
  ['page.html', '<script>alert(1)</script>', 'text/plain; charset=utf-8', 'attachment'],
  ['drawing.svg', '<svg onload="alert(1)"/>', 'text/plain; charset=utf-8', 'attachment'],
  ['photo.png', png, 'image/png', 'inline'],
  ['photo.png', 'no picture\0', 'application/octet-stream', 'attachment'],
])('gives %s as nothing that could run: %#', async (name, bytes, type, kind) => {
  const there = await scene();
  await sent(there, bytes, { name, type: name.endsWith('.png') ? 'image/png' : 'text/html' });
  const [url = ''] = await linked(there.ann);

  const { headers, status } = await fetch(there.origin + url);

  expect([status, headers.get('Content-Type')]).toEqual([200, type]);
  expect(headers.get('Content-Disposition')).toBe(`${kind}; filename="${name}"; filename*=UTF-8''${name}`);
  expect(headers.get('Content-Security-Policy')).toBe("sandbox; default-src 'none'");
  expect(headers.get('Cross-Origin-Resource-Policy')).toBe('cross-origin');
  expect(headers.get('Cache-Control')).toContain('private');
});

test.each([
  ['a "b"; filename=c.exe', `filename="a _b__ filename_c.exe"; filename*=UTF-8''a%20%22b%22%3B%20filename%3Dc.exe`],
  ['Grüße (1).txt', `filename="Gr__e _1_.txt"; filename*=UTF-8''Gr%C3%BC%C3%9Fe%20%281%29.txt`],
  ['photo\u202egnp.exe', `filename="photognp.exe"; filename*=UTF-8''photognp.exe`],
])('names a file that is called %s', async (name, disposition) => {
  const there = await scene();
  await sent(there, words, { name });
  const [url = ''] = await linked(there.ann);

  const { headers } = await fetch(there.origin + url);

  expect(headers.get('Content-Disposition')).toBe(`attachment; ${disposition}`);
});

test('gives the part of a file that is asked for', async () => {
  const there = await scene();
  await sent(there, words);
  const [url = ''] = await linked(there.ann);
  const ask = async (range: string, more: Record<string, string> = {}) => {
    const response = await fetch(there.origin + url, { headers: { Range: range, ...more } });
    return [response.status, response.headers.get('Content-Range'), await response.text()];
  };

  const parts = [await ask('bytes=5-8'), await ask('bytes=40-'), await ask('bytes=-5'), await ask('bytes=0-999')];
  const wholes = [
    await ask('bytes=0-1,4-5'),
    await ask('lines=1-2'),
    await ask('bytes=8-5'),
    await ask('bytes=0-3', { 'If-Range': '"other"' }),
  ];

  expect(parts).toEqual([
    [206, 'bytes 5-8/47', words.slice(5, 9)],
    [206, 'bytes 40-46/47', words.slice(40)],
    [206, 'bytes 42-46/47', words.slice(-5)],
    [206, 'bytes 0-46/47', words],
  ]);
  expect(wholes).toEqual(Array(4).fill([200, null, words]));
  expect(await ask('bytes=47-')).toEqual([416, 'bytes */47', '']);
  const held = await fetch(there.origin + url, { headers: { 'If-None-Match': `"${file}"` } });
  const head = await fetch(there.origin + url, { method: 'HEAD' });
  expect([held.status, head.status, head.headers.get('Content-Length')]).toEqual([304, 200, '47']);
});
