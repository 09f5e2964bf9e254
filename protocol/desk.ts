import * as v from 'valibot';
import { ConversationId, UserId } from './ids.ts';
import { limits } from './limits.ts';

/*
 * What colleagues say to the desk, and hear from it: types beside those of the widget, which never loads them. Whoever is
 * no colleague is answered `not_found`.
 */

/** The name of a queue, as the site has declared it. */
export const QueueId = v.pipe(v.string(), v.regex(/^[a-z][a-z0-9-]{0,31}$/, 'expects the name of a queue'));

const Line = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(limits.note));
const Note = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(limits.text));
const Instant = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const Count = v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(limits.page));
const CannedId = v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9-]{0,31}$/, 'expects the name of a canned answer'));
const Of = { conversation: ConversationId };

/**
 * Where a conversation with support stands. `bot`: a bot answers it · `waiting`: in a queue · `assigned`: somebody has it ·
 * `snoozed`: back at `until` or with the next word · `away`: left as a message out of hours · `closed`.
 */
export const CaseState = v.picklist(['bot', 'waiting', 'assigned', 'snoozed', 'away', 'closed']);
export type CaseState = v.InferOutput<typeof CaseState>;

/** What colleagues may wish of the desk. */
export const deskActions = {
  /** Hears the desk from now on: what changes, and who is there. Answered by `desk.shown`. */
  'desk.show': v.strictObject({}),
  /** Cases of one kind, those that wait in the order of their turn, all others newest first. Answered by `desk.listed`. */
  'desk.list': v.strictObject({
    view: v.picklist(['waiting', 'mine', 'assigned', 'snoozed', 'away', 'bot', 'closed']),
    queue: v.exactOptional(QueueId),
    before: v.exactOptional(v.pipe(v.string(), v.maxLength(200))),
    limit: v.exactOptional(Count),
  }),
  /** One case, its visitor and its newest notes. Answered by `desk.case`. */
  'desk.open': v.strictObject(Of),
  /** Takes what nobody has; `from` is who has it as the sender sees it, where he takes it over. `too_late` where that is not so. */
  'desk.take': v.strictObject({ ...Of, from: v.exactOptional(UserId) }),
  /** Gives it to another colleague. */
  'desk.assign': v.strictObject({ ...Of, to: UserId }),
  /** Back into a queue, at its head where it comes from the same. */
  'desk.move': v.strictObject({ ...Of, queue: QueueId }),
  /** Asks another colleague in, beside the one who has it. */
  'desk.invite': v.strictObject({ ...Of, user: UserId }),
  /** Says something that only colleagues see. */
  'desk.note': v.strictObject({
    ...Of,
    text: Note,
    mentions: v.exactOptional(v.pipe(v.array(UserId), v.minLength(1), v.maxLength(limits.mentions))),
  }),
  /** Sets it aside until then, milliseconds since 1970, or until the visitor writes. */
  'desk.snooze': v.strictObject({ ...Of, until: Instant }),
  'desk.close': v.strictObject(Of),
  'desk.reopen': v.strictObject(Of),
  /** Whether the sender takes new cases. */
  'desk.available': v.strictObject({ available: v.boolean() }),
  /** Writes a canned answer, or with no `text` takes it away; for supervisors. */
  'desk.can': v.strictObject({ id: CannedId, title: v.exactOptional(Line), text: v.exactOptional(Note) }),
} as const;

export type DeskActions = { readonly [T in keyof typeof deskActions]: v.InferOutput<(typeof deskActions)[T]> };

/** Somebody at the desk. */
export interface AtDesk {
  readonly user: string;
  readonly name: string;
  /** He is connected and takes new cases. */
  readonly available: boolean;
  /** Cases that he has, and may have. */
  readonly load: number;
  readonly capacity: number;
  /** Queues whose cases he gets; all where absent. */
  readonly queues?: readonly string[];
  readonly supervisor: boolean;
}

/** One conversation with support, as colleagues see it. Times are milliseconds since 1970. */
export interface Case {
  readonly conversation: string;
  readonly visitor: {
    readonly user: string;
    readonly name: string;
    readonly verified: boolean;
    readonly avatar?: string;
  };
  readonly state: CaseState;
  /** Since when it stands there. */
  readonly since: number;
  readonly queue: string;
  /** What it is about, as the bot or the page has said. */
  readonly topic?: string;
  /** BCP 47. */
  readonly language?: string;
  /** Who has it. */
  readonly assignee?: string;
  /** Who was asked in. */
  readonly invited?: readonly string[];
  /** Of one that is snoozed. */
  readonly until?: number;
  /** Of one that waits: the smaller one is next in its queue. */
  readonly turn?: number;
  /** Of one that waits: 1 is next; and how long it will take, milliseconds, where that is known. */
  readonly place?: number;
  readonly estimate?: number;
  /** What the visitor said of it when it was over, 1 to 5. */
  readonly score?: number;
  /** What he has added to it. */
  readonly comment?: string;
  readonly line?: { readonly by: string; readonly text: string; readonly at: number };
  /** Facts of the conversation that the reader has not read; stops at 99. Only in `desk.listed`. */
  readonly unread?: number;
}

export interface DeskNote {
  readonly conversation: string;
  readonly text: string;
  readonly mentions?: readonly string[];
}

export interface Canned {
  readonly id: string;
  readonly title: string;
  readonly text: string;
}

/** What colleagues hear. The first two are stored in the case's own log, `c_desk_…`, which no visitor can read. */
export interface DeskFacts {
  'desk.changed': Case;
  'note.added': DeskNote;
  'desk.shown': {
    readonly me: AtDesk;
    readonly colleagues: readonly AtDesk[];
    /** `pull` is false where its cases are given to colleagues; else they take what waits. */
    readonly queues: readonly {
      readonly id: string;
      readonly name: string;
      readonly waiting: number;
      readonly pull?: boolean;
    }[];
    readonly canned: readonly Canned[];
    /** Whether the site is open now, and until when or from when on that changes. */
    readonly hours: { readonly open: boolean; readonly until?: number };
  };
  'desk.listed': { readonly cases: readonly Case[]; readonly next?: string };
  'desk.case': {
    readonly case: Case;
    readonly notes: readonly (DeskNote & { readonly by: string; readonly at: number; readonly seq: number })[];
    /** Where in the site the visitor is, and what the page says of him; nobody has signed it. */
    readonly page?: { readonly url: string; readonly title: string; readonly at: number; readonly referrer?: string };
    readonly attributes?: Readonly<Record<string, string | number | boolean>>;
    /** What the site has signed of him. */
    readonly signed?: Readonly<Record<string, string | number | boolean>>;
    /** How often he has asked before. */
    readonly before: number;
  };
  /** Who is at the desk, told when it changes. */
  'desk.people': { readonly colleagues: readonly AtDesk[] };
}

/** The log of what only colleagues see of a conversation with support. @throws never; another kind has none */
export function deskLogOf(conversation: string): string {
  return conversation.replace(/^c_support_/, 'c_desk_');
}
