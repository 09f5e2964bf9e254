import type { JSX } from 'preact';
import type { ComposerPart } from '../part-props.ts';

/** Who can be named. */
export function Part(_: ComposerPart & { readonly named: Map<string, string> }): JSX.Element | null {
  return null;
}
