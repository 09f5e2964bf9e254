import type { Language } from '../language.ts';
import { attention } from './de/attention.ts';
import { base } from './de/base.ts';
import { emoji } from './de/emoji.ts';
import { files } from './de/files.ts';
import { message } from './de/message.ts';
import { page } from './de/page.ts';
import { people } from './de/people.ts';
import { search } from './de/search.ts';

/** Deutsch. */
export const language: Language = {
  name: 'Deutsch',
  reviewed: false,
  attention,
  base,
  emoji,
  files,
  message,
  page,
  people,
  search,
};
