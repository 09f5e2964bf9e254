import type { Language } from '../language.ts';
import { attention } from './ar/attention.ts';
import { base } from './ar/base.ts';
import { emoji } from './ar/emoji.ts';
import { files } from './ar/files.ts';
import { message } from './ar/message.ts';
import { page } from './ar/page.ts';
import { people } from './ar/people.ts';
import { search } from './ar/search.ts';

/** العربية. */
export const language: Language = {
  name: 'العربية',
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
