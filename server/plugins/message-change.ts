import type { ErrorCode } from '../../protocol/errors.ts';
import { Extras } from '../../protocol/extras.ts';
import type { Facts } from '../../protocol/facts.ts';
import { toJson } from '../../protocol/frame.ts';
import { utf8Length } from '../../protocol/limits.ts';
import { type Effect, put, refuse } from '../core/effect.ts';
import { bodyBytes } from '../core/plan.ts';
import type { Reads } from '../core/reads.ts';
import type { StoredFact, UserRow } from '../core/rows.ts';
import type { Effects } from '../core/rule.ts';
import type { Access, Services } from '../core/services.ts';

/** A message as it is stored. */
export interface Message extends Pick<StoredFact, 'by' | 'audience'> {
  readonly place: Pick<StoredFact, 'log' | 'seq'>;
  readonly body: Facts['message.sent'];
  /** The body as it stands in the store. */
  readonly json: string;
}

/** Who wishes to do something with a message, and which one. */
export interface Reaching {
  readonly read: Reads;
  readonly user: UserRow;
  readonly now: number;
  readonly conversations: Services['conversations'];
  readonly place: { readonly conversation: string; readonly seq: number };
}

/** A message that is there, and its conversation. */
export interface Reached {
  readonly access: Access;
  readonly message: Message;
}

/**
 * The message that somebody answers or reacts to, or why he may not: he has to take part, as a member or as one who
 * answers for the site, and be allowed to write. Who only looks at a public group does neither.
 */
export async function reached({ read, user, now, conversations, place }: Reaching): Promise<Reached | ErrorCode> {
  const access = await conversations.access(read, user, place.conversation, now);
  if (access?.limited === true) return 'limited';
  if (access === undefined || !access.maySend) return 'not_found';
  if (access.member === undefined && access.list === undefined) return 'not_found';
  const message = await messageAt(read, access, place.seq, user.id);
  return message === undefined || message.body.deleted === true ? 'not_found' : { access, message };
}

/** What the message has beside its words. */
export function extrasOf({ body }: Pick<Message, 'body'>): Extras {
  return Extras.read(body.extras) ?? {};
}

/** This user, and those among `ids` who were visitors and turned out to be him. */
export async function idsOf(read: Reads, user: string, ids: readonly string[]): Promise<string[]> {
  const rows = await Promise.all(ids.map((id) => read.user(id)));
  return [user, ...rows.flatMap((row) => (row?.mergedInto === user ? row.id : []))];
}

/** The message at `seq` that `reader` may see; undefined where there is none. */
export async function messageAt(
  read: Reads,
  { id, exists, reads }: Access,
  seq: number,
  reader: string,
): Promise<Message | undefined> {
  if (!exists || !reads || seq === 0) return undefined;
  const [fact] = await read.page({ log: id, after: seq - 1, upTo: seq, limit: 1, reader });
  if (fact?.type !== 'message.sent') return undefined;
  const { audience } = fact;
  // What he said as a visitor, before he signed in, is his.
  const author = fact.by === reader ? undefined : await read.user(fact.by);
  const by = author?.mergedInto === reader ? reader : fact.by;
  const message = { by, place: { log: id, seq }, body: JSON.parse(fact.body), json: fact.body };
  return audience === undefined ? message : { ...message, audience };
}

type Append = Extract<Effect, { do: 'append' }>;

/** What else a change does to what is stored. */
export interface Change {
  readonly told: Append;
  /** Told before it. */
  readonly first?: readonly Append[];
  /** What the message says from now on. */
  readonly body: Facts['message.sent'];
  readonly more?: Effects;
  /** True where it holds whatever was changed meanwhile. Else two changes at once are decided one after the other. */
  readonly always?: boolean;
}

/**
 * Tells the change to all who may see the message, and rewrites what is stored. Who is shut out since it was written alters
 * it for himself alone: the others keep what they have. Refused with `too_many` where the message would not fit a page.
 */
export function changed(
  { access, message }: Reached,
  { told: change, first = [], body, more = [], always = false }: Change,
): Effects {
  const seenBy = message.audience ?? access.audience;
  const told = [...first, change].map((one) =>
    seenBy === undefined || one.audience !== undefined ? one : { ...one, audience: seenBy },
  );
  if (message.audience === undefined && access.audience !== undefined) return told;
  const json = toJson(body);
  if (utf8Length(json) > bodyBytes) return [refuse('too_many')];
  const row = { ...message.place, body: json };
  return [put(always ? { table: 'fact', row } : { table: 'fact', row, expect: message.json }), ...more, ...told];
}

/** Nothing is changed as long as the message says what it does now; where a change is on its way, it is decided again. */
export function unchanged({ place, json }: Message): Effects {
  return [put({ table: 'fact', row: { ...place, body: json }, expect: json })];
}
