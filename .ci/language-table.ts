import './node-version.cjs';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { languages } from '../widget/i18n/languages.ts';
import { root } from './tool.ts';

/** Where the languages of the widget are listed, between `<!-- table: languages -->` and `<!-- end -->`. */
export const document: string = join(root, 'docs/languages.md');

/** One line for each language: what it is called, by which tag it is chosen, and whether it was reviewed. */
export async function table(): Promise<string> {
  const rows = await Promise.all(
    Object.entries(languages).map(async ([tag, load]) => {
      const { language } = await load();
      const forms = new Intl.PluralRules(tag).resolvedOptions().pluralCategories.join(', ');
      return `| ${language.name} | \`${tag}\` | ${forms} | ${language.reviewed ? 'yes' : 'no'} |`;
    }),
  );
  return ['| language | tag | plural forms | reviewed |', '|---|---|---|---|', ...rows].join('\n');
}

/** The document with the table of today in it. */
export async function written(): Promise<string> {
  const [before = '', rest = ''] = readFileSync(document, 'utf8').split('<!-- table: languages -->');
  return `${before}<!-- table: languages -->\n${await table()}\n<!-- end -->${rest.split('<!-- end -->')[1] ?? ''}`;
}

if (process.argv.includes('--write')) writeFileSync(document, await written());
