import { limits } from '../../protocol/limits.ts';
import { answer, type Effect, ignore, put, refuse, tell } from '../core/effect.ts';
import type { Plugin } from '../core/plugin.ts';
import type { Reads } from '../core/reads.ts';
import type { UserRow } from '../core/rows.ts';
import type { Effects } from '../core/rule.ts';
import type { Access } from '../core/services.ts';
import { accessTo } from './conversation-access.ts';
import { headOf, peopleOf } from './conversation-head.ts';
import { listPage } from './conversation-list.ts';
import { type LogPage, pageAfter, pageBefore, type Reading } from './conversation-page.ts';

/** Support, direct and public conversations: who may look into which, their heads, their pages, typing and markers. */
export function conversations(): Plugin {
  return {
    name: 'conversations',
    install(host) {
      host.provide('conversations', { access: accessTo, people: peopleOf });

      host.on('conversation.open', async ({ action, read, user }) => {
        const access = await accessTo(read, user, action.body.conversation);
        return access === undefined ? [refuse('not_found')] : opened(read, user, access, action.body.after);
      });

      host.on('conversation.list', async ({ action, read, user }) => {
        const { limit = 20, before } = action.body;
        return [answer('conversation.listed', await listPage(read, user, limit, before))];
      });

      host.on('log.read', async ({ action, read, user }) => {
        const { log, after, before, limit } = action.body;
        const reading = await readable(read, user, log);
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

      host.on('log.resume', async ({ action, read, user }) => {
        const held = Object.entries(action.body.logs);
        const readings = await Promise.all(held.map(([log]) => readable(read, user, log)));
        const known = readings.filter((reading) => reading !== undefined);
        const moved = known.filter(({ log, last }) => last > (action.body.logs[log] ?? last));
        host.count('resumed', known.length);
        return [
          answer('log.moved', { logs: moved.map(({ log, last }) => ({ log, last })) }),
          ...known.map(({ log, last }): Effect => ({ do: 'hear', topic: log, upTo: last })),
        ];
      });

      host.on('typing.set', async ({ action, read, user }) => {
        const { conversation, on } = action.body;
        const access = await accessTo(read, user, conversation);
        if (access === undefined || !access.exists) return [ignore('typing in no conversation of his')];
        const body = { conversation: access.id, user: user.id, on };
        return [tell({ hearing: topicsOf(access) }, 'typing.changed', body, user.id)];
      });

      host.on('marker.set', async ({ action, read, user }) => {
        const { conversation, delivered, read: seen } = action.body;
        if (seen === undefined && delivered === undefined) return [ignore('a marker that says nothing')];
        const access = await accessTo(read, user, conversation);
        if (access === undefined || !access.exists) return [ignore('a marker in no conversation of his')];
        const head = (await read.log(conversation))?.lastSeq ?? 0;
        const marks = upTo(head, action.body);
        const row = { conversation, user: user.id, ...marks };
        const isCrowd = (await read.members(conversation, limits.marks + 1)).length > limits.marks;
        const told = isCrowd ? [] : [tell({ hearing: topicsOf(access) }, 'marker.moved', row, user.id)];
        return [put({ table: 'marker', row }), ...told];
      });
    },
  };
}

async function opened(read: Reads, user: UserRow, access: Access, after: number | undefined): Promise<Effects> {
  const head = await headOf(read, user, access);
  const reading = { log: access.id, reader: user.id, last: head.last };
  const continues = after !== undefined && after <= head.last && head.last - after <= limits.resumeFacts;
  const page = continues ? await pageAfter(read, reading, after) : await pageBefore(read, reading, head.last + 1);
  const people = await peopleOf(read, authors(page));
  const { after: from, to } = page;
  const body = { conversation: head, page: { after: from, to, more: from > 0, snapshot: !continues }, people };
  return [answer('conversation.opened', body, page), { do: 'hear', topic: access.id, upTo: head.last }];
}

/** The log's head where this user may read it: a conversation of his, or his own. */
async function readable(read: Reads, user: UserRow, log: string): Promise<Reading | undefined> {
  const access = log === user.id ? undefined : await accessTo(read, user, log);
  if (log !== user.id && (access === undefined || !access.exists)) return undefined;
  const row = await read.log(log);
  return { log, reader: user.id, last: row?.lastSeq ?? 0 };
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
