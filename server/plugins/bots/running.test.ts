import { afterEach, expect, test } from 'vitest';
import { type Device, Stage, textsOf } from '../../bin/contract-stage.ts';
import type { Store } from '../../core/store.ts';
import { memoryStore } from '../../stores/memory.ts';
import { type Bot, type BotOptions, bot } from './bot.ts';
import { bots } from './bots.ts';
import { flowCoverage } from './coverage.ts';
import { flow } from './flow.ts';
import { step } from './step.ts';

let stages: Stage[] = [];

afterEach(async () => {
  for (const stage of stages) await stage.friend.stop();
  stages = [];
});

async function opened(given: Partial<BotOptions>, store: Store = memoryStore()): Promise<{ stage: Stage; ava: Bot }> {
  const ava = bot({ name: 'ava', title: 'Ava', support: true, ...given });
  const stage = await Stage.open({ store, prepare: (friend) => void friend.plug(bots({ bots: [ava] })) });
  stages.push(stage);
  return { stage, ava };
}

async function quiet(who: Device): Promise<void> {
  for (let round = 0; round < 4; round += 1) await who.quiet();
}

function said(who: Device, { user }: Bot): string[] {
  return textsOf(who.told.filter((fact) => fact.by === user && fact.re === undefined));
}

const counting = flow('count', {
  start: 'one',
  steps: {
    one: step.text({ ask: 'One?', next: 'two' }),
    two: step.text({ ask: 'Two?', next: 'done' }),
    done: step.end({ say: '{one} and {two}.' }),
  },
});

const start: Partial<BotOptions> = { keywords: [{ words: ['count'], reply: { start: 'count' } }], flows: [counting] };

test('takes words that come at once one after the other', async () => {
  const { stage, ava } = await opened(start);
  const ann = await stage.named('ann', 'Ann');
  await ann.says('support', 'count');

  const texts = ['a', 'b'].map((text) => ann.message('support', text));
  await ann.answers(...texts);
  await quiet(ann);

  expect(said(ann, ava)).toEqual(['One?', 'Two?', 'a and b.']);
});

test('says everything once where the process ends before it is noted that the bot has answered', async () => {
  const store = memoryStore();
  const { stage, ava } = await opened(start, store);
  const ann = await stage.named('ann', 'Ann');
  const { log } = (await ann.says('support', 'count')) as { log: string };
  await quiet(ann);
  await stage.friend.stop();
  stages = [];
  // As after a crash: everything of this log is reacted to again.
  const forgetful: Store = new Proxy(store, {
    get: (of, key) =>
      key === 'due' ? async () => [{ ...(await of.log(log)), reactedSeq: 0 }] : Reflect.get(of, key).bind?.(of),
  });

  const { stage: next } = await opened(start, forgetful);
  const again = await next.person('ann');
  await quiet(again);

  const messages = (await store.page({ log, limit: 99 })).filter(
    ({ type, by }) => type === 'message.sent' && by === ava.user,
  );
  expect(messages.map(({ body }) => JSON.parse(body).text)).toEqual(['One?']);
});

test('is seen to type for as long as the text takes, at most 3 s, and delays nobody else', async () => {
  const { stage, ava } = await opened({ typing: 10, keywords: [{ words: ['hi'], reply: 'x'.repeat(500) }] });
  const [ann, bob] = [await stage.named('ann', 'Ann'), await stage.named('bob', 'Bob')];
  await ann.ask('conversation.open', { conversation: 'support' });
  const typing = ann.heard((fact) => fact.type === 'typing.changed' && fact.body.on && fact.body.user === ava.user);

  await ann.says('support', 'hi');
  await typing;
  await bob.says('room:lobby', 'Hello');
  stage.clock.advance(2_999);
  const before = said(ann, ava);
  stage.clock.advance(1);
  await quiet(ann);

  expect(before).toEqual([]);
  expect(said(ann, ava)).toEqual(['x'.repeat(500)]);
  expect(ann.told.filter(({ type }) => type === 'typing.changed').at(-1)?.body).toMatchObject({ on: false });
});

test('takes the other way where a call throws, or takes too long', async () => {
  const ran: string[] = [];
  const calling = flow('call', {
    start: 'which',
    steps: {
      which: step.text({ ask: 'Which?', next: 'look' }),
      look: step.call({
        timeout: 1_000,
        run: ({ values, key }) => {
          ran.push(key);
          if (values.which === 'throws') throw new Error('no');
          return values.which === 'hangs' ? new Promise(() => undefined) : { values: { found: 'a lamp' } };
        },
        next: 'done',
        failed: 'sorry',
      }),
      done: step.end({ say: 'It is {found}.' }),
      sorry: step.end({ say: 'I cannot look.' }),
    },
  });
  const { stage, ava } = await opened({ keywords: [{ words: ['look'], reply: { start: 'call' } }], flows: [calling] });
  const ann = await stage.named('ann', 'Ann');

  for (const which of ['7', 'throws', 'hangs']) {
    await ann.says('support', 'look');
    await quiet(ann);
    await ann.says('support', which);
    await quiet(ann);
    stage.clock.advance(1_000);
    await quiet(ann);
  }

  const answers = said(ann, ava).filter((text) => text !== 'Which?');
  expect(answers).toEqual(['It is a lamp.', 'I cannot look.', 'I cannot look.']);
  expect(new Set(ran).size).toBe(3);
});

test('forgets a dialogue when its flow has waited long enough, and not before', async () => {
  const store = memoryStore();
  const { stage } = await opened({ ...start, flows: [{ ...counting, expires: 1_000 }] }, store);
  const ann = await stage.named('ann', 'Ann');
  const { log } = (await ann.says('support', 'count')) as { log: string };
  await quiet(ann);
  stage.clock.advance(900);
  await ann.says('support', 'a');
  await quiet(ann);

  const memories: unknown[] = [];
  for (const ms of [100, 900]) {
    stage.clock.advance(ms);
    await quiet(ann);
    memories.push(JSON.parse((await store.state('bots', ann.user, `ava ${log}`)) ?? '{}').dialogue?.step);
  }

  expect(memories).toEqual(['two', undefined]);
});

test('leaves out an offer that no widget could show, and says its words', async () => {
  const offer = { say: 'Choose', replies: [{ id: 'a', label: ' ' }] };
  const { stage, ava } = await opened({ keywords: [{ words: ['offer'], reply: offer }] });
  const ann = await stage.named('ann', 'Ann');

  await ann.says('support', 'offer');
  await quiet(ann);

  expect(said(ann, ava)).toEqual(['Choose']);
  expect(stage.log.lines.some((line) => JSON.stringify(line).includes('FRIEND_OFFER'))).toBe(true);
});

test('answers a choice outside of a flow once for each person, by its id', async () => {
  const offer = { say: 'Choose', buttons: [{ id: 'lamp', label: 'Lamp' }] };
  const { stage, ava } = await opened({
    keywords: [{ words: ['offer'], reply: offer }],
    choices: { lamp: ({ user }) => `A lamp for ${user.name}.` },
  });
  const ann = await stage.named('ann', 'Ann');
  const { log } = (await ann.says('support', 'offer')) as { log: string };
  const asked = await ann.heard((fact) => fact.by === ava.user && fact.type === 'message.sent');

  await ann.ask('message.answer', { conversation: log, seq: asked.seq ?? 0, choice: 'lamp' });
  await quiet(ann);

  expect(said(ann, ava)).toEqual(['Choose', 'A lamp for Ann.']);
});

test('counts which steps were reached, and names the others', () => {
  const coverage = flowCoverage();
  coverage.watch(counting);

  coverage.reached('count', 'one');
  coverage.reached('count', 'done');

  expect(coverage.missing()).toEqual(['count.two']);
  expect(coverage.table()).toBe('flow   steps  reached  not reached\ncount  3      66 %     two');
});
