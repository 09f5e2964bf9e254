import type { Language } from '../language.ts';
import { attention } from './es/attention.ts';
import { base } from './es/base.ts';
import { emoji } from './es/emoji.ts';
import { files } from './es/files.ts';
import { message } from './es/message.ts';
import { page } from './es/page.ts';
import { people } from './es/people.ts';
import { search } from './es/search.ts';

/** Español. */
export const language: Language = {
  name: 'Español',
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
