import type { Language } from '../language.ts';
import { attention } from './pt/attention.ts';
import { base } from './pt/base.ts';
import { emoji } from './pt/emoji.ts';
import { files } from './pt/files.ts';
import { message } from './pt/message.ts';
import { page } from './pt/page.ts';
import { people } from './pt/people.ts';
import { search } from './pt/search.ts';

/** Português (Brasil). */
export const language: Language = {
  name: 'Português (Brasil)',
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
