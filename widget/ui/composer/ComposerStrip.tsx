import type { JSX } from 'preact';
import type { Composing } from '../../core/view.ts';
import type { ComposerPart } from '../part-props.ts';

/** What one answers or alters. */
export function Part(_: ComposerPart & { readonly about: Composing }): JSX.Element | null {
  return null;
}
