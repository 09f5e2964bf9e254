import type { Conversation, View } from '../../core/view.ts';
import type { Env } from '../env.ts';
import type { MessageRow } from '../rows.ts';

/** What can be done with a message, beside setting an emoji under it. */
export type Deed = 'retry' | 'reply' | 'copy' | 'edit' | 'person' | 'report' | 'delete';

/** Emoji that are offered at once. */
export const quickEmoji = ['👍', '❤️', '😂', '😮', '😢', '🙏'] as const;

interface About {
  readonly env: Pick<Env, 'features'>;
  readonly view: Pick<View, 'me'>;
  readonly conversation: Conversation | undefined;
  readonly row: MessageRow;
}

/**
 * What is offered for one message, in the order of the menu. The friend decides: this only keeps out of sight what would
 * be refused. Nothing for a message that was taken away; what waits can only be copied, tried again and thrown away.
 */
export function deedsFor({ env, view, conversation, row }: About): readonly Deed[] {
  const { own, deleted, seq, progress, text } = row;
  if (deleted) return [];
  const copy: readonly Deed[] = text === '' ? [] : ['copy'];
  if (seq === 0) return [...(progress === 'failed' ? (['retry'] as const) : []), ...copy, 'delete'];
  const isPeople = env.features.has('people') && !own;
  return [
    'reply',
    ...copy,
    ...(own && text !== '' ? (['edit'] as const) : []),
    ...(isPeople ? (['person', 'report'] as const) : []),
    ...(own || mayClean(view, conversation) ? (['delete'] as const) : []),
  ];
}

/** Whether emoji can be set under a message. */
export function mayReact({ env, view, conversation, row }: About): boolean {
  return (
    env.features.has('reactions') && view.me !== undefined && row.seq > 0 && !row.deleted && takesPart(conversation)
  );
}

/** Whether one may react here and answer what is offered: who only passes by a public group does neither. */
export function takesPart(conversation: Conversation | undefined): boolean {
  return conversation !== undefined && (conversation.kind !== 'group' || conversation.member);
}

/** Whether others' messages may be taken away too. */
function mayClean({ me }: Pick<View, 'me'>, conversation: Conversation | undefined): boolean {
  if (conversation?.kind === 'support') return me?.kind === 'colleague';
  return conversation?.kind === 'group' && ['owner', 'admin', 'colleague'].includes(conversation.role ?? '');
}
