import { expect, test } from 'vitest';
import type { Item } from '../../core/view.ts';
import { en } from '../../i18n/en.ts';
import { enSearch } from '../../i18n/en-search.ts';
import { fileNameOf, transcriptOf } from './transcript-text.ts';

const words = { ...en, ...enSearch };
const nameOf = (user: string): string => ({ ann: 'Ann Keller', bob: 'Bob' })[user] ?? '';
const morning = new Date(2026, 10, 22, 9, 5).getTime();
const said = (seq: number, by: string, text: string, more: object = {}): Item => ({
  kind: 'message',
  seq,
  at: morning + seq * 60_000,
  by,
  text,
  ...more,
});

test('writes a line for each message under its day, with what was altered, taken away and sent along', () => {
  const file = { id: `f_${'a'.repeat(20)}`, name: 'plan.pdf', type: 'application/pdf', size: 9 };
  const items: Item[] = [
    said(1, 'ann', 'Hello'),
    said(2, 'bob', 'Good morning', { edited: morning }),
    said(3, 'bob', '', { deleted: true }),
    said(4, 'ann', '', { extras: { files: [file, { ...file, gone: true }] } }),
    { kind: 'renamed', seq: 5, at: morning + 86_400_000, by: 'ann', name: 'Tea' },
  ];

  const text = transcriptOf({ items, words, locale: 'en-GB', nameOf });

  expect(text.split('\n')).toEqual([
    '— Sunday, 22 November 2026 —',
    '',
    '[09:06] Ann Keller: Hello',
    '[09:07] Bob: Good morning (edited)',
    '[09:08] Bob: Message deleted',
    '[09:09] Ann Keller: [file: plan.pdf]',
    '    [file: plan.pdf (removed)]',
    '',
    '— Monday, 23 November 2026 —',
    '',
    '[09:05] The group is called Tea now',
  ]);
});

test('lets nobody write a line that seems to be another’s', () => {
  const text = transcriptOf({
    items: [said(1, 'bob', 'x\r\n[09:07] Ann Keller: yes')],
    words,
    locale: 'en-GB',
    nameOf,
  });

  expect(text).toContain('\n    [09:07] Ann Keller: yes');
});

test('names the file so that every file system takes it', () => {
  expect(fileNameOf('../Chat with: "us"?', morning)).toBe('Chat-with-us-2026-11-22.txt');
  expect(fileNameOf('???', morning)).toBe('conversation-2026-11-22.txt');
});
