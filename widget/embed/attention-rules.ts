import type { Conversation, View } from '../core/view.ts';

/** A message as far as it matters to who is called. */
export interface Arrival {
  readonly log: string;
  readonly seq: number;
  /** The friend's clock, milliseconds since 1970. */
  readonly at: number;
  readonly by: string;
  readonly text: string;
  /** What it has beside its words, as `Item` has it. */
  readonly extras?: unknown;
}

/** What was said longer ago than this, milliseconds, is counted and calls nobody: it waited while nobody was connected. */
const fresh = 60_000;

/**
 * Whether a message calls its reader, on whichever tab: one of somebody else, new, unread, not silenced by “do not
 * disturb”, by a muted person or in a muted conversation. Being named is heard in a muted conversation too.
 * @param now this device's clock, milliseconds since 1970
 */
export function calls(view: View, { log, seq, at, by, extras }: Arrival, now: number): boolean {
  const { me, conversations, presence, related } = view;
  const there = now + view.clockOffset;
  if (me === undefined || by === me.id || there - at > fresh || (conversations[log]?.read ?? 0) >= seq) return false;
  if (presence[me.id]?.own?.show === 'dnd') return false;
  const isMuted = ({ slot, own, until = there + 1 }: { slot: string; own: boolean; until?: number | undefined }) =>
    slot === 'notice' && own && until > there;
  if (related[by]?.relations.some(isMuted)) return false;
  return names(extras, me.id) || !isSilent(conversations[log], there);
}

/** Messages nobody has looked at, but for those in muted conversations. */
export function counted({ conversations, clockOffset }: View, now: number): number {
  const loud = Object.values(conversations).filter((one) => !isSilent(one, now + clockOffset));
  return loud.reduce((sum, { unread }) => sum + unread, 0);
}

/** Whether the panel shows this conversation. */
export function isShown({ open, screen, refs }: View, log: string): boolean {
  return open && screen.at === 'conversation' && (refs[screen.ref] ?? screen.ref) === log;
}

/** The newest message of each conversation in which something is unread, as far as it is known. */
export function newest({ conversations }: View): readonly Arrival[] {
  return Object.values(conversations).flatMap(({ id, unread, last, at, line, items }) => {
    const item = items.findLast(({ kind }) => kind === 'message');
    if (unread === 0) return [];
    if (item?.kind === 'message') return [{ log: id, ...item }];
    return line === undefined ? [] : [{ log: id, seq: last, at, ...line }];
  });
}

function isSilent(held: Conversation | undefined, there: number): boolean {
  return (held?.mutedUntil ?? 0) > there;
}

function names(extras: unknown, user: string): boolean {
  const { mentions } = Object(extras);
  return Array.isArray(mentions) && mentions.includes(user);
}
