import { expect, test } from 'vitest';
import { Account, conditionOf, friend, rest } from '../bin/contract-account.ts';
import { type Device, Stage } from '../bin/contract-stage.ts';
import { adHoc } from './desk/ad-hoc-nodes.ts';
import { childOf, element, elementsOf, textOf } from './tree.ts';

const accounts = { hosts: ['example.com'], colleagues: ['kim@example.com'] };
const forms = 'jabber:x:data';

/** Lea has an account, Vera a browser and a group of her own, into which Lea was asked. */
async function people(): Promise<{
  stage: Stage;
  lea: Account;
  vera: Device;
  user: string;
  group: string;
  at: string;
}> {
  const stage = await Stage.open({ accounts });
  const lea = new Account(stage, 'lea@example.com');
  const vera = await stage.named('vera', 'Vera');
  lea.comes();
  lea.says(`${vera.user}@${friend}`, 'Hello');
  await rest();
  const user = vera.told.find(({ type }) => type === 'message.sent')?.by ?? '';
  const made = await vera.ask('conversation.create', { name: 'Teapots', people: [user] });
  const group = made.log ?? '';
  return { stage, lea, vera, user, group, at: `${group}@${friend}` };
}

/** Types into a chat, and returns what the friend says there. */
async function types(account: Account, to: string, text: string): Promise<string> {
  account.says(to, text);
  await rest(200);
  const said = account.heard.filter((one) => one.attrs.from === to && childOf(one, 'body') !== undefined).at(-1);
  return textOf((said && childOf(said, 'body')) ?? element('body')).replace('Befriend: ', '');
}

async function runs(account: Account, to: string, attrs: object, value?: readonly [string, string]) {
  const fields =
    value === undefined
      ? []
      : [
          element(
            'x',
            { xmlns: forms, type: 'submit' },
            element('field', { xmlns: forms, var: value[0] }, element('value', { xmlns: forms }, value[1])),
          ),
        ];
  const command = element('command', { xmlns: adHoc, ...attrs }, ...fields);
  const stanza = account.sends(account.stanza('iq', { to, type: 'set' }, command));
  await rest(200);
  const answer = account.answerTo(stanza);
  const [done] = answer ? elementsOf(answer) : [];
  const note = done && childOf(done, 'note', adHoc);
  return { answer, sessionid: done?.attrs.sessionid ?? '', note: note === undefined ? '' : textOf(note) };
}

test('lists what one may do where one types it: with the friend, a person and a group', async () => {
  const { lea, vera, at } = await people();
  await types(lea, friend, '/commands accept 1');

  const [own, person, group] = [
    await types(lea, friend, '/commands'),
    await types(lea, `${vera.user}@${friend}`, '/commands'),
    await types(lea, at, '/commands'),
  ];

  expect(own).toContain('/commands join – Join a group');
  expect(person).toContain('/commands block – Block this person');
  expect(group).toContain('/commands leave – Leave this group');
});

test('accepts an invitation by its number, names the conversations, and leaves', async () => {
  const { lea, vera, group, at } = await people();

  const asked = await types(lea, friend, '/commands accept');
  const joined = await types(lea, friend, '/commands accept 1');
  const listed = await types(lea, friend, '/commands conversations');
  const left = await types(lea, at, '/commands leave');
  await vera.quiet();

  expect(asked).toContain('1. Teapots, by Vera');
  expect(joined).toBe(`You are in. Write to xmpp:${at}`);
  expect(listed).toContain(`Teapots: xmpp:${at}`);
  expect(left).toBe('You have left.');
  expect(vera.facts(group).map(({ type }) => type)).toEqual(expect.arrayContaining(['member.joined', 'member.left']));
  expect(JSON.stringify(vera.told)).not.toContain('/commands');
});

test('accepts one invitation, however often the words that accept it arrive', async () => {
  const { stage, lea, vera, user } = await people();
  await vera.ask('conversation.create', { name: 'Cups', people: [user] });
  const message = lea.stanza('message', { to: friend, type: 'chat' }, element('body', {}, '/commands accept 1'));

  for (let time = 0; time < 3; time += 1) {
    lea.sends(message);
    await rest(200);
  }

  const all = await stage.store.memberships(user, 50);
  const rows = await Promise.all(all.map(({ conversation }) => stage.store.conversation(conversation)));
  expect(rows.filter((row) => row?.kind === 'group')).toHaveLength(1);
});

test('joins by a link, by no other, and by the name of a room', async () => {
  const { lea, vera } = await people();
  const group = (await vera.ask('conversation.create', { name: 'Cups' })).log ?? '';
  const made = await vera.ask('conversation.set', { conversation: group, link: true });
  const { token = '' } = made.body as { token?: string };
  await vera.says('room:hall', 'Anybody?');
  const joins = (place: string): Promise<string> => types(lea, friend, `/commands join ${place}`);

  const wrong = await joins(`https://shop.example/#befriend-join=${group}.${'x'.repeat(43)}`);
  const bare = await joins(`${group}@${friend}`);
  const byLink = await joins(`https://shop.example/#befriend-join=${group}.${token}`);
  const byName = await joins('room:hall');
  const again = await joins(byName.replace(/^.*(?=xmpp:)/, ''));

  expect([wrong, bare]).toEqual(Array.from({ length: 2 }, () => 'There is nothing like that for you.'));
  expect(byLink).toBe(`You are in. Write to xmpp:${group}@${friend}`);
  expect(byName).toContain('You are in. Write to xmpp:c_');
  expect(again).toBe(byName);
});

test('blocks, ends it, mutes and reports a person, and does each once however often it arrives', async () => {
  const { stage, lea, vera, user } = await people();
  const puppet = `${vera.user}@${friend}`;
  const stated = async (): Promise<string[]> =>
    (await stage.store.relation(user, vera.user)).map(({ slot, kind }) => `${slot} ${kind}`);

  const blocked = await types(lea, puppet, '/commands block');
  const standing = await stated();
  const ended = await types(lea, friend, '/commands blocked 1');
  await types(lea, puppet, '/commands mute');
  const message = lea.stanza('message', { to: puppet, type: 'chat' }, element('body', {}, '/commands report Spam'));
  for (let time = 0; time < 3; time += 1) lea.sends(message);
  await rest(300);

  expect([blocked, ended]).toEqual(['Blocked. To this person you are never there.', 'It is ended.']);
  expect(standing).toEqual(['limit blocked']);
  expect(await stated()).toEqual(['notice muted']);
  const reports = await stage.store.page({ log: 'c_reports', before: 1_000, limit: 50 });
  expect(reports.filter(({ type }) => type === 'user.reported')).toHaveLength(1);
});

test('lets who leads a group remove somebody for good, see who that is, and let him in again', async () => {
  const { stage, lea, vera, user, group, at } = await people();
  await types(lea, friend, '/commands accept 1');
  const early = await types(lea, at, '/commands banned');
  await vera.ask('member.set', { conversation: group, user, role: 'admin' });
  const eve = await stage.named('eve', 'Eve');
  await vera.ask('member.remove', { conversation: group, user: eve.user, ban: true });

  const listed = await types(lea, at, '/commands banned');
  const ended = await types(lea, at, '/commands banned 1');
  const after = await types(lea, at, '/commands banned');

  expect(early).toBe('There is nothing like that for you.');
  expect(listed).toContain('1. Eve');
  expect(ended).toBe('May come in again.');
  expect(after).toBe('Nobody was removed for good.');
});

test('sends as words what begins otherwise, and the word itself behind two strokes', async () => {
  const { lea, vera } = await people();
  const puppet = `${vera.user}@${friend}`;

  lea.says(puppet, '/help me');
  lea.says(puppet, '//commands are new');
  lea.says(puppet, '//commands-list');
  lea.says(puppet, '//shrug');
  await rest(200);

  const texts = vera.told.flatMap((fact) => (fact.type === 'message.sent' ? fact.body.text : []));
  expect(texts).toEqual(['Hello', '/help me', '/commands are new', '//commands-list', '//shrug']);
});

test('does the same by ad-hoc commands, which it lists at each address', async () => {
  const { lea, vera, group, at } = await people();
  const items = element('query', { xmlns: 'http://jabber.org/protocol/disco#items', node: adHoc });
  const lists = async (to: string): Promise<string[]> => {
    const stanza = lea.asks(to, items);
    await rest();
    const [query] = elementsOf(lea.answerTo(stanza) ?? element('iq'));
    return query === undefined ? [] : elementsOf(query).map(({ attrs }) => attrs.node ?? '');
  };

  const begun = await runs(lea, friend, { node: 'accept' });
  const joined = await runs(lea, friend, { node: 'accept', sessionid: begun.sessionid }, ['group', group]);
  const [own, person, inGroup] = [await lists(friend), await lists(`${vera.user}@${friend}`), await lists(at)];
  const left = await runs(lea, at, { node: 'leave' });
  const nothing = await runs(lea, at, { node: 'close' });

  expect(joined.note).toBe(`You are in. Write to xmpp:${at}`);
  expect([own, person, inGroup].map((nodes) => nodes.length)).toEqual([5, 9, 6]);
  expect(left.note).toBe('You have left.');
  expect(conditionOf(nothing.answer)).toBe('item-not-found');
});

test('gives a colleague his own commands beside those of the desk, and those of the desk alone at a case', async () => {
  const { stage, vera } = await people();
  const kim = new Account(stage, 'kim@example.com');
  kim.comes();
  await vera.says('support', 'Hello?');
  await rest(200);

  const [own, atCase] = [
    await types(kim, friend, '/commands'),
    await types(kim, `c_support_${vera.user.slice(2)}@${friend}`, '/commands'),
  ];

  expect(own).toContain('/commands join');
  expect(atCase).toContain('/take');
  expect(atCase).not.toContain('/commands leave');
});
