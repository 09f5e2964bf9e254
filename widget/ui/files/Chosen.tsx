import type { JSX } from 'preact';
import type { ComposerPart } from '../part-props.ts';

/** Files that are chosen and not sent yet. */
export function Part(_: ComposerPart): JSX.Element | null {
  return null;
}
