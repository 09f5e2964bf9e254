import { expect, test } from 'vitest';
import { Account, friend, rest } from '../../bin/contract-account.ts';
import { type Device, Stage, textsOf } from '../../bin/contract-stage.ts';
import type { StanzaTree } from '../../core/ports.ts';
import { childOf, element, ns } from '../tree.ts';

const accounts = { hosts: ['example.com'], colleagues: ['kim@example.com', 'lea@example.com'] };

interface Scene {
  readonly stage: Stage;
  readonly kim: Account;
  readonly vera: Device;
  readonly log: string;
  readonly chat: string;
}

/** Vera has asked, and Kim was told. */
async function asked(): Promise<Scene> {
  const stage = await Stage.open({ accounts });
  const kim = new Account(stage, 'kim@example.com');
  kim.comes();
  const vera = await stage.named('vera', 'Vera');
  await vera.says('support', 'Hello?');
  await rest();
  const log = `c_support_${vera.user.slice(2)}`;
  return { stage, kim, vera, log, chat: `${log}@${friend}` };
}

const bare = 'the secret';
const reply = element('reply', { xmlns: ns.reply, id: 'c_support_x.1' });
const quote = element('fallback', { xmlns: ns.fallback, for: ns.reply }, element('body', { start: '0', end: '9' }));

test.each<[string, string, readonly StanzaTree[]]>([
  ['a note', `/note ${bare}`, []],
  ['a command that nobody knows', `/nohte ${bare}`, []],
  ['one in capitals', `/NOTE ${bare}`, []],
  ['one that corrects something', `/note ${bare}`, [element('replace', { xmlns: ns.correct, id: 's0' })]],
  ['one that answers a message', `> Hello?\n/note ${bare}`, [reply, quote]],
  ['one that asks for a receipt', `/note ${bare}`, [element('request', { xmlns: ns.receipts })]],
])('never tells a visitor %s', async (_what, text, more) => {
  const { kim, vera, log, chat } = await asked();
  kim.says(chat, 'Here I am.');
  await rest();

  kim.says(chat, text, ...more);
  await rest();
  await vera.ask('conversation.open', { conversation: 'support' });

  expect(JSON.stringify(vera.told)).not.toContain(bare);
  expect([...new Set(textsOf(vera.facts(log)))]).toEqual(['Hello?', 'Here I am.']);
  expect(kim.texts.at(-1)).toMatch(new RegExp(`^${log}: Befriend: `));
});

test('sends as words what two strokes or a space stand before, and /me', async () => {
  const { kim, vera, log, chat } = await asked();

  for (const text of ['//usr/bin', ' /etc', '/me nods']) kim.says(chat, text);
  await rest();

  expect(textsOf(vera.facts(log))).toEqual(['Hello?', '/usr/bin', '/etc', '/me nods']);
});

test('answers in the chat with the friend itself, too', async () => {
  const { kim } = await asked();

  kim.says(friend, '/help');
  await rest();

  expect(kim.texts.at(-1)).toMatch(/^friend\.example\.com: Befriend: \/take/);
});

test('takes back that somebody types who has typed a command', async () => {
  const { kim, vera, chat } = await asked();
  kim.sends(kim.stanza('message', { to: chat, type: 'chat' }, element('composing', { xmlns: ns.states })));
  await rest();

  kim.says(chat, '/help');
  await rest();

  const typing = vera.told
    .filter(({ type }) => type === 'typing.changed')
    .map(({ body }) => (body as { on: boolean }).on);
  expect(typing).toEqual([true, false]);
});

test('lets who is no colleague write what he likes', async () => {
  const { stage, vera } = await asked();
  const lou = new Account(stage, 'lou@example.com');

  lou.says(friend, '/take');
  lou.says(`${vera.user}@${friend}`, '/note to you');
  await rest();

  const last = vera.told.filter(({ type }) => type === 'message.sent').at(-1);
  expect(last?.body).toMatchObject({ text: '/note to you' });
  expect(lou.texts).toEqual([]);
});

test('says that a command has arrived where that is asked for', async () => {
  const { kim, chat } = await asked();

  const { attrs } = kim.says(chat, '/help', element('request', { xmlns: ns.receipts }));
  await rest();

  const receipts = kim.heard.flatMap((stanza) => childOf(stanza, 'received', ns.receipts)?.attrs.id ?? []);
  expect(receipts).toEqual([attrs.id]);
});
