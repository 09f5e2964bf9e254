import { Component, type JSX } from 'preact';
import type { FilesTexts } from '../../i18n/en-files.ts';
import { withName } from '../../i18n/texts.ts';
import type { Env } from '../env.ts';
import { Glyph } from './Glyph.tsx';
import { Going } from './Going.tsx';
import { kindOf, sizeWords } from './kinds.ts';
import type { Links } from './links.ts';
import type { ShownFile } from './sent-files.ts';

/** What each file of a message is given. */
export interface FileProps {
  readonly env: Env;
  readonly words: FilesTexts;
  readonly links: Links;
  readonly file: ShownFile;
  /** Bytes that are there, while it is on its way. */
  readonly there: number | undefined;
  /** It is in the log: what is not can be got nowhere. */
  readonly arrived: boolean;
  /** Given as long as it can be held back. */
  readonly onCancel: (() => void) | undefined;
}

/** A file as a row: what it is, its name and size, and where it can be got. */
export class FileRow extends Component<FileProps> {
  private anchor: HTMLAnchorElement | null = null;
  /** It was wanted when its address had run out. */
  private pressed = false;

  override componentDidUpdate(): void {
    if (!this.pressed || typeof this.link !== 'object') return;
    this.pressed = false;
    this.anchor?.click();
  }

  override render({ env, words, file, there, arrived, onCancel }: FileProps): JSX.Element {
    const { link } = this;
    const gone = file.gone || link === 'gone';
    const size = sizeWords(file.size, env.locale);
    const line =
      there === undefined
        ? size
        : words.sending.replace('{n}', sizeWords(Math.min(there, file.size), env.locale)).replace('{size}', size);
    return (
      <div part="file" class={gone ? 'file away' : 'file'}>
        <span class="kind">
          {onCancel ? (
            <Going {...{ there, onCancel }} {...file} text={words.cancel} />
          ) : (
            <Glyph name={kindOf(file.type)} />
          )}
        </span>
        <span class="about">
          <bdi class="file-name">{file.name}</bdi>
          <span class="size">{gone ? words.gone : line}</span>
        </span>
        {!gone && arrived && (
          <a
            class="tool save"
            href={typeof link === 'object' ? link.url : '#'}
            target="_blank"
            rel="noopener noreferrer"
            aria-label={withName(words.save, file.name)}
            aria-disabled={typeof link !== 'object'}
            onClick={this.save}
            ref={(anchor: HTMLAnchorElement | null) => {
              this.anchor = anchor;
            }}
          >
            <Glyph name="save" />
          </a>
        )}
      </div>
    );
  }

  private get link(): ReturnType<Links['of']> {
    return this.props.links.of(this.props.file.id);
  }

  private readonly save = (event: Event): void => {
    if (typeof this.link === 'object') return;
    event.preventDefault();
    this.pressed = true;
    this.props.links.want(this.props.file.id);
  };
}
