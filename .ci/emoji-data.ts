import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Plugin } from 'vite';

interface Words {
  readonly label: string;
  readonly hexcode: string;
  readonly tags?: readonly string[];
}

interface Entry extends Words {
  readonly emoji: string;
  readonly group?: number;
  readonly order?: number;
  readonly version: number;
}

interface Messages {
  readonly groups: readonly { readonly message: string; readonly order: number }[];
}

const folder = dirname(createRequire(import.meta.url).resolve('emojibase-data/package.json'));
/** Group 2 are the parts that others are made of. */
const groups = [0, 1, 3, 4, 5, 6, 7, 8, 9];
/** Emoji of this version and later are not everywhere yet: their version stands behind them. */
const newer = 12;

/** The languages that have words for emoji. */
export const emojiLanguages: readonly string[] = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && !['meta', 'versions'].includes(entry.name))
  .map(({ name }) => name);

function read<T>(language: string, file: string): T {
  return JSON.parse(readFileSync(join(folder, language, file), 'utf8')) as T;
}

/** All emoji, group by group in their order. */
function ordered(all: readonly Entry[]): readonly (readonly Entry[])[] {
  return groups.map((group) =>
    all.filter((entry) => entry.group === group).sort((one, other) => (one.order ?? 0) - (other.order ?? 0)),
  );
}

const english = ordered(read('en', 'data.json'));

/** The emoji of each group with a space between; `/14` behind those of a version that is not everywhere. */
export function emojiOfGroups(): readonly string[] {
  return english.map((entries) =>
    entries.map(({ emoji, version }) => (version >= newer ? `${emoji}/${version}` : emoji)).join(' '),
  );
}

/** What one language calls the groups, and a line for each emoji: its name, a tab, and other words for it. */
export function emojiWords(language: string): { readonly headings: readonly string[]; readonly words: string } {
  const { groups: named } = read<Messages>(language, 'messages.json');
  const headings = groups.map((group) => named.find(({ order }) => order === group)?.message ?? '');
  const own = new Map(read<Words[]>(language, 'compact.json').map((entry) => [entry.hexcode, entry]));
  const lines = english.flat().map((entry) => {
    const { label, tags = [] } = own.get(entry.hexcode) ?? entry;
    const more = tags.filter((tag) => !label.toLowerCase().split(/\W+/).includes(tag));
    return more.length > 0 ? `${label}\t${more.join(' ')}` : label;
  });
  return { headings, words: lines.join('\n') };
}

/**
 * Makes `virtual:emoji`, which has all emoji and loads their words in one language: a part of the build for each, so
 * that nobody loads more than he reads.
 */
export function emojiData(): Plugin {
  const name = 'virtual:emoji';
  return {
    name: 'befriend:emoji-data',
    resolveId: (id) => (id === name || id.startsWith(`${name}/`) ? `\0${id}` : undefined),
    load(id) {
      if (id === `\0${name}`) {
        const loads = emojiLanguages.map((one) => `${JSON.stringify(one)}: () => import('${name}/${one}')`);
        return `export const groups = ${JSON.stringify(emojiOfGroups())};\nexport const load = { ${loads.join(', ')} };`;
      }
      if (!id.startsWith(`\0${name}/`)) return undefined;
      const { headings, words } = emojiWords(id.slice(name.length + 2));
      return `export const headings = ${JSON.stringify(headings)};\nexport const words = ${JSON.stringify(words)};`;
    },
  };
}
