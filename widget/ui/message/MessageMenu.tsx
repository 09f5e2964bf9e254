import type { JSX } from 'preact';
import type { MenuProps } from '../part-props.ts';

/** What can be done with the message that is pointed at. */
export function Part(_: MenuProps): JSX.Element | null {
  return null;
}
