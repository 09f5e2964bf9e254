import type { Actions } from '../../protocol/actions.ts';
import { answerOf, type Extras } from '../../protocol/extras.ts';
import { filled } from '../../protocol/form.ts';
import type { Values } from '../../protocol/values.ts';
import { append, refuse } from '../core/effect.ts';
import type { Rule } from '../core/rule.ts';
import type { Services } from '../core/services.ts';
import { changed, extrasOf, idsOf, reached } from './message-change.ts';

/** What somebody has chosen or filled in, or why that is none: a final error, with the field that is wrong. */
export type Answer =
  | { readonly choice: string }
  | { readonly values: Values }
  | { readonly code: 'not_found' | 'answered' }
  | { readonly code: 'schema'; readonly detail: string };

/** Checks an answer against what the message offers. `users` are the ids under which this person may have answered. */
export function answerTo(
  extras: Extras,
  { choice, values }: Actions['message.answer'],
  users: readonly string[],
): Answer {
  const { replies = [], buttons = [], cards = [], form } = extras;
  const others = [...buttons, ...cards.flatMap((card) => card.buttons ?? [])].filter(({ href }) => href === undefined);
  if (replies.length + others.length === 0 && form === undefined) return { code: 'not_found' };
  if (users.some((user) => answerOf(extras, user) !== undefined)) return { code: 'answered' };
  if (values !== undefined) {
    if (choice !== undefined || form === undefined) return { code: 'schema', detail: 'values' };
    const found = filled(form, values);
    return 'wrong' in found ? { code: 'schema', detail: found.wrong } : found;
  }
  const isReply = replies.some(({ id }) => id === choice);
  if (choice === undefined || !(isReply || others.some(({ id }) => id === choice))) {
    return { code: 'schema', detail: 'choice' };
  }
  // Quick replies are gone with the first of them, whoever chose it.
  const chosen = Object.values((extras.answers ?? {}) as Record<string, { choice?: string }>);
  const isOver = isReply && chosen.some((answer) => replies.some(({ id }) => id === answer.choice));
  return isOver ? { code: 'answered' } : { choice };
}

/** What the message has beside its words when `user` has answered so. */
export function answered(
  extras: Extras,
  user: string,
  answer: { readonly choice?: string; readonly values?: Values },
): Extras {
  return { ...extras, answers: { ...Object(extras.answers), [user]: answer } };
}

/**
 * Takes one answer of each person. Everybody who reads the conversation sees it, but what is filled into a form in a group:
 * that he who answered and the author of the message see, and the others that he has answered.
 */
export function answerRule(conversations: Services['conversations']): Rule<'message.answer'> {
  return async ({ action, read, user, now }) => {
    const { seq: of } = action.body;
    const found = await reached({ read, user, now, conversations, place: action.body });
    if (typeof found === 'string') return [refuse(found)];
    const { access, message } = found;
    const extras = extrasOf(message);
    const answer = answerTo(extras, action.body, await idsOf(read, user.id, Object.keys(Object(extras.answers))));
    if ('code' in answer) return [refuse(answer.code, 'detail' in answer ? { detail: answer.detail } : {})];
    const isPrivate = access.row.kind === 'group' && 'values' in answer;
    const told = append(
      access.id,
      'message.answered',
      { of, ...answer },
      isPrivate ? { audience: [user.id, message.by] } : {},
    );
    const seen = answered(extras, user.id, isPrivate ? {} : answer);
    return changed(found, { told, body: { ...message.body, extras: seen } });
  };
}
