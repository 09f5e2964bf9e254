import './node-version.cjs';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { actions, unanswered } from '../protocol/actions.ts';
import { errors } from '../protocol/errors.ts';
import { passingFacts, storedFacts } from '../protocol/facts.ts';
import { namespaces } from '../protocol/frame.ts';
import { limits, versions } from '../protocol/limits.ts';
import { xmlForm } from '../protocol/xml-form.ts';
import { friendErrors } from '../server/core/errors.ts';
import { counters } from '../server/core/meter.ts';
import { keysOf, named, rulesText, typeText } from './schema-text.ts';
import { root } from './tool.ts';

/** Documents that hold generated tables, between `<!-- table: NAME -->` and `<!-- end -->`. */
export const documents = ['docs/protocol.md', 'docs/errors.md'].map((path) => join(root, path));

/** What each limit limits. */
const limitTexts: Readonly<Record<keyof typeof limits, string>> = {
  marks: 'Members of a conversation up to whom it is told how far each has got.',
  counted: 'Members of a conversation up to whom an author is told how many have read a message.',
  frameBytes: 'a frame, in bytes of UTF-8',
  frameEvents: 'events of a frame; at least 1',
  eventBytes: 'an event, in bytes of UTF-8',
  depth: 'levels of arrays and objects in an event, itself included',
  text: 'text of a message, in UTF-16 units',
  name: 'name of a person or conversation, in UTF-16 units',
  note: 'a status, a note, a reason, in UTF-16 units',
  avatar: 'a picture in base64, in characters',
  token: 'a signed token, in characters',
  emoji: 'different emoji under one message',
  reactions: 'reactions to one message in all',
  mentions: 'people whom one message names',
  custom: 'what a message carries of the team’s own (`custom`), in bytes of UTF-8',
  files: 'files of one message',
  fileBytes: 'a file, in bytes',
  fileName: 'name of a file, in UTF-16 units',
  url: 'address of a page, in UTF-16 units',
  title: 'title of a page, in UTF-16 units',
  search: 'what is searched for, in UTF-16 units',
  watched: 'people that one connection looks at',
  resume: 'logs of one `log.resume`',
  resumeFacts: 'facts that a client may be behind and still continue; beyond it `conversation.opened` is a snapshot',
  page: 'events of a page, its head included',
  unread: 'an unread count stops here',
};

/** Each generated table by its name, as Markdown. */
export function tables(): Readonly<Record<string, string>> {
  return {
    actions: events(actions, (type) => (unanswered.includes(type) ? `\`${type}\` (not answered)` : `\`${type}\``)),
    'stored facts': events(storedFacts),
    'passing facts': events(passingFacts),
    types: table(
      ['type', 'is', 'rules'],
      Object.entries(named).map(([name, schema]) => typeRow(name, schema)),
    ),
    errors: table(
      ['code', 'kind', 'advice'],
      Object.entries(errors).map(([code, { kind, advice }]) => [`\`${code}\``, kind, advice]),
    ),
    'developer errors': table(
      ['code', 'what to do'],
      Object.entries(friendErrors).map(([code, advice]) => [`\`${code}\``, advice]),
    ),
    counters: table(
      ['counter', 'counts'],
      Object.entries(counters).map(([name, text]) => [`\`${name}\``, text]),
    ),
    limits: table(
      ['limit', 'of what'],
      Object.entries(limitTexts).map(([name, text]) => [
        limits[name as keyof typeof limits].toLocaleString('en'),
        text,
      ]),
    ),
    namespaces: table(
      ['name', 'namespace'],
      Object.entries({ ...namespaces, 'event in XML': xmlForm.event, elements: xmlForm.elements }).map(
        ([name, namespace]) => [name, code(namespace)],
      ),
    ),
    versions: `Versions that are spoken today, newest first: ${versions.join(', ')}.`,
  };
}

/**
 * The document with its tables as `generated` says.
 * @throws Error for a table that nobody generates
 */
export function withTables(document: string, generated: Readonly<Record<string, string>> = tables()): string {
  return document.replace(/<!-- table: (.+?) -->\n.*?<!-- end -->/gs, (_, name: string) => {
    const text = generated[name];
    if (text === undefined) throw new Error(`There is no table "${name}". There are: ${Object.keys(generated)}`);
    return `<!-- table: ${name} -->\n${text}\n<!-- end -->`;
  });
}

function events(
  schemas: Readonly<Record<string, object>>,
  titleOf: (type: string) => string = (type) => `\`${type}\``,
): string {
  const rows = Object.entries(schemas).flatMap(([type, schema]) => {
    const keys = keysOf(schema).map(({ name, isOptional, type: text, rules }) => [
      `\`${name}${isOptional ? '?' : ''}\``,
      code(text),
      rules,
    ]);
    const [first = ['–', '', ''], ...rest] = keys;
    return [[titleOf(type), ...first], ...rest.map((row) => ['', ...row])];
  });
  return table(['type', 'key of body', 'is', 'rules'], rows);
}

function typeRow(name: string, schema: object): string[] {
  return [`\`${name}\``, code(typeText(schema, true)), rulesText(schema, true)];
}

function code(text: string): string {
  return `\`${text}\``;
}

/** Rows under a head, as Markdown. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [head, head.map(() => '---'), ...rows];
  return lines.map((cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`).join('\n');
}

if (import.meta.main && process.argv.includes('--write')) {
  for (const path of documents) writeFileSync(path, withTables(readFileSync(path, 'utf8')));
}
