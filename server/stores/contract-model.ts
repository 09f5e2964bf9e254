import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Outcome, Store, Unit } from '../core/store.ts';
import { anAppend, aUnit, seqs } from './contract-rows.ts';

const logIds = ['c_1', 'c_2', 'u_ann'];

interface Model {
  readonly done: Map<string, Unit>;
  readonly rule: Map<string, number>;
  /** The action of each fact, in order. */
  readonly facts: Map<string, string[]>;
}

/** What holds for any batches: no gaps, no doubles, and the outcomes that a few lines predict. */
export function modelContract(make: () => Promise<Store>): void {
  test('gives any batches the outcomes and the logs that the model has', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(someUnit, { maxLength: 8 }), { maxLength: 6 }), async (batches) => {
        const store = await make();
        const model: Model = { done: new Map(), rule: new Map(), facts: new Map() };

        for (const batch of batches) {
          const outcomes = await store.commit(batch, []);
          expect(outcomes.map(({ kind }) => kind)).toEqual(batch.map((unit) => step(model, unit)));
        }

        for (const log of logIds) await agree(store, log, model);
        await store.close();
      }),
      { numRuns: 60 },
    );
  });
}

const logId = fc.constantFrom(...logIds);
const actionId = fc.integer({ min: 1, max: 9 }).map(String);

const someUnit: fc.Arbitrary<Unit> = fc
  .record({
    device: fc.option(fc.constantFrom('d_ann', 'd_bob'), { freq: 6, nil: undefined }),
    id: actionId,
    after: fc.option(actionId, { freq: 1, nil: undefined }),
    reads: fc.array(fc.record({ log: logId, ruleSeq: fc.constantFrom(0, 0, 0, 1, 2) }), { maxLength: 2 }),
    appends: fc.array(fc.record({ log: logId, rule: fc.boolean() }).map(anAppend), { maxLength: 3 }),
  })
  .map(({ device, after, ...unit }) => {
    const { device: _, ...nameless } = aUnit(unit.id, { ...unit, answer: 0, ...(after && { after }) });
    return device ? { ...nameless, device } : nameless;
  });

function step({ done, rule, facts }: Model, unit: Unit): Outcome['kind'] {
  const key = (id: string) => `${unit.device} ${id}`;
  if (unit.device && done.has(key(unit.id))) return 'repeat';
  if (unit.device && unit.after && !done.has(key(unit.after))) return 'early';
  if (unit.reads.some(({ log, ruleSeq }) => (rule.get(log) ?? 0) !== ruleSeq)) return 'stale';
  for (const append of unit.appends) {
    const actions = [...(facts.get(append.log) ?? []), unit.id];
    facts.set(append.log, actions);
    if (append.rule) rule.set(append.log, actions.length);
  }
  if (unit.device) done.set(key(unit.id), unit);
  return 'stored';
}

async function agree(store: Store, log: string, { rule, facts, done }: Model): Promise<void> {
  const actions = facts.get(log) ?? [];
  const kept = await store.page({ log, limit: 1_000 });
  expect(kept.map(({ action }) => action)).toEqual(actions);
  expect(seqs(kept)).toEqual(actions.map((_, index) => index + 1));
  expect((await store.log(log))?.lastSeq ?? 0).toBe(actions.length);
  expect((await store.log(log))?.ruleSeq ?? 0).toBe(rule.get(log) ?? 0);
  for (const { device = '', id, appends } of done.values()) {
    const answer = await store.done(device, id);
    expect(answer?.log).toBe(appends[0]?.log);
    if (answer?.log !== log) continue;
    expect(kept[(answer.seq ?? 0) - 1]).toMatchObject({ device, action: id });
  }
}
