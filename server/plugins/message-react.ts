import { type Extras, reactionsOf } from '../../protocol/extras.ts';
import { limits } from '../../protocol/limits.ts';
import { append, refuse } from '../core/effect.ts';
import type { Rule } from '../core/rule.ts';
import type { Services } from '../core/services.ts';
import { changed, extrasOf, idsOf, reached, unchanged } from './message-change.ts';

/**
 * What the message has beside its words when `user` has set `emoji`, or taken it away; `same` where that is so already,
 * `too_many` where no more fit. Who set an emoji first stands first.
 */
export function reacted(extras: Extras, user: string, emoji: string, on: boolean): Extras | 'same' | 'too_many' {
  const reactions = new Map(reactionsOf(extras));
  const users = reactions.get(emoji) ?? [];
  if (users.includes(user) === on) return 'same';
  const all = [...reactions.values()].reduce((sum, { length }) => sum + length, 0);
  if (on && (all >= limits.reactions || (users.length === 0 && reactions.size >= limits.emoji))) return 'too_many';
  reactions.set(emoji, on ? [...users, user] : users.filter((one) => one !== user));
  if (reactions.get(emoji)?.length === 0) reactions.delete(emoji);
  const { reactions: _, ...rest } = extras;
  return reactions.size === 0 ? rest : { ...rest, reactions: Object.fromEntries(reactions) };
}

/** The same, with what somebody has set as a visitor set by the user whom he turned out to be: `ids` begin with that one. */
function asOne(extras: Extras, emoji: string, ids: readonly string[]): Extras {
  const reactions = new Map(reactionsOf(extras));
  const [user = ''] = ids;
  const users = (reactions.get(emoji) ?? []).map((one) => (ids.includes(one) ? user : one));
  reactions.set(emoji, [...new Set(users)]);
  return { ...extras, reactions: Object.fromEntries(reactions) };
}

/** Whoever may write sets an emoji under what he reads. That it is so already is an `ack`, and stores nothing. */
export function reactRule(conversations: Services['conversations']): Rule<'message.react'> {
  return async ({ action, read, user, now }) => {
    const { emoji, on, seq: of } = action.body;
    const found = await reached({ read, user, now, conversations, place: action.body });
    if (typeof found === 'string') return [refuse(found)];
    const { message, access } = found;
    const before = extrasOf(message);
    const ids = await idsOf(read, user.id, reactionsOf(before).get(emoji) ?? []);
    const wasVisitor = ids.length > 1;
    const own = wasVisitor ? asOne(before, emoji, ids) : before;
    const extras = reacted(own, user.id, emoji, on);
    if (extras === 'too_many') return [refuse('too_many')];
    // Of what who is shut out has set nothing is stored but the fact.
    const isUnknown = message.audience === undefined && access.audience !== undefined;
    if (extras === 'same' && !isUnknown && !wasVisitor) return unchanged(message);
    const isStored = extras === 'same' && !wasVisitor;
    const body = isStored ? message.body : { ...message.body, extras: extras === 'same' ? own : extras };
    // Who watches has it under the visitor's id.
    const first = ids
      .slice(1)
      .map((by) => append(access.id, 'message.reacted', { of, emoji, on: false }, { by, answers: false }));
    return changed(found, { first, told: append(access.id, 'message.reacted', { of, emoji, on }), body });
  };
}
