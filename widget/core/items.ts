import type { AnyFact } from '../../protocol/facts.ts';
import type { Conversation, Item } from './view.ts';

/** What a fact puts into the list of its conversation by itself; nothing where it only alters something. */
export function itemOf(fact: AnyFact): Item[] {
  const { seq = 0, at, by = '', re } = fact;
  const place = { seq, at, by };
  switch (fact.type) {
    case 'message.sent': {
      return [{ kind: 'message', ...place, re, ...fact.body }];
    }
    case 'member.joined':
      return [{ kind: 'joined', ...place, person: fact.body.person }];
    case 'member.left':
      // Who is banned no more left before.
      if (fact.body.ban === false) return [];
      return [{ kind: fact.body.person.id === by ? 'left' : 'removed', ...place, person: fact.body.person }];
    case 'conversation.changed':
      return fact.body.name === undefined ? [] : [{ kind: 'renamed', ...place, name: fact.body.name }];
    case 'user.reported':
      return [{ kind: 'reported', ...place, person: fact.body.person, reason: fact.body.reason }];
    default:
      return [];
  }
}

/** The conversation after a fact that alters it or one of its items. */
export function altered(held: Conversation, fact: AnyFact): Conversation {
  if (fact.type === 'conversation.changed') return { ...held, ...fact.body };
  if (fact.type === 'message.edited') {
    return withMessage(held, fact.body.of, { text: fact.body.text, edited: fact.at });
  }
  if (fact.type === 'message.deleted') {
    return withMessage(held, fact.body.of, { text: '', deleted: true, extras: undefined });
  }
  const { by = '' } = fact;
  if (fact.type === 'message.reacted') {
    const { of, emoji, on } = fact.body;
    return withExtra(held, of, 'reactions', (reactions) => {
      const users = Object(reactions)[emoji];
      const others = Array.isArray(users) ? users.filter((user) => user !== by) : [];
      return { ...Object(reactions), [emoji]: on ? [...others, by] : others };
    });
  }
  if (fact.type === 'message.answered') {
    const { of, ...answer } = fact.body;
    return withExtra(held, of, 'answers', (answers) => ({ ...Object(answers), [by]: answer }));
  }
  return held;
}

type Message = Extract<Item, { kind: 'message' }>;

function withExtra(held: Conversation, seq: number, key: string, change: (before: unknown) => unknown): Conversation {
  const items = held.items.map((item) => {
    if (item.kind !== 'message' || item.seq !== seq || item.deleted) return item;
    const extras = Object(item.extras);
    return { ...item, extras: { ...extras, [key]: change(extras[key]) } };
  });
  return { ...held, items };
}

function withMessage(held: Conversation, seq: number, change: Partial<Message>): Conversation {
  const items = held.items.map((item) => (item.kind === 'message' && item.seq === seq ? { ...item, ...change } : item));
  const isNewest = held.items.findLast(({ kind }) => kind === 'message')?.seq === seq;
  const { line } = held;
  if (!isNewest || line === undefined) return { ...held, items };
  const { text = '', deleted } = change;
  return { ...held, items, line: { ...line, text: text.slice(0, 140), ...(deleted ? { deleted } : {}) } };
}
