import { actions } from '../../protocol/actions.ts';
import type { ActionSchemas } from '../../protocol/read-action.ts';
import { compose } from './compose.ts';
import { refuse } from './effect.ts';
import { FriendError } from './errors.ts';
import type { BodySchema, Catalogue } from './events.ts';
import { checkActionType } from './fact-filters.ts';
import type { ConversationRow } from './rows.ts';
import type { Context, Effects, MaybePromise, Middleware, OpenContext, OpenRule, PlacedRule, Rule } from './rule.ts';
import { isStanzaType } from './stanzas.ts';
import { checkWhere, isBy, isIn, isMentioned, type Where } from './where.ts';

interface Registered {
  readonly opening: boolean;
  readonly rule: OpenRule;
}

/** The conversation that `ref` names, and the user's role there; undefined where he may not know of it. */
export type PlaceOf = (
  context: Context,
  ref: string,
) => Promise<{ readonly row: ConversationRow; readonly role?: string } | undefined>;

/** The rules of a friend by type, the middleware around them, and the shapes that bodies must have. */
export class RuleBook {
  readonly #rules = new Map<string, Registered>();
  readonly #filtered = new Map<string, { where: Where; rule: PlacedRule }[]>();
  readonly #middleware: Middleware[] = [];
  readonly #schemas: Record<string, BodySchema> = { ...actions };
  #decide: (context: OpenContext) => Promise<Effects> = () => Promise.resolve([]);

  /**
   * `schema` lets a type that is not the protocol's in, or narrows one that is. `opening`: also for connections that nobody
   * has opened yet.
   * @throws FriendError `FRIEND_RULE_TWICE`
   */
  on(type: string, rule: Rule | OpenRule, opening: boolean, schema?: BodySchema): void {
    checkActionType(type);
    if (this.#rules.has(type)) throw new FriendError('FRIEND_RULE_TWICE', type);
    if (schema !== undefined) this.#schemas[type] = schema;
    this.#rules.set(type, { opening, rule: rule as OpenRule });
  }

  /**
   * Lets the types of a catalogue in. A type of it has one shape.
   * @throws FriendError `FRIEND_EVENTS` for a type that has a shape already
   */
  declare(own: Catalogue['actions']): void {
    for (const [type, schema] of Object.entries(own)) {
      const known = Object.hasOwn(this.#schemas, type) ? this.#schemas[type] : undefined;
      if (known !== undefined && known !== schema) throw new FriendError('FRIEND_EVENTS', `${type} is declared twice`);
      this.#schemas[type] = schema;
    }
  }

  /** A rule for those actions of a type that fit; the first one registered decides, and may ask the next. */
  filter(type: string, where: Where, rule: PlacedRule): void {
    checkActionType(type);
    checkWhere(where);
    this.#filtered.set(type, [...(this.#filtered.get(type) ?? []), { where, rule }]);
  }

  use(middleware: Middleware): void {
    this.#middleware.push(middleware);
  }

  /** Closes registration. `placeOf` finds the conversation that an action names. */
  seal(placeOf: PlaceOf): void {
    const chains = new Map<string, (context: OpenContext) => Promise<Effects>>();
    for (const [type, filtered] of this.#filtered) {
      if (this.of(type) === undefined) this.on(type, () => [refuse('not_found')], false);
      const layers = filtered.map(({ where, rule }) => layerOf(where, rule, placeOf));
      chains.set(
        type,
        compose(layers, (context) => this.of(type)?.rule(context) ?? []),
      );
    }
    const own = (context: OpenContext): MaybePromise<Effects> =>
      chains.get(context.action.type)?.(context) ?? this.of(context.action.type)?.rule(context) ?? [];
    this.#decide = compose(this.#middleware, own);
  }

  /** The rule for the type, or the one for all that have none of their own. */
  of(type: string): Registered | undefined {
    return this.#rules.get(type) ?? this.#rules.get('*');
  }

  /** Whether a type has a rule and no schema: it comes from programs alone. */
  isInner(type: string): boolean {
    return this.#rules.has(type) && !Object.hasOwn(this.#schemas, type);
  }

  /** What the rule says, and what stands around it. */
  decide(context: OpenContext): Promise<Effects> {
    return this.#decide(context);
  }

  get schemas(): ActionSchemas {
    return this.#schemas;
  }

  /**
   * Whether a type that has no schema may come in a frame: only to the rule for all. What has a rule of its own and no
   * schema is meant for programs, and a stanza is never to be believed that came in JSON.
   */
  isForAll(type: string): boolean {
    return this.#rules.has('*') && !this.#rules.has(type) && !isStanzaType(type);
  }
}

function layerOf(where: Where, rule: PlacedRule, placeOf: PlaceOf): Middleware {
  const isPlaced = where.in !== undefined || where.role !== undefined;
  return async (context, next) => {
    if (!isKnown(context) || !isBy(where, context.user.kind)) return next();
    const { conversation: ref, mentions } = (context.action.body ?? {}) as {
      conversation?: unknown;
      mentions?: unknown;
    };
    if (!isMentioned(where, mentions)) return next();
    const place = typeof ref === 'string' ? await placeOf(context, ref) : undefined;
    const fits = place !== undefined && isIn(where, place.row) && (where.role ?? place.role) === place.role;
    if (isPlaced && !fits) return next();
    return rule({ ...context, conversation: place?.row } as Parameters<PlacedRule>[0], next);
  };
}

function isKnown(context: OpenContext): context is Context {
  return context.user !== undefined && context.device !== undefined;
}
