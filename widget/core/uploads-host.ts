import type { Actions, ActionType } from '../../protocol/actions.ts';
import type { AnyFact } from '../../protocol/facts.ts';
import type { FilesWish } from './outgoing.ts';
import type { Clock, Random } from './ports.ts';
import type { Session } from './session.ts';
import type { State } from './state.ts';
import type { Intents } from './view.ts';

/** Sends files: loaded with the first of them. */
export interface Files {
  /** Writes a message whose files leave first; its `left` is told when that is kept. */
  send(message: Intents['message.send']): Promise<void>;
  act(wish: FilesWish): void;
  /** Looks at what the outbox holds back because of files, and sends these. */
  go(): void;
  stop(): void;
}

/** What `Files` may do with the chat that they belong to. */
export interface FilesHost {
  readonly session: Pick<Session, 'action' | 'flush'>;
  readonly state: State;
  readonly clock: Clock;
  readonly random: Random;
  /** Resolves with the answer; with nothing where there is no link, or where it goes before the answer. */
  ask<T extends ActionType>(type: T, body: Actions[T]): Promise<readonly AnyFact[]>;
}
