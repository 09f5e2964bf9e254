import type { JSX } from 'preact';
import type { RichProps } from '../part-props.ts';
import { linkify } from './linkify.ts';

export const css = '';

/** The words of a message with what they mean. */
export function Part({ text }: RichProps): JSX.Element {
  return (
    <>
      {linkify(text).map((piece) =>
        typeof piece === 'string' ? (
          piece
        ) : (
          <a key={piece.href} href={piece.href} target="_blank" rel="noopener noreferrer nofollow">
            {piece.href}
          </a>
        ),
      )}
    </>
  );
}

/** What stands below a message. */
export function Below(_: RichProps): JSX.Element | null {
  return null;
}
