import type { Place } from './address.ts';
import type { Form } from './desk/data-form.ts';
import type { Desk } from './desk/desk.ts';
import type { Line } from './line.ts';

/** What a command works with. */
export interface Asking {
  readonly desk: Desk;
  /** The account's user. */
  readonly me: string;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** IANA; the machine's where absent. */
  readonly zone?: string;
  /** The case or the group at whose address it was asked; empty at others. */
  readonly conversation: string;
  /** The address where it was asked. */
  readonly place: Place;
  /** The friend's address. */
  readonly friend: string;
  readonly line: Pick<Line, 'insist'>;
  /** The id of an action that is done once, however often this command arrives; undefined where each is another. */
  readonly once: (what: string) => Promise<string | undefined>;
}

/** What comes next: a form to fill in, or the end. */
export type Step =
  | { readonly is: 'form'; readonly form: Form }
  | { readonly is: 'done'; readonly words: string; readonly failed?: true };

/** An ad-hoc command (XEP-0050): a step, or a form and one more. */
export interface AdHocCommand {
  begin(asking: Asking): Promise<Step>;
  /** Takes what was filled in; undefined where it does not fit the form. Absent where there is none. */
  complete?(asking: Asking, values: Readonly<Record<string, string>>): Promise<Step | undefined>;
}
