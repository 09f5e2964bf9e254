import type { Found } from '../../protocol/facts.ts';
import { limits, utf8Length } from '../../protocol/limits.ts';
import { answer, refuse } from '../core/effect.ts';
import { takesPart } from '../core/membership.ts';
import type { Reads } from '../core/reads.ts';
import type { UserRow } from '../core/rows.ts';
import type { Rule } from '../core/rule.ts';
import type { Services } from '../core/services.ts';
import type { Hit } from '../core/store.ts';
import { placesOf, type Term, termsOf, tokensOf } from '../core/words.ts';

/** Conversations of one kind that a search over all looks through, those that were used last. */
const conversationsLooked = 500;

/** Messages of a page where nothing else is asked for. */
const usual = 20;

/** UTF-16 units of a message that are shown around the words, and of them before the first. */
const excerpt = { length: 280, before: 60 } as const;

/** Bytes of a page with its people. */
const pageBytes = limits.frameBytes - 8_192;

/** Bytes of one that was found beside its text, at most: a name may be all escapes. */
const envelope = 1_100;

/** Finds messages in what this user may read, as far as he may. */
export function findRule(conversations: Services['conversations']): Rule<'message.find'> {
  return async ({ action, read, user, now }) => {
    const { text, conversation, before, limit = usual } = action.body;
    if (before !== undefined && !/^\d{1,15}$/.test(before)) return [refuse('schema', { detail: 'before' })];

    const mayRead = async (id: string): Promise<boolean> => {
      const access = await conversations.access(read, user, id, now);
      return access?.exists === true && access.reads;
    };

    if (conversation !== undefined && !(await mayRead(conversation))) return [refuse('not_found')];
    const logs = conversation === undefined ? await logsOf(read, user) : [conversation];
    const terms = termsOf(text);
    const query = { terms, logs, reader: user.id, limit: Math.min(limit, limits.page - 1) };
    const found = await read.find(before === undefined ? query : { ...query, before });
    if (found === 'later') return [refuse('busy', { retryAfter: 500 })];
    const open = new Map<string, boolean>();
    for (const { fact } of found.hits) if (!open.has(fact.log)) open.set(fact.log, await mayRead(fact.log));
    const hits = found.hits.filter(({ fact }) => open.get(fact.log));
    const messages = await shown(conversations, read, user.id, hits, terms);
    const next = messages.length < hits.length ? hits[messages.length - 1]?.cursor : found.next;
    return [answer('message.found', next === undefined ? { messages } : { messages, next })];
  };
}

/** What somebody takes part in, and what he answers as a colleague. */
async function logsOf(read: Reads, user: UserRow): Promise<string[]> {
  const lists = user.kind === 'colleague' ? user.topics : [];
  const listed = await Promise.all(lists.map((list) => read.listed(list, conversationsLooked)));
  const joined = (await read.memberships(user.id, conversationsLooked)).filter((row) => takesPart(row, user));
  return [...new Set([...joined.map((row) => row.conversation), ...listed.flat().map(({ id }) => id)])];
}

/** As many as a frame holds. */
async function shown(
  conversations: Services['conversations'],
  read: Reads,
  reader: string,
  hits: readonly Hit[],
  terms: readonly Term[],
): Promise<Found[]> {
  const authors = new Map<string, string>();
  for (const { fact } of hits) {
    const row = authors.has(fact.by) ? undefined : await read.user(fact.by);
    // What he said as a visitor, before he signed in, is his.
    if (!authors.has(fact.by)) authors.set(fact.by, row?.mergedInto === reader ? reader : fact.by);
  }
  const people = await conversations.people(read, new Set(authors.values()));
  const messages: Found[] = [];
  let bytes = 0;
  for (const { fact } of hits) {
    const id = authors.get(fact.by) ?? fact.by;
    const by = people.find((person) => person.id === id) ?? { id, name: '', kind: 'bot' as const, verified: false };
    const said = excerptOf((JSON.parse(fact.body) as { text: string }).text, terms);
    bytes += utf8Length(JSON.stringify(said)) + envelope;
    if (bytes > pageBytes && messages.length > 0) break;
    messages.push({ conversation: fact.log, seq: fact.seq, at: fact.at, by, text: said });
  }
  return messages;
}

/** The part of a text in which the first of the words stands. */
function excerptOf(text: string, terms: readonly Term[]): string {
  if (text.length <= excerpt.length) return text;
  const tokens = tokensOf(text);
  const first = Math.min(...(placesOf(terms, tokens) ?? [0]));
  const from = Math.max(0, Math.min((tokens[first]?.index ?? 0) - excerpt.before, text.length - excerpt.length));
  const part = [...text.slice(from, from + excerpt.length)].filter((sign) => !/^[\ud800-\udfff]$/.test(sign)).join('');
  return `${from > 0 ? '…' : ''}${part}${from + excerpt.length < text.length ? '…' : ''}`;
}
