import { expect, test } from 'vitest';
import { Account, conditionOf, friend, rest } from '../bin/contract-account.ts';
import { Stage, type StageOptions, textsOf } from '../bin/contract-stage.ts';
import { element } from './tree.ts';

const accounts = { hosts: ['example.com'], colleagues: ['kim@example.com'] };

async function stageOf(options: StageOptions = {}): Promise<{ stage: Stage; kim: Account; lea: Account }> {
  const stage = await Stage.open({ accounts, ...options });
  await rest();
  return { stage, kim: new Account(stage, 'kim@example.com'), lea: new Account(stage, 'lea@example.com') };
}

/** Words alone, without who says them where. */
function words({ texts }: Account): string[] {
  return texts.map((text) => text.replace(/^.*: /, ''));
}

test('tells nothing from before an account was heard of', async () => {
  const { stage: first, lea } = await stageOf();
  const vera = await first.named('vera', 'Vera');
  await vera.says('support', 'long ago');
  first.clock.advance(1_000);
  lea.says(friend, 'Hello?');
  await rest();
  await first.friend.stop();

  const { stage } = await stageOf({ store: first.store, accounts: { ...accounts, colleagues: [lea.bare] } });
  stage.clock.advance(2_000);
  const viktor = await stage.named('viktor', 'Viktor');
  await viktor.says('support', 'now');
  await rest();

  expect(words(new Account(stage, lea.bare))).toEqual(['now']);
});

test('sends once what was stored while the link was down', async () => {
  const { stage, kim } = await stageOf();
  const vera = await stage.named('vera', 'Vera');
  await vera.says('support', 'before');
  await rest();

  stage.transport.link('down');
  await stage.friend.inject(vera.user, vera.message('support', 'meanwhile'));
  await rest();
  stage.transport.link('up');
  await rest(300);

  expect(words(kim)).toEqual(['before', 'meanwhile']);
});

test('sends after a restart what was not sent before, and nothing again that has settled', async () => {
  const { stage, kim } = await stageOf();
  const vera = await stage.named('vera', 'Vera');
  await vera.says('support', 'before');
  await rest();
  stage.clock.advance(3_000);
  await rest();
  stage.transport.link('down');
  await stage.friend.inject(vera.user, vera.message('support', 'meanwhile'));
  await stage.friend.stop();

  const next = await Stage.open({ accounts, store: stage.store });
  await rest(300);

  expect(words(kim)).toEqual(['before']);
  expect(words(new Account(next, kim.bare))).toEqual(['meanwhile']);
});

test('sends with the same id again what a crash has left open', async () => {
  const { stage, kim } = await stageOf();
  const vera = await stage.named('vera', 'Vera');
  await vera.says('support', 'just before the crash');
  await rest();

  // A process that is killed writes nothing more: another one begins on what is on disk.
  const next = await Stage.open({ accounts, store: stage.store });
  await rest(300);

  const again = new Account(next, kim.bare);
  const idsOf = (account: Account) => account.heard.flatMap(({ name, attrs }) => (name === 'message' ? attrs.id : []));
  expect(words(again)).toEqual(['just before the crash']);
  expect(idsOf(again)).toEqual(idsOf(kim));
});

test('sends nothing again after a clean end', async () => {
  const { stage, kim } = await stageOf();
  const vera = await stage.named('vera', 'Vera');
  await vera.says('support', 'before');
  await rest();
  await stage.friend.stop();

  const next = await Stage.open({ accounts, store: stage.store });
  await rest(300);

  expect(words(kim)).toEqual(['before']);
  expect(words(new Account(next, kim.bare))).toEqual([]);
});

test('waits with everything once a stanza came back, until the account is heard of', async () => {
  const { stage, kim } = await stageOf();
  const vera = await stage.named('vera', 'Vera');
  await vera.says('support', 'one');
  await rest();
  const [{ attrs } = { attrs: {} as Record<string, string> }] = kim.heard.filter(({ name }) => name === 'message');

  kim.sends({
    name: 'message',
    attrs: { from: kim.bare, to: attrs.from ?? '', id: attrs.id ?? '', type: 'error' },
    children: [element('error', { type: 'cancel' })],
  });
  await vera.says('support', 'two');
  await rest();
  const before = words(kim);
  kim.comes();
  await rest(200);

  expect(before).toEqual(['one']);
  expect(words(kim)).toEqual(['one', 'one', 'two']);
});

test('sends of a long absence the newest 500', async () => {
  const { stage, kim } = await stageOf();
  const vera = await stage.named('vera', 'Vera');
  await vera.says('support', 'first');
  await rest();
  stage.transport.link('down');
  for (let index = 0; index < 600; index += 1) {
    await stage.friend.inject(vera.user, vera.message('support', `text ${index}`));
  }

  stage.transport.link('up');
  await rest(4_000);

  const texts = words(kim).slice(1);
  expect(texts).toHaveLength(500);
  expect(texts.at(0)).toBe('text 100');
  expect(texts.at(-1)).toBe('text 599');
});

test('stores a stanza that comes twice once, and other words under its name as another', async () => {
  const { stage, kim } = await stageOf();
  const vera = await stage.named('vera', 'Vera');
  await vera.says('support', 'Hello?');
  const log = `c_support_${vera.user.slice(2)}`;
  await rest();

  const said = kim.says(`${log}@${friend}`, 'Yes');
  kim.sends(said);
  kim.sends({ ...said, attrs: { ...said.attrs, from: `${kim.bare}/tablet` } });
  kim.sends({ ...said, children: [element('body', {}, 'No')] });
  await rest(200);

  expect(textsOf(vera.facts(log))).toEqual(['Hello?', 'Yes', 'No']);
});

test('waits out the limits of the rate, and loses nothing', async () => {
  const { stage, kim } = await stageOf({ rate: { perSecond: 5, burst: 10 } });
  const vera = await stage.named('vera', 'Vera');
  await vera.says('support', 'Hello?');
  const log = `c_support_${vera.user.slice(2)}`;
  await rest();
  const texts = Array.from({ length: 12 }, (_, index) => `text ${index}`);

  for (const text of texts) kim.says(`${log}@${friend}`, text);
  for (let step = 0; step < 40; step += 1) {
    await rest(30);
    stage.clock.advance(500);
  }

  expect(textsOf(vera.facts(log)).slice(1)).toEqual(texts);
});

test('says to an account that what it wrote could not be stored', async () => {
  const { kim } = await stageOf();

  const stanza = kim.says(`u_${'0'.repeat(20)}@${friend}`, 'x'.repeat(9_000));
  await rest();

  expect(conditionOf(kim.answerTo(stanza))).toBe('bad-request');
});

test('makes nobody of an account of another host', async () => {
  const { stage } = await stageOf();
  const stranger = new Account(stage, 'mallory@elsewhere.example');
  const visitor = new Account(stage, '7f3a@visitors.example.com');

  const stanzas = [stranger, visitor].map((one) => one.says(friend, 'Hello?'));
  stranger.comes();
  await rest();

  expect([stranger.answerTo(stanzas[0] as never), visitor.answerTo(stanzas[1] as never)].map(conditionOf)).toEqual([
    'service-unavailable',
    'service-unavailable',
  ]);
  expect(stage.friend.status.connections).toBe(1);
});

test('makes a colleague of an account that is listed, and of one that is not listed any more somebody like others', async () => {
  const { stage, lea } = await stageOf();
  lea.says(friend, 'Hello?');
  await rest();
  await stage.friend.stop();

  const listed = await Stage.open({ store: stage.store, accounts: { ...accounts, colleagues: [lea.bare] } });
  await rest(200);
  const vera = await listed.named('vera', 'Vera');
  await vera.says('support', 'Anybody?');
  await rest();
  await listed.friend.stop();
  const unlisted = await Stage.open({ store: stage.store, accounts });
  await rest(200);
  await unlisted.named('viktor', 'Viktor').then((viktor) => viktor.says('support', 'And now?'));
  await rest();

  expect(words(new Account(listed, lea.bare))).toContain('Anybody?');
  expect(words(new Account(unlisted, lea.bare))).not.toContain('And now?');
  expect(words(new Account(unlisted, 'kim@example.com'))).toContain('And now?');
});
