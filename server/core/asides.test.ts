import { expect, test } from 'vitest';
import { Stage } from '../bin/contract-stage.ts';
import { put, tell } from './effect.ts';
import type { Plugin, PluginHost } from './plugin.ts';

/** A stage on which a test has two plugins' hosts in its hands. */
async function hosted(): Promise<{ stage: Stage; host: PluginHost; other: PluginHost }> {
  const hosts: PluginHost[] = [];
  const named = (name: string): Plugin => ({ name, install: (given) => void hosts.push(given) });
  const stage = await Stage.open({ prepare: (friend) => void friend.plug(named('proof')).plug(named('other')) });
  const [host, other] = hosts;
  if (host === undefined || other === undefined) throw new Error('The plugins were not installed.');
  return { stage, host, other };
}

test('tells once what was asked for several times under one name, and as it is when the time has come', async () => {
  const { stage, host } = await hosted();
  const ann = await stage.person('ann');
  let count = 0;
  const made = async () => [tell({ users: [ann.user] }, 'proof.counted', { count })];

  for (; count < 3; count += 1) host.soon('proof', 500, made);
  stage.clock.advance(499);
  await ann.quiet();
  const early = ann.told.filter(({ type }) => String(type) === 'proof.counted');
  const heard = ann.next(({ type }) => String(type) === 'proof.counted');
  stage.clock.advance(1);
  await heard;
  stage.clock.advance(5_000);
  await ann.quiet();

  const proofs = ann.told.filter(({ type }) => String(type) === 'proof.counted');
  expect(proofs.map(({ body }) => body)).toEqual([{ count: 3 }]);
  expect(early).toEqual([]);
});

test('logs a plugin that fails on what it tells by itself, and asks it again the next time', async () => {
  const { stage, host } = await hosted();
  const ann = await stage.person('ann');
  const failing = async (): Promise<never> => {
    throw new Error('Nothing to tell');
  };

  host.soon('proof', 500, failing);
  stage.clock.advance(500);
  await ann.quiet();
  host.soon('proof', 500, async () => [tell({ users: [ann.user] }, 'friend.hello', {})]);
  const heard = ann.next(({ type }) => type === 'friend.hello');
  stage.clock.advance(500);

  expect((await heard).type).toBe('friend.hello');
  expect(stage.log.lines.filter((line) => line.includes('Nothing to tell'))).toHaveLength(1);
});

test('tells nothing after its end', async () => {
  const { stage, host } = await hosted();
  let asked = 0;

  host.soon('proof', 500, async () => {
    asked += 1;
    return [];
  });
  await stage.friend.stop();
  stage.clock.advance(500);

  expect(asked).toBe(0);
});

test('lets in what a plugin schedules by itself, when its time has come', async () => {
  const { stage, host } = await hosted();
  const ann = await stage.person('ann');
  const row = { id: 'proof 1', dueAt: 1_000, user: ann.user, type: 'stage.sync', body: '{}' };

  host.soon('proof', 0, async () => [put({ table: 'schedule', row })]);
  await ann.quiet();
  const waiting = (await stage.store.scheduled(9)).map(({ id }) => id);
  stage.clock.advance(1_000);
  await ann.quiet();

  expect(waiting).toEqual(['proof 1']);
  expect(await stage.store.scheduled(9)).toEqual([]);
});

test('takes what one plugin asks for, however much waits for another', async () => {
  const { stage, host, other } = await hosted();
  const ann = await stage.person('ann');
  const heard = ann.next(({ type }) => String(type) === 'proof.counted');

  for (let count = 0; count < 10_001; count += 1) other.soon(`viewer ${count}`, 60_000, async () => []);
  host.soon('proof', 500, async () => [tell({ users: [ann.user] }, 'proof.counted', {})]);
  stage.clock.advance(500);

  expect(await heard).toMatchObject({ type: 'proof.counted' });
});
