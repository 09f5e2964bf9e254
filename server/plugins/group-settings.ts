import type { Actions } from '../../protocol/actions.ts';
import type { Facts } from '../../protocol/facts.ts';
import { answer, append, put, refuse } from '../core/effect.ts';
import type { Sha256 } from '../core/ports.ts';
import type { ConversationRow, ConversationSettings, MemberPrefs } from '../core/rows.ts';
import type { Effects } from '../core/rule.ts';
import { type Deciding, placeOf } from './group-place.ts';

type Wish = Actions['conversation.set'];

/** Alters a group. A new link's token is told once and kept as its SHA-256 only. */
export async function set(deciding: Deciding, sha256: Sha256, wish: Wish): Promise<Effects> {
  const { conversation, name, link, ...settings } = wish;
  const place = await placeOf(deciding, conversation, deciding.user);
  const mayRename = name === undefined || place?.may('rename') === true;
  const maySet = (Object.keys(settings).length === 0 && link === undefined) || place?.may('settings') === true;
  if (place?.member === undefined || !mayRename || !maySet) return [refuse('not_found')];
  const before = place.row;
  const token = link === true ? linkToken(deciding.random(43)) : undefined;
  const kept = link === false ? undefined : before.settings?.link;
  const after = altered(before, wish, token === undefined ? kept : await sha256(token));
  const changed = changesOf(before, after);
  const item = Object.keys(changed).length > 0;
  if (!item && after.settings?.link === before.settings?.link) return [];
  const closes = isOpen(before) && !isOpen(after);
  const told = { rule: true, item, ...(token === undefined ? {} : { answers: false as const }) };
  return [
    put({ table: 'conversation', row: after }),
    append(conversation, 'conversation.changed', changed, told),
    ...(token === undefined ? [] : [answer('link.made', { conversation, token })]),
    ...(closes ? [{ do: 'seclude' as const, log: conversation }] : []),
  ];
}

/** What a group is after `wish`, with each setting at its default left out. */
function altered(before: ConversationRow, wish: Wish, link: string | undefined): ConversationRow {
  const { history = before.settings?.history ?? 'all', slow = before.settings?.slow ?? 0 } = wish;
  const settings: ConversationSettings = {
    ...(history === 'all' ? {} : { history }),
    ...(slow === 0 ? {} : { slow }),
    ...(link === undefined ? {} : { link }),
  };
  const { settings: _, ...row } = before;
  const named = { ...row, ...(wish.name === undefined ? {} : { name: wish.name }), public: wish.public ?? row.public };
  return Object.keys(settings).length === 0 ? named : { ...named, settings };
}

function changesOf(before: ConversationRow, after: ConversationRow): Facts['conversation.changed'] {
  const [old, fresh] = [shownOf(before), shownOf(after)];
  const keys = Object.keys(fresh) as (keyof typeof fresh)[];
  return Object.fromEntries(keys.filter((key) => fresh[key] !== old[key]).map((key) => [key, fresh[key]]));
}

function shownOf({ name, public: isPublic, settings }: ConversationRow) {
  return { name, public: isPublic, history: settings?.history ?? 'all', slow: settings?.slow ?? 0 };
}

/** Whether who is no member sees what is said. */
function isOpen({ public: isPublic, settings }: ConversationRow): boolean {
  return isPublic && settings?.history !== 'joined';
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

function linkToken(random: Uint8Array): string {
  return Array.from(random, (byte) => alphabet[byte & 63]).join('');
}

/** What a member sets for himself alone, in any conversation of his. */
export async function prefer(
  { read, user, now }: Deciding,
  { conversation, ...wish }: Actions['conversation.prefer'],
): Promise<Effects> {
  const member = await read.member(conversation, user.id);
  if (member === undefined || member.untilSeq !== undefined) return [refuse('not_found')];
  const { mutedUntil = 0, archived, pinned } = { ...member.prefs, ...wish };
  const prefs: MemberPrefs = {
    ...(mutedUntil > now ? { mutedUntil } : {}),
    ...(archived === true ? { archived } : {}),
    ...(pinned === true ? { pinned } : {}),
  };
  return [
    put({ table: 'prefs', row: { conversation, user: user.id, prefs } }),
    append(user.id, 'conversation.preferred', { conversation, ...prefs }, { rule: true }),
  ];
}
