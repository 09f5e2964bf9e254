import { utf8Length } from '../../../protocol/limits.ts';
import { answer, refuse, schedule, unschedule } from '../../core/effect.ts';
import type { PluginHost } from '../../core/plugin.ts';
import type { StoredFact } from '../../core/rows.ts';
import { userBy } from './find.ts';

/** Bytes of the facts of one answer: with its envelope it fits a frame. */
export const bytesOfAnswer = 40_000;

/** Bytes of a fact beside its body, at most. */
const envelope = 400;

interface Asked {
  readonly conversation: string;
  readonly as?: string;
  readonly after?: number;
  readonly before?: number;
  readonly limit: number;
}

/** Lets the site read conversations: as it is, or as one of its users may see them. */
export function histories(host: PluginHost, issuer: string): void {
  const conversations = host.service('conversations');

  host.onOpening('site.history', async ({ action, read, now }) => {
    const { conversation, as, after, before, limit } = action.body as Asked;
    const reader = as === undefined ? undefined : await userBy(read, as, issuer);
    if (as !== undefined && reader === undefined) return [refuse('not_found')];
    const access = reader === undefined ? undefined : await conversations.access(read, reader, conversation, now);
    if (reader !== undefined && (access?.exists !== true || !access.reads)) return [refuse('not_found')];
    const log = access?.id ?? conversation;
    if ((await read.conversation(log)) === undefined) return [refuse('not_found')];
    const seen = reader === undefined ? {} : { reader: reader.id };
    const newest = after === undefined;
    const found = newest
      ? await read.page({ log, before: before ?? Number.MAX_SAFE_INTEGER, limit, ...seen })
      : await read.page({ log, after, limit, ...seen, ...(before === undefined ? {} : { upTo: before - 1 }) });
    const facts = fitting(newest ? [...found].reverse() : found);
    const more = facts.length < found.length || found.length === limit;
    return [answer('site.paged', { facts: (newest ? facts.reverse() : facts).map(told), more })];
  });

  host.onOpening('site.schedule', ({ action, now }) => {
    const { id, at, user, type, body } = action.body as {
      id: string;
      at: number;
      user: string;
      type: string;
      body: unknown;
    };
    // A repeat does not come here: it may come when the time is over.
    if (at <= now) return [refuse('schema', { detail: 'body.at: expects a time to come' })];
    return [schedule({ id, dueAt: at, user, action: { type, body } })];
  });

  host.onOpening('site.unschedule', async ({ action, read }) => {
    const { id } = action.body as { id: string };
    return (await read.inventory.waits(id)) ? [unschedule(id)] : [refuse('not_found')];
  });
}

/** As many facts, from the first, as one answer holds; at least one. */
export function fitting(facts: readonly StoredFact[]): StoredFact[] {
  let bytes = 0;
  const end = facts.findIndex(({ body }) => {
    bytes += utf8Length(body) + envelope;
    return bytes > bytesOfAnswer;
  });
  return end === -1 ? [...facts] : facts.slice(0, Math.max(1, end));
}

/** A fact as the site is told it. */
export function told({ log, seq, type, at, by, body }: StoredFact): object {
  return { log, seq, type, at, by, body: JSON.parse(body) as unknown };
}
