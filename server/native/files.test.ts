import { expect, test } from 'vitest';
import { Account, rest } from '../bin/contract-account.ts';
import { type Device, Stage } from '../bin/contract-stage.ts';
import type { StanzaTree } from '../core/ports.ts';
import { factOf } from './message-id.ts';
import { childOf, ns, textOf } from './tree.ts';

const accounts = { hosts: ['example.com'], colleagues: ['kim@example.com'] };

async function sends(stage: Stage, device: Device, conversation: string, text: string, ...names: string[]) {
  const files = names.map((_, index) => `f_${String(index).padStart(20, '0')}`);
  for (const [index, name] of names.entries()) {
    const file = files[index] ?? '';
    const offer = { file, conversation, name, type: 'text/plain', size: 5 };
    const granted = await device.ask('file.offer', offer);
    if (granted.type !== 'file.granted') throw new Error('It was not granted');
    const chunks = (async function* () {
      yield new TextEncoder().encode('Hello');
    })();
    await stage.door.take(file, granted.body.upload.replace(/^.*=/, ''), { at: 0, chunks });
  }
  await device.ask('message.send', { conversation, text, files });
  await rest();
}

/** The address of a file where a stanza tells one (XEP-0066), and whether its text is that and nothing else. */
function fileIn(stanza: StanzaTree): { url: string; isAlone: boolean } | undefined {
  const out = childOf(stanza, 'x', ns.oob);
  const [url, body] = [out && childOf(out, 'url'), childOf(stanza, 'body')];
  return url && { url: textOf(url), isAlone: body !== undefined && textOf(body) === textOf(url) };
}

test('tells an account of each file in a stanza of its own, behind the words, by an address that it can open', async () => {
  const stage = await Stage.open({ accounts });
  await rest();
  const kim = new Account(stage, 'kim@example.com');
  const vera = await stage.named('vera', 'Vera');

  await sends(stage, vera, 'support', 'Two pictures', 'one two.txt', 'other.txt');

  const [words, ...files] = kim.heard.filter((stanza) => childOf(stanza, 'body') !== undefined);
  expect(textOf(childOf(words as StanzaTree, 'body') as StanzaTree)).toBe('Vera: Two pictures');
  expect(fileIn(words as StanzaTree)).toBeUndefined();
  expect(files.map((stanza) => fileIn(stanza)?.isAlone)).toEqual([true, true]);
  const [first = ''] = files.map((stanza) => fileIn(stanza)?.url);
  expect(first).toMatch(
    /^https:\/\/friend\.example\.com\/chat\/files\/f_0{20}\/one%20two\.txt\?get=\d+\.[0-9a-f]{64}$/,
  );
  expect(await stage.door.give(`f_${'0'.repeat(20)}`, first.replace(/^.*=/, ''))).toMatchObject({ file: { size: 5 } });
  const ids = [words, ...files].map((stanza) => stanza?.attrs.id ?? '');
  expect(new Set(ids).size).toBe(3);
  expect(new Set(ids.map((id) => JSON.stringify(factOf(id)))).size).toBe(1);
});

test('says whose a file is that comes without words where the address does not, and nothing before it where it does', async () => {
  const stage = await Stage.open({ accounts });
  await rest();
  const lea = new Account(stage, 'lea@example.com');
  const vera = await stage.named('vera', 'Vera');
  lea.says(`${vera.user}@friend.example.com`, 'Hello Vera');
  await rest();
  const direct = vera.told.find(({ type }) => type === 'message.sent')?.log ?? '';

  await sends(stage, vera, direct, '', 'notes.txt');

  expect(lea.texts).toHaveLength(1);
  expect(lea.texts[0]).toMatch(/^u_[0-9a-z]{20}: https:\/\/friend\.example\.com\/chat\/files\//);
  expect(lea.heard.at(-1)?.attrs.id).toMatch(/\.\d+$/);
});

test('names a file for which it has no address', async () => {
  const stage = await Stage.open({ accounts, fileAddress: undefined });
  await rest();
  const kim = new Account(stage, 'kim@example.com');
  const vera = await stage.named('vera', 'Vera');

  await sends(stage, vera, 'support', 'See', 'notes.txt');

  expect(kim.texts.map((text) => text.replace(/^c_[^:]*: /, ''))).toEqual(['Vera: See\nnotes.txt (0.1 kB)']);
});
