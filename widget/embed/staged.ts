import { emptyView, type View } from '../core/view.ts';
import type { Words } from '../i18n/language.ts';
import { languages, wordsFor } from '../i18n/languages.ts';
import { mountPanel, type PanelOptions } from '../ui/mount.tsx';
import { drawLauncher } from './launcher.ts';

export { emptyView, languages, type View, type Words, wordsFor };

/** What a staged widget needs from its page. */
export interface StagedOptions extends Pick<PanelOptions, 'locale' | 'now' | 'words' | 'features'> {
  /** Answers what the panel asks for; with nothing where it is absent. */
  readonly ask?: PanelOptions['ask'];
  /** On which side it stands, as a tag decides by its language; as on a page from left to right where absent. */
  readonly direction?: 'ltr' | 'rtl';
}

/** A widget on a stage: it shows the views that it is given, asks no network and keeps nothing. */
export interface Staged {
  readonly host: HTMLElement;
  readonly root: ShadowRoot;
  show(view: View): void;
  destroy(): void;
}

/**
 * Puts a widget into `place` that shows what it is told to: for galleries, for a theme in the making, for tests of
 * both. What a person does in it comes to nothing.
 */
export function stagedWidget(place: Element, { direction = 'ltr', ...options }: StagedOptions): Staged {
  const host = document.createElement('befriend-chat');
  host.dir = direction;
  place.append(host);
  const root = host.attachShadow({ mode: 'open' });
  const launcher = drawLauncher(root, 'Chat', 'end', () => {});
  root.append(launcher.button);
  const panel = mountPanel(root, {
    ask: () => Promise.resolve([]),
    ...options,
    act: () => {},
    mode: 'bubble',
    side: 'end',
    picture: (avatar) => avatar,
  });
  return {
    host,
    root,
    show: (view) => {
      launcher.show(view.open, view.unread);
      panel.update(view);
    },
    destroy: () => {
      panel.destroy();
      host.remove();
    },
  };
}
