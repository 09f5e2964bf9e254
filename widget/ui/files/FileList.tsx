import { Component, type JSX } from 'preact';
import { enFiles, type FilesTexts } from '../../i18n/en-files.ts';
import type { RichProps } from '../part-props.ts';
import { FileRow } from './FileRow.tsx';
import { kindOf } from './kinds.ts';
import { type Links, linksOf } from './links.ts';
import { PictureTile } from './PictureTile.tsx';
import { filesIn } from './sent-files.ts';
import { Viewer } from './viewer.tsx';

export { css } from './files-sheet.ts';

/** The files of one message: pictures as such, the others as rows, and how far those get that are on their way. */
export class Part extends Component<RichProps> {
  private readonly links: Links = linksOf(this.props.env);
  private readonly words: FilesTexts = this.props.env.words<FilesTexts>('files', enFiles);
  private readonly viewer = new Viewer();
  private end: (() => void) | undefined;

  override componentDidMount(): void {
    this.end = this.links.subscribe(() => this.forceUpdate());
    this.look();
  }

  override componentDidUpdate(): void {
    this.look();
    this.viewer.update(this.props);
  }

  override componentWillUnmount(): void {
    this.end?.();
    this.viewer.close();
  }

  override render(props: RichProps): JSX.Element | null {
    const { env, view, extras, id, progress } = props;
    const { links, words } = this;
    const files = filesIn(extras);
    if (files.length === 0) return null;
    const pictures = files.filter(({ type, gone }) => !gone && kindOf(type) === 'picture');
    // Once its action has left, a message is the friend's.
    const waits = progress === 'waiting' || progress === 'failed';
    const arrived = props.seq > 0;
    const going = progress === 'failed' ? undefined : view.uploads;
    const cancel = (file: string) => () => env.act('files', { cancel: { message: id, file } });
    const beside = { env, words, links, arrived };
    return (
      <div class="files">
        {pictures.length > 0 && (
          <div class={`pictures of-${Math.min(pictures.length, 4)}`}>
            {pictures.map((file) => (
              <PictureTile
                key={file.id}
                {...beside}
                file={file}
                single={pictures.length === 1}
                there={going?.[file.id]}
                onCancel={waits ? cancel(file.id) : undefined}
                onOpen={arrived ? (tile) => this.viewer.open(props, file.id, tile) : undefined}
              />
            ))}
          </div>
        )}
        {files.map(
          (file) =>
            !pictures.includes(file) && (
              <FileRow
                key={file.id}
                {...beside}
                file={file}
                there={going?.[file.id]}
                onCancel={waits ? cancel(file.id) : undefined}
              />
            ),
        )}
        {progress === 'failed' && <p class="refused">{this.reason()}</p>}
      </div>
    );
  }

  private reason(): string {
    const { refused } = this.words;
    const code = this.props.view.waiting.find(({ id }) => id === this.props.id)?.code ?? '';
    return Object.hasOwn(refused, code) ? refused[code as keyof typeof refused] : refused.other;
  }

  private look(): void {
    const { view, extras, seq } = this.props;
    this.links.linked(view.link.state === 'online', view.clockOffset);
    if (seq === 0) return;
    for (const { id, gone } of filesIn(extras)) if (!gone) this.links.want(id);
  }
}
