import type { Case, DeskFacts, DeskNote } from '../../../protocol/desk.ts';
import type { AnyFact } from '../../../protocol/facts.ts';

/** What the desk is to a colleague: replaced, never mutated. Only `heard` and the desk itself write it. */
export interface DeskState {
  /** Absent until the desk has been shown. */
  readonly shown?: DeskFacts['desk.shown'];
  /** By conversation id; those that were heard of. */
  readonly cases: Readonly<Record<string, Case>>;
  /** What has been listed, by `keyOf` its place. */
  readonly lists: Readonly<Record<string, Listed>>;
  /** The case that is shown, with what is known of its visitor. */
  readonly opened?: DeskFacts['desk.case'] | undefined;
  /** Notes that are not stored yet, the first one first. */
  readonly unsent?: readonly DeskNote[];
  /** Notes that have named this colleague since he looked at their case last, the newest by conversation id. */
  readonly named?: Readonly<Record<string, { readonly by: string }>>;
  /** What came to wait last: told to a screen reader. */
  readonly news?: Case;
  /** Why nothing came of what was wanted last. */
  readonly notice?: DeskNotice | undefined;
}

/** How far a list has been read. */
export interface Listed {
  readonly at: 'reading' | 'read' | 'failed';
  /** There are more. */
  readonly next?: string;
  /** The last case of what has been read. */
  readonly last?: Case;
}

/** `lost`: another was faster, `by` has it now. `offline`: nothing was sent. Else the code of the friend's error. */
export interface DeskNotice {
  readonly code: string;
  readonly by?: string;
  /** The desk does not show itself: over as soon as it does. */
  readonly of?: 'show';
}

/** Nothing heard yet. */
export const nothingHeard: DeskState = { cases: {}, lists: {} };

/** Cases that are held at most. */
const most = 2_000;

/**
 * The state after a fact; the same one where the fact says nothing of the desk. Bodies are the friend's own, and
 * trusted as that.
 */
export function heard(state: DeskState, fact: AnyFact): DeskState {
  const { type, body, at, by } = fact as { type: string; body: unknown; at: number; by?: string };
  switch (type) {
    case 'desk.shown':
      return { ...state, shown: body as DeskFacts['desk.shown'] };
    case 'desk.people': {
      const { colleagues } = body as DeskFacts['desk.people'];
      if (state.shown === undefined) return state;
      const me = colleagues.find(({ user }) => user === state.shown?.me.user) ?? state.shown.me;
      return { ...state, shown: { ...state.shown, colleagues, me } };
    }
    case 'desk.listed':
      return withCases(state, (body as DeskFacts['desk.listed']).cases);
    case 'desk.case': {
      const opened = body as DeskFacts['desk.case'];
      const { [opened.case.conversation]: _, ...named } = state.named ?? {};
      return { ...withCases(state, [opened.case]), opened, named };
    }
    case 'desk.changed':
      return changed(state, body as Case);
    case 'note.added': {
      const note = body as DeskFacts['note.added'];
      if (state.opened?.case.conversation !== note.conversation) return named(state, note, by);
      const seq = fact.seq ?? 0;
      if (state.opened.notes.some((one) => one.seq === seq)) return state;
      const notes = [...state.opened.notes, { ...note, by: by ?? '', at, seq }].slice(-200);
      return { ...state, opened: { ...state.opened, notes } };
    }
    case 'message.sent': {
      const held = state.cases[fact.log ?? ''];
      if (held === undefined || (held.line?.at ?? 0) > at) return state;
      const line = { by: by ?? '', text: (body as { text: string }).text, at };
      return withCases(state, [{ ...held, line }]);
    }
    case 'visitor.told':
      return told(state, body as { user: string; page?: DeskFacts['desk.case']['page'] });
    default:
      return state;
  }
}

/** The state without these cases; they come again with the first word of them. */
export function without(state: DeskState, gone: readonly string[]): DeskState {
  if (gone.length === 0) return state;
  const kept = Object.entries(state.cases).filter(([conversation]) => !gone.includes(conversation));
  return { ...state, cases: Object.fromEntries(kept) };
}

function changed(state: DeskState, now: Case): DeskState {
  const before = state.cases[now.conversation];
  const held = withCases(state, [now]);
  const { opened } = held;
  const isShown = opened?.case.conversation === now.conversation;
  return {
    ...held,
    ...(isShown ? { opened: { ...opened, case: now } } : {}),
    ...(now.state === 'waiting' && before?.state !== 'waiting' ? { news: now } : {}),
  };
}

/** Somebody was named in a note of a case that he does not look at. */
function named(state: DeskState, { conversation, mentions = [] }: DeskNote, by = ''): DeskState {
  const me = state.shown?.me.user ?? '';
  if (by === me || !mentions.includes(me)) return state;
  const others = Object.entries(state.named ?? {}).filter(([other]) => other !== conversation);
  return { ...state, named: Object.fromEntries([...others.slice(-99), [conversation, { by }]]) };
}

/** Where the visitor is now, for the case that is shown. */
function told(state: DeskState, { user, page }: { user: string; page?: DeskFacts['desk.case']['page'] }): DeskState {
  const { opened } = state;
  if (opened?.case.visitor.user !== user || page === undefined) return state;
  const referrer = page.referrer ?? opened.page?.referrer;
  return { ...state, opened: { ...opened, page: { ...page, ...(referrer === undefined ? {} : { referrer }) } } };
}

/** What a change does not say of a case stays: its last line, and how much of it is unread. */
function withCases(state: DeskState, cases: readonly Case[]): DeskState {
  const held: Record<string, Case> = { ...state.cases };
  for (const one of cases) {
    const { line, unread } = held[one.conversation] ?? {};
    const newest = line === undefined || (one.line?.at ?? 0) >= line.at ? one.line : line;
    held[one.conversation] = {
      ...one,
      ...(newest === undefined ? {} : { line: newest }),
      ...(one.unread === undefined && unread !== undefined ? { unread } : {}),
    };
  }
  return { ...state, cases: bounded(held) };
}

/** Those that are closed the longest go first. */
function bounded(cases: Record<string, Case>): Record<string, Case> {
  const all = Object.values(cases);
  if (all.length <= most) return cases;
  const order = (one: Case): number => one.since + (one.state === 'closed' ? 0 : Number.MAX_SAFE_INTEGER / 2);
  const kept = all.sort((one, other) => order(other) - order(one)).slice(0, most);
  return Object.fromEntries(kept.map((one) => [one.conversation, one]));
}
