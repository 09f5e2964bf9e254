import { expect, test } from 'vitest';
import { Account, conditionOf, friend, rest } from '../bin/contract-account.ts';
import { Stage, textsOf } from '../bin/contract-stage.ts';

const accounts = { hosts: ['example.com'], colleagues: ['kim@example.com'] };

async function stageOf(): Promise<{ stage: Stage; kim: Account; lea: Account }> {
  const stage = await Stage.open({ accounts });
  await rest();
  return { stage, kim: new Account(stage, 'kim@example.com'), lea: new Account(stage, 'lea@example.com') };
}

test('tells a colleague each support conversation as one chat, and a visitor what he answers there', async () => {
  const { stage, kim } = await stageOf();
  const vera = await stage.named('vera', 'Vera');
  const log = `c_support_${vera.user.slice(2)}`;

  await vera.says('support', 'Is it dishwasher safe?');
  await rest();
  kim.says(`${log}@${friend}`, 'It is.');
  await rest();

  expect(kim.texts).toEqual([`${log}: Vera: Is it dishwasher safe?`]);
  expect(textsOf(vera.facts(log))).toEqual(['Is it dishwasher safe?', 'It is.']);
});

test('lets an account ask for support at the friend’s own address', async () => {
  const { stage, lea } = await stageOf();
  const ben = await stage.colleague('ben');

  lea.says(friend, 'Anybody there?');
  await rest();
  const [asked] = textsOf(ben.told.filter(({ type }) => type === 'message.sent'));
  const log = ben.told.find(({ type }) => type === 'message.sent')?.log ?? '';
  await ben.says(log, 'Here.');
  await rest();

  expect(asked).toBe('Anybody there?');
  expect(lea.texts).toEqual([`${friend}: ben: Here.`]);
});

test('lets an account and a visitor write to each other as puppet and user', async () => {
  const { stage, lea } = await stageOf();
  const vera = await stage.named('vera', 'Vera');

  lea.says(`${vera.user}@${friend}`, 'Hello Vera');
  await rest();
  const log = vera.told.find(({ type }) => type === 'message.sent')?.log ?? '';
  await vera.says(log, 'Hello you');
  await rest();

  expect(lea.texts).toEqual([`${vera.user}: Hello you`]);
  expect(JSON.stringify(vera.told)).not.toContain('example.com');
});

test('bounces what is for nobody', async () => {
  const { lea } = await stageOf();

  const toNobody = lea.says(`u_${'0'.repeat(20)}@${friend}`, 'Hello?');
  const toNothing = lea.says(`anything@${friend}`, 'Hello?');
  await rest();

  expect([toNobody, toNothing].map((stanza) => conditionOf(lea.answerTo(stanza)))).toEqual([
    'item-not-found',
    'service-unavailable',
  ]);
});
