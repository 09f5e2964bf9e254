import { Extras } from '../../protocol/extras.ts';
import type { Facts, Head, Mark, Person } from '../../protocol/facts.ts';
import { limits } from '../../protocol/limits.ts';
import { personOf } from '../core/person.ts';
import type { Reads } from '../core/reads.ts';
import type { MemberRow, StoredFact, UserRow } from '../core/rows.ts';
import type { Access } from '../core/services.ts';
import { asOwn } from './conversation-page.ts';

/** People that a head names; a larger group shows the first of them. */
const facesShown = 8;

/** Members up to whom they are counted. */
const countedMembers = 10_000;

/** The newest facts among which the last message is looked for. */
const looked = 8;

/** The newest facts among which unread messages are counted: one's own may be any number, and are looked at too. */
const unreadLooked = 1_000;

/** A conversation as its list and its header show it to this user. */
export async function headOf(read: Reads, user: UserRow, access: Access): Promise<Head> {
  const { id, row } = access;
  const log = access.exists ? await read.log(id) : undefined;
  const seen = access.exists ? await read.readSeq(id, user.id) : 0;
  const members = access.exists ? await read.members(id, limits.marks + 1) : [];
  const counted = access.member !== undefined || !row.public;
  const since = Math.max(seen, (log?.lastSeq ?? 0) - unreadLooked);
  const unread = log === undefined || !counted ? 0 : await read.unread(id, since, user.id, limits.unread);
  const line = log === undefined || !access.reads ? undefined : await lastLine(read, id, user.id);
  return {
    ...{ id, kind: row.kind, last: log?.lastSeq ?? 0, read: seen, unread, at: log?.at ?? 0 },
    member: access.member !== undefined,
    people: await peopleOf(read, others(members.slice(0, facesShown), user)),
    marks: marksOf(members, user),
    ...(row.name === undefined ? {} : { name: row.name }),
    ...(line === undefined ? {} : { line }),
    ...(row.kind === 'group' ? await groupOf(read, access) : {}),
    ...(access.member?.prefs ?? {}),
  };
}

type OfGroup = Pick<Head, 'public' | 'history' | 'role' | 'members' | 'slow'>;

async function groupOf(read: Reads, { id, row, member, exists }: Access): Promise<OfGroup> {
  const { history = 'all', slow } = row.settings ?? {};
  const members = exists ? await read.memberCount(id, countedMembers + 1) : 0;
  return {
    public: row.public,
    history,
    ...(member === undefined ? {} : { role: member.role }),
    ...(members > countedMembers ? {} : { members }),
    ...(slow === undefined ? {} : { slow }),
  };
}

/** What others may see of these users. */
export async function peopleOf(read: Reads, ids: Iterable<string>): Promise<Person[]> {
  const rows = await Promise.all(Array.from(new Set(ids), (id) => read.user(id)));
  return rows.filter((row) => row !== undefined).map(personOf);
}

function others(members: readonly MemberRow[], user: UserRow): string[] {
  return members.map((member) => member.user).filter((id) => id !== user.id);
}

/** How far the others have got: of few it is told, of a crowd nobody looks. */
function marksOf(members: readonly MemberRow[], user: UserRow): Mark[] {
  if (members.length > limits.marks) return [];
  return members
    .filter((member) => member.user !== user.id)
    .map((member) => ({ user: member.user, read: member.readSeq, delivered: member.deliveredSeq }));
}

async function lastLine(read: Reads, log: string, reader: string): Promise<Head['line']> {
  const newest = await read.page({ log, before: Number.MAX_SAFE_INTEGER, limit: looked, reader });
  const message = newest.findLast((fact) => fact.type === 'message.sent');
  if (message === undefined) return undefined;
  // What only this reader sees of it is no part of the message itself.
  const change = newest.findLast(({ audience, type, body }) => {
    const changes = audience !== undefined && (type === 'message.edited' || type === 'message.deleted');
    return changes && (JSON.parse(body) as { of?: unknown }).of === message.seq;
  });
  const [own = message] = await asOwn(read, reader, [message]);
  const text = textOf(change ?? message).slice(0, 140);
  return { by: own.by, text, ...(text === '' ? wordless(message, change) : {}) };
}

/** What is said of a message without words. */
function wordless(
  message: StoredFact,
  change: StoredFact | undefined,
): Pick<NonNullable<Head['line']>, 'extras' | 'deleted'> {
  const { deleted, extras } = JSON.parse(message.body) as Facts['message.sent'];
  if (deleted || change?.type === 'message.deleted') return { deleted: true };
  const [file] = Extras.read(extras)?.files ?? [];
  return file === undefined ? {} : { extras: { files: [file] } };
}

function textOf(fact: StoredFact): string {
  const { text } = JSON.parse(fact.body) as { text?: unknown };
  return typeof text === 'string' ? text : '';
}
