import { toJson } from '../../protocol/frame.ts';
import { limits, utf8Length } from '../../protocol/limits.ts';
import { digest } from './digest.ts';
import type { Effect } from './effect.ts';
import { here } from './here.ts';
import { checkOffer } from './offer.ts';
import type { Effects } from './rule.ts';
import type { Append, Put, Unit } from './store.ts';

type Refusal = Extract<Effect, { do: 'refuse' }>;

/** What one decision's effects come to: a refusal, or what is stored and what is carried out after the commit. */
export type Plan =
  | { readonly refused: Refusal }
  | {
      readonly refused?: undefined;
      readonly appends: readonly Append[];
      readonly puts: readonly Put[];
      /** Index of the append that answers; absent where none does. */
      readonly answer?: number;
      /** Effects for after the commit, in order. */
      readonly afterwards: Effects;
      readonly ignored?: string;
    };

/** Sorts effects. `by` is the author of appends that name none. */
export function planOf(effects: Effects, at: number, by: string): Plan {
  const appends: Append[] = [];
  const puts: Put[] = [];
  const afterwards: Effect[] = [];
  /** Appends that answer nothing. */
  const others = new Set<Append>();
  let ignored: string | undefined;
  for (const effect of effects) {
    if (effect.do === 'refuse') return { refused: effect };
    if (effect.do === 'append') {
      const made = appendOf(effect, at, by);
      appends.push(made);
      // What stands in another user's own log is not the sender's to read.
      if (effect.answers === false || (made.log.startsWith('u_') && made.log !== by)) others.add(made);
    } else if (effect.do === 'put') puts.push(effect.put);
    else if (effect.do === 'schedule') puts.push(scheduled(effect));
    else if (effect.do === 'unschedule') puts.push({ table: 'unschedule', row: { id: effect.id } });
    else if (effect.do === 'ignore') ignored = effect.why;
    else afterwards.push(effect);
  }
  checkPlaces(appends, puts);
  const answer = appends.findLastIndex((append) => !others.has(append));
  return {
    ...{ appends, puts, afterwards },
    ...(answer === -1 ? {} : { answer }),
    ...(ignored === undefined ? {} : { ignored }),
  };
}

function checkPlaces(appends: readonly Append[], puts: readonly Put[]): void {
  for (const { table, row } of puts) {
    const bounds = table === 'member' ? [row.fromSeq, row.untilSeq] : table === 'file' ? [row.seq] : [];
    const place = table === 'member' ? row.conversation : table === 'file' ? row.log : undefined;
    if (!bounds.includes(here) || appends.some(({ log }) => log === place)) continue;
    throw new RangeError(`A ${table} of ${place} begins or ends where nothing is appended`);
  }
}

/** Bytes of a fact's body, at most: with its envelope, and with the head of a page, it still fits a frame. */
export const bodyBytes = limits.frameBytes - 16_384;

function appendOf(effect: Extract<Effect, { do: 'append' }>, at: number, by: string): Append {
  const body = toJson(effect.body);
  if (effect.type === 'message.sent') checkOffer(effect.body);
  if (body.length * 3 > bodyBytes && utf8Length(body) > bodyBytes) {
    throw new RangeError(`The body of ${effect.type} is longer than ${bodyBytes} bytes`);
  }
  return {
    log: effect.log,
    type: effect.type,
    at,
    by: effect.by ?? by,
    body,
    item: effect.item ?? false,
    rule: effect.rule ?? false,
    ...(effect.audience === undefined ? {} : { audience: effect.audience }),
    ...(effect.list === undefined ? {} : { list: effect.list }),
  };
}

function scheduled({ id, dueAt, action, user }: Extract<Effect, { do: 'schedule' }>): Put {
  const body = toJson(action.body);
  if (!Number.isSafeInteger(dueAt)) throw new RangeError(`The time of the schedule ${id} is no instant`);
  if (utf8Length(body) > limits.eventBytes) {
    throw new RangeError(`The body of the schedule ${id} is longer than ${limits.eventBytes} bytes`);
  }
  return { table: 'schedule', row: { id, dueAt, user, type: action.type, body } };
}

/** Who wants something stored, under which name a repeat is recognised, and what the decision rests on. */
export interface Origin {
  readonly device?: string;
  readonly id: string;
  readonly after?: string;
  /** Type and body of the action: what must be the same in a repeat. */
  readonly content: readonly unknown[];
  readonly reads: readonly { log: string; ruleSeq: number }[];
}

/** The unit of a plan that stores something. */
export function unitOf(
  plan: { appends: readonly Append[]; puts: readonly Put[]; answer?: number },
  origin: Origin,
): Unit {
  return {
    id: origin.id,
    digest: origin.device === undefined ? '' : digestOf(origin.content),
    reads: origin.reads,
    appends: plan.appends,
    puts: plan.puts,
    ...(origin.device === undefined ? {} : { device: origin.device }),
    ...(origin.after === undefined ? {} : { after: origin.after }),
    ...(plan.answer === undefined ? {} : { answer: plan.answer }),
  };
}

/** What a repeat must have in common with the first arrival. */
export function digestOf(content: readonly unknown[]): string {
  return digest(toJson(content));
}
