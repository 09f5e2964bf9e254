import { Component, type JSX } from 'preact';
import { withName } from '../../i18n/texts.ts';
import { Drawn } from './Drawn.tsx';
import type { FileProps } from './FileRow.tsx';
import { Glyph } from './Glyph.tsx';
import { Going } from './Going.tsx';

interface Props extends FileProps {
  /** It is the only picture of its message: then it is seen as a whole. */
  readonly single: boolean;
  /** Given where it can be looked at; `tile` is where the focus comes back to. */
  readonly onOpen: ((tile: HTMLElement) => void) | undefined;
}

interface State {
  /** The address that is shown: it stays when another one comes, so that nothing is loaded twice. */
  readonly src?: string | undefined;
  readonly missing: boolean;
}

/** A picture may be at most this many px wide and high in a message. */
const widest = 248;
const highest = 300;

/** A picture in a message, in a place of the right form from the beginning. */
export class PictureTile extends Component<Props, State> {
  override state: State = { missing: false };
  /** What was just sent is drawn from here, and not loaded again. */
  private readonly blob = this.props.file.blob;
  private tries = 0;

  static override getDerivedStateFromProps({ links, file }: Props, { src, missing }: State): State {
    const link = links.of(file.id);
    if (missing || src !== undefined || typeof link !== 'object') return { src, missing };
    return { src: link.url, missing };
  }

  override render(
    { file, words, single, there, onCancel, onOpen, links }: Props,
    { src, missing }: State,
  ): JSX.Element {
    const { width = 4, height = 3, name } = file;
    const scale = Math.min(1, widest / width, highest / height);
    const away = missing || (links.of(file.id) === 'gone' && this.blob === undefined);
    const box = single ? { aspectRatio: `${width} / ${height}`, inlineSize: `${Math.max(96, width * scale)}px` } : {};
    const picture = this.blob ? (
      <Drawn blob={this.blob} label={name} side={640} />
    ) : (
      src && <img src={src} alt={name} decoding="async" draggable={false} onError={this.failed} />
    );
    const inside = away ? (
      <span class="missing">
        <Glyph name="picture" />
        {words.gone}
      </span>
    ) : (
      picture
    );
    return (
      <div class={away ? 'picture away' : 'picture'} style={box}>
        {onOpen && !away ? (
          <button
            type="button"
            aria-label={withName(words.open, name)}
            onClick={({ currentTarget }) => onOpen(currentTarget)}
          >
            {inside}
          </button>
        ) : (
          inside
        )}
        {onCancel && <Going {...{ there, onCancel }} {...file} text={words.cancel} />}
      </div>
    );
  }

  /** Its address has run out, or it is not there any more: the friend knows. */
  private readonly failed = (): void => {
    this.tries += 1;
    this.setState({ src: undefined, missing: this.tries > 2 });
    this.props.links.want(this.props.file.id, true);
  };
}
