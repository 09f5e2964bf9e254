import type { JSX } from 'preact';
import type { ComposerPart } from '../part-props.ts';

/** All emoji, to choose one. */
export function Part(_: ComposerPart): JSX.Element | null {
  return null;
}
