import { Component, type JSX } from 'preact';
import type { FilesTexts } from '../../i18n/en-files.ts';
import type { Env } from '../env.ts';
import { Glyph } from './Glyph.tsx';
import { sizeWords } from './kinds.ts';
import type { Links } from './links.ts';
import type { ShownFile } from './sent-files.ts';

interface Props {
  readonly env: Env;
  readonly words: FilesTexts;
  readonly links: Links;
  readonly pictures: readonly ShownFile[];
  /** The id of the one that is shown. */
  readonly shown: string;
  readonly onShow: (file: string) => void;
  readonly onClose: () => void;
}

interface State {
  readonly zoom: number;
  /** The address of the one that is shown: it stays while one looks at it, also when another one comes. */
  readonly src?: { readonly file: string; readonly url: string } | undefined;
  /** How often each could not be shown. */
  readonly failed: Readonly<Record<string, number>>;
}

const largest = 4;
/** So often an address that leads nowhere is asked for anew. */
const most = 2;

/** One picture as large as the panel lets it be; the others of the conversation are an arrow away. */
export class Lightbox extends Component<Props, State> {
  override state: State = { zoom: 1, failed: {} };
  private box: HTMLElement | null = null;
  private end: (() => void) | undefined;

  static override getDerivedStateFromProps({ links, shown }: Props, state: State): State {
    if (state.src?.file === shown) return state;
    const link = links.of(shown);
    const isThere = typeof link === 'object' && (state.failed[shown] ?? 0) <= most;
    return { ...state, src: isThere ? { file: shown, url: link.url } : undefined };
  }

  override componentDidMount(): void {
    this.end = this.props.links.subscribe(() => this.forceUpdate());
    this.look();
    this.box?.querySelector<HTMLElement>('.shut')?.focus({ preventScroll: true });
  }

  override componentDidUpdate(before: Props): void {
    this.look();
    if (before.shown === this.props.shown) return;
    this.setState({ zoom: 1 });
    // The button that was used may have gone with the last picture.
    if (!this.box?.contains(this.focused)) this.box?.querySelector<HTMLElement>('.shut')?.focus();
  }

  override componentWillUnmount(): void {
    this.end?.();
  }

  override render({ env, words, links, pictures, onClose }: Props, { zoom, src, failed }: State): JSX.Element {
    const { at, file } = this;
    const { id = '' } = file ?? {};
    const link = links.of(id);
    const lost = !src && (link === 'gone' || (failed[id] ?? 0) > most);
    const { width = 0, height = 0 } = file ?? {};
    return (
      <div
        class="viewer"
        role="dialog"
        aria-modal="true"
        aria-label={words.viewer}
        onKeyDown={this.pressed}
        ref={(box: HTMLElement | null) => {
          this.box = box;
        }}
      >
        <div class="viewer-bar">
          <p class="about" aria-live="polite">
            <bdi class="file-name">{file?.name}</bdi>
            <span class="size">
              {pictures.length > 1 && `${this.place()} · `}
              {sizeWords(file?.size ?? 0, env.locale)}
            </span>
          </p>
          {this.tool(zoom > 1 ? 'zoomOut' : 'zoomIn', () => this.zoom(zoom > 1 ? 1 : 2))}
          {src && (
            <a
              class="tool"
              href={typeof link === 'object' ? link.url : src.url}
              target="_blank"
              rel="noopener noreferrer"
              aria-label={words.save.replace('{name}', () => file?.name ?? '')}
            >
              <Glyph name="save" />
            </a>
          )}
          <button type="button" class="tool shut" aria-label={words.close} onClick={onClose}>
            <Glyph name="remove" />
          </button>
        </div>
        {/* biome-ignore lint/a11y/noStaticElementInteractions: the same is a button above, and a key */}
        <div class={zoom > 1 ? 'viewer-stage near' : 'viewer-stage'} onDblClick={() => this.zoom(zoom > 1 ? 1 : 2)}>
          {lost ? (
            <p class="missing">{words.missing}</p>
          ) : (
            src && (
              <img
                key={id}
                src={src.url}
                alt={file?.name ?? ''}
                draggable={false}
                {...(width && height ? { width, height } : {})}
                style={zoom > 1 ? { inlineSize: `${zoom * 100}%` } : {}}
                onError={this.failed}
              />
            )
          )}
        </div>
        {at > 0 && this.tool('previous', () => this.step(-1))}
        {at < pictures.length - 1 && this.tool('next', () => this.step(1))}
      </div>
    );
  }

  /** Its address has run out, or it is not there any more: the friend knows. */
  private readonly failed = (): void => {
    const { links, shown } = this.props;
    const failed = { ...this.state.failed, [shown]: (this.state.failed[shown] ?? 0) + 1 };
    this.setState({ src: undefined, failed });
    if ((failed[shown] ?? 0) <= most) links.want(shown, true);
  };

  private get focused(): Element | null {
    const root = this.box?.getRootNode();
    return root instanceof ShadowRoot ? root.activeElement : null;
  }

  private get at(): number {
    return this.props.pictures.findIndex(({ id }) => id === this.props.shown);
  }

  private get file(): ShownFile | undefined {
    return this.props.pictures[this.at];
  }

  private tool(name: 'zoomIn' | 'zoomOut' | 'next' | 'previous', onClick: () => void): JSX.Element {
    return (
      <button type="button" class={`tool ${name}`} aria-label={this.props.words[name]} onClick={onClick}>
        <Glyph name={name} />
      </button>
    );
  }

  private place(): string {
    const { env, words, pictures } = this.props;
    const number = new Intl.NumberFormat(env.locale);
    return words.place.replace('{n}', number.format(this.at + 1)).replace('{size}', number.format(pictures.length));
  }

  private look(): void {
    const { pictures, links, onClose } = this.props;
    if (!this.file) return onClose();
    for (const near of pictures.slice(Math.max(0, this.at - 1), this.at + 2)) links.want(near.id);
  }

  private step(by: number): void {
    const next = this.props.pictures[this.at + by];
    if (next) this.props.onShow(next.id);
  }

  private zoom(to: number): void {
    this.setState({ zoom: Math.min(largest, Math.max(1, to)) });
  }

  private readonly pressed = (event: KeyboardEvent): void => {
    const { key, target } = event;
    const forward = (target as Element).matches(':dir(rtl)') ? -1 : 1;
    // Nothing of this is meant for what lies below: Escape would close the panel.
    event.stopPropagation();
    if (key === 'Escape') this.props.onClose();
    else if (key === 'ArrowRight' || key === 'ArrowLeft') {
      // In a picture that is larger than its place, they move over it.
      if (this.state.zoom > 1 && (target as Element).matches('.viewer-stage')) return;
      this.step(key === 'ArrowRight' ? forward : -forward);
    } else if (key === '+' || key === '=') this.zoom(this.state.zoom * 2);
    else if (key === '-') this.zoom(this.state.zoom / 2);
    else if (key === 'Tab') return this.turn(event);
    else return;
    event.preventDefault();
  };

  /** Tab stays here: what lies below is out of reach until this is closed. */
  private turn(event: KeyboardEvent): void {
    const stops = [...(this.box?.querySelectorAll<HTMLElement>('button, a[href]') ?? [])];
    const at = stops.indexOf(this.focused as HTMLElement);
    const next = stops[(at + (event.shiftKey ? -1 : 1) + stops.length) % stops.length];
    event.preventDefault();
    next?.focus();
  }
}
