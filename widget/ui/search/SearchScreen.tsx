import { Component, type JSX } from 'preact';
import { enSearch } from '../../i18n/en-search.ts';
import type { HeaderMenuProps } from '../part-props.ts';
import { Empty } from '../Words.tsx';
import { css, Part as Results } from './Found.tsx';

export { css };

interface State {
  readonly needle: string;
}

/** Searches one conversation, over it. Escape leads back; a message that is chosen is led to. */
export class Part extends Component<HeaderMenuProps, State> {
  override state: State = { needle: '' };
  private place: HTMLElement | null = null;
  private field: HTMLInputElement | null = null;

  override componentDidMount(): void {
    this.field?.focus({ preventScroll: true });
  }

  override render({ env, view, conversation }: HeaderMenuProps, { needle }: State): JSX.Element {
    const texts = env.words('search', enSearch);
    return (
      <search
        class="search-over"
        ref={(element) => {
          this.place = element;
        }}
        onKeyDown={this.pressed}
      >
        <div class="search-head">
          <button type="button" class="tool back" aria-label={texts.back} onClick={this.close}>
            {/* Asked for here, the shared glyphs would lead the build to a file more for every first message. */}
            <svg class="icon icon-back" viewBox="0 0 24 24" aria-hidden="true">
              <path d="m14.5 6-6 6 6 6" />
            </svg>
          </button>
          <input
            type="search"
            class="find"
            part="search"
            aria-label={texts.inConversation}
            placeholder={texts.inConversation}
            maxLength={100}
            enterkeyhint="search"
            value={needle}
            ref={(element) => {
              this.field = element;
            }}
            onInput={({ currentTarget }) => this.setState({ needle: currentTarget.value })}
          />
        </div>
        {needle.trim() === '' ? (
          <Empty title={texts.hint} line={texts.hintLine} />
        ) : (
          <Results
            env={env}
            view={view}
            needle={needle}
            conversation={conversation?.id}
            onChosen={({ seq }) => {
              const { place = '', done } = this.props;
              done();
              env.act('history.reach', { ref: place, seq });
            }}
          />
        )}
      </search>
    );
  }

  private readonly close = (): void => {
    const button = this.place?.previousElementSibling;
    this.props.done();
    if (button instanceof HTMLElement) button.focus({ preventScroll: true });
  };

  private readonly pressed = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === 'Escape') this.close();
    else if (step) {
      const stops = [...(this.place?.querySelectorAll<HTMLElement>('.find, .hit') ?? [])];
      stops[stops.indexOf(event.target as HTMLElement) + step]?.focus();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
}
