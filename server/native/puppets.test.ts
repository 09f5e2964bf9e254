import { describe, expect, test } from 'vitest';
import { Account, conditionOf, friend, rest } from '../bin/contract-account.ts';
import { type Device, Stage } from '../bin/contract-stage.ts';
import type { StanzaTree } from '../core/ports.ts';
import { childOf, element, elementsOf, textOf } from './tree.ts';

const accounts = { hosts: ['example.com'], colleagues: ['kim@example.com'] };
const png = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const nobody = `u_${'0'.repeat(20)}@${friend}`;

const ping = element('ping', { xmlns: 'urn:xmpp:ping' });
const info = element('query', { xmlns: 'http://jabber.org/protocol/disco#info' });
const items = element('query', { xmlns: 'http://jabber.org/protocol/disco#items' });
const vcard = element('vCard', { xmlns: 'vcard-temp' });
const vcard4 = element('vcard', { xmlns: 'urn:ietf:params:xml:ns:vcard-4.0' });
const last = element('query', { xmlns: 'jabber:iq:last' });

async function people(): Promise<{ stage: Stage; lea: Account; vera: Device; puppet: string; leaUser: string }> {
  const stage = await Stage.open({ accounts });
  const lea = new Account(stage, 'lea@example.com');
  lea.comes();
  const vera = await stage.named('vera', 'Vera');
  const puppet = `${vera.user}@${friend}`;
  lea.says(puppet, 'Hello');
  await rest();
  const leaUser = vera.told.find(({ type }) => type === 'message.sent')?.by ?? '';
  return { stage, lea, vera, puppet, leaUser };
}

/** Asks, and returns the answer. */
async function asks(account: Account, to: string, query: StanzaTree): Promise<StanzaTree | undefined> {
  const stanza = account.asks(to, query);
  await rest();
  return account.answerTo(stanza);
}

test.each([
  ['the friend', ping, friend, []],
  ['somebody', ping, 'puppet', []],
  ['the friend', info, friend, ['query']],
  ['somebody', info, 'puppet', ['query']],
  ['the friend', items, friend, ['query']],
  ['the friend', vcard, friend, ['vCard']],
  ['somebody', vcard4, 'puppet', ['vcard']],
] as const)('answers for %s what %j asks', async (_who, query, at, names) => {
  const { lea, puppet } = await people();

  const answer = await asks(lea, at === 'puppet' ? puppet : at, query);

  expect(answer?.attrs.type).toBe('result');
  expect(answer && elementsOf(answer).map(({ name }) => name)).toEqual(names);
});

test.each([ping, info, items, vcard, vcard4, last])(
  'says of one whom nobody has that there is none: %j',
  async (query) => {
    const { lea } = await people();

    const [toNobody, toNothing] = [await asks(lea, nobody, query), await asks(lea, `c_nothing@${friend}`, query)];

    expect([conditionOf(toNobody), conditionOf(toNothing)]).toEqual(['item-not-found', 'item-not-found']);
  },
);

test('answers a stranger about the friend and about nobody else', async () => {
  const { stage, puppet } = await people();
  const stranger = new Account(stage, '7f3a@visitors.example.com');

  const [own, other] = [await asks(stranger, friend, info), await asks(stranger, puppet, vcard)];

  expect(own?.attrs.type).toBe('result');
  expect(conditionOf(other)).toBe('item-not-found');
});

test('says what the friend is, and what it understands', async () => {
  const { lea } = await people();

  const answer = await asks(lea, friend, info);

  const query = answer && childOf(answer, 'query', info.attrs.xmlns);
  const features = query ? elementsOf(query).flatMap(({ attrs }) => attrs.var ?? []) : [];
  expect(query && elementsOf(query)[0]?.attrs).toMatchObject({
    category: 'component',
    type: 'generic',
    name: 'Befriend',
  });
  expect(features).toEqual(expect.arrayContaining(['urn:xmpp:ping', 'urn:befriend:event:1', 'urn:xmpp:receipts']));
});

test('knows nothing of nodes that are no commands', async () => {
  const { lea } = await people();

  const answer = await asks(
    lea,
    friend,
    element('query', { ...info.attrs, node: 'http://jabber.org/protocol/commands#none' }),
  );

  expect(conditionOf(answer)).toBe('item-not-found');
});

describe('a card', () => {
  test('holds the name and the picture of its user', async () => {
    const { lea, vera, puppet } = await people();
    await vera.ask('profile.set', { name: 'Vera V.', avatar: png });

    const [old, young] = [await asks(lea, puppet, vcard), await asks(lea, puppet, vcard4)];

    const card = old && childOf(old, 'vCard', 'vcard-temp');
    const photo = card && childOf(card, 'PHOTO', 'vcard-temp');
    expect(card && textOf(childOf(card, 'FN', 'vcard-temp') ?? element(''))).toBe('Vera V.');
    expect(photo && elementsOf(photo).map(textOf)).toEqual(['image/png', png]);
    expect(JSON.stringify(young)).toContain(`data:image/png;base64,${png}`);
  });

  test('of a case bears the visitor’s name and picture, for colleagues only', async () => {
    const { stage, lea } = await people();
    const kim = new Account(stage, 'kim@example.com');
    const vera = await stage.named('vera', 'Vera');
    await vera.says('support', 'Hello?');
    await vera.ask('profile.set', { name: 'Vera', avatar: png });
    await rest();
    const chat = `c_support_${vera.user.slice(2)}@${friend}`;

    const [shown, hidden] = [await asks(kim, chat, vcard), await asks(lea, chat, vcard)];

    expect(JSON.stringify(shown)).toContain('Vera');
    expect(JSON.stringify(shown)).toContain(png);
    expect(conditionOf(hidden)).toBe('item-not-found');
  });
});

test('tells when somebody was last there only to whom his relations let know', async () => {
  const { stage, lea, vera, puppet, leaUser } = await people();
  const before = await asks(lea, puppet, last);
  await vera.ask('relation.ask', { user: leaUser, kind: 'contact' });
  await stage.friend.inject(leaUser, vera.action('relation.accept', { user: vera.user }));
  lea.sends(lea.stanza('presence', { to: puppet, type: 'subscribe' }));
  await rest();
  vera.leave();
  await rest();
  stage.clock.advance(65_000);
  await rest();

  const after = await asks(lea, puppet, last);

  const query = after && childOf(after, 'query', 'jabber:iq:last');
  expect(conditionOf(before)).toBe('item-not-found');
  expect(Number(query?.attrs.seconds)).toBeGreaterThanOrEqual(60);
});

test('lets a rule of the site answer in the place of all this', async () => {
  const { send } = await import('../core/effect.ts');
  const stage = await Stage.open({
    accounts,
    prepare: (own) =>
      own.use(async ({ action }, next) =>
        action.type === 'stanza.vcard' ? [send('iq', { type: 'result' }, element('vCard', { xmlns: 'mine' }))] : next(),
      ),
  });
  const lea = new Account(stage, 'lea@example.com');

  const answer = await asks(lea, friend, vcard);

  expect(answer && elementsOf(answer)[0]?.attrs.xmlns).toBe('mine');
});
