import handOff from './hand-off.ts?raw';
import hello from './hello.ts?raw';
import moderated from './moderated.ts?raw';
import order from './order.ts?raw';
import ownEvent from './own-event.ts?raw';
import question from './question.ts?raw';

/** Where one can begin: a whole configuration, and where Ann and Bob meet. */
export interface Start {
  readonly id: string;
  readonly name: string;
  readonly code: string;
  readonly conversation: 'room:lobby' | 'support';
}

/** The starting points, the simplest first. */
export const starts = [
  { id: 'hello', name: 'Hello bot', code: hello, conversation: 'room:lobby' },
  { id: 'order', name: 'Order status', code: order, conversation: 'support' },
  { id: 'moderated', name: 'Moderated group', code: moderated, conversation: 'room:lobby' },
  { id: 'question', name: 'A question with a time-out', code: question, conversation: 'room:lobby' },
  { id: 'hand-off', name: 'Hand-off to Kim', code: handOff, conversation: 'support' },
  { id: 'own-event', name: 'Own event from the page', code: ownEvent, conversation: 'room:lobby' },
] as const satisfies readonly Start[];
