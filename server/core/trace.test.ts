import { expect, test } from 'vitest';
import { Stage } from '../bin/contract-stage.ts';
import { append, refuse } from './effect.ts';
import type { Trace } from './trace.ts';

const room = 'room:lobby';

async function traced(steps: Trace[]): Promise<Stage> {
  return Stage.open({
    trace: (step) => void steps.push(step),
    prepare: (friend) => {
      friend.on('order.lose', () => [refuse('not_found')]);
      friend.on('order.break', () => {
        throw new Error('broken');
      });
      friend.after('message.sent', ({ fact }) => {
        if (fact.by === 'friend') return [];
        if (fact.body.text === 'throw') throw new Error('no idea');
        return [append(fact.log, 'message.sent', { text: 'Echo' }, { item: true })];
      });
    },
  });
}

test('shows an action on its way: it came, was decided, stored, told, and reacted to', async () => {
  const steps: Trace[] = [];
  const stage = await traced(steps);
  const ann = await stage.person('ann');
  steps.length = 0;

  await ann.says(room, 'Hello');
  await ann.heard((fact) => fact.by === 'friend');

  const kinds = steps.map((step) => (step.kind === 'stored' ? step.fact.type : step.kind));
  expect(kinds.slice(0, 5)).toEqual(['action', 'decided', 'conversation.created', 'member.joined', 'message.sent']);
  expect(kinds).toContain('told');
  expect(steps[0]).toMatchObject({ user: ann.user, from: ann.jid, action: { type: 'message.send' } });
  expect(steps[1]).toMatchObject({ type: 'message.send', attempt: 1, ms: 0 });
  expect(steps).toContainEqual(
    expect.objectContaining({ kind: 'reacted', name: 'message.sent', seq: 3, effects: [expect.anything()] }),
  );
});

test('shows what a rule refused, and how a rule or a reaction failed', async () => {
  const steps: Trace[] = [];
  const stage = await traced(steps);
  const ann = await stage.person('ann');

  await stage.friend.inject(ann.user, ann.action('order.lose', {}));
  await stage.friend.inject(ann.user, ann.action('order.break', {}));
  await ann.says(room, 'throw');
  await expect.poll(() => steps.at(-1)?.kind).toBe('reacted');

  const decided = steps.flatMap((step) => (step.kind === 'decided' ? [step] : []));
  expect(decided).toContainEqual(expect.objectContaining({ type: 'order.lose', effects: [refuse('not_found')] }));
  expect(decided).toContainEqual(
    expect.objectContaining({ type: 'order.break', effects: [refuse('failed', { detail: 'Error: broken' })] }),
  );
  expect(steps.at(-1)).toMatchObject({ kind: 'reacted', effects: [], error: 'Error: no idea' });
});

test('shows frames as they leave, each to its connection', async () => {
  const steps: Trace[] = [];
  const stage = await traced(steps);
  const ann = await stage.person('ann');

  await ann.says(room, 'throw');

  const told = steps.flatMap((step) => (step.kind === 'told' ? [step] : []));
  expect(told.every(({ to }) => to === ann.jid)).toBe(true);
  expect(told.some(({ frame }) => frame.includes('"text":"throw"'))).toBe(true);
});
