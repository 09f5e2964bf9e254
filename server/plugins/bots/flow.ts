import { digest } from '../../core/digest.ts';
import { FriendError } from '../../core/errors.ts';
import { optionsOf, type Step, waysOf } from './step.ts';

/** A dialogue as data: named steps, each of which says where it leads. */
export interface Flow {
  readonly name: string;
  readonly start: string;
  readonly steps: Readonly<Record<string, Step>>;
  /** How long it waits for an answer, milliseconds. */
  readonly expires: number;
  /** The same as long as nothing has changed on which a running dialogue rests: its words may. */
  readonly print: string;
}

/** What a flow is made of. `S` are the names of its steps: one that does not exist is no string to lead to. */
export interface FlowOptions<S extends string> {
  readonly start: NoInfer<S>;
  readonly steps: { readonly [N in S]: Step<NoInfer<S>> };
  /** How long it waits for an answer, milliseconds: 7 days where absent, at most 365. */
  readonly expires?: number;
  /** Raise it where code in it has changed its meaning: running dialogues begin anew. */
  readonly version?: number;
}

const day = 86_400_000;

/**
 * Declares a flow. `bots()` checks it at the start; `checkFlow` shows everything that is wrong with it at once.
 * @throws FriendError `FRIEND_FLOW` for a name or an expiry that none can have
 */
export function flow<S extends string>(name: string, given: FlowOptions<S>): Flow {
  const { start, expires = 7 * day, version = 1 } = given;
  const steps: Readonly<Record<string, Step>> = given.steps;
  if (!/^[a-z][a-z0-9-]{0,31}$/.test(name)) throw new FriendError('FRIEND_FLOW', `${name} is no lower-case name`);
  if (!(expires > 0 && expires <= 365 * day)) throw new FriendError('FRIEND_FLOW', `${name} expires within 365 days`);
  const shape = Object.entries(steps).map(([key, one]) => [key, one.kind, waysOf(one), detailsOf(one)]);
  return { name, start, steps, expires, print: digest(JSON.stringify([version, start, shape])) };
}

/** What an answer rests on, beside the ways. */
function detailsOf(one: Step): unknown {
  if (one.kind === 'choice') return [one.save, optionsOf(one).map(({ id }) => id)];
  if (one.kind === 'form') return one.fields.map(({ id, kind, required = false }) => [id, kind, required]);
  if (one.kind === 'text') return [one.save, one.as];
  if (one.kind === 'file') return one.save;
  return one.kind === 'branch' && typeof one.by === 'string' ? one.by : null;
}
