import { deskLogOf } from '../../../protocol/desk.ts';
import { answer, append, type Effect, put, refuse } from '../../core/effect.ts';
import { here } from '../../core/here.ts';
import { keptAnswer } from '../../core/kept-answer.ts';
import { personOf } from '../../core/person.ts';
import { picturePath, pictures } from '../../core/picture.ts';
import type { PluginHost } from '../../core/plugin.ts';
import type { Reads } from '../../core/reads.ts';
import type { LoginRow, StoredFact, UserRow } from '../../core/rows.ts';
import { isCase } from '../../core/support-case.ts';
import { userBy } from './find.ts';
import { erasedName, scrubbed } from './scrub.ts';

/**
 * Facts that one step overwrites, and that it looks at where it looks for them in all logs: fewer where many are looked for,
 * so that no more than `names` times an id is looked for in a fact. A rule has 50 ms.
 */
const factsOfStep = { changed: 200, looked: 2_000, names: 8_000 } as const;

/** Visitors that are erased together, in one round, and ways in of one of them, at most. */
const most = { visitors: 20, logins: 1_000 } as const;

/**
 * How far an erasure has come. Each round erases the user or visitors that he was: first in their conversations, one after
 * the other, then in all other logs, where somebody may have named them.
 */
interface Step {
  readonly user: string;
  readonly count: number;
  /** Whom this round erases. */
  readonly ids: readonly string[];
  /** What is next; empty where it is all logs. */
  readonly log: string;
  /** The place in it. */
  readonly after: number;
  /** Whose conversation it is, the how manieth of `ids`. */
  readonly who: number;
  /** The conversation that was begun last. */
  readonly last: string;
}

/**
 * Erases people: words are overwritten, ways in and what stands about them go, places in logs stay. It is done in steps,
 * each a commit that schedules the next one, so it goes on after a crash and keeps nobody waiting.
 */
export function erasures(host: PluginHost, issuer: string): void {
  host.onOpening('site.erase', async ({ action, read, now }) => {
    const { user: ref } = action.body as { user: string };
    const known = await userBy(read, ref, issuer);
    const state = await stateOf(read, known?.id ?? ref);
    if (state !== undefined) return [answer('site.erasure', { user: known?.id ?? ref, state })];
    if (known === undefined || known.kind === 'bot') return [refuse('not_found')];
    const ids = [known.id, ...(await read.inventory.mergedInto(known.id, most.visitors))];
    const begun = await Promise.all(ids.map((id) => begin(read, id)));
    const first = { user: known.id, count: 0, ids, log: known.id, after: 0, who: 0, last: '' };
    const told = answer('site.erasure', { user: known.id, state: 'erasing' });
    const person = personOf(nobody(known));
    return [
      ...begun.flat(),
      append(known.id, 'profile.changed', { person }, { rule: true, by: known.id, answers: false }),
      mark(known.id, 'erasing'),
      stepAt(now, first),
      told,
      ...(await keptAnswer(read, action.id, now, told)),
    ];
  });

  host.onOpening('site.erasure', async ({ action, read }) => {
    const { user } = action.body as { user: string };
    const state = await stateOf(read, user);
    return state === undefined ? [refuse('not_found')] : [answer('site.erasure', { user, state })];
  });

  host.onOpening('site.erase.step', async ({ action, read, now }) => {
    const step = action.body as Step;
    const who = new Set(step.ids);
    if (step.log === '') {
      const { changed, looked, names } = factsOfStep;
      const look = Math.min(looked, Math.floor(names / step.ids.length));
      const found = await read.inventory.naming(step.ids, look, changed, step.after);
      const changes = found.facts.flatMap((fact) => erased(fact, who));
      if (found.next === undefined) return [...changes, ...(await roundAfter(read, step, now))];
      return [...changes, stepAt(now, { ...step, count: step.count + 1, after: found.next })];
    }
    const facts = await read.page({ log: step.log, after: step.after, limit: factsOfStep.changed });
    const changes = facts.flatMap((fact) => erased(fact, who));
    const left = step.after === 0 ? await leaves(read, step.log, step.ids[step.who] ?? step.user) : [];
    return [...changes, ...left, stepAt(now, await nextOf(read, step, facts))];
  });
}

/** Nothing names those of the round any more, so they go; then come visitors that are left, and it ends where none is. */
async function roundAfter(read: Reads, { user, count, ids }: Step, now: number): Promise<Effect[]> {
  const profile = (name: string): Effect => put({ table: 'forget', row: { name, profile: true } });
  const visitors = ids.filter((id) => id !== user);
  const known = await read.inventory.mergedInto(user, visitors.length + most.visitors);
  const left = known.filter((id) => !ids.includes(id)).slice(0, most.visitors);
  if (left.length === 0) return [...ids.map(profile), profile(user), mark(user, 'erased')];
  const begun = await Promise.all(left.map((id) => begin(read, id)));
  const step = { user, count: count + 1, ids: left, log: left[0] ?? '', after: 0, who: 0, last: '' };
  return [...visitors.map(profile), ...begun.flat(), stepAt(now, step)];
}

/** From here on nobody is this user: his ways in, connections, relations, files, schedules and state go. */
async function begin(read: Reads, id: string): Promise<Effect[]> {
  const row = await read.user(id);
  if (row === undefined) return [];
  const logins = await read.logins(id, most.logins);
  const devices = new Set(logins.flatMap(({ device }) => (device === '' ? [] : device)));
  const { avatar = '' } = row;
  const key = avatar.startsWith(picturePath) ? avatar.slice(picturePath.length) : undefined;
  return [
    ...(key === undefined ? [] : [put({ table: 'state', row: { ...pictures, key, value: null } })]),
    ...[...devices, ...logins.flatMap(accountOf), id].map((name) => put({ table: 'forget', row: { name } })),
    put({ table: 'user', row: nobody(row) }),
    ...Array.from(devices, (device): Effect => ({ do: 'end', user: id, device })),
  ];
}

function accountOf({ kind, subject }: LoginRow): string[] {
  return kind === 'jid' ? [subject] : [];
}

function nobody({ id, kind, mergedInto }: UserRow): UserRow {
  const row: UserRow = { id, kind, name: erasedName, verified: false, topics: [] };
  return mergedInto === undefined ? row : { ...row, mergedInto };
}

/** What a fact still says; whoever has the message before him is told that it is gone. */
function erased({ log, seq, type, by, body }: StoredFact, ids: ReadonlySet<string>): Effect[] {
  const left = scrubbed(type, by, body, ids);
  if (left === body) return [];
  const row = put({ table: 'fact', row: { log, seq, body: left } });
  if (type !== 'message.sent' || !ids.has(by)) return [row];
  const told = append(log, 'message.deleted', { of: seq }, { rule: true, by, answers: false });
  const changes = [
    ['message.edited', { of: seq, text: '' }],
    ['message.answered', { of: seq }],
  ] as const;
  return [
    row,
    ...changes.map(([of, said]) =>
      put({ table: 'changes', row: { log, type: of, of: seq, body: JSON.stringify(said) } }),
    ),
    told,
  ];
}

/** He is in no conversation any more. What a program keeps under one of his own goes, too. */
async function leaves(read: Reads, log: string, user: string): Promise<Effect[]> {
  const member = log.startsWith('c_') ? await read.member(log, user) : undefined;
  if (member === undefined) return [];
  const own = /^c_(support|direct)_/.test(log) ? [put({ table: 'forget', row: { name: log } })] : [];
  if (member.untilSeq !== undefined) return own;
  const person = { id: user, name: erasedName, kind: 'user', verified: false } as const;
  return [
    ...own,
    put({ table: 'member', row: { ...member, untilSeq: here } }),
    append(log, 'member.left', { person }, { rule: true, by: user, answers: false }),
  ];
}

async function nextOf(read: Reads, step: Step, facts: readonly StoredFact[]): Promise<Step> {
  const next = { ...step, count: step.count + 1, after: 0 };
  if (facts.length === factsOfStep.changed) return { ...next, after: facts.at(-1)?.seq ?? step.after };
  if (isCase(step.log)) return { ...next, log: deskLogOf(step.log) };
  for (let { who, last } = step; who < step.ids.length; who += 1, last = '') {
    const [conversation] = await read.inventory.conversationsOf(step.ids[who] ?? '', 1, last);
    if (conversation !== undefined) return { ...next, who, last: conversation, log: conversation };
  }
  return { ...next, log: '' };
}

function stepAt(now: number, step: Step): Effect {
  const id = `erase ${step.user} ${step.count}`;
  return { do: 'schedule', id, dueAt: now, user: step.user, action: { type: 'site.erase.step', body: step } };
}

const marks = { plugin: 'site', scope: 'erasures' } as const;

/** Not under the user's own id: that is forgotten. */
function mark(user: string, state: 'erasing' | 'erased'): Effect {
  return put({ table: 'state', row: { ...marks, key: `of ${user}`, value: state } });
}

function stateOf(read: Reads, user: string): Promise<string | undefined> {
  return read.state(marks.plugin, marks.scope, `of ${user}`);
}
