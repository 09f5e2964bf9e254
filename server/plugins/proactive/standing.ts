import * as v from 'valibot';
import { toJson } from '../../../protocol/frame.ts';
import { type Effect, put } from '../../core/effect.ts';
import type { Reads } from '../../core/reads.ts';

/** The name of the plugin, and of its rows. */
export const plugin = 'proactive';

/** How long one has to have been away for the next visit to be another, milliseconds. */
const apart = 30 * 60_000;

const dayMs = 86_400_000;

const Standing = v.object({
  /** By message: when it was said last, milliseconds since 1970. */
  said: v.record(v.string(), v.number()),
  /** When anything was said, the newest last. */
  times: v.array(v.number()),
  visits: v.number(),
  /** When the visit was seen last. */
  seen: v.number(),
  /** Where the person is: the action that has told it, and what waits for its time there. */
  page: v.exactOptional(v.object({ url: v.string(), id: v.string(), waits: v.array(v.string()) })),
  /** By message: until when it waits for its time, where nobody has to stay on a page for it. */
  waits: v.exactOptional(v.record(v.string(), v.number())),
});

/** How one person stands to what is said unasked. */
export type Standing = v.InferOutput<typeof Standing>;

/** What stands there, and its text, that a write can rest on it. */
export interface Kept {
  readonly standing: Standing;
  readonly json: string | undefined;
}

const nobody: Standing = { said: {}, times: [], visits: 0, seen: 0 };

export async function recall(read: Reads, user: string): Promise<Kept> {
  const json = await read.state(plugin, user, 'standing');
  const kept = v.safeParse(Standing, json === undefined ? undefined : JSON.parse(json));
  return { json, standing: kept.success ? kept.output : nobody };
}

/** Keeps it; decided again where somebody else was faster, so that two tabs are not told the same thing twice. */
export function keep(user: string, { json }: Kept, standing: Standing): Effect {
  const row = { plugin, scope: user, key: 'standing', value: toJson(standing) };
  return put({ table: 'state', row, expect: json ?? null });
}

/** Somebody is seen at `now`: another visit, where he was away. */
export function visited(standing: Standing, now: number): Standing {
  const isNew = now - standing.seen >= apart;
  return { ...standing, visits: standing.visits + (isNew ? 1 : 0), seen: now };
}

/** Whether a message is on its way already: it waits once for a person, however often it is led to. */
export function isWaiting({ waits = {} }: Standing, name: string, now: number): boolean {
  return Object.hasOwn(waits, name) && (waits[name] ?? 0) > now;
}

/** These messages wait until then; what has come to its time waits no more. */
export function waiting(standing: Standing, until: Readonly<Record<string, number>>, now: number): Standing {
  const { waits = {}, ...rest } = standing;
  const left = Object.entries({ ...waits, ...until }).filter(([, at]) => at > now);
  return left.length === 0 ? rest : { ...rest, waits: Object.fromEntries(left) };
}

/** What was said within the last 24 hours. */
export function saidToday({ times }: Standing, now: number): number {
  return times.filter((at) => at > now - dayMs).length;
}

/** Whether a message may be said to this person: once, or a day after the last time. */
export function mayHear(
  { said }: Standing,
  { name, once = true }: { name: string; once?: boolean },
  now: number,
): boolean {
  const at = Object.hasOwn(said, name) ? said[name] : undefined;
  return at === undefined || (!once && at <= now - dayMs);
}

/** A message was said at `now`. */
export function told(standing: Standing, name: string, now: number): Standing {
  const times = [...standing.times.filter((at) => at > now - dayMs), now];
  return { ...standing, times, said: { ...standing.said, [name]: now } };
}

/** The visitor `one` turned out to be `other`: what either was told, he was. */
export function merged(one: Standing, other: Standing): Standing {
  const said = { ...one.said };
  for (const [name, at] of Object.entries(other.said)) said[name] = Math.max(at, said[name] ?? 0);
  return {
    said,
    times: [...one.times, ...other.times].sort((a, b) => a - b).slice(-100),
    visits: Math.max(one.visits, other.visits),
    seen: Math.max(one.seen, other.seen),
    ...(one.page === undefined ? {} : { page: one.page }),
  };
}
