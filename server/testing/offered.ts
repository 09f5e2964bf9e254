import { Extras } from '../../protocol/extras.ts';
import type { Conversation } from '../../widget/core/view.ts';

/** One offer of a message: what is answered with, by the words that a person reads on it. */
interface Offered {
  readonly seq: number;
  readonly id: string;
  readonly label: string;
}

function extrasIn({ items }: Conversation): readonly { readonly seq: number; readonly extras: Extras }[] {
  return items.flatMap((item) => {
    const extras = item.kind === 'message' ? Extras.read(item.extras ?? {}) : undefined;
    return extras === undefined ? [] : [{ seq: item.seq, extras }];
  });
}

/** All that can be chosen in a conversation, the newest message first. */
export function choicesIn(conversation: Conversation): readonly Offered[] {
  return extrasIn(conversation)
    .toReversed()
    .flatMap(({ seq, extras: { buttons = [], cards = [], replies = [] } }) =>
      [...replies, ...buttons, ...cards.flatMap((card) => card.buttons ?? [])].map(({ id, label }) => ({
        seq,
        id,
        label,
      })),
    );
}

/** The newest form of a conversation, and its fields. */
export function formIn(
  conversation: Conversation,
): { readonly seq: number; readonly fields: readonly Offered[] } | undefined {
  const last = extrasIn(conversation).findLast(({ extras }) => extras.form !== undefined);
  if (last?.extras.form === undefined) return undefined;
  const { seq } = last;
  return { seq, fields: last.extras.form.fields.map(({ id, label }) => ({ seq, id, label })) };
}
