import { render } from 'preact';
import { enFiles } from '../../i18n/en-files.ts';
import { conversationAt } from '../env.ts';
import type { RichProps } from '../part-props.ts';
import { kindOf } from './kinds.ts';
import { Lightbox } from './Lightbox.tsx';
import { linksOf } from './links.ts';
import { filesIn, type ShownFile } from './sent-files.ts';

/** Opens pictures over the panel, one at a time, and gives the focus back to where it came from. */
export class Viewer {
  private place: HTMLElement | undefined;
  private from: HTMLElement | undefined;
  private shown = '';

  /** Shows the picture `file`; `from` gets the focus back. */
  open(props: RichProps, file: string, from: HTMLElement): void {
    const panel = from.closest('.panel');
    if (!panel) return;
    this.close();
    this.from = from;
    this.shown = file;
    this.place = document.createElement('div');
    this.place.className = 'viewer-place';
    panel.append(this.place);
    this.update(props);
  }

  /** Draws it again, where it is open. */
  update(props: RichProps): void {
    if (!this.place) return;
    const { env } = props;
    const show = (file: string): void => {
      this.shown = file;
      this.update(props);
    };
    render(
      <Lightbox
        env={env}
        words={env.words('files', enFiles)}
        links={linksOf(env)}
        pictures={picturesOf(props)}
        shown={this.shown}
        onShow={show}
        onClose={() => this.close()}
      />,
      this.place,
    );
  }

  close(): void {
    const { place, from } = this;
    this.place = this.from = undefined;
    if (!place) return;
    render(null, place);
    place.remove();
    from?.focus({ preventScroll: true });
  }
}

/** All pictures of the conversation that are held, the oldest first. */
function picturesOf({ view, place }: RichProps): readonly ShownFile[] {
  const items = conversationAt(view, place)?.items ?? [];
  return items
    .flatMap((item) => (item.kind === 'message' && !item.deleted ? filesIn(item.extras) : []))
    .filter(({ type, gone }) => !gone && kindOf(type) === 'picture');
}
