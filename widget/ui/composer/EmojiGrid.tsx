import type { JSX } from 'preact';
import type { ComposerPart } from '../Composer.tsx';

/** All emoji, to choose one. */
export function Part(_: ComposerPart): JSX.Element | null {
  return null;
}
