import { expect, test } from 'vitest';
import { Stage, type StageOptions, textsOf } from '../bin/contract-stage.ts';
import { append } from './effect.ts';
import type { Answered, Fetch } from './ports.ts';
import type { Effects, ReactionContext } from './rule.ts';

const fine: Answered = { status: 200, ok: true, headers: {}, text: '"sunny"', json: () => 'sunny' };

/** Says what the web answers to each word of a person. */
async function weather({ fact, fetch }: ReactionContext<'message.sent'>): Promise<Effects> {
  if (fact.by === 'friend') return [];
  const { text } = await fetch('https://weather.example/today?key=secret', { timeout: 2_000 });
  return [append(fact.log, 'message.sent', { text }, { item: true })];
}

async function staged(fetch: Fetch | undefined, more: StageOptions = {}): Promise<Stage> {
  const prepare: StageOptions['prepare'] = (friend) => friend.after('message.sent', weather, 'weather');
  return Stage.open({ prepare, ...more, ...(fetch && { fetch }) });
}

test('asks the web through the port, with the time that is left', async () => {
  const asked: unknown[] = [];
  const stage = await staged(async (url, { timeout, signal }) => {
    asked.push({ url, timeout, aborted: signal.aborted });
    return fine;
  });
  const ann = await stage.person('ann');

  await ann.says('room:lobby', 'Hello');
  const said = await ann.heard((fact) => fact.by === 'friend');

  expect(textsOf([said])).toEqual(['"sunny"']);
  expect(asked).toEqual([{ url: 'https://weather.example/today?key=secret', timeout: 2_000, aborted: false }]);
});

test('ends what it asked once its time is over, and says where without what is secret', async () => {
  const ended = Promise.withResolvers<void>();
  const stage = await staged(async (_, { signal }) => {
    signal.onAbort(ended.resolve);
    return new Promise<Answered>(() => undefined);
  });
  const ann = await stage.person('ann');
  await ann.says('room:lobby', 'Hello');

  await expect.poll(() => stage.clock.due()).toContain(2_000);
  stage.clock.advance(2_000);
  await ended.promise;
  await expect.poll(() => stage.friend.meter.of('failed')).toBe(1);

  const said = stage.log.lines.join();
  expect(said).toContain('No answer of https://weather.example:');
  expect(said).not.toContain('secret');
});

test('says what is missing where the friend has no way to the web', async () => {
  const stage = await staged(undefined);
  const ann = await stage.person('ann');

  await ann.says('room:lobby', 'Hello');
  await expect.poll(() => stage.friend.meter.of('failed')).toBe(1);

  expect(stage.log.lines.join()).toContain('composeFriend({ fetch })');
});

test('says with each line of the log which reaction it was, and to what', async () => {
  const stage = await staged(undefined, {
    prepare: (friend) =>
      friend.after('message.sent', ({ log }) => {
        log.info('Seen', { more: 1 });
        return [];
      }),
  });
  const ann = await stage.person('ann');

  await ann.says('room:lobby', 'Hello');
  const seen = () => stage.log.lines.map((line) => JSON.parse(line)).find(({ message }) => message === 'Seen');
  await expect.poll(seen).toBeDefined();

  expect(seen()).toMatchObject({ more: 1, reaction: 'message.sent', log: 'c_room_lobby', seq: 3 });
});
