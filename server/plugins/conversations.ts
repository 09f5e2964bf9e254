import type { Facts, Head } from '../../protocol/facts.ts';
import { limits } from '../../protocol/limits.ts';
import { answer, type Effect, ignore, put, refuse, tell } from '../core/effect.ts';
import type { Plugin } from '../core/plugin.ts';
import type { Reads } from '../core/reads.ts';
import { declareRoles, type Roles, shippedRoles } from '../core/roles.ts';
import type { UserRow } from '../core/rows.ts';
import type { Effects } from '../core/rule.ts';
import type { Access } from '../core/services.ts';
import { accessTo, roleOnEntry } from './conversation-access.ts';
import { countPause, countsForAuthors, countsForReader } from './conversation-counts.ts';
import { handOver } from './conversation-hand-over.ts';
import { headOf, peopleOf } from './conversation-head.ts';
import { listPage } from './conversation-list.ts';
import { type LogPage, pageAfter, pageBefore, type Reading } from './conversation-page.ts';

export interface ConversationsOptions {
  /** What each role of a group allows; the shipped table where absent. */
  readonly roles?: Roles;
  /** The role of who begins a room with his message; the usual one where absent, so that a room has no owner. */
  readonly firstSpeaker?: string;
}

/**
 * Support, direct and public conversations: who may look into which, their heads, their pages, typing and markers.
 * @throws FriendError `FRIEND_ROLE`
 */
export function conversations({ roles = shippedRoles, firstSpeaker }: ConversationsOptions = {}): Plugin {
  declareRoles(roles);
  return {
    name: 'conversations',
    needs: ['relations'],
    install(host) {
      const relations = host.service('relations');
      // A filter, and the rule behind it, ask for the same.
      const access = (read: Reads, user: UserRow, ref: string, now: number): Promise<Access | undefined> =>
        read.once(user, `${now} ${ref}`, () => accessTo({ read, user, now, relations, roles, firstSpeaker }, ref));
      host.provide('conversations', {
        ...{ access, roles, people: peopleOf },
        roleOnEntry: (read, row, user) => roleOnEntry({ read, firstSpeaker }, row, user),
        handOver: (read, from, to, now) => handOver({ read, user: from, now, relations, roles, firstSpeaker }, to),
      });

      host.on('conversation.open', async ({ action, read, user, now }) => {
        const found = await access(read, user, action.body.conversation, now);
        return found === undefined ? [refuse('not_found')] : opened(read, user, found, action.body.after);
      });

      /** The log's head where this user may read it: a conversation of his, or his own. */
      const readable = async (read: Reads, user: UserRow, log: string, now: number): Promise<Reading | undefined> => {
        const isOwn = log === user.id;
        const found = isOwn ? undefined : await access(read, user, log, now);
        if (!isOwn && (found?.exists !== true || !found.reads)) return undefined;
        return { log, reader: user.id, last: (await read.log(log))?.lastSeq ?? 0 };
      };

      host.on('conversation.list', async ({ action, read, user, now }) => {
        const { limit = 20, before } = action.body;
        return [
          answer(
            'conversation.listed',
            await listPage(read, user, (ref) => access(read, user, ref, now), limit, before),
          ),
        ];
      });

      host.on('log.read', async ({ action, read, user, now }) => {
        const { log, after, before, limit } = action.body;
        const reading = await readable(read, user, log, now);
        if (reading === undefined) return [refuse('not_found')];
        const bounded = limit === undefined ? reading : { ...reading, limit };
        const page =
          after === undefined
            ? await pageBefore(read, bounded, before ?? reading.last + 1)
            : await pageAfter(read, bounded, after);
        const people = await peopleOf(read, authors(page));
        const more = after === undefined ? page.after > 0 : page.to < reading.last;
        return [answer('log.paged', { log, after: page.after, to: page.to, more, people }, page)];
      });

      host.on('log.resume', async ({ action, read, user, now }) => {
        const held = Object.entries(action.body.logs);
        const readings = await Promise.all(held.map(([log]) => readable(read, user, log, now)));
        const known = readings.filter((reading) => reading !== undefined);
        const moved = known.filter(({ log, last }) => last > (action.body.logs[log] ?? last));
        host.count('resumed', known.length);
        return [
          answer('log.moved', { logs: moved.map(({ log, last }) => ({ log, last })) }),
          ...known.map(({ log, last }): Effect => ({ do: 'hear', topic: log, upTo: last })),
        ];
      });

      host.on('typing.set', async ({ action, read, user, now }) => {
        const { conversation, on } = action.body;
        const found = await access(read, user, conversation, now);
        if (found?.exists !== true || !(await found.shows('typing'))) return [ignore('typing that nobody may see')];
        const except = await relations.limited(read, user.id, 'typing', now);
        const body = { conversation: found.id, user: user.id, on };
        return [tell({ hearing: topicsOf(found), except }, 'typing.changed', body, user.id)];
      });

      host.on('marker.set', async ({ action, read, user, now }) => {
        const { conversation, delivered, read: seen } = action.body;
        if (seen === undefined && delivered === undefined) return [ignore('a marker that says nothing')];
        const found = await access(read, user, conversation, now);
        if (found?.exists !== true) return [ignore('a marker in no conversation of his')];
        const head = (await read.log(conversation))?.lastSeq ?? 0;
        const marks = upTo(head, action.body);
        const row = { conversation, user: user.id, ...marks };
        // Whoever is not to see it finds the member row as it was before.
        if (!(await found.shows('read'))) return [put({ table: 'marker', row: { ...row, hidden: true } })];
        const isCrowd = (await read.members(conversation, limits.marks + 1)).length > limits.marks;
        if (isCrowd) {
          host.soon(conversation, countPause, (later) => countsForAuthors(later, conversation));
          return [put({ table: 'marker', row })];
        }
        const except = await relations.limited(read, user.id, 'read', now);
        return [
          put({ table: 'marker', row }),
          tell({ hearing: topicsOf(found), except }, 'marker.moved', row, user.id),
        ];
      });
    },
  };
}

async function opened(read: Reads, user: UserRow, access: Access, after: number | undefined): Promise<Effects> {
  const head = await headOf(read, user, access);
  const reading = { log: access.id, reader: user.id, last: head.last };
  if (!access.reads) return [answer('conversation.opened', closed(head))];
  const continues = after !== undefined && after <= head.last && head.last - after <= limits.resumeFacts;
  const page = continues ? await pageAfter(read, reading, after) : await pageBefore(read, reading, head.last + 1);
  const people = await peopleOf(read, authors(page));
  const { after: from, to } = page;
  const body = { conversation: head, page: { after: from, to, more: from > 0, snapshot: !continues }, people };
  return [
    answer('conversation.opened', body, page),
    ...(await countsForReader(read, access.id, user.id, page.facts)),
    { do: 'hear', topic: access.id, upTo: head.last },
  ];
}

/** What is said is for members only: the head alone. */
function closed(conversation: Head): Facts['conversation.opened'] {
  return { conversation, page: { after: 0, to: conversation.last, more: false, snapshot: true }, people: [] };
}

function topicsOf(access: Access): string[] {
  return access.list === undefined ? [access.id] : [access.id, access.list];
}

function authors(page: LogPage): string[] {
  return page.facts.map((fact) => fact.by);
}

/** Marks never lie beyond the head of the log. */
function upTo(head: number, marks: { read?: number; delivered?: number }): { read?: number; delivered?: number } {
  return {
    ...(marks.read === undefined ? {} : { read: Math.min(marks.read, head) }),
    ...(marks.delivered === undefined ? {} : { delivered: Math.min(marks.delivered, head) }),
  };
}
