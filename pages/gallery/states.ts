import type { State } from './scene.ts';
import { conversationStates } from './states/conversation.ts';
import { extrasStates } from './states/extras.ts';
import { openStates } from './states/open.ts';
import { peopleStates } from './states/people.ts';

/** Every state of the widget by where it takes place, in the order in which it is shown. */
export const stateGroups: Readonly<Record<string, readonly State[]>> = {
  Conversation: conversationStates,
  Messages: extrasStates,
  'Menus and fields': openStates,
  'Lists and people': peopleStates,
};

/** Every state of the widget. */
export const states: readonly State[] = Object.values(stateGroups).flat();
