import type { ComponentChildren, JSX } from 'preact';
import type { Screen } from '../../core/view.ts';
import type { Env } from '../env.ts';
import { Icon } from '../Icon.tsx';

interface Props {
  readonly env: Env;
  readonly title: string;
  /** Where the way back leads. */
  readonly back: Screen;
  /** Tools between the title and the way out. */
  readonly children?: ComponentChildren;
}

/** The head of a screen about people: the way back, what it is, and the way out. */
export function Top({ env, title, back, children }: Props): JSX.Element {
  return (
    <header class="header" part="header">
      <button
        type="button"
        class="tool back"
        part="tool back"
        aria-label={env.texts.goBack}
        onClick={() => env.act('screen.show', back)}
      >
        <Icon name="back" />
      </button>
      <div class="heading">
        <h2 part="title">
          <bdi>{title}</bdi>
        </h2>
      </div>
      {children}
      {env.mode === 'bubble' && (
        <button
          type="button"
          class="tool close"
          part="tool close"
          aria-label={env.texts.close}
          onClick={() => env.act('panel.close', {})}
        >
          <Icon name="close" />
        </button>
      )}
    </header>
  );
}
