import type { inheritInto } from '../theme/inherited.ts';
import type { ThemeSource } from '../theme/refused.ts';
import schemes from '../theme/scheme.css?inline';
import { isTaken } from '../theme/taken-values.ts';
import { type LookName, looks, type Theme } from '../theme/theme.ts';
import { styleOf, type ThemeStyle } from '../theme/theme-style.ts';
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

  const wear = (theme: ThemeStyle['chosen'], css: string, inherit?: typeof inheritInto): void => {
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
    const theme = isScheme ? { ...last, ...from.theme } : from.theme;
    const { css, chosen, whole } = styleOf(theme, isTaken);
    const shapes = lookNames.some((look) => chosen[look]) ? (await import('../theme/looks.css?inline')).default : '';
    const inherits = chosen.scheme === 'inherit' ? (await import('../theme/inherited.ts')).inheritInto : undefined;
    if (own === turn && !ended.aborted) {
      last = theme;
      wear(chosen, shapes + css, inherits);
    }
    if (whole && !from.file?.problems[0]) return;
    const { refusedOf } = await import('../theme/refused.ts');
    for (const { token, reason, pointer } of refusedOf(from)) say(pointer ?? token, reason);
  };
}

/** @throws Error that says why a file cannot be had */
async function read(given: GivenTheme, signal: AbortSignal): Promise<ThemeSource> {
  if (typeof given === 'object' && !('befriend' in given)) return { theme: given };
  const { file: at, theme: words } =
    typeof given === 'object' ? { file: given, theme: {} as Theme } : themeWords(given);
  if (!at) return { theme: words, words };
  const { themeAt } = await import('./tokens-file.ts');
  const file = await themeAt(at, signal);
  const color = { ...file.theme.color, ...words.color };
  return { theme: { ...file.theme, ...words, color }, words, file };
}

/** Once of each. */
function say(what: string, reason: string): undefined {
  const text = `befriend: theme: ${what}: ${reason}`;
  if (!said.has(text)) console.error(text);
  said.add(text);
}
