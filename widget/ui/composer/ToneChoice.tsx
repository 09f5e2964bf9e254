import { Component, type JSX } from 'preact';
import { enEmoji } from '../../i18n/en-emoji.ts';
import type { Env } from '../env.ts';
import { toned } from './emoji.ts';

interface Props {
  readonly env: Env;
  /** 1 to 5; 0 is none. */
  readonly tone: number;
  readonly onChosen: (tone: number) => void;
}

/** The tone of skin of all hands and people. */
export class ToneChoice extends Component<Props, { readonly open: boolean }> {
  override state = { open: false };
  private place: HTMLElement | null = null;

  override componentDidUpdate(_: Props, before: { readonly open: boolean }): void {
    if (before.open !== this.state.open)
      this.place?.querySelector<HTMLElement>('[aria-pressed=true]')?.focus({ preventScroll: true });
  }

  override render({ env, tone, onChosen }: Props, { open }: { readonly open: boolean }): JSX.Element {
    const texts = env.words('emoji', enEmoji);
    if (!open)
      return (
        <button
          type="button"
          class="tone"
          aria-label={`${texts.tone}: ${Object.values(texts.tones)[tone]}`}
          aria-expanded="false"
          onClick={() => this.setState({ open: true })}
        >
          {toned('✋', tone)}
        </button>
      );
    return (
      <fieldset
        class="tones"
        aria-label={texts.tone}
        ref={(element) => {
          this.place = element;
        }}
      >
        {Object.entries(texts.tones).map(([key, label], one) => (
          <button
            key={key}
            type="button"
            class="tone"
            aria-label={label}
            aria-pressed={one === tone}
            onClick={() => {
              this.setState({ open: false });
              onChosen(one);
            }}
          >
            {toned('✋', one)}
          </button>
        ))}
      </fieldset>
    );
  }
}
