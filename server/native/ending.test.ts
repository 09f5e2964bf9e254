import { expect, test } from 'vitest';
import { Account, conditionOf, friend, rest } from '../bin/contract-account.ts';
import { Stage, type StageOptions } from '../bin/contract-stage.ts';
import type { StanzaTree } from '../core/ports.ts';
import { childOf } from './tree.ts';

async function stageOf(options: StageOptions = {}): Promise<{ stage: Stage; lea: Account }> {
  const stage = await Stage.open({ accounts: { hosts: ['example.com'], colleagues: [] }, ...options });
  await rest();
  return { stage, lea: new Account(stage, 'lea@example.com') };
}

async function storedOn(stage: Stage): Promise<string[]> {
  const [account] = await stage.store.connections();
  const log = `c_support_${account?.user.slice(2)}`;
  const facts = await stage.store.page({ log, limit: 500 });
  return facts.flatMap(({ body, type }) =>
    type === 'message.sent' ? (JSON.parse(body) as { text: string }).text : [],
  );
}

/** Types of the errors that answer, and their conditions. */
function bounceOf(account: Account, stanza: StanzaTree): string {
  const answer = account.answerTo(stanza);
  return answer === undefined ? '' : `${childOf(answer, 'error')?.attrs.type} ${conditionOf(answer)}`;
}

test('stores at its end what an account has written in a burst', async () => {
  const { stage, lea } = await stageOf();
  const texts = Array.from({ length: 40 }, (_, index) => `text ${index}`);

  const stanzas = texts.map((text) => lea.says(friend, text));
  await stage.friend.stop();

  expect(await storedOn(stage)).toEqual(texts);
  expect(stanzas.filter((stanza) => lea.answerTo(stanza) !== undefined)).toEqual([]);
});

test('sends back at its end what it had no time for, each message once', async () => {
  const { stage, lea } = await stageOf({ rate: { perSecond: 1, burst: 10 } });
  const texts = Array.from({ length: 40 }, (_, index) => `text ${index}`);

  const stanzas = texts.map((text) => lea.says(friend, text));
  await rest();
  const stopped = stage.friend.stop();
  const late = lea.says(friend, 'too late');
  for (let step = 0; step < 6; step += 1) {
    stage.clock.advance(500);
    await rest(20);
  }
  await stopped;

  const stored = await storedOn(stage);
  const back = [...stanzas, late].filter((stanza) => bounceOf(lea, stanza) === 'wait resource-constraint');
  expect(stored.length).toBeGreaterThan(5);
  expect(stored).toEqual(texts.slice(0, stored.length));
  expect(back).toEqual([...stanzas.slice(stored.length), late]);
});
