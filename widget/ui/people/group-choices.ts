import type { Person } from '../../../protocol/facts.ts';
import type { PeopleTexts } from './people-texts.ts';

/** What a group's screen can ask for; about a member, what can be done with him. */
export type GroupSheetName =
  | 'add'
  | 'link'
  | 'rename'
  | 'slow'
  | 'mute'
  | 'leave'
  | { readonly member: Person; readonly role: string; readonly sure?: 'remove' | 'ban' };

/** Slow modes that are offered: milliseconds between two messages of one person, and what they are called. */
export function slowModes(texts: PeopleTexts): readonly (readonly [ms: number, words: string])[] {
  return [
    [0, texts.slowOff],
    [30_000, texts.slowEach.half],
    [60_000, texts.slowEach.minute],
    [300_000, texts.slowEach.five],
  ];
}
