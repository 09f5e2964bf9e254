import type { Outgoing } from '../core/outgoing.ts';
import type { Conversation, View } from '../core/view.ts';
import type { Named } from './composer/named.ts';
import type { Env } from './env.ts';
import type { MessageRow, Row } from './rows.ts';

/** What the message list is given. */
export interface ListProps {
  readonly env: Env;
  readonly view: View;
  /** The conversation shown, by its reference. One list lives as long as its place is shown. */
  readonly place: string;
  /** Absent until the friend has told it. */
  readonly conversation: Conversation | undefined;
}

/** What the line about somebody who asks for help is given. */
export interface VisitorProps {
  readonly env: Env;
  readonly view: View;
  readonly conversation: Conversation;
}

/** What the menu of a message is given. */
export interface MenuProps extends ListProps {
  /** The log, whose first child holds one element for each of `rows`. */
  readonly log: HTMLElement;
  readonly rows: readonly Row[];
}

/** What leads to a message is given. */
export interface SoughtProps extends ListProps {
  readonly sought: NonNullable<View['sought']>;
  /** Draws what stands around the message at `seq`, which is held, and scrolls there. */
  readonly lead: (seq: number) => void;
}

/** What a message is given. */
export interface BubbleProps extends MessageRow {
  readonly env: Env;
  readonly place: string;
  /** Given where the message is more than its words. */
  readonly view: View | undefined;
  /** Who wrote it, for the eye and for a screen reader. */
  readonly name: string;
  readonly avatar: string | undefined;
  /** What is said beside the name: “bot”. */
  readonly role: string;
  /** Whether the name stands above the group. */
  readonly named: boolean;
  /** The reader was led here just now. */
  readonly sought: boolean;
}

/** What draws a message that is more than its words. */
export type RichProps = BubbleProps & { readonly view: View };

/** What the composer is given. */
export interface ComposerProps {
  readonly env: Env;
  readonly view: View;
  /** The conversation that is written to. */
  readonly place: string;
  /** Absent until the friend has told it. */
  readonly conversation: Conversation | undefined;
}

/** A file that goes along with the next message: what it will be, once it is made ready. */
export interface ChosenFile {
  readonly file: File;
  readonly ready: Promise<Outgoing>;
}

/** What shows the files that go along is given. */
export interface ChosenProps extends ComposerPart {
  /** What came last; none while it is still held over the panel. */
  readonly given: readonly File[];
  /** All that goes along; the part puts them here, and tells so. */
  readonly chosen: Set<ChosenFile>;
  readonly changed: () => void;
  /** They are on their way into the outbox: none can be taken back here. */
  readonly leaving: boolean;
}

/** What a part beside the field may do with it. */
export interface ComposerPart extends ComposerProps {
  readonly field: HTMLTextAreaElement;
  /** Puts text in place of what is selected, or of the last `back` units before it, and goes on writing. */
  readonly insert: (text: string, back?: number) => void;
  /** The part is not wanted any more. */
  readonly done: () => void;
}

/** Who is named in what is written: there once somebody was chosen. */
export interface Naming {
  named?: Named | undefined;
}

/** What the menu of the header is given. */
export interface HeaderMenuProps {
  readonly env: Env;
  readonly view: View;
  /** The conversation shown, by its reference; absent over the list. */
  readonly place: string | undefined;
  /** Absent until the friend has told it. */
  readonly conversation: Conversation | undefined;
  /** The menu is not wanted any more. */
  readonly done: () => void;
}
