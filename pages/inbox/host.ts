import type { Drafts, Env } from '../../widget/ui/env.ts';
import type { Desk, DeskPort } from './desk/desk.ts';
import type { Focus } from './focus.ts';
import type { Deeds, Screen } from './ui/drawn.ts';
import type { SignInByAccount } from './ui/SignIn.tsx';
import type { InboxWords } from './words/en.ts';

/** What an inbox is made of. */
export interface InboxOptions extends Omit<Env, 'times' | 'drafts' | 'adopt' | 'texts' | 'mode'> {
  readonly port: DeskPort;
  readonly say: InboxWords;
  readonly drafts: Drafts;
  /** What this browser keeps of its colleague's choices. */
  readonly chosen: { get(): Partial<Pick<Screen, 'keys' | 'look'>>; set(chosen: Pick<Screen, 'keys' | 'look'>): void };
  /** Absent where a password could not be sent safely. */
  readonly signIn?: SignInByAccount | undefined;
  /** Resolves with how many messages would be lost; 0 where it is done. */
  signOut(force: boolean): Promise<number>;
}

/** What buttons and keys work on. */
export interface Host {
  readonly desk: Desk;
  readonly focus: Focus;
  readonly screen: Screen;
  readonly deeds: Deeds;
  /** Whether a colleague works here now, and nothing stands over it: then keys do what they are for. */
  readonly listens: boolean;
  /** Looks at something else. */
  turn(changed: Partial<Screen>): void;
}
