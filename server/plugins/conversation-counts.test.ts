import { expect, test } from 'vitest';
import type { AnyFact, Facts } from '../../protocol/facts.ts';
import { type Device, Stage } from '../bin/contract-stage.ts';

const room = 'room:hall';
const log = 'c_room_hall';

type Counts = Facts['marker.counted']['counts'];

/** People who have each said one word in the room, one after the other: the first one stands at seq 3. */
async function crowd(count: number): Promise<{ stage: Stage; people: readonly [Device, Device, ...Device[]] }> {
  const stage = await Stage.open({ newUsers: { perSecond: 1, burst: 1_000 } });
  const [first, second] = [await stage.person('p0'), await stage.person('p1')];
  const others: Device[] = [];
  for (let index = 2; index < count; index += 1) others.push(await stage.person(`p${index}`));
  for (const device of [first, second, ...others]) await device.says(room, 'Hello');
  return { stage, people: [first, second, ...others] };
}

/** The seq of the message that the one at `index` has said: each joined just before it. */
function seqOf(index: number): number {
  return 3 + index * 2;
}

function countsIn(told: readonly AnyFact[]): Counts[] {
  return told.flatMap((fact) => (fact.type === 'marker.counted' ? [fact.body.counts] : []));
}

async function mark(device: Device, marks: { read?: number; delivered?: number }): Promise<void> {
  device.send(device.action('marker.set', { conversation: log, ...marks }));
  await device.quiet();
}

test('tells an author in a crowd how many have got and have read what he said, once for all marks of two seconds', async () => {
  const { stage, people } = await crowd(22);
  const [ann, bob, cem] = people;
  const last = (await ann.says(room, 'Who comes tonight?')).seq ?? 0;

  for (const device of people.slice(1, 13)) await mark(device, { read: last });
  for (const device of people.slice(13, 16)) await mark(device, { delivered: last });
  const early = countsIn(ann.told);
  stage.clock.advance(2_000);
  await ann.quiet();

  expect(early).toEqual([]);
  expect(countsIn(ann.told)).toEqual([[{ seq: last, delivered: 15, read: 12 }]]);
  expect(countsIn(bob.told)).toEqual([]);
  expect(countsIn(cem?.told ?? [])).toEqual([]);
});

test('tells an author who comes back how far each of his messages on the page has got', async () => {
  const { people } = await crowd(22);
  const [ann, bob] = people;
  const last = (await ann.says(room, 'Who comes tonight?')).seq ?? 0;
  await mark(bob, { read: seqOf(21) });

  await ann.ask('conversation.open', { conversation: room });
  await bob.ask('conversation.open', { conversation: room });

  expect(countsIn(ann.told)).toEqual([
    [
      { seq: seqOf(0), delivered: 1, read: 1 },
      { seq: last, delivered: 0, read: 0 },
    ],
  ]);
  expect(countsIn(bob.told)).toEqual([[{ seq: seqOf(1), delivered: 0, read: 0 }]]);
});

test('counts neither in a small conversation nor in one of more than 200', async () => {
  const small = await crowd(20);
  const large = await crowd(201);

  for (const { stage, people } of [small, large]) {
    await mark(people[1], { read: seqOf(0) });
    stage.clock.advance(2_000);
    await people[0].quiet();
    await people[0].ask('conversation.open', { conversation: room });
  }

  expect([...small.people, ...large.people].flatMap(({ told }) => countsIn(told))).toEqual([]);
  expect(small.people[0].told.filter(({ type }) => type === 'marker.moved')).toHaveLength(1);
});
