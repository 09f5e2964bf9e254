import * as v from 'valibot';
import type { Canned } from '../../../protocol/desk.ts';
import { toJson } from '../../../protocol/frame.ts';
import { limits, utf8Length } from '../../../protocol/limits.ts';
import { FriendError } from '../../core/errors.ts';
import { type Hours, type HoursPlan, hoursOf } from '../../hours/hours.ts';
import type { DeskTexts } from './texts.ts';

/** Who gets a case: who has the fewest, who got none for the longest time, or whoever takes it. */
export type Assignment = 'least-busy' | 'round-robin' | 'pull';

export interface QueueOptions {
  /** Lower case, like `returns`. */
  readonly id: string;
  readonly name: string;
  /** Languages (BCP 47) and topics that come here; all where absent. */
  readonly languages?: readonly string[];
  readonly topics?: readonly string[];
  /** When it is answered; the hours of the desk where absent. */
  readonly hours?: HoursPlan;
  /** `least-busy` where absent. */
  readonly assignment?: Assignment;
  /** What a colleague must know to get a case of it. */
  readonly skills?: readonly string[];
  /** The same colleague as last time, where he is free. */
  readonly sticky?: boolean;
}

export interface ColleagueOptions {
  /** A bare JID, the subject of a JWT, or a user id. */
  readonly is: string;
  /** All where absent. */
  readonly queues?: readonly string[];
  readonly skills?: readonly string[];
  /** Cases that he may have at once. */
  readonly capacity?: number;
  readonly supervisor?: boolean;
}

/** A site's helpdesk. Spans are milliseconds. */
export interface DeskOptions {
  /** One queue `support` where absent. */
  readonly queues?: readonly QueueOptions[];
  /** Cases that a colleague may have at once; 5 where absent. */
  readonly capacity?: number;
  /** Those of whom something else holds than of all; everybody is a supervisor where nobody is declared one. */
  readonly colleagues?: readonly ColleagueOptions[];
  /** Always open where absent. */
  readonly hours?: HoursPlan;
  /** The language of who has told none; `en` where absent. */
  readonly language?: string;
  /** Words that visitors read, by language; what is left out is as shipped. */
  readonly texts?: Readonly<Record<string, Partial<DeskTexts>>>;
  readonly canned?: readonly Canned[];
  /** Visitors are asked how it was; `true` where absent. */
  readonly rating?: boolean;
  readonly times?: {
    /** A colleague who does not answer for so long gives the case to another who is free; 10 minutes where absent, 0 for never. */
    readonly answer?: number;
    /** Who comes back within it gets the colleague he had, and no bot; 24 hours where absent. */
    readonly reopen?: number;
    /**
     * A case that was answered, or with which a bot is, and to which the visitor says nothing for so long, is closed; never
     * where absent.
     */
    readonly quiet?: number;
    /** The same of one that was snoozed, when its time has come; never where absent. */
    readonly snoozed?: number;
    /** Any case in which nobody says anything for so long is closed without a word; 30 days where absent, 0 for never. */
    readonly silence?: number;
  };
}

export interface Queue extends Omit<QueueOptions, 'hours'> {
  readonly assignment: Assignment;
  readonly hours?: Hours;
  readonly zone?: string;
}

/** A desk as it was declared, with all that was left out. */
export interface Desk {
  /** The site has declared one: visitors are told more than whether somebody is there. */
  readonly declared: boolean;
  readonly queues: ReadonlyMap<string, Queue>;
  readonly first: Queue;
  readonly capacity: number;
  readonly colleagues: ReadonlyMap<string, ColleagueOptions>;
  readonly hours?: Hours;
  readonly language: string;
  readonly texts: Readonly<Record<string, Partial<DeskTexts>>>;
  readonly canned: readonly Canned[];
  readonly rating: boolean;
  readonly answer: number;
  readonly reopen: number;
  readonly quiet?: number;
  readonly snoozed?: number;
  readonly silence?: number;
}

/** How much a desk may declare. */
const most = { queues: 50, queueBytes: 12_288, colleagues: 1_000, names: 50, capacity: 500 } as const;

/** Canned answers, and their bytes in all: they are told in one event. */
export const mostCanned = { count: 100, bytes: 24_576 } as const;

const Id = v.pipe(v.string(), v.regex(/^[a-z][a-z0-9-]{0,31}$/, 'expects a lower-case name like returns'));
const Line = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(limits.note));
const Names = v.pipe(v.array(Line), v.maxLength(most.names));
const Capacity = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(most.capacity));
const Span = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(400 * 86_400_000));
const Plan = v.custom<HoursPlan>((plan) => typeof plan === 'object' && plan !== null, 'expects hours');
const Words = v.pipe(v.string(), v.maxLength(limits.note));

const Options = v.strictObject({
  queues: v.optional(
    v.pipe(
      v.array(
        v.strictObject({
          id: Id,
          name: Line,
          languages: v.optional(Names),
          topics: v.optional(Names),
          hours: v.optional(Plan),
          assignment: v.optional(v.picklist(['least-busy', 'round-robin', 'pull'])),
          skills: v.optional(Names),
          sticky: v.optional(v.boolean()),
        }),
      ),
      v.minLength(1),
      v.maxLength(most.queues),
    ),
  ),
  capacity: v.optional(Capacity),
  colleagues: v.optional(
    v.pipe(
      v.array(
        v.strictObject({
          is: v.pipe(v.string(), v.minLength(1), v.maxLength(500)),
          queues: v.optional(Names),
          skills: v.optional(Names),
          capacity: v.optional(Capacity),
          supervisor: v.optional(v.boolean()),
        }),
      ),
      v.maxLength(most.colleagues),
    ),
  ),
  hours: v.optional(Plan),
  language: v.optional(Line),
  texts: v.optional(v.record(v.string(), v.record(v.string(), Words))),
  canned: v.optional(
    v.pipe(
      v.array(
        v.strictObject({
          id: v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9-]{0,31}$/, 'expects a lower-case name')),
          title: Line,
          text: v.pipe(v.string(), v.minLength(1), v.maxLength(limits.text)),
        }),
      ),
      v.maxLength(mostCanned.count),
    ),
  ),
  rating: v.optional(v.boolean()),
  times: v.optional(
    v.strictObject({
      answer: v.optional(Span),
      reopen: v.optional(Span),
      quiet: v.optional(Span),
      snoozed: v.optional(Span),
      silence: v.optional(Span),
    }),
  ),
});

/**
 * Reads what a site has declared; with nothing declared, one queue from which colleagues take by themselves.
 * @throws FriendError `FRIEND_DESK`, `FRIEND_HOURS`
 */
export function declareDesk(options?: DeskOptions): Desk {
  const parsed = v.safeParse(Options, options ?? {});
  if (!parsed.success) {
    const [issue] = parsed.issues;
    throw new FriendError('FRIEND_DESK', `${v.getDotPath(issue) ?? 'desk'}: ${issue.message}`);
  }
  const given = options ?? {};
  const declared = options !== undefined;
  const plain: QueueOptions = { id: 'support', name: 'Support', assignment: declared ? 'least-busy' : 'pull' };
  const all = given.queues ?? [plain];
  const queues = new Map(all.map((queue) => [queue.id, madeOf(queue, given.hours)]));
  const first = queues.values().next().value;
  if (queues.size < all.length || first === undefined) throw new FriendError('FRIEND_DESK', 'two queues have one id');
  const colleagues = new Map((given.colleagues ?? []).map((colleague) => [colleague.is, colleague]));
  if (colleagues.size < (given.colleagues ?? []).length)
    throw new FriendError('FRIEND_DESK', 'a colleague is there twice');
  for (const { is, queues: served = [] } of colleagues.values()) {
    const unknown = served.find((id) => !queues.has(id));
    if (unknown !== undefined) throw new FriendError('FRIEND_DESK', `${is} serves ${unknown}, which is no queue`);
  }
  if (utf8Length(toJson(all.map(({ id, name }) => ({ id, name })))) > most.queueBytes)
    throw new FriendError('FRIEND_DESK', `queues: expects names of ${most.queueBytes} bytes in all`);
  if (utf8Length(toJson(given.canned ?? [])) > mostCanned.bytes)
    throw new FriendError('FRIEND_DESK', `canned: expects ${mostCanned.bytes} bytes in all`);
  const { times = {} } = given;
  return {
    ...{ declared, queues, first, colleagues },
    capacity: given.capacity ?? 5,
    ...(given.hours === undefined ? {} : { hours: hoursOf(given.hours) }),
    language: given.language ?? 'en',
    texts: given.texts ?? {},
    canned: given.canned ?? [],
    rating: given.rating ?? declared,
    answer: times.answer ?? (declared ? 600_000 : 0),
    reopen: times.reopen ?? 86_400_000,
    ...(times.quiet === undefined ? {} : { quiet: times.quiet }),
    ...(times.snoozed === undefined ? {} : { snoozed: times.snoozed }),
    ...(times.silence === 0 ? {} : { silence: times.silence ?? 30 * 86_400_000 }),
  };
}

function madeOf({ hours, ...queue }: QueueOptions, ofAll: HoursPlan | undefined): Queue {
  const plan = hours ?? ofAll;
  const opens = plan === undefined ? {} : { hours: hoursOf(plan), zone: plan.zone };
  return { ...queue, assignment: queue.assignment ?? 'least-busy', ...opens };
}

/** The queue of a case; one that is not declared any more is answered as the first. */
export function queueOf(desk: Desk, id: string): Queue {
  return desk.queues.get(id) ?? desk.first;
}

/** The queue for what is known of a case: the first that fits topic and language best. */
export function queueFor(desk: Desk, topic: string | undefined, language: string | undefined): Queue {
  const speaks = ({ languages }: Queue): boolean =>
    languages === undefined ||
    (language !== undefined && languages.some((one) => one === language || one === language.split('-')[0]));
  const knows = ({ topics }: Queue): boolean => topics === undefined || (topic !== undefined && topics.includes(topic));
  const fitting = [...desk.queues.values()].filter((queue) => speaks(queue) && knows(queue));
  const score = ({ topics, languages }: Queue): number =>
    Number(topics !== undefined) * 2 + Number(languages !== undefined);
  return fitting.reduce((best, queue) => (score(queue) > score(best) ? queue : best), fitting[0] ?? desk.first);
}
