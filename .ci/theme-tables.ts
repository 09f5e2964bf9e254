import './node-version.cjs';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parts } from '../widget/theme/parts.ts';
import { slots } from '../widget/theme/slots.ts';
import { looks } from '../widget/theme/theme.ts';
import { type TokenName, type TokenType, tokens, typeOfGroup } from '../widget/theme/tokens.ts';
import { table, withTables } from './protocol-tables.ts';
import { root } from './tool.ts';

/** The document that holds the tables of all that a page may set of how the widget looks. */
export const document = join(root, 'docs/theming.md');

/** What each token is. */
const tokenTexts: Readonly<Record<TokenName, string>> = {
  'color-brand': 'the one colour from which all others follow',
  'color-accent': 'what is to be pressed: launcher, send, own bubbles, counts',
  'color-on-accent': 'words and glyphs on it',
  'color-accent-text': 'links and names in that colour, dark or light enough to be read',
  'color-surface': 'behind the messages',
  'color-on-surface': 'words there, and on what is raised',
  'color-raised': 'the head, and what stands above the surface',
  'color-overlay': 'menus and sheets',
  'color-quiet': 'what says little: times, lines of state',
  'color-line': 'lines between',
  'color-bubble-in': 'another’s bubble, and fields',
  'color-on-bubble-in': 'words in it',
  'color-bubble-out': 'one’s own bubble',
  'color-on-bubble-out': 'words in it',
  'color-danger': 'what went wrong, what takes away, and the count on the launcher',
  'color-on-danger': 'words on it',
  'color-focus': 'the line around what has the focus',
  'font-family': 'all words',
  'text-small': 'times, counts',
  'text-quiet': 'lines of state, names above a group',
  'text-base': 'messages, and the field (16px on touch, so that nothing zooms)',
  'text-title': 'the title of the head',
  'radius-panel': 'the panel, menus',
  'radius-bubble': 'bubbles',
  'radius-corner': 'the corner of a bubble towards the next of its group',
  'radius-control': 'buttons, rows of lists',
  'radius-avatar': 'faces',
  'space-unit': 'one step of the grid: rows, bubbles and the head are multiples of it',
  'motion-quick': 'a state that changes',
  'motion-enter': 'what comes in',
  'shadow-panel': 'under the panel and menus',
  'launcher-size': 'the button',
  'launcher-offset': 'its distance from both edges',
  'launcher-bottom': 'its distance from the lower edge alone',
  'panel-width': 'the panel above the launcher, at most',
  'panel-height': 'the same, at most',
  'z-index': 'above which of the page’s layers it stands',
};

/** What each type of token takes. */
const typeTexts: Readonly<Record<TokenType, string>> = {
  color: 'colour',
  length: 'length',
  font: 'list of fonts',
  time: 'time',
  shadow: 'shadow',
  number: 'number',
};

/** What each choice is about. */
const lookTexts: Readonly<Record<keyof typeof looks, string>> = {
  density: 'how close rows stand',
  bubbles: 'the shape of what was said; `plain` has no bubbles',
  header: 'the head: on the surface, filled with the accent, or large with the face in the middle',
  avatars: 'the shape of faces; `none` leaves them out of the log and the head',
};

/** Each generated table by its name, as Markdown. */
export function themeTables(): Readonly<Record<string, string>> {
  const css = readFileSync(join(root, 'widget/theme/tokens.css'), 'utf8');
  const named = Object.entries(tokens).flatMap(([group, names]) =>
    names.map((name) => ({ group: group as keyof typeof tokens, name: `${group}-${name}` as TokenName })),
  );
  const promised = (all: typeof parts | typeof slots): string =>
    table(
      ['name', 'is', 'since'],
      Object.entries(all).map(([name, { says, since }]) => [`\`${name}\``, says, `${since}`]),
    );
  return {
    tokens: table(
      ['custom property', 'takes', 'where nobody sets it', 'is'],
      named.map(({ group, name }) => [
        `\`--befriend-${name}\``,
        typeTexts[typeOfGroup[group]],
        defaultOf(css, name),
        tokenTexts[name],
      ]),
    ),
    looks: table(
      ['name', 'one of', 'is'],
      Object.entries(looks).map(([name, choices]) => [
        `\`${name}\``,
        choices.map((choice) => `\`${choice}\``).join(', '),
        lookTexts[name as keyof typeof looks],
      ]),
    ),
    parts: promised(parts),
    slots: promised(slots),
  };
}

/** A value as it stands in the style sheet, where it says something by itself. */
function defaultOf(css: string, name: string): string {
  const [, value = ''] = new RegExp(`^ {2}--befriend-${name}:\\s*([^;]+);`, 'm').exec(css) ?? [];
  const [, other] = /^var\(--befriend-([a-z-]+)\)$/.exec(value) ?? [];
  if (other !== undefined) return `as \`${other}\``;
  const [, light, dark] = /^light-dark\((#[0-9a-f]+), (#[0-9a-f]+)\)$/.exec(value) ?? [];
  if (light !== undefined) return `\`${light}\`, dark \`${dark}\``;
  return /[(]/.test(value) ? 'derived' : `\`${value}\``;
}

/** The document with its tables as the code says. @throws Error for a table that nobody generates */
export function withThemeTables(text: string): string {
  return withTables(text, themeTables());
}

if (process.argv.includes('--write')) writeFileSync(document, withThemeTables(readFileSync(document, 'utf8')));
