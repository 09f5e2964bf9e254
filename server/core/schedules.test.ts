import * as v from 'valibot';
import { expect, test } from 'vitest';
import { type Device, Stage, type StageOptions } from '../bin/contract-stage.ts';
import { memoryStore } from '../stores/memory.ts';
import { append, refuse, schedule, unschedule } from './effect.ts';
import { StorageFull, type Store } from './store.ts';

const minute = 60_000;
const room = 'room:lobby';

/** `remind` lets a message in after so many minutes; `forget` takes that back. */
function reminders(more: StageOptions = {}): StageOptions {
  return {
    ...more,
    prepare: (friend) => {
      const own = { schema: v.strictObject({ id: v.string(), minutes: v.number(), type: v.optional(v.string()) }) };
      friend.on(
        'remind',
        ({ action: { body }, user, now }) => {
          const action = { type: body.type ?? 'message.send', body: { conversation: room, text: body.id } };
          return [schedule({ id: body.id, dueAt: now + body.minutes * minute, action, user: user.id })];
        },
        own,
      );
      friend.on('forget', ({ action: { body } }) => [unschedule(body.id)], own);
      friend.on('refused', () => [refuse('not_found')]);
      friend.on('kept', ({ action, user }) => [append(user.id, 'kept', { by: action.id })]);
      more.prepare?.(friend);
    },
  };
}

function remind(device: Device, id: string, minutes: number, type?: string) {
  return device.answers(device.action('remind', { id, minutes, ...(type === undefined ? {} : { type }) }));
}

async function texts(store: Store): Promise<unknown[]> {
  const facts = await store.page({ log: 'c_room_lobby', limit: 50 });
  return facts.filter(({ type }) => type === 'message.sent').map(({ body }) => JSON.parse(body).text);
}

test('lets an action in as its user’s at its time, and not before', async () => {
  const stage = await Stage.open(reminders());
  const ann = await stage.person('ann');
  await remind(ann, 'one', 3);

  stage.clock.advance(3 * minute - 1);
  await ann.quiet();
  const before = await texts(stage.store);
  stage.clock.advance(1);
  await expect.poll(() => texts(stage.store)).toEqual(['one']);

  const [, , fact] = await stage.store.page({ log: 'c_room_lobby', limit: 9 });
  expect(before).toEqual([]);
  expect(fact).toMatchObject({ by: ann.user, device: 'schedule', action: 'one' });
  expect(await stage.store.scheduled(9)).toEqual([]);
});

test('lets in the earliest first, however they were set, and moves one that is set again', async () => {
  const stage = await Stage.open(reminders());
  const ann = await stage.person('ann');
  for (const [id, minutes] of [
    ['late', 9],
    ['moved', 1],
    ['early', 2],
  ] as const)
    await remind(ann, id, minutes);
  await remind(ann, 'moved', 5);

  for (let passed = 0; passed < 10; passed += 1) {
    stage.clock.advance(minute);
    await ann.quiet();
  }

  expect(await texts(stage.store)).toEqual(['early', 'moved', 'late']);
});

test('lets nothing in that was taken back', async () => {
  const stage = await Stage.open(reminders());
  const ann = await stage.person('ann');
  await remind(ann, 'one', 1);

  await ann.answers(ann.action('forget', { id: 'one', minutes: 0 }));
  stage.clock.advance(2 * minute);
  await ann.quiet();

  expect(await texts(stage.store)).toEqual([]);
});

test('lets in after a restart what fell due meanwhile, once', async () => {
  const store = memoryStore();
  const first = await Stage.open(reminders({ store }));
  const ann = await first.person('ann');
  for (let index = 0; index < 120; index += 1) await remind(ann, `text ${index}`, -1 - index);
  await expect.poll(() => texts(store)).not.toHaveLength(0);
  await remind(ann, 'afterwards', 1);
  await first.friend.stop();

  const second = await Stage.open(reminders({ store }));
  second.clock.advance(2 * minute);
  await expect.poll(() => store.scheduled(9)).toEqual([]);

  const facts = await store.page({ log: 'c_room_lobby', limit: 500 });
  const sent = facts.filter(({ type }) => type === 'message.sent').map(({ action }) => action);
  expect(sent).toHaveLength(121);
  expect(new Set(sent).size).toBe(121);
});

test('stores once what a crash has let in twice', async () => {
  const store = memoryStore();
  const rows: Store['scheduled'] = async () => [{ id: 'one', dueAt: 0, user, type: 'kept', body: '{}' }];
  const first = await Stage.open(reminders({ store }));
  const { user } = await first.person('ann');
  await first.friend.stop();
  let looks = 0;
  const repeating = { ...store, scheduled: async (limit: number) => (looks++ < 6 ? rows(limit) : []) };

  const second = await Stage.open(reminders({ store: repeating }));
  await expect.poll(() => looks).toBeGreaterThan(6);
  await second.friend.stop();

  expect((await store.page({ log: user, limit: 9 })).map(({ action }) => action)).toEqual(['one']);
});

test('forgets what is refused for good, and says so in the log', async () => {
  const stage = await Stage.open(reminders());
  const ann = await stage.person('ann');

  await remind(ann, 'refused', -1, 'refused');
  await remind(ann, 'unknown', -1, 'nobody.knows');
  await expect.poll(() => stage.store.scheduled(9)).toEqual([]);

  const refused = stage.log.lines
    .map((line) => JSON.parse(line))
    .filter(({ message }) => message === 'A scheduled action was refused');
  expect(refused.map(({ code }) => code).sort()).toEqual(['not_found', 'unknown_type']);
});

test('keeps what the store cannot take now, and tries again', async () => {
  const kept = memoryStore();
  let full = false;
  const commit: Store['commit'] = async (units, cursors) => {
    if (full && units.some(({ device }) => device === 'schedule')) throw new StorageFull('full');
    return kept.commit(units, cursors);
  };
  const stage = await Stage.open(reminders({ store: { ...kept, commit } }));
  const ann = await stage.person('ann');
  await remind(ann, 'one', 1);
  full = true;
  stage.clock.advance(minute);
  await ann.quiet();
  const waiting = await kept.scheduled(9);

  full = false;
  await expect.poll(() => stage.clock.due()).not.toEqual([]);
  stage.clock.advance(minute);
  await expect.poll(() => texts(kept)).toEqual(['one']);

  expect(waiting).toHaveLength(1);
  expect(await kept.scheduled(9)).toEqual([]);
});
