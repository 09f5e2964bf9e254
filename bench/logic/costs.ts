import { join } from 'node:path';
import * as v from 'valibot';
import { append, type Effect } from '../../server/core/effect.ts';
import type { BodySchema } from '../../server/core/events.ts';
import { defineEvents } from '../../server/core/events.ts';
import { median, rounded } from '../routing/pairs.ts';
import { cpuOf } from './pending.ts';
import { type Logic, openStand } from './stand.ts';
import type { Visitor } from './visitor.ts';

/** What each adds to the processor time of what it stands beside, as a part of it. */
export interface CostsFound {
  /** Somebody watches every step of the friend. */
  readonly trace: number;
  /** A reaction that does nothing, beside none. */
  readonly reaction: number;
  /** A rule with a filter that fits and asks the next one, beside none. */
  readonly filteredRule: number;
  /** A reaction with a filter that does not fit, beside a reaction that does nothing. */
  readonly filteredReaction: number;
  /** An own event, action and fact with schemas of six fields, beside the same with schemas that take anything. */
  readonly schema: number;
  /** The harness has to see it: a filter that keeps the processor for 50 µs. */
  readonly planted: number;
  readonly cpuMicros: { readonly message: number; readonly own: number };
  /** Steps that were watched. */
  readonly traced: number;
  /** Own facts that visitors have got as answers, and messages that had their ✓. */
  readonly tracked: number;
  readonly ticks: number;
  readonly paths: readonly string[];
}

const window = 20;
const body = { parcel: 7, place: 'Ulm', weight: 1.25, express: true, to: 'Ann', note: 'Ring twice' };

const track = v.strictObject({
  parcel: v.pipe(v.number(), v.integer()),
  place: v.pipe(v.string(), v.maxLength(80)),
  weight: v.number(),
  express: v.boolean(),
  to: v.string(),
  note: v.pipe(v.string(), v.maxLength(200)),
});

/** Friends with different logic and a data file each, in turns. */
export async function costs(folder: string, rounds: number, ms: number): Promise<CostsFound> {
  let traced = 0;
  let tracked = 0;
  const kinds: Record<string, Logic> = {
    bare: {},
    traced: {
      trace: () => {
        traced += 1;
      },
    },
    reaction: { setup: (friend) => friend.after('message.sent', (): Effect[] => []) },
    filteredReaction: {
      setup: (friend) => friend.after('message:text', { in: 'group', by: 'colleague' }, (): Effect[] => []),
    },
    filteredRule: filtered(() => undefined),
    slow: filtered(() => {
      for (const until = performance.now() + 0.05; performance.now() < until; );
    }),
    loose: own(v.unknown(), v.unknown()),
    strict: own(track, v.object(track.entries)),
  };
  const sides: { name: string; crowd: Visitor[]; path: string; took: number[]; close: () => Promise<void> }[] = [];
  for (const [name, logic] of Object.entries(kinds)) {
    const path = join(folder, `costs-${name}.sqlite`);
    const stand = await openStand(path, logic);
    sides.push({ name, path, crowd: await stand.visitors(window), took: [], close: stand.close });
  }
  const asks = async (person: Visitor): Promise<void> => {
    await person.asks('order.track', body);
    tracked += 1;
  };
  for (let index = -1; index < rounds; index += 1) {
    for (let turn = 0; turn < sides.length; turn += 1) {
      const side = sides[(Math.max(0, index) + turn) % sides.length];
      if (side === undefined) continue;
      const isOwn = side.name === 'loose' || side.name === 'strict';
      const took = await (isOwn ? cpuOf(side.crowd, ms, asks) : cpuOf(side.crowd, ms));
      // The first round warms up.
      if (index >= 0) side.took.push(took);
    }
  }
  await Promise.all(sides.map(({ close }) => close()));
  const tookOf = (name: string): readonly number[] => sides.find((side) => side.name === name)?.took ?? [];
  const share = (name: string, floor: string): number =>
    rounded(median(tookOf(name).map((took, index) => took / (tookOf(floor)[index] ?? Number.NaN))) - 1);
  return {
    trace: share('traced', 'bare'),
    reaction: share('reaction', 'bare'),
    filteredRule: share('filteredRule', 'bare'),
    filteredReaction: share('filteredReaction', 'reaction'),
    schema: share('strict', 'loose'),
    planted: share('slow', 'bare'),
    cpuMicros: { message: rounded(median(tookOf('bare'))), own: rounded(median(tookOf('strict'))) },
    ...{ traced, tracked },
    ticks: sides.flatMap(({ crowd }) => crowd).reduce((sum, { ticks }) => sum + ticks, 0),
    paths: sides.map(({ path }) => path),
  };
}

function filtered(before: () => void): Logic {
  return {
    setup: (friend) =>
      friend.on('message.send', { in: 'support', by: 'visitor' }, (_, next) => {
        before();
        return next();
      }),
  };
}

function own(action: BodySchema, fact: BodySchema): Logic {
  const events = defineEvents({ actions: { 'order.track': action }, facts: { 'order.tracked': fact } });
  return {
    events,
    setup: (friend) =>
      friend.on('order.track', ({ action: { body: given }, user }) => [
        append(user.id, 'order.tracked', { ...Object(given) }),
      ]),
  };
}
