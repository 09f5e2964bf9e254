import type { Action } from '../../protocol/actions.ts';
import type { Effect } from './effect.ts';
import type { StoredFact } from './rows.ts';

/**
 * What a friend does, step by step, for those who watch it: the playground, tests, recordings. `at` is milliseconds since
 * 1970, `ms` how long it took. Bodies are in it: it is no log.
 */
export type Trace = { readonly at: number } /** `device`: `schedule` for what the logic has scheduled by itself. */ & (
  | {
      readonly kind: 'action';
      readonly from: string;
      readonly user?: string;
      readonly device?: string;
      readonly action: Action;
    }
  /** A rule has decided on the action `re`; `attempt` is above 1 where it decided again. */
  | {
      readonly kind: 'decided';
      readonly re: string;
      readonly type: string;
      readonly effects: readonly Effect[];
      readonly ms: number;
      readonly attempt: number;
    }
  | { readonly kind: 'stored'; readonly fact: StoredFact }
  /** A frame has left for the connection `to`, JSON. */
  | { readonly kind: 'told'; readonly to: string; readonly frame: string }
  | {
      readonly kind: 'reacted';
      readonly name: string;
      readonly log: string;
      readonly seq: number;
      readonly effects: readonly Effect[];
      readonly ms: number;
      readonly error?: string;
    }
);
