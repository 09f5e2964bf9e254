import * as v from 'valibot';
import { expect, test } from 'vitest';
import { append } from '../core/effect.ts';
import type { Config } from '../package/config.ts';
import { testChat } from './test-chat.ts';

/** Logic that answers each message by `answer`. */
function answering(answer: (text: string) => Promise<string | undefined> | string | undefined): Config {
  return {
    setup: (friend) => {
      friend.after('message.sent', async ({ fact }) => {
        const text = await answer(fact.body.text);
        return text === undefined ? [] : [append(fact.log, 'message.sent', { text }, { item: true })];
      });
    },
  };
}

test('goes on with other logic, the same store and the same people', async () => {
  await using chat = await testChat(answering((text) => (text === 'ping' ? 'pong' : undefined)));
  const ann = chat.person('ann');
  await ann.says('ping');
  await ann.hears('pong');

  await chat.reload(answering((text) => (text === 'ping' ? 'PONG' : undefined)));
  await ann.says('ping');

  await ann.hears('PONG');
  expect(ann.screen).toEqual(['ann joined', 'ping', 'pong', 'ping', 'PONG']);
});

test('runs a reaction again that a crash has interrupted, and stores what it says once', async () => {
  const begun: string[] = [];
  const slow = answering(async (text) => {
    if (text !== 'ping') return undefined;
    begun.push(text);
    // The first one never ends: its process is gone before.
    if (begun.length === 1) await new Promise(() => undefined);
    return 'pong';
  });
  await using chat = await testChat(slow);
  const { ann, bob } = chat.people('ann', 'bob');
  await ann.says('ping');

  await chat.crash();
  await chat.restart();

  await bob.hears('pong');
  await bob.hearsNothing();
  expect(begun).toHaveLength(2);
});

test('loses what was not on disk in a crash, and the outbox sends it again', async () => {
  await using chat = await testChat();
  const { ann, bob } = chat.people('ann', 'bob');
  await Promise.all([ann.arrives(), bob.arrives()]);

  ann.writes('on its way');
  await chat.crash();
  const before = await chat.stored('room:lobby');
  await chat.restart();

  await bob.hears('on its way');
  expect(before).toEqual([]);
});

test('ends a reaction that hangs after its 30 seconds, of which none are real', async () => {
  await using chat = await testChat(answering(() => new Promise(() => undefined)));
  const ann = chat.person('ann');
  await ann.says('Hello?');
  const begun = performance.now();

  await chat.later('31s');

  expect(chat.complaints).toEqual([expect.stringContaining('A reaction failed')]);
  expect(performance.now() - begun).toBeLessThan(15_000);
});

test('waits for a reaction that takes real time', async () => {
  await using chat = await testChat(
    answering(async (text) => {
      if (text !== 'ping') return undefined;
      await new Promise((resolve) => setTimeout(resolve, 300));
      return 'pong';
    }),
  );
  const ann = chat.person('ann');

  await ann.says('ping');

  expect((await ann.hears('pong')).by).toBe('friend');
});

test('says with a failing wait what the friend complained of', async () => {
  await using chat = await testChat(
    answering(() => {
      throw new Error('no such order');
    }),
  );
  const ann = chat.person('ann');
  await ann.says('order 7');

  await expect(ann.hears('sent')).rejects.toThrow(/The friend complained: A reaction failed .*no such order/);
});

test('fills in a form by what stands on it, and says what there is where nothing fits', async () => {
  const fields = [{ id: 'no', label: 'Number', kind: 'number' as const, required: true }];
  await using chat = await testChat({
    setup: (friend) => {
      friend.after('message.sent', ({ fact }) =>
        fact.body.text === 'Return'
          ? [append(fact.log, 'message.sent', { text: 'Which one?', extras: { form: { fields } } }, { item: true })]
          : [],
      );
    },
  });
  const ann = chat.person('ann');
  await ann.says('Return');

  await expect(ann.chooses('Anything')).rejects.toThrow('Offered: nothing.');
  await expect(ann.fills({ Name: 'Ann' })).rejects.toThrow('The form has no field “Name”. It has: “Number”.');
  const filled = await ann.fills({ Number: 7 });

  expect(filled.body).toMatchObject({ values: { no: 7 } });
  await expect(ann.fills({ Number: 8 })).rejects.toMatchObject({ name: 'Refused', code: 'answered' });
});

test('sends a team’s own events, hears what comes of them, and injects them', async () => {
  await using chat = await testChat({
    setup: (friend) => {
      friend.on(
        'order.track',
        ({ action, user }) => [append(user.id, 'order.tracked', { parcel: action.body.parcel })],
        {
          schema: v.strictObject({ parcel: v.number() }),
        },
      );
    },
  });
  const ann = chat.person('ann');

  const answer = await ann.emits('order.track', { parcel: 7 });
  const wrong = await ann.emits('order.track', { parcel: 'seven' });
  const injected = await chat.inject(ann, 'order.track', { parcel: 8 });

  expect([answer.type, wrong.type, injected.type]).toEqual(['order.tracked', 'error', 'order.tracked']);
  expect((await ann.hearsFact('order.tracked', ({ body }) => Object(body).parcel === 8)).log).toBe(await ann.id());
});

test('is the same in every run, and by each seed another bad luck', async () => {
  const told = async (seed: number): Promise<readonly string[]> => {
    await using chat = await testChat({}, { network: { drop: 0.3, repeat: 0.2, delay: [5, 900], seed } });
    const { ann, bob } = chat.people('ann', 'bob');
    for (const text of ['one', 'two', 'three']) ann.writes(text);
    for (const text of ['one', 'two', 'three']) await bob.hears(text);
    return chat.trace.of('told').map(({ at, to, frame }) => `${at} ${to} ${frame}`);
  };

  const [first, again, other] = [await told(5), await told(5), await told(6)];

  expect(again).toEqual(first);
  expect(other).not.toEqual(first);
});

test.each([
  [{ drop: 2 }, 'drop: 2 is no share'],
  [{ cut: Number.NaN }, 'cut: NaN is no share'],
  [{ delay: 'slow' }, "write milliseconds, or '90m'"],
])('refuses a network that is none, %o', async (network, reason) => {
  await expect(testChat({}, { network })).rejects.toThrow(reason);
});

test('runs by the clock on the wall where it is told so', async () => {
  await using chat = await testChat(
    answering((text) => (text === 'ping' ? 'pong' : undefined)),
    { now: 'real' },
  );
  const ann = chat.person('ann');

  await ann.says('ping');
  await ann.hears('pong');
  await chat.later(20);

  expect(Math.abs(Date.now() - chat.now)).toBeLessThan(1_000);
});

test('says where a timer never rests', async () => {
  await using chat = await testChat();
  const again = (): void => void chat.stage.time.after(0, again);
  again();

  await expect(chat.later('1s')).rejects.toThrow('one of them never rests');
});

test('keeps the newest steps, and tells them as they come', async () => {
  await using chat = await testChat(answering((text) => (text === 'ping' ? 'pong' : undefined)));
  const heard: string[] = [];
  const stop = chat.trace.listen(({ kind }) => heard.push(kind));
  const ann = chat.person('ann');

  await ann.says('ping');
  await ann.hears('pong');
  stop();
  const count = heard.length;
  await ann.says('unheard');

  expect([...new Set(heard)].toSorted()).toEqual(['action', 'decided', 'reacted', 'stored', 'told']);
  expect(heard).toHaveLength(count);
  expect(chat.trace.of('reacted').at(0)).toMatchObject({ effects: [{ do: 'append', type: 'message.sent' }] });
});
