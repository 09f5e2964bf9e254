import type { ComponentType } from 'preact';
import type { AttentionSwitches } from '../env.ts';
import type { HeaderMenuProps } from '../part-props.ts';

/** One line of the header's menu. */
export interface Entry {
  /** Unlike that of every other line. */
  readonly key: string;
  readonly label: string;
  /** What that comes to. */
  readonly line?: string | undefined;
  /** Present where it is on or off: the menu stays open then. */
  readonly on?: boolean;
  readonly disabled?: boolean;
  /** What choosing it does. */
  readonly choose?: () => void;
  /** The lines that take the menu's place when it is chosen, for the answer to “how long?”. */
  readonly further?: readonly Entry[];
  /** What it shows in the menu's place, over the panel, until it calls `done`; a part of parts.tsx. */
  readonly part?: ComponentType<HeaderMenuProps>;
}

/** What an area is given to make its lines of. */
export interface Subject extends HeaderMenuProps {
  /** Absent until they are loaded, and where nothing calls the person. */
  readonly attention: AttentionSwitches | undefined;
  /** Draws the menu anew, when something has changed that the view does not tell. */
  readonly redraw: () => void;
}

/** The lines of one area, for what is looked at right now; none where it has nothing to offer there. */
export type Entries = (subject: Subject) => readonly Entry[];
