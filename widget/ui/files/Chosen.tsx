import { Component, type JSX } from 'preact';
import { enFiles, type FilesTexts } from '../../i18n/en-files.ts';
import { withName } from '../../i18n/texts.ts';
import type { ChosenFile, ChosenProps } from '../part-props.ts';
import { Drawn } from './Drawn.tsx';
import { Glyph } from './Glyph.tsx';
import { kindOf, sizeWords } from './kinds.ts';
import { nameFor, prepared } from './prepare.ts';
import { filesIn } from './sent-files.ts';

export { css } from './files-sheet.ts';

interface State {
  /** Why something was not taken. */
  readonly said: string;
  /** Files are held over the panel. */
  readonly held: boolean;
}

/** Files of one message, and bytes of all that waits: what the friend takes of one, too. */
const mostFiles = 10;
const mostBytes = 26_214_400;
/** No word of a drag for so long, and it is over: leaving is not always told, milliseconds. */
const silence = 400;

/** The files that go along with the next message, above the field; and where files are held over the panel, a place to drop them. */
export class Part extends Component<ChosenProps, State> {
  override state: State = { said: '', held: false };
  private readonly words: FilesTexts = this.props.env.words<FilesTexts>('files', enFiles);
  private timer: ReturnType<typeof setTimeout> | undefined;

  override componentDidMount(): void {
    this.props.env.act('files', {});
    this.take();
  }

  override componentDidUpdate(before: ChosenProps): void {
    if (before.given !== this.props.given) this.take();
  }

  override componentWillUnmount(): void {
    clearTimeout(this.timer);
  }

  override render({ env, chosen, leaving }: ChosenProps, { said, held }: State): JSX.Element {
    const { words } = this;
    return (
      <>
        {held && (
          <div class="drop-here" aria-hidden="true">
            {words.drop}
          </div>
        )}
        {chosen.size > 0 && (
          <ul class="chips" aria-label={words.chosen}>
            {[...chosen].map((one) => (
              <li key={one} class="chosen-file">
                <span class="face-of">
                  {kindOf(one.file.type) === 'picture' ? (
                    <Drawn blob={one.file} side={96} />
                  ) : (
                    <Glyph name={kindOf(one.file.type)} />
                  )}
                </span>
                <span class="about">
                  <bdi class="file-name">{nameFor(one.file.name)}</bdi>
                  <span class="size">{sizeWords(one.file.size, env.locale)}</span>
                </span>
                <button
                  type="button"
                  class="tool"
                  aria-label={withName(words.remove, nameFor(one.file.name))}
                  disabled={leaving}
                  onClick={() => this.remove(one)}
                >
                  <Glyph name="remove" />
                </button>
              </li>
            ))}
          </ul>
        )}
        <p class={said ? 'chips-said' : 'sr'} role="status">
          {said}
        </p>
      </>
    );
  }

  private take(): void {
    const { given, chosen, changed, field } = this.props;
    clearTimeout(this.timer);
    const held = given.length === 0;
    if (held) this.timer = setTimeout(() => this.setState({ held: false }), silence);
    this.setState(held ? { held } : { held, said: given.map((file) => this.add(file)).find(Boolean) ?? '' });
    if (held) return;
    changed();
    if (chosen.size > 0) field.focus({ preventScroll: true });
  }

  /** Puts it to the others, or says why not. */
  private add(file: File): string {
    const { env, view, chosen } = this.props;
    const { words } = this;
    const limit = sizeWords(mostBytes, env.locale);
    const waiting = view.waiting.flatMap(({ extras }) => filesIn(extras)).reduce((sum, { size }) => sum + size, 0);
    const bytes = [...chosen].reduce((sum, one) => sum + one.file.size, waiting + file.size);
    if (file.size === 0) return withName(words.empty, file.name);
    if (file.size > mostBytes) return withName(words.tooLarge, file.name).replace('{size}', limit);
    if (chosen.size >= mostFiles)
      return words.tooMany.replace('{n}', new Intl.NumberFormat(env.locale).format(mostFiles));
    if (bytes > mostBytes) return words.tooMuch.replace('{size}', limit);
    const one: ChosenFile = { file, ready: prepared(file) };
    one.ready.catch(() => {
      this.setState({ said: withName(words.unreadable, file.name) });
      this.remove(one);
    });
    chosen.add(one);
    return '';
  }

  private remove(one: ChosenFile): void {
    const { chosen, changed, field } = this.props;
    chosen.delete(one);
    changed();
    field.focus({ preventScroll: true });
  }
}
