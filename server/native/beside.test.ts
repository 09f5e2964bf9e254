import { expect, test } from 'vitest';
import type { Extras } from '../../protocol/extras.ts';
import { Account, friend, rest } from '../bin/contract-account.ts';
import { codeOf, type Device, Stage, textsOf } from '../bin/contract-stage.ts';
import { append } from '../core/effect.ts';
import type { StanzaTree } from '../core/ports.ts';
import { childOf, element, elementsOf, ns, textOf } from './tree.ts';

const accounts = { hosts: ['example.com'], colleagues: ['kim@example.com'] };

interface Scene {
  readonly stage: Stage;
  readonly kim: Account;
  readonly vera: Device;
  readonly log: string;
  readonly chat: string;
}

/** A visitor has asked, and a colleague's account was told. A bot offers `extras` to who says “?”. */
async function conversation(extras: Extras = {}): Promise<Scene> {
  const stage = await Stage.open({
    accounts,
    prepare: (befriend) =>
      befriend.after('message.sent', ({ fact }) =>
        fact.body.text === '?' ? [append(fact.log, 'message.sent', { text: 'Well?', extras }, { item: true })] : [],
      ),
  });
  const kim = new Account(stage, 'kim@example.com');
  kim.comes();
  const vera = await stage.named('vera', 'Vera');
  await vera.says('support', 'Hello 🌍\nIs somebody there?');
  await rest();
  const log = `c_support_${vera.user.slice(2)}`;
  return { stage, kim, vera, log, chat: `${log}@${friend}` };
}

function lastTold(kim: Account): StanzaTree {
  return kim.heard.at(-1) ?? element('nothing');
}

test('tells an account which message is answered, and quotes it for a client that does not know', async () => {
  const { kim, vera, log, chat } = await conversation();
  kim.says(chat, 'With milk?');
  await rest();
  const [first, own] = ['message.sent', 'message.sent'].map(
    (type, at) => vera.facts(log).filter((f) => f.type === type)[at],
  );

  await vera.ask('message.send', { conversation: 'support', text: 'This one', reply: first?.seq ?? 0 });
  await rest();
  const toHers = lastTold(kim);
  await vera.ask('message.send', { conversation: 'support', text: 'No', reply: own?.seq ?? 0 });
  await rest();
  const toHis = lastTold(kim);

  const quote = '> Hello 🌍\n> Is somebody there?\n';
  expect(textOf(childOf(toHers, 'body') ?? toHers)).toBe(`${quote}Vera: This one`);
  expect(childOf(toHers, 'reply', ns.reply)?.attrs).toMatchObject({ id: `${log}.${first?.seq}`, to: chat });
  const range = elementsOf(childOf(toHers, 'fallback', ns.fallback) ?? toHers)[0];
  expect(range).toMatchObject({ name: 'body', attrs: { start: '0', end: String([...quote].length) } });
  expect(textOf(childOf(toHis, 'body') ?? toHis)).toBe('> With milk?\nVera: No');
  expect(childOf(toHis, 'reply', ns.reply)?.attrs).toMatchObject({ id: 's1', to: 'kim@example.com' });
});

test('takes a reply of a client without what it quotes, and whole where nobody knows the message', async () => {
  const { kim, vera, log, chat } = await conversation();
  const told = kim.heard.find((stanza) => childOf(stanza, 'body') !== undefined)?.attrs.id ?? '';
  const replying = (id: string): StanzaTree[] => [
    element('reply', { xmlns: ns.reply, id }),
    element('fallback', { xmlns: ns.fallback, for: ns.reply }, element('body', { start: '0', end: '9' })),
  ];

  kim.says(chat, '> Hello🌍\nHere I am', ...replying(told));
  kim.says(chat, '> Hello🌍\nHere I am', ...replying('nobody knows this'));
  await rest();

  const said = vera.facts(log).filter(({ type }) => type === 'message.sent');
  expect(textsOf(said).slice(1)).toEqual(['Here I am', '> Hello🌍\nHere I am']);
  expect(said.map(({ body }) => (body as { extras?: unknown }).extras)).toEqual([
    undefined,
    { reply: said[0]?.seq },
    undefined,
  ]);
});

test('carries reactions both ways, each time all of them', async () => {
  const { kim, vera, log, chat } = await conversation();
  const [hello] = vera.facts(log).filter(({ type }) => type === 'message.sent');
  const seq = hello?.seq ?? 0;
  const told = `${log}.${seq}`;
  const reacts = (...emoji: string[]): StanzaTree => {
    const reactions = emoji.map((one) => element('reaction', {}, one));
    return kim.sends(
      kim.stanza(
        'message',
        { to: chat, type: 'chat' },
        element('reactions', { xmlns: ns.reactions, id: told }, ...reactions),
      ),
    );
  };

  reacts('👍', '❤️');
  await rest();
  reacts('❤️');
  await rest();
  const heard = vera.told.filter(({ type }) => type === 'message.reacted').map(({ body }) => body);
  await vera.ask('message.react', { conversation: log, seq, emoji: '🎉', on: true });
  await rest();
  const back = childOf(lastTold(kim), 'reactions', ns.reactions);

  expect(heard).toEqual([
    { of: seq, emoji: '👍', on: true },
    { of: seq, emoji: '❤️', on: true },
    { of: seq, emoji: '👍', on: false },
  ]);
  expect([back?.attrs.id, elementsOf(back ?? element('none')).map(textOf)]).toEqual([told, ['🎉']]);
});

const offer: Extras = {
  replies: [
    { id: 'red', label: 'Red' },
    { id: 'blue', label: 'Blue' },
  ],
  buttons: [{ id: 'site', label: 'More', href: 'https://example.com/' }],
};

test.each([
  ['its number', '2'],
  ['its label', 'BLUE '],
])('offers an account what can be chosen as numbered lines, and takes %s as the answer, once', async (_, said) => {
  const { kim, vera, log, chat } = await conversation(offer);
  await vera.says('support', '?');
  await rest();
  const shown = kim.texts.at(-1);

  kim.says(chat, said);
  kim.says(chat, said);
  await rest();

  expect(shown).toBe(`${log}: Well?\n1. Red\n2. Blue\nMore: https://example.com/`);
  const after = vera.facts(log).slice(-3);
  expect(after.map((fact) => (fact.type === 'message.sent' ? fact.body.text : codeOf(fact)))).toContain(
    'message.answered',
  );
  expect(after.find(({ type }) => type === 'message.answered')?.body).toMatchObject({ choice: 'blue' });
  expect(textsOf(vera.facts(log)).filter((text) => text === said)).toEqual([said]);
});

test('tells an account what a visitor has chosen or filled in, in the words of the offer', async () => {
  const form = {
    fields: [
      { id: 'mail', label: 'E-mail', kind: 'email' as const, required: true },
      { id: 'news', label: 'Newsletter', kind: 'yes' as const },
    ],
  };
  const { kim, vera, log } = await conversation({ ...offer, form });
  await vera.says('support', '?');
  await rest();
  const { seq = 0 } = vera.facts(log).findLast(({ type }) => type === 'message.sent') ?? {};

  await vera.ask('message.answer', { conversation: log, seq, values: { mail: 'vera@example.com', news: true } });
  await rest();

  expect(kim.texts.at(-1)).toBe(`${log}: Vera: E-mail: vera@example.com\nNewsletter: ✓`);
});
