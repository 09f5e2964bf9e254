import type { Case } from '../../protocol/desk.ts';
import type { AnyFact } from '../../protocol/facts.ts';
import type { Chat } from '../../widget/core/chat.ts';
import type { View } from '../../widget/core/view.ts';

type Attended = Pick<Chat, 'view' | 'act' | 'on' | 'subscribe'>;

/**
 * The chat as far as it calls a colleague: what waits, and what he has or was asked into. Words in another's case call
 * nobody else. `open` shows a conversation.
 */
export function calledBy(
  chat: Attended,
  caseOf: (conversation: string) => Case | undefined,
  open: (conversation: string) => void,
): Attended {
  const concerns = (conversation: string): boolean => {
    const me = chat.view.me?.id ?? '';
    const { state, assignee, invited } = caseOf(conversation) ?? { state: 'waiting' };
    if (state !== 'assigned') return state !== 'closed' && state !== 'bot';
    return assignee === me || invited?.includes(me) === true;
  };
  return {
    get view(): View {
      const { view } = chat;
      const entries = Object.entries(view.conversations).filter(([id]) => concerns(id));
      return { ...view, open: true, conversations: Object.fromEntries(entries) };
    },
    act: (type, body) => {
      const { at, ref } = body as { readonly at?: string; readonly ref?: string };
      if (type === 'screen.show' && at === 'conversation' && ref !== undefined) return open(ref);
      chat.act(type, body);
    },
    on: (type, listener) =>
      chat.on(type, (fact) => {
        if (concerns((fact as AnyFact).log ?? '')) listener(fact);
      }),
    subscribe: (redraw) => chat.subscribe(redraw),
  };
}
