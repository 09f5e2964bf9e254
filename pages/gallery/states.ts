import type { State } from './scene.ts';
import { conversationStates } from './states/conversation.ts';
import { extrasStates } from './states/extras.ts';
import { openStates } from './states/open.ts';
import { peopleStates } from './states/people.ts';

/** Every state of the widget, in the order in which it is shown. */
export const states: readonly State[] = [...conversationStates, ...extrasStates, ...openStates, ...peopleStates];
