import type { Language } from '../language.ts';
import { attention } from './pl/attention.ts';
import { base } from './pl/base.ts';
import { emoji } from './pl/emoji.ts';
import { files } from './pl/files.ts';
import { message } from './pl/message.ts';
import { page } from './pl/page.ts';
import { people } from './pl/people.ts';
import { search } from './pl/search.ts';

/** Polski. */
export const language: Language = {
  name: 'Polski',
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
