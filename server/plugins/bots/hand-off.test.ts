import { afterEach, expect, test } from 'vitest';
import type { CaseState } from '../../../protocol/desk.ts';
import { type Device, Stage, textsOf } from '../../bin/contract-stage.ts';
import type { Friend } from '../../core/friend.ts';
import type { HandOff } from '../../core/services.ts';
import { type Bot, bot } from './bot.ts';
import { bots } from './bots.ts';
import { flow } from './flow.ts';
import { handedOver } from './hand-off.ts';
import { step } from './step.ts';
import { botTexts } from './texts.ts';

let stage: Stage;

afterEach(() => stage.friend.stop());

const claim = flow('claim', {
  start: 'what',
  steps: {
    what: step.text({ ask: 'What happened?', next: 'people' }),
    people: step.handOff({ say: 'I bring somebody, {what}.', queue: 'claims', note: 'He says: {what}' }),
  },
});

const ava: Bot = bot({
  name: 'ava',
  title: 'Ava',
  support: true,
  keywords: [
    { words: ['claim'], reply: { start: 'claim' } },
    { words: ['hello'], reply: 'Hello.' },
  ],
  flows: [claim],
  handOff: { topic: 'shop' },
});

/** A desk that says where a case stands, and remembers what it was given. */
class Desk {
  state: CaseState = 'bot';
  open = true;
  readonly given: HandOff[] = [];

  plug(friend: Friend): void {
    friend.plug({
      name: 'staged-desk',
      install: (host) =>
        host.provide('desk', {
          state: () => Promise.resolve({ state: this.state, queue: 'claims' }),
          isOpen: () => ({ open: this.open }),
          handOff: (_read, _conversation, to) => {
            this.given.push(to);
            this.state = 'waiting';
            return Promise.resolve([]);
          },
        }),
    });
  }
}

async function withDesk(): Promise<{ desk: Desk; ann: Device }> {
  const desk = new Desk();
  stage = await Stage.open({
    prepare(friend) {
      desk.plug(friend);
      friend.plug(bots({ bots: [ava] }));
    },
  });
  return { desk, ann: await stage.named('ann', 'Ann') };
}

async function said(who: Device, text: string): Promise<string[]> {
  const from = who.told.length;
  await who.says('support', text);
  for (let round = 0; round < 3; round += 1) await who.quiet();
  return textsOf(who.told.slice(from).filter((fact) => fact.by === ava.user));
}

test('gives what was gathered to people, with a note for them alone', async () => {
  const { desk, ann } = await withDesk();
  await said(ann, 'claim');

  const words = await said(ann, 'it fell');

  expect(words).toEqual(['I bring somebody, it fell.']);
  expect(desk.given).toEqual([{ topic: 'shop', queue: 'claims', language: 'en', note: 'He says: it fell' }]);
});

test('is silent while people have it, and answers again when they have closed it, from the beginning', async () => {
  const { desk, ann } = await withDesk();
  await said(ann, 'claim');

  const heard = [];
  for (const state of ['waiting', 'assigned', 'snoozed', 'away', 'closed'] as const) {
    desk.state = state;
    heard.push(await said(ann, 'hello'));
  }

  expect(heard).toEqual([[], [], [], [], ['Hello.']]);
});

test('brings people where somebody asks for them, and says where nobody is there', async () => {
  const { desk, ann } = await withDesk();

  const open = await said(ann, 'Human');
  Object.assign(desk, { state: 'closed', open: false });
  const closed = await said(ann, 'agent');

  expect([open, closed]).toEqual([
    ['A person takes over from here.'],
    ['I have passed your message on. The answer comes here.'],
  ]);
});

test('says that nobody can come where a conversation is none with support', async () => {
  const { desk, ann } = await withDesk();
  const from = ann.told.length;

  await ann.says(`user:${ava.user}`, 'human');
  for (let round = 0; round < 3; round += 1) await ann.quiet();

  const words = textsOf(ann.told.slice(from).filter((fact) => fact.by === ava.user));
  expect(words).toEqual(['I cannot bring anybody into this conversation. Please write to support.']);
  expect(desk.given).toEqual([]);
});

test('leaves the message and is silent for half a day where there is no desk', async () => {
  stage = await Stage.open();
  const heard = { kind: 'support', conversation: 'c_support_1', bot: ava } as never;
  const tongue = { language: 'de', fallback: 'en' };
  const texts = botTexts.de;
  const turned = { lines: [], effects: [], memory: { v: 1 }, handOff: { values: {} } } as const;
  if (texts === undefined) throw new Error('No German.');

  const handed = await handedOver({ read: undefined as never, heard, desk: undefined, texts, tongue, now: 5 }, turned);

  expect(handed).toEqual({
    lines: [{ text: 'Ich habe Ihre Nachricht weitergegeben. Die Antwort kommt hierher.' }],
    effects: [],
    memory: { v: 1, quietUntil: 5 + 12 * 3_600_000 },
  });
});
