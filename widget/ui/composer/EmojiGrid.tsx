import type { JSX } from 'preact';
import css from '../../theme/emoji.css?inline';
import type { ComposerPart } from '../part-props.ts';
import { EmojiPicker } from './EmojiPicker.tsx';

export { css };

/** All emoji above the field, to put one of them into it. */
export function Part({ env, field, insert, done }: ComposerPart): JSX.Element {
  return (
    <div class="emoji-place">
      <EmojiPicker
        env={env}
        onChosen={(emoji) => insert(emoji)}
        onDone={(left) => {
          done();
          if (!left) field.focus({ preventScroll: true });
        }}
      />
    </div>
  );
}
