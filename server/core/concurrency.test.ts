import { expect, test } from 'vitest';
import { Stage, textsOf } from '../bin/contract-stage.ts';
import { memoryStore } from '../stores/memory.ts';
import { append } from './effect.ts';
import type { Friend } from './friend.ts';
import type { Effects, ReactionContext } from './rule.ts';

const room = 'room:lobby';
const log = 'c_room_lobby';

/** A reaction to what people say that goes on when the test lets it, by the words it reacts to. */
class Held {
  readonly begun: string[] = [];
  readonly aborted: string[] = [];
  readonly #going = new Map<string, () => void>();

  readonly reaction = async ({ fact, signal }: ReactionContext<'message.sent'>): Promise<Effects> => {
    const { text } = fact.body;
    if (fact.by === 'friend') return [];
    this.begun.push(text);
    signal.onAbort(() => this.aborted.push(text));
    await new Promise<void>((resolve) => this.#going.set(text, resolve));
    return [append(fact.log, 'message.sent', { text: `echo ${text}` }, { item: true })];
  };

  go(text: string): void {
    this.#going.get(text)?.();
  }
}

const quick = ({ fact }: ReactionContext<'message.sent'>): Effects =>
  fact.by === 'friend' ? [] : [append(fact.log, 'message.sent', { text: `quick ${fact.body.text}` }, { item: true })];

test('ends the run for the fact before where a newer one comes, and stores nothing of it', async () => {
  const held = new Held();
  const stage = await Stage.open({
    prepare: (friend) => friend.after('message.sent', held.reaction, { concurrency: 'latest' }),
  });
  const ann = await stage.person('ann');

  await ann.says(room, 'one');
  await ann.says(room, 'two');
  await expect.poll(() => held.begun).toEqual(['one', 'two']);
  held.go('one');
  held.go('two');
  await ann.heard((fact) => textsOf([fact])[0] === 'echo two');

  expect(held.aborted).toEqual(['one']);
  expect(textsOf(ann.facts(log))).not.toContain('echo one');
  expect(stage.friend.meter.of('superseded')).toBe(1);
  expect(stage.friend.meter.of('failed')).toBe(0);
});

test('ends no run in another log', async () => {
  const held = new Held();
  const stage = await Stage.open({
    prepare: (friend) => friend.after('message.sent', held.reaction, { concurrency: 'latest' }),
  });
  const ann = await stage.person('ann');

  await ann.says(room, 'here');
  await ann.says('room:other', 'there');
  await expect.poll(() => held.begun).toEqual(['here', 'there']);
  held.go('here');
  await ann.heard((fact) => textsOf([fact])[0] === 'echo here');

  expect(held.aborted).toEqual([]);
});

test('runs up to 16 at once, and each of them whatever becomes of the others', async () => {
  const held = new Held();
  const stage = await Stage.open({
    prepare: (friend) => friend.after('message.sent', held.reaction, { concurrency: 'parallel' }),
  });
  const ann = await stage.person('ann');
  const texts = Array.from({ length: 20 }, (_, index) => `text ${index}`);

  await ann.answers(...texts.map((text) => ann.message(room, text)));
  await expect.poll(() => held.begun).toHaveLength(16);
  await ann.quiet();
  const before = held.begun.length;
  held.go('text 7');
  await ann.heard((fact) => textsOf([fact])[0] === 'echo text 7');
  await expect.poll(() => held.begun).toHaveLength(17);

  expect(before).toBe(16);
  expect(held.begun.at(-1)).toBe('text 16');
});

test.each(['latest', 'parallel'] as const)(
  'delays no other reaction of the log by one that hangs: %s',
  async (concurrency) => {
    const held = new Held();
    const stage = await Stage.open({
      prepare: (friend) =>
        friend
          .after('message.sent', held.reaction, { name: 'held', concurrency })
          .after('message.sent', quick, 'quick'),
    });
    const ann = await stage.person('ann');

    await ann.says(room, 'one');
    await ann.heard((fact) => textsOf([fact])[0] === 'quick one');
    await ann.says(room, 'two');
    await ann.heard((fact) => textsOf([fact])[0] === 'quick two');

    expect(textsOf(ann.facts(log)).filter((text) => text.startsWith('echo'))).toEqual([]);
  },
);

test('passes no run that is not finished: a crash repeats it, and stores once what the others said', async () => {
  const store = memoryStore();
  const held = new Held();
  const withHeld = (friend: Friend): void =>
    void friend.after('message.sent', held.reaction, { name: 'held', concurrency: 'parallel' });
  const first = await Stage.open({ store, prepare: withHeld });
  const ann = await first.person('ann');
  await ann.answers(...['one', 'two'].map((text) => ann.message(room, text)));
  await expect.poll(() => held.begun).toEqual(['one', 'two']);
  held.go('two');
  await ann.heard((fact) => textsOf([fact])[0] === 'echo two');
  first.clock.advance(1_000);
  await ann.quiet();
  const reacted = (await store.log(log))?.reactedSeq;

  const again = new Held();
  await Stage.open({
    store,
    prepare: (friend) => friend.after('message.sent', again.reaction, { name: 'held', concurrency: 'parallel' }),
  });
  await expect.poll(() => again.begun).toEqual(['one', 'two']);
  again.go('one');
  again.go('two');
  await expect
    .poll(async () => (await store.page({ log, limit: 20 })).map(({ body }) => body).join())
    .toContain('echo one');

  expect(reacted).toBe(2);
  const bodies = (await store.page({ log, limit: 20 })).map(({ body }) => body);
  expect(bodies.filter((body) => body.includes('echo two'))).toHaveLength(1);
});

test('moves on behind the last run that is finished', async () => {
  const held = new Held();
  const stage = await Stage.open({
    prepare: (friend) => friend.after('message.sent', held.reaction, { concurrency: 'parallel' }),
  });
  const ann = await stage.person('ann');

  await ann.says(room, 'one');
  await expect.poll(() => held.begun).toEqual(['one']);
  held.go('one');
  await ann.heard((fact) => textsOf([fact])[0] === 'echo one');
  await ann.quiet();
  stage.clock.advance(1_000);
  await ann.quiet();

  expect(await stage.store.log(log)).toMatchObject({ lastSeq: 4, reactedSeq: 4 });
});
