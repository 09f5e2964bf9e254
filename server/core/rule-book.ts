import { actions } from '../../protocol/actions.ts';
import type { ActionSchemas } from '../../protocol/read-action.ts';
import { compose } from './compose.ts';
import { FriendError } from './errors.ts';
import type { BodySchema, Catalogue } from './events.ts';
import type { Effects, Middleware, OpenContext, OpenRule, Rule } from './rule.ts';
import { isStanzaType } from './stanzas.ts';

interface Registered {
  readonly opening: boolean;
  readonly rule: OpenRule;
}

/** The rules of a friend by type, the middleware around them, and the shapes that bodies must have. */
export class RuleBook {
  readonly #rules = new Map<string, Registered>();
  readonly #middleware: Middleware[] = [];
  readonly #schemas: Record<string, BodySchema> = { ...actions };
  #decide: (context: OpenContext) => Promise<Effects> = () => Promise.resolve([]);

  /**
   * `schema` lets a type that is not the protocol's in, or narrows one that is. `opening`: also for connections that nobody
   * has opened yet.
   * @throws FriendError `FRIEND_RULE_TWICE`
   */
  on(type: string, rule: Rule | OpenRule, opening: boolean, schema?: BodySchema): void {
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

  use(middleware: Middleware): void {
    this.#middleware.push(middleware);
  }

  /** Closes registration. */
  seal(): void {
    this.#decide = compose(this.#middleware, (context) => this.of(context.action.type)?.rule(context) ?? []);
  }

  /** The rule for the type, or the one for all that have none of their own. */
  of(type: string): Registered | undefined {
    return this.#rules.get(type) ?? this.#rules.get('*');
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
