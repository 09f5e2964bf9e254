import { expect, test } from 'vitest';
import { identify, opens, signingStage, userIn } from '../bin/contract-identity.ts';
import { codeOf, Stage } from '../bin/contract-stage.ts';
import { pictures } from '../core/picture.ts';

const png = Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), Buffer.alloc(32, 7)]).toString('base64');
const jpeg = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(32, 7)]).toString('base64');
const webp = Buffer.concat([Buffer.from('RIFF1234WEBPVP8 '), Buffer.alloc(32, 7)]).toString('base64');

test('lets a visitor choose a name and a picture, which stay unverified', async () => {
  const stage = await Stage.open();
  const [ann, bob] = [await stage.person('ann'), await stage.person('bob')];
  await ann.says('room:lobby', 'Who am I?');

  const changed = await ann.ask('profile.set', { name: 'Ann', avatar: png });
  const opened = await bob.ask('conversation.open', { conversation: 'room:lobby' });

  const person = { id: ann.user, name: 'Ann', kind: 'visitor', verified: false, avatar: expect.any(String) };
  expect(changed).toMatchObject({ type: 'profile.changed', log: ann.user, body: { person } });
  expect(opened).toMatchObject({ body: { people: [person] } });
  const [, key = ''] = /^avatar\/([0-9a-f]{64})$/.exec((await stage.store.user(ann.user))?.avatar ?? '') ?? [];
  expect(await stage.store.state(pictures.plugin, pictures.scope, key)).toBe(png);
});

test('keeps one picture for each user, and nobody’s that another has too', async () => {
  const stage = await Stage.open();
  const [ann, bob] = [await stage.person('ann'), await stage.person('bob')];
  await bob.ask('profile.set', { avatar: png });
  const keys: string[] = [];

  for (const picture of [png, jpeg, webp]) {
    await ann.ask('profile.set', { avatar: picture });
    keys.push(((await stage.store.user(ann.user))?.avatar ?? '').slice('avatar/'.length));
  }
  await ann.ask('profile.set', { avatar: null });

  const kept = keys.map((key) => stage.store.state(pictures.plugin, pictures.scope, key));
  expect(await Promise.all(kept)).toEqual([undefined, undefined, undefined]);
  expect((await stage.store.user(ann.user))?.avatar).toBeUndefined();
  const own = (await stage.store.user(bob.user))?.avatar?.slice('avatar/'.length) ?? '';
  expect(await stage.store.state(pictures.plugin, pictures.scope, own)).toBe(png);
});

test.each([
  ['an SVG', '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'],
  ['a page', '<!doctype html><script>alert(1)</script>'],
  ['a GIF', 'GIF89a'],
  ['sound in the container of WebP', 'RIFF1234WAVEfmt '],
  ['nothing', ''],
])('refuses %s as a picture', async (_, text) => {
  const stage = await Stage.open();
  const ann = await stage.person('ann');

  const refused = await ann.ask('profile.set', { avatar: Buffer.from(text).toString('base64') });

  expect(codeOf(refused)).toBe('schema');
  expect((await stage.store.user(ann.user))?.avatar).toBeUndefined();
});

test('leaves what the site has signed, and what it has not may be chosen', async () => {
  const stage = await signingStage();
  const [ann, bob] = [await stage.person('ann'), await stage.person('bob')];
  await identify(ann, 'ann', 'ann new', { name: 'Ann', avatar: 'https://shop.example/ann.png' });
  await identify(bob, 'bob', 'bob new');
  await opens(bob, 'bob new');

  const refused = [await ann.ask('profile.set', { name: 'Boss' }), await ann.ask('profile.set', { avatar: null })];
  const chosen = await bob.ask('profile.set', { name: 'Bobby', avatar: jpeg });

  expect(refused.map(codeOf)).toEqual(['not_found', 'not_found']);
  expect(chosen).toMatchObject({ type: 'profile.changed', body: { person: { name: 'Bobby', verified: false } } });
});

test('gives up a picture of one’s own for the one that the site signs', async () => {
  const stage = await signingStage();
  const ann = await stage.person('ann');
  await identify(ann, 'ann', 'new');
  await opens(ann, 'new');
  await ann.ask('profile.set', { avatar: png });
  const user = userIn(await opens(ann, 'new'));
  const key = ((await stage.store.user(user))?.avatar ?? '').slice('avatar/'.length);

  await identify(ann, 'ann', 'newer', { avatar: 'https://shop.example/ann.png' });

  expect(key).toMatch(/^[0-9a-f]{64}$/);
  expect((await stage.store.user(user))?.avatar).toBe('https://shop.example/ann.png');
  expect(await stage.store.state(pictures.plugin, pictures.scope, key)).toBeUndefined();
});

test('lets people be called otherwise than signed where the site allows it, unverified', async () => {
  const stage = await signingStage({ rename: true });
  const ann = await stage.person('ann');
  await identify(ann, 'ann', 'new', { name: 'Ann' });

  const changed = await ann.ask('profile.set', { name: 'Annie' });

  expect(changed).toMatchObject({ body: { person: { name: 'Annie', verified: false } } });
});

test('lets a colleague who came by an invite say what he is called, and one whom the site names not', async () => {
  const stage = await signingStage();
  const bob = await stage.colleague('bob');
  const kim = await stage.person('kim');
  await identify(kim, 'kim', 'kim new', { name: 'Kim', role: 'colleague' });

  const named = await bob.ask('profile.set', { name: 'Bob' });
  const refused = await kim.ask('profile.set', { name: 'Boss' });

  expect(named).toMatchObject({ body: { person: { name: 'Bob', kind: 'colleague', verified: true } } });
  expect(codeOf(refused)).toBe('not_found');
});
