import { actions } from '../../protocol/actions.ts';
import { type Facts, facts } from '../../protocol/facts.ts';
import type { ActionSchemas } from '../../protocol/read-action.ts';
import { append, type Receivers, type Tell, tell } from './effect.ts';
import { FriendError } from './errors.ts';

/** The shape of a body, a valibot schema: an action that does not fit is refused with `schema` before any rule runs. */
export type BodySchema = ActionSchemas[string];

/** What comes out of a schema. */
export type Output<S> = S extends BodySchema ? NonNullable<S['~types']>['output'] : never;

/** What may be given to a schema. */
export type Input<S> = S extends BodySchema ? NonNullable<S['~types']>['input'] : never;

/** A team's own types of action and of fact, each with the schema of its body. */
export interface Catalogue {
  readonly actions: Readonly<Record<string, BodySchema>>;
  readonly facts: Readonly<Record<string, BodySchema>>;
}

/** The catalogue of a friend that knows the types of the protocol alone. */
export interface NoEvents {
  readonly actions: Readonly<Record<never, BodySchema>>;
  readonly facts: Readonly<Record<never, BodySchema>>;
}

/** Two catalogues as one. */
export interface Both<A extends Catalogue, B extends Catalogue> {
  readonly actions: A['actions'] & B['actions'];
  readonly facts: A['facts'] & B['facts'];
}

type Named<T> = Extract<keyof T, string>;
type AppendOptions = Parameters<typeof append>[3];
type Appended = ReturnType<typeof append>;

/** A catalogue, and what makes effects of its facts: their bodies are checked by the compiler and again before the commit. */
export interface Events<A extends Catalogue['actions'], F extends Catalogue['facts']> {
  readonly actions: A;
  readonly facts: F;
  /** Stores a fact in a log; see `append`. */
  append<T extends Named<F>>(log: string, type: T, body: Input<F[T]>, options?: AppendOptions): Appended;
  /** Tells something that is true only now; see `tell`. */
  tell<T extends Named<F>>(to: Receivers, type: T, body: Input<F[T]>, by?: string): Tell;
}

/** Words with dots between them. */
const name = /^(?!stanza[.])(?=.{3,64}$)[a-z][a-z0-9_-]*([.][a-z][a-z0-9_-]*)+$/;

/**
 * A team's own events: actions arrive over XMPP and are checked, facts are checked before they are stored, rules, reactions
 * and the page know their bodies.
 *
 * ```ts
 * const events = defineEvents({
 *   actions: { 'order.track': v.strictObject({ parcel: v.number() }) },
 *   facts: { 'order.tracked': v.object({ parcel: v.number(), place: v.string() }) },
 * });
 * ```
 *
 * @throws FriendError `FRIEND_EVENTS` for a name that is none, or one of the protocol's
 */
export function defineEvents<
  A extends Catalogue['actions'] = Record<never, never>,
  F extends Catalogue['facts'] = Record<never, never>,
>(events: { readonly actions?: A; readonly facts?: F }): Events<A, F> {
  const { actions: own = {} as A, facts: stored = {} as F } = events;
  for (const type of Object.keys(own)) checkName(type, actions);
  for (const type of Object.keys(stored)) checkName(type, facts);
  return {
    actions: own,
    facts: stored,
    append: (log, type, body, options) => append<string>(log, type, body as Facts['ack'], options),
    tell: (to, type, body, by) => tell<string>(to, type, body as Facts['ack'], by),
  };
}

function checkName(type: string, taken: object): void {
  if (!name.test(type)) throw new FriendError('FRIEND_EVENTS', `${type} is no name`);
  if (Object.hasOwn(taken, type)) throw new FriendError('FRIEND_EVENTS', `${type} is the protocol's`);
}
