import type { Language } from '../language.ts';
import { attention } from './he/attention.ts';
import { base } from './he/base.ts';
import { emoji } from './he/emoji.ts';
import { files } from './he/files.ts';
import { message } from './he/message.ts';
import { page } from './he/page.ts';
import { people } from './he/people.ts';
import { search } from './he/search.ts';

/** עברית. */
export const language: Language = {
  name: 'עברית',
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
