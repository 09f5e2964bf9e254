import type { OwnTexts } from '../i18n/language.ts';
import type { GivenTheme } from './theme.ts';

/** What a tag, an element or a program says of a widget, as it stands there: all that the launcher has to know. */
export interface Tag {
  /** By the names of the tag's attributes without `data-`. */
  readonly data: DOMStringMap;
  /** The page's, where no attribute says another. */
  readonly language: string;
  /** Where the widget's script came from; empty where it came with the page's own. */
  readonly files: string;
  /** Words of the page's own; a tag has them in a `<script type="application/json" data-befriend-texts>` of the page. */
  readonly texts?: OwnTexts;
  /** A theme of a program's own, in place of what the attribute says. */
  readonly theme?: GivenTheme;
}

/** What `data` says. @throws Error that names what is missing and how to add it. */
export function tagOf({ ...data }: DOMStringMap, files = ''): Tag {
  if (!data.service || !data.friend) {
    throw new Error(
      'befriend: the tag needs data-service="wss://…/xmpp-websocket" and data-friend="friend.example.com"',
    );
  }
  return { data, language: document.documentElement.lang || navigator.language, files };
}
