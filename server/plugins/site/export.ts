import { answer, refuse } from '../../core/effect.ts';
import type { PluginHost } from '../../core/plugin.ts';
import type { Reads } from '../../core/reads.ts';
import type { UserRow } from '../../core/rows.ts';
import type { LoginPlace } from '../../core/store.ts';
import { shown, userBy } from './find.ts';
import { fitting, told } from './history.ts';

/** Rows that one answer holds. */
const rows = 100;

/** What is exported, in this order; `facts` of one log after the other. */
const parts = ['profile', 'logins', 'relations', 'memberships', 'files', 'own', 'facts'] as const;

/** Where an export goes on. */
interface Cursor {
  readonly part: (typeof parts)[number];
  readonly after?: string;
  readonly log?: string;
  readonly seq?: number;
}

interface Piece {
  readonly lines: readonly object[];
  readonly next?: Cursor;
}

/** Gives the site all that is kept of a user, as he may see it himself, piece by piece. */
export function exporting(host: PluginHost, issuer: string): void {
  host.onOpening('site.export', async ({ action, read }) => {
    const { user: ref, cursor = { part: 'profile' } } = action.body as { user: string; cursor?: Cursor };
    const user = await userBy(read, ref, issuer);
    if (user === undefined) return [refuse('not_found')];
    const piece = await pieceOf(read, user, cursor);
    return [answer('site.exported', { ...piece })];
  });
}

async function pieceOf(read: Reads, user: UserRow, { part, after, log, seq = 0 }: Cursor): Promise<Piece> {
  const { id } = user;
  switch (part) {
    case 'profile':
      return piece([{ record: 'profile', ...shown(user) }], { part: 'logins' });
    case 'logins': {
      const place = after === undefined ? undefined : (JSON.parse(after) as LoginPlace);
      const logins = await read.logins(id, rows, place);
      // Of a device only a hash is known: it says nothing to anybody.
      const named = logins.map(({ kind, subject, device }) => ({ record: 'login', by: kind, subject, device }));
      const said = named.map(({ subject, ...row }) => (row.by === 'device' ? row : { ...row, subject }));
      const last = logins.length < rows ? undefined : logins.at(-1);
      if (last === undefined) return piece(said, { part: 'relations' });
      return piece(said, from(part, JSON.stringify({ kind: last.kind, subject: last.subject })));
    }
    case 'relations': {
      const found = await read.relations(id, rows, after);
      const last = found.length < rows ? undefined : found.at(-1)?.other;
      // A page goes on after a person, so who stands at its end comes with all that is stated about him on the next.
      const whole = found.filter(({ other }) => other !== last);
      const held = whole.length === 0 ? found : whole;
      const lines = held.map(({ owner: _, ...row }) => ({ record: 'relation', ...row }));
      return piece(lines, last === undefined ? { part: 'memberships' } : from(part, held.at(-1)?.other));
    }
    case 'memberships': {
      const ids = await read.inventory.conversationsOf(id, rows, after);
      const members = await Promise.all(ids.map((conversation) => read.member(conversation, id)));
      const lines = members.flatMap((row) => (row === undefined ? [] : { record: 'membership', ...row }));
      return piece(lines, ids.length < rows ? { part: 'files' } : from(part, ids.at(-1)));
    }
    case 'files': {
      const found = await read.inventory.filesBy(id, rows, after);
      const lines = found.map((row) => ({ record: 'file', ...row }));
      return piece(lines, found.length < rows ? { part: 'own' } : from(part, found.at(-1)?.id));
    }
    case 'own': {
      const facts = await read.page({ log: id, after: seq, limit: rows });
      return factsOf(facts, { part, log: id }, { part: 'facts' });
    }
    case 'facts':
      return conversation(read, id, { after, log, seq });
    default:
      return part satisfies never;
  }
}

/** One page of one conversation: as far as he may see it, or could before he left. */
async function conversation(
  read: Reads,
  user: string,
  { after, log: begun, seq }: { after: string | undefined; log: string | undefined; seq: number },
): Promise<Piece> {
  const [log = begun] = begun === undefined ? await read.inventory.conversationsOf(user, 1, after) : [begun];
  if (log === undefined) return { lines: [] };
  const member = await read.member(log, user);
  if (member === undefined) return { lines: [], next: { part: 'facts', after: log } };
  const until = member.untilSeq === undefined ? {} : { upTo: member.untilSeq };
  const facts = await read.page({ log, after: Math.max(seq, member.fromSeq), limit: rows, reader: user, ...until });
  return factsOf(facts, { part: 'facts', log }, { part: 'facts', after: log });
}

function factsOf(facts: Parameters<typeof fitting>[0], here: Cursor, then: Cursor): Piece {
  const held = fitting(facts);
  const whole = held.length === facts.length && facts.length < rows;
  const lines = held.map((fact) => ({ record: 'fact', ...told(fact) }));
  return piece(lines, whole ? then : { ...here, seq: held.at(-1)?.seq ?? 0 });
}

function piece(lines: readonly object[], next: Cursor): Piece {
  return { lines, next };
}

function from(part: Cursor['part'], after: string | undefined): Cursor {
  return after === undefined ? { part } : { part, after };
}
