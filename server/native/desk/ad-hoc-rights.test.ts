import { expect, test } from 'vitest';
import { Account, conditionOf, friend, rest } from '../../bin/contract-account.ts';
import { Stage } from '../../bin/contract-stage.ts';
import type { StanzaTree } from '../../core/ports.ts';
import { element, elementsOf } from '../tree.ts';
import { adHoc } from './ad-hoc-nodes.ts';

const accounts = { hosts: ['example.com'], colleagues: ['kim@example.com'] };
const nobodys = `c_support_${'0'.repeat(20)}@${friend}`;

function items(node: string): StanzaTree {
  return element('query', { xmlns: 'http://jabber.org/protocol/disco#items', node });
}

function info(node?: string): StanzaTree {
  return element('query', { xmlns: 'http://jabber.org/protocol/disco#info', ...(node === undefined ? {} : { node }) });
}

/** Vera has asked; Kim is a colleague, Lou is none. */
async function people(): Promise<{ kim: Account; lou: Account; chat: string }> {
  const stage = await Stage.open({ accounts });
  const [kim, lou] = [new Account(stage, 'kim@example.com'), new Account(stage, 'lou@example.com')];
  kim.comes();
  lou.comes();
  const vera = await stage.named('vera', 'Vera');
  await vera.says('support', 'Hello?');
  await rest();
  return { kim, lou, chat: `c_support_${vera.user.slice(2)}@${friend}` };
}

async function asks(account: Account, to: string, query: StanzaTree, type = 'get'): Promise<StanzaTree | undefined> {
  const stanza = account.sends(account.stanza('iq', { to, type }, query));
  await rest();
  return account.answerTo(stanza);
}

function nodesIn(answer: StanzaTree | undefined): string[] | undefined {
  const [query] = answer ? elementsOf(answer) : [];
  return query && elementsOf(query).map(({ attrs }) => attrs.node ?? '');
}

test('lists commands to a colleague, at the friend and at each case', async () => {
  const { kim, chat } = await people();

  const [own, cases] = [await asks(kim, friend, items(adHoc)), await asks(kim, chat, items(adHoc))];

  expect(nodesIn(own)).toEqual(expect.arrayContaining(['cases', 'available', 'join']));
  expect(nodesIn(cases)).toEqual(expect.arrayContaining(['take', 'transfer', 'note', 'snooze', 'close', 'who']));
});

test('lists none of the desk to others, and not even that there could be some', async () => {
  const { kim, lou, chat } = await people();

  const own = await asks(lou, friend, items(adHoc));
  const conditions = [
    await asks(lou, chat, items(adHoc)),
    await asks(lou, nobodys, items(adHoc)),
    await asks(lou, friend, info('cases')),
    await asks(kim, nobodys, items(adHoc)),
  ].map(conditionOf);
  const [theirs, ours] = [await asks(lou, chat, info()), await asks(kim, chat, info())];

  expect(nodesIn(own)).toEqual(['conversations', 'join', 'accept', 'decline', 'blocked']);
  expect(conditions).toEqual(Array.from({ length: 4 }, () => 'item-not-found'));
  expect([theirs, ours].map((answer) => JSON.stringify(answer).includes(adHoc))).toEqual([false, true]);
});

test('says of each command what it is', async () => {
  const { kim, chat } = await people();

  const [one, all] = [await asks(kim, chat, info('note')), await asks(kim, chat, info(adHoc))];

  const [identity] = one ? elementsOf(elementsOf(one)[0] ?? one) : [];
  expect(identity?.attrs).toMatchObject({ category: 'automation', type: 'command-node' });
  expect(JSON.stringify(one)).toContain('jabber:x:data');
  expect(JSON.stringify(all)).toContain('command-list');
});

test('does a command for nobody but a colleague: to others it is one that is not there', async () => {
  const { kim, lou, chat } = await people();
  const note = element('command', { xmlns: adHoc, node: 'note', action: 'execute' });
  const wrong = element('command', { xmlns: adHoc, node: 'nothing', action: 'execute' });

  const [theirs, nothing] = [await asks(lou, chat, note, 'set'), await asks(lou, chat, wrong, 'set')];
  const [ours, unknown] = [await asks(kim, chat, note, 'set'), await asks(kim, chat, wrong, 'set')];

  expect([theirs, nothing, unknown].map(conditionOf)).toEqual(['item-not-found', 'item-not-found', 'item-not-found']);
  expect(JSON.stringify(ours)).toContain('A note that only colleagues see');
  expect(JSON.stringify(theirs)).toBe(JSON.stringify(nothing).replace(nothing?.attrs.id ?? '', theirs?.attrs.id ?? ''));
});

test('names no command of a case to who types there and is no colleague', async () => {
  const { kim, lou, chat } = await people();

  for (const account of [lou, kim]) account.says(chat, '/commands');
  await rest();

  const [theirs, ours] = [lou, kim].map(({ heard }) => JSON.stringify(heard));
  expect(theirs).not.toMatch(/\/take|\/transfer|\/note/);
  expect(ours).toContain('/take');
});

test('answers a command once, also one that makes no sense', async () => {
  const { kim, chat } = await people();
  const odd = element('command', { xmlns: adHoc, node: 'note', action: 'prev', sessionid: 'x'.repeat(2_000) });

  const stanza = kim.sends(kim.stanza('iq', { to: chat, type: 'set' }, odd, odd));
  await rest();

  const answers = kim.heard.filter(({ attrs }) => attrs.id === stanza.attrs.id);
  expect(answers.map(conditionOf)).toEqual(['bad-request']);
});
