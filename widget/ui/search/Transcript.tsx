import { Component, type JSX } from 'preact';
import type { AnyFact } from '../../../protocol/facts.ts';
import { itemOf } from '../../core/items.ts';
import type { Item } from '../../core/view.ts';
import { enSearch } from '../../i18n/en-search.ts';
import { withCount, withName } from '../../i18n/texts.ts';
import css from '../../theme/search.css?inline';
import { nameOf, titleOf } from '../env.ts';
import type { HeaderMenuProps } from '../part-props.ts';
import { fileNameOf, transcriptOf } from './transcript-text.ts';

export { css };

interface State {
  readonly count: number;
  readonly at: 'reading' | 'interrupted' | 'saved';
  /** There is more than was read. */
  readonly cut: boolean;
  readonly name: string;
}

/** Messages that one file may have, and how long a page is waited for, milliseconds. */
const most = 10_000;
const patience = 15_000;
/** How long the file can still be fetched by the browser, milliseconds. */
const kept = 60_000;

/** Reads a conversation to its beginning, and hands it to the browser as a text file. */
export class Part extends Component<HeaderMenuProps, State> {
  override state: State = { count: 0, at: 'reading', cut: false, name: '' };
  private place: HTMLElement | null = null;
  private gone = false;
  private items: readonly Item[] = [];
  private before = Number.MAX_SAFE_INTEGER;

  override componentDidMount(): void {
    this.place?.querySelector<HTMLElement>('button')?.focus({ preventScroll: true });
    void this.read();
  }

  override componentWillUnmount(): void {
    this.gone = true;
  }

  override render({ env }: HeaderMenuProps, { count, at, cut, name }: State): JSX.Element {
    const texts = env.words('search', enSearch);
    return (
      <div
        class="transcript"
        role="dialog"
        aria-label={texts.download}
        ref={(element) => {
          this.place = element;
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          event.stopPropagation();
          this.close();
        }}
      >
        <p role="status">
          {at === 'reading' && withCount(texts.reading, count, env.locale)}
          {at === 'interrupted' && texts.interrupted}
          {at === 'saved' && (
            <>
              <b>
                <bdi>{withName(texts.saved, name)}</bdi>
              </b>
              <br />
              {withCount(texts.savedCount, count, env.locale)}. {cut && texts.cut}
            </>
          )}
        </p>
        {at === 'interrupted' && (
          <button type="button" class="do" onClick={() => void this.read()}>
            {texts.goOn}
          </button>
        )}
        <button type="button" class="do" onClick={this.close}>
          {at === 'saved' ? texts.close : texts.cancel}
        </button>
      </div>
    );
  }

  private async read(): Promise<void> {
    const { env, conversation } = this.props;
    if (!conversation) return;
    this.setState({ at: 'reading' });
    for (let more = true; more; ) {
      const { before } = this;
      const late = new Promise<readonly AnyFact[]>((resolve) => setTimeout(resolve, patience, []));
      const page = env.ask('log.read', { log: conversation.id, before, limit: 50 });
      const [head, ...facts] = await Promise.race([page, late]);
      if (this.gone) return;
      if (head?.type !== 'log.paged') return this.setState({ at: 'interrupted' });
      const messages = facts.flatMap(itemOf);
      this.items = [...messages, ...this.items];
      this.before = head.body.after + 1;
      this.setState({ count: this.items.filter(({ kind }) => kind === 'message').length });
      more = head.body.more && this.items.length < most;
      if (!more) this.save(head.body.more);
    }
  }

  private save(cut: boolean): void {
    const { env, view, place = '', conversation } = this.props;
    const texts = env.words('search', enSearch);
    const title = titleOf(view, place, conversation, env);
    const name = fileNameOf(title, env.now());
    const moment = new Intl.DateTimeFormat(env.locale, { dateStyle: 'long', timeStyle: 'short' });
    const text = transcriptOf({
      items: this.items,
      words: { ...env.texts, ...texts },
      locale: env.locale,
      nameOf: (user) => nameOf(env, view, user),
    });
    const head = `${title}\n${withName(texts.savedOn, moment.format(env.now()))}\n\n`;
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([head, text, '\n'], { type: 'text/plain;charset=utf-8' }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), kept);
    this.setState({ at: 'saved', cut, name });
  }

  private readonly close = (): void => {
    const button = this.place?.previousElementSibling;
    this.props.done();
    if (button instanceof HTMLElement) button.focus({ preventScroll: true });
  };
}
