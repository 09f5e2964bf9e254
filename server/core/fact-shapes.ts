import { readBody } from '../../protocol/read-body.ts';
import type { Effect } from './effect.ts';
import { FriendError } from './errors.ts';
import type { BodySchema, Catalogue } from './events.ts';

/** The shapes of a team's own facts: what leaves a rule or a reaction has them, or nothing of it is stored. */
export class FactShapes {
  readonly #schemas = new Map<string, BodySchema>();

  /** @throws FriendError `FRIEND_EVENTS` for a type that is declared already */
  add(facts: Catalogue['facts']): void {
    for (const [type, schema] of Object.entries(facts)) {
      const known = this.#schemas.get(type);
      if (known !== undefined && known !== schema) throw new FriendError('FRIEND_EVENTS', `${type} is declared twice`);
      this.#schemas.set(type, schema);
    }
  }

  /** The same effects, their bodies as the schemas make them. @throws FriendError `FRIEND_FACT` */
  checked<E extends Effect>(effects: readonly E[]): readonly E[] {
    return this.#schemas.size === 0 ? effects : effects.map((effect) => this.#one(effect));
  }

  #one<E extends Effect>(effect: E): E {
    if (effect.do !== 'append' && effect.do !== 'tell' && effect.do !== 'answer') return effect;
    const schema = this.#schemas.get(effect.type);
    if (schema === undefined) return effect;
    const read = readBody(schema, effect.body);
    if (!read.ok) throw new FriendError('FRIEND_FACT', `${effect.type}, ${read.detail}`);
    return { ...effect, body: read.body };
  }
}
