import type { JSX } from 'preact';
import type { ListProps } from '../MessageList.tsx';
import type { Row } from '../rows.ts';

export interface MenuProps extends ListProps {
  /** The log, whose first child holds one element for each of `rows`. */
  readonly log: HTMLElement;
  readonly rows: readonly Row[];
}

/** What can be done with the message that is pointed at. */
export function Part(_: MenuProps): JSX.Element | null {
  return null;
}
