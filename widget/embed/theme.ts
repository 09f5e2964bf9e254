import type { inheritInto } from '../theme/inherited.ts';
import schemes from '../theme/scheme.css?inline';
import type { Sound } from '../theme/sound.ts';
import { type LookName, looks, type Theme } from '../theme/theme.ts';
import { cssOf } from '../theme/theme-text.ts';
import { themeWords } from '../theme/theme-words.ts';

/** What a page can give as a theme: one, words as in `data-theme`, or what a file of design tokens holds. */
export type GivenTheme = Theme | string | { readonly befriend: object };

/**
 * Makes a widget look so; a later theme takes the place of the whole earlier one, but for a scheme alone, which changes
 * nothing else. Resolves when it does.
 */
export type Dress = (given?: GivenTheme) => Promise<void>;

const lookNames = Object.keys(looks) as LookName[];
const said = new Set<string>();

/**
 * Themes the widget in `root` until `ended`. What does not hold is left out and said once in the console; where a file
 * cannot be had the widget stays as it is, and the console says why.
 */
export function themed(root: ShadowRoot, ended: AbortSignal): Dress {
  const host = root.host as HTMLElement;
  const sheet = new CSSStyleSheet();
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  let worn = new AbortController();
  let turn = 0;
  let last: Theme = {};

  const wear = (theme: Theme, css: string, inherit?: typeof inheritInto): void => {
    worn.abort();
    worn = new AbortController();
    for (const look of lookNames) {
      if (theme[look]) host.dataset[look] = theme[look];
      else delete host.dataset[look];
    }
    const show = (scheme: string, inherited = ''): void => {
      host.dataset.theme = scheme;
      sheet.replaceSync(schemes + inherited + css);
    };
    if (inherit) inherit(root, show, AbortSignal.any([worn.signal, ended]));
    else show(theme.scheme ?? 'auto');
  };

  return async (given = '') => {
    turn += 1;
    const own = turn;
    const from = await read(given, ended).catch((error: Error) => !ended.aborted && say(`${given}`, error.message));
    if (!from) return;
    const isScheme = typeof given === 'string' && /^[a-z]+$/.test(given);
    const { theme, problems, css } = cssOf(isScheme ? { ...last, ...from.theme } : from.theme);
    for (const { token, reason, pointer } of [...from.problems, ...problems]) say(pointer ?? token, reason);
    const shapes = lookNames.some((look) => theme[look]) ? (await import('../theme/looks.css?inline')).default : '';
    const inherits = theme.scheme === 'inherit' ? (await import('../theme/inherited.ts')).inheritInto : undefined;
    if (own !== turn || ended.aborted) return;
    last = theme;
    wear(theme, shapes + css, inherits);
  };
}

/** @throws Error that says why a file cannot be had */
async function read(given: GivenTheme, signal: AbortSignal): Promise<Sound> {
  if (typeof given === 'object' && !('befriend' in given)) return { theme: given, problems: [] };
  const { file, ...words } = typeof given === 'object' ? { file: given, theme: {}, problems: [] } : themeWords(given);
  if (file === undefined) return words;
  const { themeAt } = await import('./tokens-file.ts');
  const { theme, problems } = await themeAt(file, signal);
  const color = { ...theme.color, ...words.theme.color };
  return { theme: { ...theme, ...words.theme, color }, problems: [...words.problems, ...problems] };
}

/** Once of each. */
function say(what: string, reason: string): undefined {
  const text = `befriend: theme: ${what}: ${reason}`;
  if (!said.has(text)) console.error(text);
  said.add(text);
}
