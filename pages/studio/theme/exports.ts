import { fileOf } from '../../../widget/theme/design-tokens-write.ts';
import { looksOf, pageCssOf } from '../../../widget/theme/page-css.ts';
import type { Theme } from '../../../widget/theme/theme.ts';
import { tokenNames } from '../../../widget/theme/tokens.ts';
import { heldIn } from './editing.ts';

/** A theme in one of the forms that a site takes. */
export interface Export {
  readonly name: string;
  /** Under which name it is saved. */
  readonly file: string;
  readonly text: string;
  /** Where it goes. */
  readonly note: string;
}

/** A theme in every form, the shortest first. */
export function exportsOf(theme: Theme): readonly [Export, ...Export[]] {
  const short = wordsOf(theme);
  const tagNote = short.isWhole
    ? 'All of this theme stands in the tag.'
    : 'This theme is more than a colour and looks: serve the tokens file beside your page, and name its address here.';
  return [
    {
      name: 'Tag',
      file: 'befriend-tag.html',
      text: tagOf(short.isWhole ? short.words : `/${tokensFile}`),
      note: tagNote,
    },
    {
      name: 'CSS',
      file: 'befriend-theme.css',
      text: pageCssOf(theme),
      note: 'Into any style sheet of your page. It wins over a theme that a program sets.',
    },
    {
      name: 'Object',
      file: 'befriend-theme.ts',
      text: objectTextOf(theme),
      note: 'For programs: it can be changed while the page runs.',
    },
    {
      name: 'Design tokens',
      file: tokensFile,
      text: `${JSON.stringify(fileOf(theme), null, 2)}\n`,
      note: 'Design Tokens 2025.10, for data-theme and for the tools that you have.',
    },
  ];
}

const tokensFile = 'befriend.tokens.json';

/** What `data-theme` says of a theme, and whether that is all of it. */
export function wordsOf(theme: Theme): { readonly words: string; readonly isWhole: boolean } {
  const { brand } = theme.color ?? {};
  const words = [
    theme.scheme,
    typeof brand === 'string' && brand.startsWith('#') ? brand : undefined,
    ...looksOf(theme),
  ];
  const told = typeof brand === 'string' && brand.startsWith('#') ? ['color-brand'] : [];
  const held = tokenNames.filter((token) => heldIn(theme, token) !== undefined);
  return { words: words.filter((word) => word !== undefined).join(' '), isWhole: held.join() === told.join() };
}

function tagOf(words: string): string {
  const theme = words === '' ? '' : `\n        data-theme="${words}"`;
  return `<script async src="https://chat.example.com/befriend/befriend.js"
        data-service="wss://chat.example.com/xmpp-websocket"
        data-friend="friend.example.com"${theme}></script>\n`;
}

function objectTextOf(theme: Theme): string {
  const text = JSON.stringify(theme, null, 2).replaceAll(/^(\s*)"([a-z]\w*)":/gm, '$1$2:');
  return `befriend('theme', ${text});\n`;
}
